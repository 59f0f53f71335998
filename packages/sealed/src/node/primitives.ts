import { type Cipheriv, createCipheriv, hash } from "node:crypto";
import { HASH_BYTES } from "../bytes.ts";
import { BLOCKS_PER_NONCE, keystreamPosition } from "../keystream.ts";
import { BLOCK_BYTES } from "../layout.ts";
import type { Primitives } from "../primitives.ts";

/** OpenSSL, by `node:crypto`. */
export const NODE_PRIMITIVES: Primitives = {
  hash(message, output, at) {
    // A text comes back much faster than a Buffer.
    const digest = hash("sha256", message, "binary");
    for (let i = 0; i < HASH_BYTES; i++) output[at + i] = digest.charCodeAt(i);
  },
  cipher(key, index) {
    let block = index;
    let cipher: Cipheriv | undefined;
    return function xor(data, output) {
      const left = (BLOCKS_PER_NONCE - (block % BLOCKS_PER_NONCE)) * BLOCK_BYTES;
      cipher ??= cipherAt(key, block);
      const made = cipher.update(data.subarray(0, left));
      output.set(made);
      free(made);
      block += Math.min(data.length, left) / BLOCK_BYTES;
      // OpenSSL would count on into the nonce.
      if (data.length >= left) cipher = undefined;
      if (data.length > left) xor(data.subarray(left), output.subarray(left));
    };
  },
};

/** Gives memory back now: the collector would wait for dozens of MB. */
function free({ buffer }: Uint8Array): void {
  (buffer as ArrayBuffer & { transfer(length: number): ArrayBuffer }).transfer(0);
}

/** OpenSSL takes the counter, little-endian, then the nonce. */
function cipherAt(key: Uint8Array, index: number): Cipheriv {
  const { nonce, counter } = keystreamPosition(index);
  const vector = new Uint8Array(16);
  new DataView(vector.buffer).setUint32(0, counter, true);
  vector.set(nonce, 4);
  return createCipheriv("chacha20", key, vector);
}
