import { utf8ToBytes } from "@noble/hashes/utils.js";
import { equalBytes, fromHex, type Hex, hashOf } from "./bytes.ts";
import { SealedError } from "./errors.ts";

/** Bytes of a key. */
export const KEY_BYTES = 32;

const KEY_TAG = utf8ToBytes("cadastre/key/v1");
/** How the message of a blind begins. */
export const BLIND_TAG = utf8ToBytes("cadastre/blind/v1");
/** How the message of a block's commitment begins. */
export const BLOCK_TAG = utf8ToBytes("cadastre/block/v1");

/**
 * What a release says about its key: `H("cadastre/key/v1" ‖ K)`, 32 bytes.
 *
 * @throws SealedError `key_invalid`
 */
export function keyCommitment(key: Uint8Array): Uint8Array {
  if (key.length !== KEY_BYTES) throw new SealedError("key_invalid", { details: `${key.length} bytes` });
  return hashOf(KEY_TAG, key);
}

/**
 * Refuses a key that is not the one that was committed to.
 *
 * @throws SealedError `key_invalid`, `key_mismatch`
 */
export function verifyKey(key: Uint8Array, commitment: Hex): void {
  if (!equalBytes(keyCommitment(key), fromHex(commitment))) throw new SealedError("key_mismatch");
}

/** The blind of block `index`: `H("cadastre/blind/v1" ‖ K ‖ u64(index))`, 32 bytes. As secret as the block. */
export function blockBlind(key: Uint8Array, index: number): Uint8Array {
  const position = new Uint8Array(8);
  new DataView(position.buffer).setBigUint64(0, BigInt(index));
  return hashOf(BLIND_TAG, key, position);
}

/** What a block is, said without saying it: `c_i = H("cadastre/block/v1" ‖ blind ‖ plaintext)`, 32 bytes. */
export function blockCommitment(blind: Uint8Array, plaintext: Uint8Array): Uint8Array {
  return hashOf(BLOCK_TAG, blind, plaintext);
}
