import { utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";
import { hashOf } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import type { Manifest } from "./manifest.ts";

/**
 * The bytes of a manifest's file: canonical JSON (RFC 8785) in UTF-8.
 *
 * @throws SealedError `manifest_invalid` where a text is not well-formed Unicode
 */
export function manifestBytes(manifest: Manifest): Uint8Array {
  let json: string | undefined;
  try {
    json = canonicalize(manifest);
  } catch {
    throw new SealedError("manifest_invalid", { details: "a text is not well-formed Unicode" });
  }
  return utf8ToBytes(json ?? "");
}

/**
 * What a release says about its manifest: SHA-256 of the canonical bytes, 32 bytes.
 *
 * @throws SealedError `manifest_invalid`
 */
export function manifestHash(manifest: Manifest): Uint8Array {
  return hashOf(manifestBytes(manifest));
}
