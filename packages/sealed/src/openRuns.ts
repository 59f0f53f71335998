import { type Blocks, runsOf } from "./blocks.ts";
import { equalBytes, fromHex, HASH_BYTES } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import { blockCount } from "./layout.ts";
import type { SealFacts } from "./manifest.ts";
import { mapOrdered } from "./mapOrdered.ts";
import { groupBlocksOf, hashesOf, type Outline, outlineBuilder } from "./outline.ts";
import type { Primitives } from "./primitives.ts";
import type { Place } from "./reasons.ts";
import { RUN_BLOCKS } from "./scale.ts";

/** Reads runs of a dataset, from wherever it lies, to hash them. */
export interface RunHasher {
  readonly primitives: Primitives;
  /** How many runs may be under way at a time. */
  readonly atOnce: number;
  /** Reads a run and gives the hash of each group of `unit` blocks. */
  hashes(run: Blocks, unit: number): Promise<Uint8Array>;
}

/** Reads runs to open them. `T` is what is handed on of each. */
export interface RunOpener<T> extends RunHasher {
  /** Reads a run, refuses it unless its groups have the `expected` hashes, and only then opens it. */
  open(run: Blocks, unit: number, expected: Uint8Array): Promise<T>;
}

/**
 * Reads all blocks of a dataset and makes their outline.
 *
 * @throws SealedError `root_mismatch`, and what the reader throws
 */
export async function outlineUnderRoot(
  reader: RunHasher,
  manifest: Pick<SealFacts, "length" | "root">,
): Promise<Outline> {
  const outline = await outlineOfRuns(reader, { first: 0, blocks: blockCount(manifest.length) });
  if (!equalBytes(outline.root, fromHex(manifest.root))) throw new SealedError("root_mismatch", { at: "stored" });
  return outline;
}

async function outlineOfRuns(reader: RunHasher, { first, blocks }: Blocks): Promise<Outline> {
  const groupBlocks = groupBlocksOf(blocks);
  const unit = Math.min(groupBlocks, RUN_BLOCKS);
  const builder = outlineBuilder(reader.primitives, first, groupBlocks);
  const runs = mapOrdered(runsOf({ first, blocks }), reader.atOnce, (run) => reader.hashes(run, unit));
  for await (const hashes of runs) builder.add(hashes, unit);
  return builder.finish(blocks);
}

/**
 * Opens the groups that the blocks `from` to `to`, excluded, lie in. A group that is longer than a run is read twice:
 * first for an outline of its own, which must lead to the group's hash.
 *
 * @throws SealedError `root_mismatch`, and what the reader throws
 */
export async function* openRuns<T>(
  reader: RunOpener<T>,
  outline: Outline,
  from: number,
  to: number,
): AsyncGenerator<T> {
  const { groupBlocks } = outline;
  const begin = Math.floor(from / groupBlocks) * groupBlocks;
  const end = Math.min(Math.ceil(to / groupBlocks) * groupBlocks, outline.first + outline.blocks);
  if (groupBlocks <= RUN_BLOCKS) {
    const runs = runsOf({ first: begin, blocks: end - begin });
    yield* mapOrdered(runs, reader.atOnce, (run) => reader.open(run, groupBlocks, hashesOf(outline, run)));
    return;
  }
  for (let first = begin; first < end; first += groupBlocks) {
    const group = { first, blocks: Math.min(groupBlocks, end - first) };
    const inner = await outlineOfRuns(reader, group);
    checkGroups(group, groupBlocks, inner.root, hashesOf(outline, group));
    yield* openRuns(reader, inner, Math.max(from, first), Math.min(to, first + group.blocks));
  }
}

/**
 * Refuses groups of which one does not have the expected hash.
 *
 * @throws SealedError `root_mismatch` at the first such group
 */
export function checkGroups({ first, blocks }: Blocks, unit: number, hashes: Uint8Array, expected: Uint8Array): void {
  let byte = 0;
  while (byte < hashes.length && hashes[byte] === expected[byte]) byte += 1;
  if (byte === hashes.length) return;
  const group = first + Math.floor(byte / HASH_BYTES) * unit;
  const last = Math.min(group + unit, first + blocks) - 1;
  const at: Place = last === group ? { block: group } : { blocks: [group, last] };
  throw new SealedError("root_mismatch", { at });
}
