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
import { sealedFolder } from "./sealedFolder.ts";
import { finishPart, newPart, partOf, refuseExisting, writeWholeFile } from "./wholeFile.ts";

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
    const sealed = await sealRuns({ plaintext, length, key, sampled, stored: files.stored, options });
    const after = await plaintext.stat();
    if (after.size !== length || after.mtimeMs !== before.mtimeMs) throw new SealedError("file_changed");

    const { outline, samples } = sealed;
    const facts = { length, root: outline.root, keyCommitment: known.keyCommitment };
    const manifest = composeManifest({ ...facts, description: known.description, samples });
    await finishPart(files.stored, durable);
    await writeWholeFile(files.outline, outlineBytes(outline), options);
    await writeWholeFile(files.manifest, manifestBytes(manifest), options);
    return Object.defineProperty({ manifest, outline, ...facts }, "key", {
      value: key,
      enumerable: false,
    }) as SealedFile;
  } finally {
    await rm(partOf(files.stored), { force: true });
  }
}

interface SealRuns {
  readonly plaintext: FileHandle;
  readonly length: number;
  readonly key: Uint8Array;
  readonly sampled: readonly number[];
  /** Path of the file to write, as a part. */
  readonly stored: string;
  readonly options: FileOptions;
}

async function sealRuns({ plaintext, length, key, sampled, stored, options }: SealRuns) {
  const blocks = blockCount(length);
  const groupBlocks = groupBlocksOf(blocks);
  const unit = Math.min(groupBlocks, RUN_BLOCKS);
  const builder = outlineBuilder(NODE_PRIMITIVES, 0, groupBlocks);
  const shared = sharedKey(key);
  try {
    await using output = await newPart(stored);
    await using pool = poolOf(threadsFor(length, options));
    const files = { from: plaintext.fd, to: output.fd };
    const runs = mapOrdered(runsOf({ first: 0, blocks }), pool.atOnce, async (run) => {
      const hashes = await pool.run({ operation: "seal", run, length, unit, key: shared, ...files });
      return { run, hashes };
    });
    for await (const { run, hashes } of runs) {
      builder.add(hashes, unit);
      report(options, { step: "seal", done: plaintextOf(run, length).end, total: length });
    }
    const samples: Sample[] = [];
    for (const index of sampled) samples.push(await sampleIn(plaintext, output, { key, index, length }));
    if (options.durable === true) await output.sync();
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
  await file.read(plaintext, 0, plaintext.length, start);
  const commitment = new Uint8Array(HASH_BYTES);
  await stored.read(commitment, 0, HASH_BYTES, storedRange(index, length).start);
  // Read a second time, it may not be what was sealed.
  if (!equalBytes(commitment, blockCommitment(blockBlind(key, index), plaintext)))
    throw new SealedError("file_changed");
  return openSample({ key, index, plaintext });
}
