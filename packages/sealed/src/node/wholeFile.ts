import { access, type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { SealedError } from "../errors.ts";

/** The name of a file until it is whole. */
export function partOf(path: string): string {
  return `${path}.part`;
}

/** Opens a new file under the name of a part, in place of one that was left there. */
export async function newPart(path: string, mode = 0o666): Promise<FileHandle> {
  await rm(partOf(path), { force: true });
  return open(partOf(path), "wx+", mode);
}

/** Gives a part, which is whole now, its final name. */
export async function finishPart(path: string, durable = false): Promise<void> {
  await rename(partOf(path), path);
  if (!durable) return;
  await using folder = await open(dirname(path), "r");
  await folder.sync();
}

/** How to write a file. */
export interface WholeFileOptions {
  /** Waits until the disk has it. */
  readonly durable?: boolean;
  readonly mode?: number;
}

/** Writes a file whole or not at all. */
export async function writeWholeFile(path: string, bytes: Uint8Array, options: WholeFileOptions = {}): Promise<void> {
  await writePart(path, bytes, options);
  await finishPart(path, options.durable);
}

async function writePart(path: string, bytes: Uint8Array, { durable, mode }: WholeFileOptions): Promise<void> {
  await using part = await newPart(path, mode);
  await part.writeFile(bytes);
  if (durable === true) await part.sync();
}

/**
 * Refuses to replace a file.
 *
 * @throws SealedError `file_exists`
 */
export async function refuseExisting(path: string): Promise<void> {
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new SealedError("file_exists", { details: path });
}
