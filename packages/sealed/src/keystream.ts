import { chacha20 } from "@noble/ciphers/chacha.js";
import { chachaBlock } from "./chachaBlock.ts";
import { SealedError } from "./errors.ts";
import { BLOCK_BYTES, MAX_BLOCKS } from "./layout.ts";

/** Blocks under one nonce: 256 GiB of keystream, as far as a 32-bit counter of 64-byte units reaches. */
export const BLOCKS_PER_NONCE = 2 ** 26;

const CHACHA_BYTES = 64;
const LAST_COUNTER = 2 ** 32 - 1;

/** Where a block's keystream begins: the nonce (12 bytes, big-endian) and the ChaCha20 block counter. */
export interface KeystreamPosition {
  readonly nonce: Uint8Array;
  readonly counter: number;
}

/**
 * The position of block `index` in the keystream: nonce `u96(index >> 26)`, counter `(index mod 2^26) · 64`.
 *
 * @throws SealedError `index_out_of_range`
 */
export function keystreamPosition(index: number): KeystreamPosition {
  if (!Number.isSafeInteger(index) || index < 0 || index >= MAX_BLOCKS) {
    throw new SealedError("index_out_of_range", { at: { block: index } });
  }
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(4, BigInt(Math.floor(index / BLOCKS_PER_NONCE)));
  return { nonce, counter: (index % BLOCKS_PER_NONCE) * (BLOCK_BYTES / CHACHA_BYTES) };
}

/**
 * `data` XOR the keystream from the start of block `index` on (ChaCha20, RFC 8439): encrypts and decrypts.
 *
 * `data` may span blocks and nonces. The result is a new array.
 *
 * @param key 32 bytes
 * @throws SealedError `index_out_of_range`
 */
export function xorKeystream(key: Uint8Array, index: number, data: Uint8Array): Uint8Array {
  const output = new Uint8Array(data.length);
  for (let done = 0, block = index; done < data.length; ) {
    const left = BLOCKS_PER_NONCE - (block % BLOCKS_PER_NONCE);
    const end = Math.min(data.length, done + left * BLOCK_BYTES);
    xorUnderOneNonce(key, keystreamPosition(block), data.subarray(done, end), output.subarray(done, end));
    done = end;
    block += left;
  }
  return output;
}

function xorUnderOneNonce(key: Uint8Array, from: KeystreamPosition, data: Uint8Array, output: Uint8Array): void {
  const split = Math.min(data.length, (LAST_COUNTER - from.counter) * CHACHA_BYTES);
  chacha20(key, from.nonce, data.subarray(0, split), output.subarray(0, split), from.counter);
  if (split === data.length) return;
  const last = chachaBlock(key, from.nonce, LAST_COUNTER);
  for (let i = split; i < data.length; i++) output[i] = (data[i] as number) ^ (last[i - split] as number);
}
