import { createDecipheriv } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { fromHex, type Hex } from "../bytes.ts";
import { verifyKey } from "../commitments.ts";
import { SealedError } from "../errors.ts";
import { type KeyFile, keyFile, keyOfPassphrase, type Passphrase, TAG_BYTES } from "./keyFile.ts";

/** How to read a key file. */
export interface ReadKeyFileOptions {
  readonly passphrase?: Passphrase;
  /** What the manifest of the dataset says, for a key that has to be that one. */
  readonly keyCommitment?: Hex;
}

const MOST_BYTES = 4096;

/**
 * Reads a key from its file.
 *
 * @returns 32 bytes, for the caller to erase after use
 * @throws SealedError `key_file_missing`, `key_file_exposed`, `key_file_invalid`, `passphrase_needed`,
 * `passphrase_wrong`, `key_mismatch`
 *
 * @example
 * ```ts
 * const key = await readKeyFile("air.key", { passphrase, keyCommitment: manifest.keyCommitment });
 * ```
 */
export async function readKeyFile(path: string, options: ReadKeyFileOptions = {}): Promise<Uint8Array> {
  const file = await parsedFile(path);
  const key = file.protection === "none" ? fromHex(file.key) : await unlock(file, options.passphrase);
  try {
    verifyKey(key, file.keyCommitment);
    if (options.keyCommitment !== undefined) verifyKey(key, options.keyCommitment);
    return key;
  } catch (error) {
    key.fill(0);
    throw error;
  }
}

async function parsedFile(path: string): Promise<KeyFile> {
  await using file = await opened(path);
  const { mode, size } = await file.stat();
  // Windows has no such modes.
  if (process.platform !== "win32" && (mode & 0o077) !== 0) {
    throw new SealedError("key_file_exposed", { details: `mode 0${(mode & 0o777).toString(8)}` });
  }
  if (size > MOST_BYTES) throw new SealedError("key_file_invalid");
  const bytes = await file.readFile();
  try {
    return keyFile.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    // The engine's and the schema's messages quote the text.
    throw new SealedError("key_file_invalid");
  } finally {
    bytes.fill(0);
  }
}

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (cause) {
    throw new SealedError("key_file_missing", { details: path, cause });
  }
}

type LockedFile = Extract<KeyFile, { protection: "passphrase" }>;

async function unlock(file: LockedFile, passphrase: Passphrase | undefined): Promise<Uint8Array> {
  if (passphrase === undefined) throw new SealedError("passphrase_needed");
  const derived = await keyOfPassphrase(passphrase, fromHex(file.kdf.salt));
  const sealed = fromHex(file.cipher.ciphertext);
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv("chacha20-poly1305", derived, fromHex(file.cipher.nonce), options);
  const ciphertext = sealed.subarray(0, -TAG_BYTES);
  const opened = decipher
    .setAAD(fromHex(file.keyCommitment), { plaintextLength: ciphertext.length })
    .setAuthTag(sealed.subarray(-TAG_BYTES))
    .update(ciphertext);
  try {
    decipher.final();
    return Uint8Array.from(opened);
  } catch {
    throw new SealedError("passphrase_wrong");
  } finally {
    derived.fill(0);
    opened.fill(0);
  }
}
