import { HASH_BYTES } from "./bytes.ts";
import type { Primitives } from "./primitives.ts";
import { RUN_BLOCKS } from "./scale.ts";
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
  const { message, hashMessage } = parentMessage(primitives);
  const parent = (left: Uint8Array, right: Uint8Array) => {
    const hash = new Uint8Array(HASH_BYTES);
    message.set(left, NODE_PREFIX.length);
    message.set(right, NODE_PREFIX.length + HASH_BYTES);
    hashMessage(hash, 0);
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
  const { message, hashMessage } = parentMessage(primitives);
  let level = hashes;
  for (let size = 1; size < group && level.length > HASH_BYTES; size *= 2) {
    const parents = new Uint8Array(Math.ceil(level.length / (2 * HASH_BYTES)) * HASH_BYTES);
    for (let at = 0; at < parents.length; at += HASH_BYTES) {
      const children = level.subarray(2 * at, 2 * at + 2 * HASH_BYTES);
      if (children.length === HASH_BYTES) {
        parents.set(children, at);
      } else {
        message.set(children, NODE_PREFIX.length);
        hashMessage(parents, at);
      }
    }
    level = parents;
  }
  return level;
}

/** The root over hashes, at least one. It takes little memory: they are folded run by run. */
export function rootOf(primitives: Primitives, hashes: Uint8Array): Uint8Array {
  const stack = treeStack(primitives);
  const runBytes = RUN_BLOCKS * HASH_BYTES;
  for (let at = 0; at < hashes.length; at += runBytes) {
    stack.push(foldHashes(primitives, hashes.subarray(at, at + runBytes), RUN_BLOCKS), RUN_BLOCKS);
  }
  return stack.root();
}

/** `0x01 ‖ left ‖ right`, whose hash is the node as `nodeHash` defines it: one buffer for all nodes. */
function parentMessage({ hash }: Primitives) {
  const message = new Uint8Array(NODE_PREFIX.length + 2 * HASH_BYTES);
  message.set(NODE_PREFIX);
  return { message, hashMessage: (output: Uint8Array, at: number): void => hash(message, output, at) };
}
