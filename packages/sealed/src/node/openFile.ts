import { type FileHandle, lstat, open, readFile, rm, stat } from "node:fs/promises";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { plaintextOf } from "../blocks.ts";
import { verifyKey } from "../commitments.ts";
import { BLOCK_BYTES, blockCount } from "../layout.ts";
import type { SealFacts } from "../manifest.ts";
import { openRuns, outlineUnderRoot } from "../openRuns.ts";
import type { Outline } from "../outline.ts";
import { MAX_OUTLINE_BYTES } from "../outlineBytes.ts";
import { parseManifest } from "../parseManifest.ts";
import { parseOutline } from "../parseOutline.ts";
import { checkSize } from "../storedSource.ts";
import { type FileOptions, report, sharedKey, threadsFor } from "./fileOptions.ts";
import { type FileReaderParameters, fileHasher, fileOpener } from "./fileReader.ts";
import { poolOf } from "./pool.ts";
import { NODE_PRIMITIVES } from "./primitives.ts";
import { sealedFolder } from "./sealedFolder.ts";
import { giveName, refuseExisting, replaceFile } from "./wholeFile.ts";
import { type WriteLock, writeLock } from "./writeLock.ts";

/** The files of a sealed dataset. */
export interface SealedFiles {
  /** Trusted: read by `parseManifest` against the hash on chain. */
  readonly manifest: SealFacts;
  /** Path of the stored bytes. */
  readonly stored: string;
  /** Path of an outline, which saves reading everything first. It need not be there, nor be right. */
  readonly outline?: string;
}

/** How to open a file. */
export interface OpenFileOptions extends FileOptions {
  /** The manifest hash of the release, 32 bytes, for the manifest of a folder. Without it, that is not authenticated. */
  readonly manifestHash?: Uint8Array;
}

/** Bytes after which the state of the work is put down, so that they need not be opened again. */
const CHECKPOINT_BYTES = 2 ** 30;

/**
 * Opens a sealed dataset into a file. What is opened lies in `target.part`, readable by its owner alone, until all of it
 * is there. Called again after an interruption, of whatever kind, it goes on where that was. Of two calls with the same
 * target, in whichever processes, the second is refused while the first is at work.
 *
 * @param from a folder as `sealFile` leaves it, or its files
 * @throws SealedError `manifest_hash`, `manifest_invalid`, `manifest_not_canonical`, `key_invalid`, `key_mismatch`,
 * `file_exists`, `file_in_use`, `length_invalid`, `stored_length`, `root_mismatch`, `commitment_mismatch`; and what the
 * file system throws
 *
 * @example
 * ```ts
 * await openFile("sealed", key, "air.csv", { manifestHash: fromHex(release.manifestHash) });
 * ```
 */
export async function openFile(
  from: string | SealedFiles,
  key: Uint8Array,
  target: string,
  options: OpenFileOptions = {},
): Promise<void> {
  const { manifest, stored, outline } = typeof from === "string" ? await filesIn(from, options.manifestHash) : from;
  const { length } = manifest;
  verifyKey(key, manifest.keyCommitment);
  await refuseExisting(target);
  const shared = sharedKey(key);
  try {
    await using input = await open(stored, "r");
    checkSize((await input.stat()).size, length);
    using lock = await lockOf(target);
    await using pool = poolOf(threadsFor(length, options));
    const reader = { pool, from: input.fd, length, options };
    const found = outline === undefined ? undefined : await outlineIn(outline, manifest);
    const known = found ?? (await outlineUnderRoot(fileHasher(reader), manifest));
    await openInto(target, { reader, manifest, outline: known, key: shared });
    await giveName(partOf(target), target, options);
    await rm(checkpointOf(target), { force: true });
    lock.remove();
  } finally {
    shared.fill(0);
  }
}

