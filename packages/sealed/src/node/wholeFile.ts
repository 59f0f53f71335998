import { randomBytes } from "node:crypto";
import { access, type FileHandle, link, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { SealedError } from "../errors.ts";

/** A file that is being written. Until it is whole it has a name that no other call uses. */
export interface Part extends AsyncDisposable {
  readonly path: string;
  readonly file: FileHandle;
}

/** Opens a new file beside `path`. Where it was not given its final name, it is gone after use. */
export async function newPart(path: string, mode = 0o666): Promise<Part> {
  const part = `${path}.${randomBytes(8).toString("hex")}.part`;
  const file = await open(part, "wx+", mode);
  return {
    path: part,
    file,
    async [Symbol.asyncDispose]() {
      await file.close();
      await rm(part, { force: true });
    },
  };
}

/** What file systems without hard links, such as those of memory cards, answer. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/**
 * Gives a file, which is whole now, its final name, and takes that from no other.
 *
 * @throws SealedError `file_exists`
 */
export async function giveName(part: string, path: string, { durable = false }: WholeFileOptions = {}): Promise<void> {
  try {
    await link(part, path).catch((error) => {
      if (!NO_LINKS.has(codeOf(error))) throw error;
      return renameUnlessExisting(part, path);
    });
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") throw new SealedError("file_exists", { details: path, cause });
    throw cause;
  }
  await rm(part, { force: true });
  if (!durable) return;
  await using folder = await open(dirname(path), "r");
  await folder.sync();
}

/** Takes the name by an empty file, and replaces that. */
async function renameUnlessExisting(part: string, path: string): Promise<void> {
  await (await open(path, "wx")).close();
  await rename(part, path);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

/** How to write a file. */
export interface WholeFileOptions {
  /** Waits until the disk has it. */
  readonly durable?: boolean;
}

/** Writes to a part. */
export async function writePart({ file }: Part, bytes: Uint8Array, { durable }: WholeFileOptions): Promise<void> {
  await file.writeFile(bytes);
  if (durable === true) await file.sync();
}

/** Writes a file whole or not at all, in place of another. */
export async function replaceFile(path: string, bytes: Uint8Array, mode: number): Promise<void> {
  await using part = await newPart(path, mode);
  await writePart(part, bytes, {});
  await rename(part.path, path);
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
