import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { DocumentError } from "./errors.ts";

/** An Ed25519 key that signs and cannot be printed: the private part stays in the closure. */
export interface SigningKey {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** DER of a PKCS #8 private key, up to the 32 bytes of the seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const OTHERS = 0o077;

export function keyOfSeed(seed: Uint8Array): SigningKey {
  return signingKey(createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: "der", type: "pkcs8" }));
}

export function verifySignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") },
    format: "jwk",
  });
  return verify(null, message, key, signature);
}

/**
 * Writes a new key to a file that nobody but its owner can read, and never over another.
 *
 * @returns the public key
 * @throws DocumentError `file_exists`
 */
export function createKeyFile(path: string): Uint8Array {
  const { privateKey } = generateKeyPairSync("ed25519");
  try {
    writeFileSync(path, privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST")
      throw new DocumentError("file_exists", path);
    throw error;
  }
  return signingKey(privateKey).publicKey;
}

/** @throws DocumentError `key_file_exposed`, `key_file_invalid` */
export function readKeyFile(path: string): SigningKey {
  return signingKey(parseKey(path, readPrivately(path)));
}

function readPrivately(path: string): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    throw new DocumentError("key_file_invalid", `${path} cannot be read`);
  }
  try {
    // Windows has no such modes.
    if (process.platform !== "win32" && (fstatSync(file).mode & OTHERS) !== 0)
      throw new DocumentError("key_file_exposed", path);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

function parseKey(path: string, pem: string): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The parser's own message might repeat what it read.
  }
  if (key?.asymmetricKeyType !== "ed25519") throw new DocumentError("key_file_invalid", path);
  return key;
}

function signingKey(privateKey: KeyObject): SigningKey {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  return {
    publicKey: new Uint8Array(Buffer.from(x!, "base64url")),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}
