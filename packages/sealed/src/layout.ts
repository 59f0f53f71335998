import { HASH_BYTES } from "./bytes.ts";
import { SealedError } from "./errors.ts";

/** Bytes of plaintext in every block but the last, which may be shorter. */
export const BLOCK_BYTES = 4096;

/** Bytes of a full block as it is stored: its commitment, then its ciphertext. */
export const STORED_BLOCK_BYTES = HASH_BYTES + BLOCK_BYTES;

/**
 * The longest dataset, in bytes. Lengths and indexes are numbers, not bigints: below this bound every offset into the
 * plaintext and into the stored bytes is an exact integer, and JSON can carry it.
 */
export const MAX_LENGTH = 2 ** 52;

/** The most blocks that a dataset can have. */
export const MAX_BLOCKS = MAX_LENGTH / BLOCK_BYTES;

/** A range of bytes, `end` excluded. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Blocks of a dataset of `length` bytes: at least one, so an empty dataset has an empty block.
 *
 * @throws SealedError `length_invalid`
 */
export function blockCount(length: number): number {
  if (!Number.isSafeInteger(length) || length < 0 || length > MAX_LENGTH) {
    throw new SealedError("length_invalid", { details: `length ${length}` });
  }
  return Math.max(1, Math.ceil(length / BLOCK_BYTES));
}

/**
 * Where block `index` lies in the plaintext.
 *
 * @throws SealedError `length_invalid`, `index_out_of_range`
 */
export function plaintextRange(index: number, length: number): ByteRange {
  const count = blockCount(length);
  if (!Number.isSafeInteger(index) || index < 0 || index >= count) {
    throw new SealedError("index_out_of_range", { at: { block: index }, details: `${count} blocks` });
  }
  const start = index * BLOCK_BYTES;
  return { start, end: Math.min(start + BLOCK_BYTES, length) };
}

/**
 * Where block `index`, commitment and ciphertext, lies in the stored bytes: what a range request asks for.
 *
 * @throws SealedError `length_invalid`, `index_out_of_range`
 */
export function storedRange(index: number, length: number): ByteRange {
  const plain = plaintextRange(index, length);
  const start = index * STORED_BLOCK_BYTES;
  return { start, end: start + HASH_BYTES + (plain.end - plain.start) };
}

/**
 * Bytes that a dataset of `length` bytes takes when it is stored.
 *
 * @throws SealedError `length_invalid`
 */
export function storedLength(length: number): number {
  return length + HASH_BYTES * blockCount(length);
}
