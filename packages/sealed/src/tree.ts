import { HASH_BYTES, hashOf } from "./bytes.ts";
import { SealedError } from "./errors.ts";

/** How the message of a leaf's hash begins. */
export const LEAF_PREFIX = Uint8Array.of(0);
/** How the message of an inner node's hash begins. */
export const NODE_PREFIX = Uint8Array.of(1);

/** A Merkle tree of RFC 9162 over SHA-256, held in memory: 64 bytes for each entry. */
export interface Tree {
  readonly size: number;
  /** 32 bytes; of an empty tree the hash of nothing. */
  readonly root: Uint8Array;
  /**
   * The inclusion proof of an entry (RFC 9162, 2.1.3.1): hashes of 32 bytes from the leaf upwards.
   *
   * @throws SealedError `index_out_of_range`
   */
  path(index: number): Uint8Array[];
}

/** The hash of an entry's bytes: `H(0x00 ‖ leaf)`. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return hashOf(LEAF_PREFIX, leaf);
}

/** The hash of an inner node: `H(0x01 ‖ left ‖ right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hashOf(NODE_PREFIX, left, right);
}

/**
 * The tree over records of any length, such as a batch of a journal.
 *
 * @example
 * ```ts
 * const tree = recordTree(records);
 * verifyInclusion({ root: tree.root, size: tree.size, index: 2, leaf: records[2], path: tree.path(2) });
 * ```
 */
export function recordTree(records: readonly Uint8Array[]): Tree {
  const hashes = new Uint8Array(records.length * HASH_BYTES);
  for (const [i, record] of records.entries()) hashes.set(leafHash(record), i * HASH_BYTES);
  return treeOfLeafHashes(hashes);
}

/**
 * The tree over leaf hashes that were computed before.
 *
 * @param leafHashes one after another, 32 bytes each; the tree keeps the array
 * @throws SealedError `hash_invalid`
 */
export function treeOfLeafHashes(leafHashes: Uint8Array): Tree {
  if (leafHashes.length % HASH_BYTES !== 0) throw new SealedError("hash_invalid");
  const size = leafHashes.length / HASH_BYTES;
  const levels = [leafHashes];
  let top = leafHashes;
  while (top.length > HASH_BYTES) {
    top = parentsOf(top);
    levels.push(top);
  }
  return {
    size,
    root: size === 0 ? hashOf() : Uint8Array.from(top),
    path: (index) => pathIn(levels, size, index),
  };
}

function parentsOf(level: Uint8Array): Uint8Array {
  const count = level.length / HASH_BYTES;
  const parents = new Uint8Array(Math.ceil(count / 2) * HASH_BYTES);
  for (let i = 0; i + 1 < count; i += 2) {
    parents.set(nodeHash(entry(level, i), entry(level, i + 1)), (i / 2) * HASH_BYTES);
  }
  if (count % 2 === 1) parents.set(entry(level, count - 1), parents.length - HASH_BYTES);
  return parents;
}

function pathIn(levels: readonly Uint8Array[], size: number, index: number): Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new SealedError("index_out_of_range", { at: { entry: index }, details: `${size} entries` });
  }
  const path: Uint8Array[] = [];
  let position = index;
  for (const level of levels) {
    const sibling = position % 2 === 0 ? position + 1 : position - 1;
    if (sibling < level.length / HASH_BYTES) path.push(Uint8Array.from(entry(level, sibling)));
    position = Math.floor(position / 2);
  }
  return path;
}

function entry(level: Uint8Array, i: number): Uint8Array {
  return level.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES);
}
