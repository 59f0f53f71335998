import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { plaintextOf, runsOf } from "../blocks.ts";
import { equalBytes, HASH_BYTES } from "../bytes.ts";
import { checkSealOptions } from "../checkSealOptions.ts";
import { blockBlind, blockCommitment } from "../commitments.ts";
import { composeManifest } from "../composeManifest.ts";
import { SealedError } from "../errors.ts";
import { blockCount, plaintextRange, storedRange } from "../layout.ts";
import type { Sample } from "../manifest.ts";
import { manifestBytes } from "../manifestHash.ts";
import { mapOrdered } from "../mapOrdered.ts";
import { openSample } from "../openSample.ts";
import { groupBlocksOf, outlineBuilder } from "../outline.ts";
import { outlineBytes } from "../outlineBytes.ts";
import { RUN_BLOCKS } from "../scale.ts";
import type { SealOptions } from "../seal.ts";
import type { SealedFacts } from "../sealStream.ts";
import { type FileOptions, report, sharedKey, threadsFor } from "./fileOptions.ts";
import { poolOf } from "./pool.ts";
import { NODE_PRIMITIVES } from "./primitives.ts";
import { readWhole } from "./readWhole.ts";
import { sealedFolder } from "./sealedFolder.ts";
import { giveName, newPart, type Part, refuseExisting, writePart } from "./wholeFile.ts";

/** How to seal a file. */
export interface SealFileOptions extends SealOptions, FileOptions {}

/** What came of it. */
export interface SealedFile extends SealedFacts {
  /** Secret, 32 bytes. Not enumerable. In no file: see `writeKeyFile`. */
  readonly key: Uint8Array;
}

/**
 * Seals a file into a folder: `stored.bin`, `outline.bin` and, last, `manifest.json`. All three are public.
 *
 * @throws SealedError `key_invalid`, `manifest_invalid`, `index_out_of_range` (of a sample), `file_exists`,
 * `file_changed`; and what the file system throws
 *
 * @example
 * ```ts
 * const { manifest, key } = await sealFile("air.csv", "sealed", { mediaType: "text/csv", dataset });
 * ```
 */
export async function sealFile(path: string, folder: string, options: SealFileOptions): Promise<SealedFile> {
  const { threads, onProgress, signal, durable, ...sealing } = options;
  const { key, sampled, ...known } = checkSealOptions(sealing);
  const files = sealedFolder(folder);
  await mkdir(folder, { recursive: true });
  for (const file of Object.values(files)) await refuseExisting(file);
  try {
    await using plaintext = await open(path, "r");
    const before = await plaintext.stat();
    const length = before.size;
    for (const index of sampled) plaintextRange(index, length);
    await using stored = await newPart(files.stored);
    const { outline, samples } = await sealRuns({ plaintext, length, key, sampled, stored, options });
    const after = await plaintext.stat();
    if (after.size !== length || after.mtimeMs !== before.mtimeMs) throw new SealedError("file_changed");

    const facts = { length, root: outline.root, keyCommitment: known.keyCommitment };
    const manifest = composeManifest({ ...facts, description: known.description, samples });
    await using outlinePart = await newPart(files.outline);
    await writePart(outlinePart, outlineBytes(outline), options);
    await using manifestPart = await newPart(files.manifest);
    await writePart(manifestPart, manifestBytes(manifest), options);
    const parts = [
      [stored, files.stored],
      [outlinePart, files.outline],
      [manifestPart, files.manifest],
    ] as const;
    await giveNames(parts, options);
    return Object.defineProperty({ manifest, outline, ...facts }, "key", {
      value: key,
      enumerable: false,
    }) as SealedFile;
  } catch (error) {
    key.fill(0);
    throw error;
  }
}

/** Names all files or none. */
async function giveNames(parts: readonly (readonly [Part, string])[], options: FileOptions): Promise<void> {
  const named: string[] = [];
  try {
    for (const [part, path] of parts) {
      await giveName(part.path, path, options);
      named.push(path);
    }
  } catch (error) {
    for (const path of named) await rm(path, { force: true });
    throw error;
  }
}

interface SealRuns {
  readonly plaintext: FileHandle;
  readonly length: number;
  readonly key: Uint8Array;
  readonly sampled: readonly number[];
  readonly stored: Part;
  readonly options: FileOptions;
}

async function sealRuns({ plaintext, length, key, sampled, stored, options }: SealRuns) {
  const blocks = blockCount(length);
  const groupBlocks = groupBlocksOf(blocks);
  const unit = Math.min(groupBlocks, RUN_BLOCKS);
  const builder = outlineBuilder(NODE_PRIMITIVES, 0, groupBlocks);
  const shared = sharedKey(key);
  try {
    await using pool = poolOf(threadsFor(length, options));
    const files = { from: plaintext.fd, to: stored.file.fd };
    const runs = mapOrdered(runsOf({ first: 0, blocks }), pool.atOnce, async (run) => {
      const hashes = await pool.run({ operation: "seal", run, length, unit, key: shared, ...files });
      return { run, hashes };
    });
    for await (const { run, hashes } of runs) {
      builder.add(hashes, unit);
      report(options, { step: "seal", done: plaintextOf(run, length).end, total: length });
    }
    const samples: Sample[] = [];
    for (const index of sampled) samples.push(await sampleIn(plaintext, stored.file, { key, index, length }));
    if (options.durable === true) await stored.file.sync();
    return { outline: builder.finish(blocks), samples };
  } finally {
    shared.fill(0);
  }
}

async function sampleIn(
  file: FileHandle,
  stored: FileHandle,
  { key, index, length }: { key: Uint8Array; index: number; length: number },
): Promise<Sample> {
  const { start, end } = plaintextRange(index, length);
  const plaintext = new Uint8Array(end - start);
  await readWhole(file, plaintext, start);
  const commitment = new Uint8Array(HASH_BYTES);
  await readWhole(stored, commitment, storedRange(index, length).start);
  // Read a second time, it may not be what was sealed.
  if (!equalBytes(commitment, blockCommitment(blockBlind(key, index), plaintext)))
    throw new SealedError("file_changed");
  return openSample({ key, index, plaintext });
}