/** The right to work on the part of a target that is still not there. */
async function lockOf(target: string): Promise<WriteLock> {
  const lock = writeLock(`${partOf(target)}.lock`);
  try {
    // Whoever had the lock may have finished since it was looked for.
    await refuseExisting(target);
    return lock;
  } catch (error) {
    lock.remove();
    throw error;
  }
}

/** The name of a target until all of it is there. */
function partOf(target: string): string {
  return `${target}.part`;
}

interface OpenInto {
  readonly reader: FileReaderParameters;
  readonly manifest: SealFacts;
  readonly outline: Outline;
  readonly key: Uint8Array;
}

async function openInto(target: string, { reader, manifest, outline, key }: OpenInto): Promise<void> {
  const { length, options } = reader;
  let done = await bytesReached(target, manifest);
  await using output = await (done > 0 ? open(partOf(target), "r+") : openAfresh(partOf(target)));
  await output.truncate(done);
  let saved = done;
  const save = async () => {
    await output.datasync();
    const { root, keyCommitment } = manifest;
    const state = utf8ToBytes(JSON.stringify({ root, keyCommitment, done }));
    await replaceFile(checkpointOf(target), state, 0o600);
    saved = done;
  };
  try {
    const runs = openRuns(
      fileOpener(reader, key, output.fd),
      outline,
      Math.floor(done / BLOCK_BYTES),
      blockCount(length),
    );
    for await (const run of runs) {
      done = plaintextOf(run, length).end;
      report(options, { step: "open", done, total: length });
      if (done - saved >= CHECKPOINT_BYTES && done < length) await save();
    }
  } catch (error) {
    // Whatever happens here, the first error is the one to know.
    await (done > 0 ? save() : rm(partOf(target))).catch(() => {});
    throw error;
  }
  if (options.durable === true) await output.sync();
}

/** A new file for this user alone, in place of what an earlier call has left and this one cannot use. */
async function openAfresh(part: string): Promise<FileHandle> {
  await rm(part, { force: true });
  return open(part, "wx+", 0o600);
}

/**
 * The files of a folder.
 *
 * @throws SealedError as `parseManifest`
 */
async function filesIn(folder: string, manifestHash?: Uint8Array): Promise<SealedFiles> {
  const files = sealedFolder(folder);
  return { ...files, manifest: parseManifest(await readFile(files.manifest), manifestHash) };
}

/** An outline that is there and leads to the root. Anything else is as good as none. */
async function outlineIn(path: string, manifest: SealFacts): Promise<Outline | undefined> {
  try {
    if ((await stat(path)).size > MAX_OUTLINE_BYTES) return undefined;
    return parseOutline(await readFile(path), manifest, NODE_PRIMITIVES);
  } catch {
    return undefined;
  }
}

const checkpoint = z.strictObject({ root: z.string(), keyCommitment: z.string(), done: z.int().nonnegative() });

function checkpointOf(target: string): string {
  return `${partOf(target)}.json`;
}

/** How many bytes of this dataset an earlier call has opened and put on the disk. */
async function bytesReached(target: string, manifest: SealFacts): Promise<number> {
  try {
    // In a folder that others can write to, they could lay out a beginning that no commitment confirms.
    const size = await sizeOfOwn(partOf(target));
    await sizeOfOwn(checkpointOf(target));
    const { root, keyCommitment, done } = checkpoint.parse(JSON.parse(await readFile(checkpointOf(target), "utf8")));
    const usable = root === manifest.root && keyCommitment === manifest.keyCommitment && done <= size;
    return usable ? Math.min(done, manifest.length) : 0;
  } catch {
    return 0;
  }
}

/** The size of a file, no link, that nobody but this user can change. */
async function sizeOfOwn(path: string): Promise<number> {
  const found = await lstat(path);
  const own = process.platform === "win32" || (found.uid === process.getuid?.() && (found.mode & 0o077) === 0);
  if (!found.isFile() || !own) throw new Error("not a file of this user alone");
  return found.size;
}
