import type { Blocks } from "./blocks.ts";
import { HASH_BYTES } from "./bytes.ts";
import type { Primitives } from "./primitives.ts";
import { MAX_HASHES, RUN_BLOCKS } from "./scale.ts";
import { foldHashes, treeStack } from "./treeStack.ts";

/**
 * The tree of a dataset, or of a part of it, cut off at a level: one hash for each group of blocks. With it, a group is
 * authenticated without reading another one. Made by `outlineOf`, `sealStream` and `parseOutline`.
 */
export interface Outline extends Blocks {
  /** Blocks in a group, a power of two; the last group may be smaller. */
  readonly groupBlocks: number;
  /** The hash of each group, one after another. Public. */
  readonly hashes: Uint8Array;
  /** The hash over `hashes`, 32 bytes. */
  readonly root: Uint8Array;
}

/** The smallest groups by which so many blocks have an outline of no more than `MAX_HASHES`. */
export function groupBlocksOf(blocks: number): number {
  let group = 1;
  while (Math.ceil(blocks / group) > MAX_HASHES) group *= 2;
  return group;
}

/** Collects the hashes of runs, which come in order, into an outline. */
export interface OutlineBuilder {
  /**
   * Adds a run.
   *
   * @param hashes of all of its blocks, or of groups of `unit` of them
   */
  add(hashes: Uint8Array, unit: number): void;
  finish(blocks: number): Outline;
}

/** An outline from block `first` on. Where the length is not known, it begins with groups of one and doubles them. */
export function outlineBuilder(primitives: Primitives, first = 0, groupBlocks = 1): OutlineBuilder {
  const whole = treeStack(primitives);
  const hashes = new Uint8Array(MAX_HASHES * HASH_BYTES);
  let groupStack = treeStack(primitives);
  let [group, end] = [groupBlocks, 0];
  const append = (some: Uint8Array) => {
    hashes.set(some, end);
    end += some.length;
  };
  const closeGroup = () => {
    append(groupStack.root());
    groupStack = treeStack(primitives);
  };
  return {
    add(run, unit) {
      if (end === hashes.length) {
        hashes.set(foldHashes(primitives, hashes, 2));
        [group, end] = [group * 2, end / 2];
      }
      const step = Math.min(group, RUN_BLOCKS);
      const folded = foldHashes(primitives, run, step / unit);
      whole.push(foldHashes(primitives, folded, RUN_BLOCKS / step), RUN_BLOCKS);
      if (step === group) return append(folded);
      groupStack.push(folded, step);
      if (groupStack.size === group) closeGroup();
    },
    finish(blocks) {
      if (groupStack.size > 0) closeGroup();
      return { first, blocks, groupBlocks: group, hashes: hashes.slice(0, end), root: whole.root() };
    },
  };
}

/** The hashes of the groups that these blocks, which begin a group, lie in. */
export function hashesOf({ first: outlined, groupBlocks, hashes }: Outline, { first, blocks }: Blocks): Uint8Array {
  const from = (first - outlined) / groupBlocks;
  // A copy of them alone: what is sent to a thread is sent with all of its memory.
  return new Uint8Array(hashes.subarray(from * HASH_BYTES, (from + Math.ceil(blocks / groupBlocks)) * HASH_BYTES));
}
