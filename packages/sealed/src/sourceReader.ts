import { type Blocks, plaintextOf, storedOf } from "./blocks.ts";
import { STORED_BLOCK_BYTES } from "./layout.ts";
import { checkGroups, type RunHasher, type RunOpener } from "./openRuns.ts";
import type { Primitives } from "./primitives.ts";
import { leafHashes, type RunCipher } from "./runs.ts";
import { RUN_BLOCKS } from "./scale.ts";
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
export function sourceHasher(parameters: SourceReaderParameters): RunHasher {
  const { primitives } = parameters;
  const readRun = runReader(parameters);
  return {
    primitives,
    atOnce: AT_ONCE,
    hashes: (run, unit) => readRun(run, (stored) => foldHashes(primitives, leafHashes(primitives, stored), unit)),
  };
}

/** Opens runs that are read from a source. */
export function sourceOpener(parameters: SourceReaderParameters, cipher: RunCipher): RunOpener<OpenedRun> {
  const { primitives, length } = parameters;
  const readRun = runReader(parameters);
  return {
    ...sourceHasher(parameters),
    open: (run, unit, expected) =>
      readRun(run, (stored) => {
        checkGroups(run, unit, foldHashes(primitives, leafHashes(primitives, stored), unit), expected);
        const { start, end } = plaintextOf(run, length);
        const plaintext = new Uint8Array(end - start);
        cipher.open({ first: run.first, plaintext, stored });
        return { start, plaintext };
      }),
  };
}

/** Reads runs into memory that is used again: left to the collector, it would grow to dozens of MB. */
function runReader({ source, length }: SourceReaderParameters) {
  const free: Uint8Array[] = [];
  return async <T>(run: Blocks, work: (stored: Uint8Array) => T): Promise<T> => {
    const memory = free.pop() ?? new Uint8Array(RUN_BLOCKS * STORED_BLOCK_BYTES);
    const result = work(await readRange(source, storedOf(run, length), memory));
    free.push(memory);
    return result;
  };
}
