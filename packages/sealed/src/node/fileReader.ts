import { type Blocks, plaintextOf } from "../blocks.ts";
import type { RunHasher, RunOpener } from "../openRuns.ts";
import { type FileOptions, report } from "./fileOptions.ts";
import type { Pool } from "./pool.ts";
import { NODE_PRIMITIVES } from "./primitives.ts";

/** A file of stored bytes of a dataset of `length` bytes of plaintext. */
export interface FileReaderParameters {
  readonly pool: Pool;
  /** Descriptor of the file, open for reading. */
  readonly from: number;
  readonly length: number;
  readonly options: FileOptions;
}

/** Hashes the runs of a file. */
export function fileHasher({ pool, from, length, options }: FileReaderParameters): RunHasher {
  let done = 0;
  return {
    primitives: NODE_PRIMITIVES,
    atOnce: pool.atOnce,
    async hashes(run, unit) {
      const hashes = await pool.run({ operation: "hash", run, length, from, unit });
      done = Math.max(done, plaintextOf(run, length).end);
      report(options, { step: "check", done, total: length });
      return hashes;
    },
  };
}

/** Opens the runs of a file into another file, whose descriptor is `to`. */
export function fileOpener(parameters: FileReaderParameters, key: Uint8Array, to: number): RunOpener<Blocks> {
  const { pool, from, length } = parameters;
  return {
    ...fileHasher(parameters),
    async open(run, unit, expected) {
      await pool.run({ operation: "open", run, length, from, to, unit, key, expected });
      return run;
    },
  };
}
