import { HASH_BYTES } from "./bytes.ts";
import type { Primitives } from "./primitives.ts";
import { NODE_PREFIX } from "./tree.ts";

/** The tree of RFC 9162 over hashes that come one after another, in memory for one hash a level. */
export interface TreeStack {
  /** How many entries were pushed. */
  readonly size: number;
  /**
   * Adds the hash of the next subtree, and keeps the array.
   *
   * @param entries of the subtree: a power of two that divides `size`; the last subtree of all may have fewer
   */
  push(hash: Uint8Array, entries: number): void;
  /** The hash over what was pushed, 32 bytes. Something must have been. */
  root(): Uint8Array;
}

/** An empty stack. Two neighbours of the same size on it give way to their parent. */
export function treeStack(primitives: Primitives): TreeStack {
  const hashParent = parentHasher(primitives);
  const parent = (left: Uint8Array, right: Uint8Array) => {
    const hash = new Uint8Array(HASH_BYTES);
    hashParent(left, right, hash, 0);
    return hash;
  };
  const stack: Uint8Array[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    push(hash, entries) {
      let top = hash;
      for (let n = size / entries; n % 2 === 1; n = (n - 1) / 2) top = parent(stack.pop() as Uint8Array, top);
      stack.push(top);
      size += entries;
    },
    root: () => stack.reduceRight((right, left) => parent(left, right)),
  };
}

/** Replaces each `group` hashes, a power of two, by the hash of the tree over them; the last group may be smaller. */
export function foldHashes(primitives: Primitives, hashes: Uint8Array, group: number): Uint8Array {
  const hashParent = parentHasher(primitives);
  let level = hashes;
  for (let size = 1; size < group && level.length > HASH_BYTES; size *= 2) {
    const parents = new Uint8Array(Math.ceil(level.length / (2 * HASH_BYTES)) * HASH_BYTES);
    for (let at = 0; at < parents.length; at += HASH_BYTES) {
      const left = level.subarray(2 * at, 2 * at + HASH_BYTES);
      const right = level.subarray(2 * at + HASH_BYTES, 2 * at + 2 * HASH_BYTES);
      if (right.length === 0) parents.set(left, at);
      else hashParent(left, right, parents, at);
    }
    level = parents;
  }
  return level;
}

/** `H(0x01 ‖ left ‖ right)`, as `nodeHash` defines it, in one buffer. */
function parentHasher({ hash }: Primitives) {
  const message = new Uint8Array(NODE_PREFIX.length + 2 * HASH_BYTES);
  message.set(NODE_PREFIX);
  return (left: Uint8Array, right: Uint8Array, output: Uint8Array, at: number): void => {
    message.set(left, NODE_PREFIX.length);
    message.set(right, NODE_PREFIX.length + HASH_BYTES);
    hash(message, output, at);
  };
}
