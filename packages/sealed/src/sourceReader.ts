import { type Blocks, plaintextOf, storedOf } from "./blocks.ts";
import { checkGroups, type RunHasher, type RunOpener } from "./openRuns.ts";
import type { Primitives } from "./primitives.ts";
import { leafHashes, type RunCipher } from "./runs.ts";
import { readRange, type StoredSource } from "./storedSource.ts";
import { foldHashes } from "./treeStack.ts";

/** A dataset of `length` bytes of plaintext in a store. */
export interface SourceReaderParameters {
  readonly primitives: Primitives;
  readonly source: StoredSource;
  readonly length: number;
}

/** An opened run. */
export interface OpenedRun {
  /** Where it begins in the plaintext. */
  readonly start: number;
  readonly plaintext: Uint8Array;
}

/** While one run is worked on, the next is fetched. */
const AT_ONCE = 2;

/** Hashes runs that are read from a source. */
export function sourceHasher({ primitives, source, length }: SourceReaderParameters): RunHasher {
  return {
    primitives,
    atOnce: AT_ONCE,
    hashes: async (run, unit) =>
      foldHashes(primitives, leafHashes(primitives, await readRun(source, run, length)), unit),
  };
}

/** Opens runs that are read from a source. */
export function sourceOpener(parameters: SourceReaderParameters, cipher: RunCipher): RunOpener<OpenedRun> {
  const { primitives, source, length } = parameters;
  return {
    ...sourceHasher(parameters),
    async open(run, unit, expected) {
      const stored = await readRun(source, run, length);
      checkGroups(run, unit, foldHashes(primitives, leafHashes(primitives, stored), unit), expected);
      const { start, end } = plaintextOf(run, length);
      const plaintext = new Uint8Array(end - start);
      cipher.open({ first: run.first, plaintext, stored });
      return { start, plaintext };
    },
  };
}

function readRun(source: StoredSource, run: Blocks, length: number): Promise<Uint8Array> {
  const { start, end } = storedOf(run, length);
  return readRange(source, start, end);
}
