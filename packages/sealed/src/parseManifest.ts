import { equalBytes, hashOf } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import { checkManifest, type Manifest } from "./manifest.ts";
import { manifestBytes } from "./manifestHash.ts";

/**
 * Reads a manifest from its file.
 *
 * Only canonical bytes are accepted: the hash of the file is then the hash of the manifest, and no member can stand in
 * it twice.
 *
 * @param file canonical JSON (RFC 8785) in UTF-8
 * @param expected the manifest hash of the release, 32 bytes; without it the manifest is read but not authenticated
 * @throws SealedError `manifest_hash`, `manifest_invalid`, `manifest_not_canonical`
 *
 * @example
 * ```ts
 * const manifest = parseManifest(file, fromHex(release.manifestHash));
 * ```
 */
export function parseManifest(file: Uint8Array, expected?: Uint8Array): Manifest {
  if (expected !== undefined && !equalBytes(hashOf(file), expected)) throw new SealedError("manifest_hash");
  const manifest = checkManifest(parseJson(file));
  if (!equalBytes(manifestBytes(manifest), file)) throw new SealedError("manifest_not_canonical");
  return manifest;
}

function parseJson(file: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file));
  } catch {
    // The engine's message quotes the text, which may be a key file given by mistake.
    throw new SealedError("manifest_invalid", { details: "not JSON in UTF-8" });
  }
}
