import { sha256 } from "@noble/hashes/sha2.js";
import { xorKeystream } from "./keystream.ts";
import { BLOCK_BYTES } from "./layout.ts";

/** What the format is computed with. All implementations give the same results. */
export interface Primitives {
  /** Writes the 32 bytes of SHA-256 of `message` to `output`, at `at`. */
  hash(message: Uint8Array, output: Uint8Array, at: number): void;
  /**
   * The keystream from the start of block `index` on. Each call writes `data` XOR its next bytes to `output`, which is as
   * long; all calls but the last take whole blocks.
   */
  cipher(key: Uint8Array, index: number): (data: Uint8Array, output: Uint8Array) => void;
}

/** Plain JavaScript: for browsers, and to compare others with. */
export const PURE: Primitives = {
  hash(message, output, at) {
    output.set(sha256(message), at);
  },
  cipher(key, index) {
    let block = index;
    return (data, output) => {
      output.set(xorKeystream(key, block, data));
      block += data.length / BLOCK_BYTES;
    };
  },
};
