import { scrypt } from "node:crypto";
import { z } from "zod";
import { SealedError } from "../errors.ts";

/** Takes 128 MiB for a moment, here and for each guess of whoever does not know the passphrase. */
export const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const MEMORY = 2 * 128 * COST.N * COST.r;

/** Bytes of a tag of ChaCha20-Poly1305. */
export const TAG_BYTES = 16;

const bytes = (length: number) => z.templateLiteral(["0x", z.string().regex(new RegExp(`^[0-9a-f]{${2 * length}}$`))]);
const always = { version: z.literal(1), keyCommitment: bytes(32) };

/** A key file, in JSON. Under a passphrase, the key commitment is authenticated with the key. */
export const keyFile = z.discriminatedUnion("protection", [
  z.strictObject({
    ...always,
    protection: z.literal("passphrase"),
    kdf: z.strictObject({
      name: z.literal("scrypt"),
      N: z.literal(COST.N),
      r: z.literal(COST.r),
      p: z.literal(COST.p),
      salt: bytes(16),
    }),
    cipher: z.strictObject({
      name: z.literal("chacha20-poly1305"),
      nonce: bytes(12),
      /** The encrypted key, then the tag. */
      ciphertext: bytes(32 + TAG_BYTES),
    }),
  }),
  z.strictObject({ ...always, protection: z.literal("none"), key: bytes(32) }),
]);

/** A key file, read. */
export type KeyFile = z.infer<typeof keyFile>;

/** A passphrase: a text, or its bytes, which the caller can erase. */
export type Passphrase = string | Uint8Array;

/**
 * Derives the key of the key file. Erase it after use.
 *
 * @throws SealedError `passphrase_needed` where it is empty
 */
export async function keyOfPassphrase(passphrase: Passphrase, salt: Uint8Array): Promise<Buffer> {
  if (passphrase.length === 0) throw new SealedError("passphrase_needed");
  // The same text can be typed as different characters.
  const secret = typeof passphrase === "string" ? passphrase.normalize("NFKC") : passphrase;
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, 32, { ...COST, maxmem: MEMORY }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
