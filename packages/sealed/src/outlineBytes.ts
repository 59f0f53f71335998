import { utf8ToBytes } from "@noble/hashes/utils.js";
import { HASH_BYTES } from "./bytes.ts";
import type { Outline } from "./outline.ts";
import { MAX_HASHES } from "./scale.ts";

/** How an outline's file begins. */
export const OUTLINE_TAG = utf8ToBytes("cadastre/outline/v1");

/** Bytes of an outline's file before its hashes. */
export const OUTLINE_HEADER_BYTES = OUTLINE_TAG.length + 8;

/** The longest outline's file. */
export const MAX_OUTLINE_BYTES = OUTLINE_HEADER_BYTES + MAX_HASHES * HASH_BYTES;

/** The bytes of the file of a dataset's outline: `"cadastre/outline/v1" ‖ u64(blocks in a group) ‖ hashes`. */
export function outlineBytes({ groupBlocks, hashes }: Outline): Uint8Array {
  const bytes = new Uint8Array(OUTLINE_HEADER_BYTES + hashes.length);
  bytes.set(OUTLINE_TAG);
  new DataView(bytes.buffer).setBigUint64(OUTLINE_TAG.length, BigInt(groupBlocks));
  bytes.set(hashes, OUTLINE_HEADER_BYTES);
  return bytes;
}
