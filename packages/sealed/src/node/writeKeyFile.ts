import { createCipheriv, randomBytes } from "node:crypto";
import { fromHex, toHex } from "../bytes.ts";
import { keyCommitment } from "../commitments.ts";
import { COST, type KeyFile, keyOfPassphrase, type Passphrase, TAG_BYTES } from "./keyFile.ts";
import { giveName, newPart, refuseExisting, writePart } from "./wholeFile.ts";

/** What protects a key file: a passphrase, or by explicit wish nothing but its mode. */
export type KeyProtection = { readonly passphrase: Passphrase } | { readonly unprotected: true };

const DURABLE = { durable: true };

/**
 * Writes a key to a new file that only its owner can read (mode 0600), and waits until the disk has it.
 *
 * @throws SealedError `key_invalid`, `passphrase_needed`, `file_exists`; and what the file system throws
 *
 * @example
 * ```ts
 * await writeKeyFile("air.key", key, { passphrase });
 * ```
 */
export async function writeKeyFile(path: string, key: Uint8Array, protection: KeyProtection): Promise<void> {
  const commitment = toHex(keyCommitment(key));
  await refuseExisting(path);
  const file: KeyFile =
    "passphrase" in protection
      ? await lock(key, commitment, protection.passphrase)
      : { version: 1, keyCommitment: commitment, protection: "none", key: toHex(key) };
  const bytes = Buffer.from(`${JSON.stringify(file, null, 2)}\n`);
  try {
    await using part = await newPart(path, 0o600);
    await writePart(part, bytes, DURABLE);
    await giveName(part.path, path, DURABLE);
  } finally {
    bytes.fill(0);
  }
}

async function lock(
  key: Uint8Array,
  keyCommitment: KeyFile["keyCommitment"],
  passphrase: Passphrase,
): Promise<KeyFile> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const derived = await keyOfPassphrase(passphrase, salt);
  try {
    const cipher = createCipheriv("chacha20-poly1305", derived, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(fromHex(keyCommitment), { plaintextLength: key.length });
    const ciphertext = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return {
      version: 1,
      keyCommitment,
      protection: "passphrase",
      kdf: { name: "scrypt", ...COST, salt: toHex(salt) },
      cipher: { name: "chacha20-poly1305", nonce: toHex(nonce), ciphertext: toHex(ciphertext) },
    };
  } finally {
    derived.fill(0);
  }
}
