import { toHex } from "./bytes.ts";
import { checkManifest, type Description, type Manifest, type Sample } from "./manifest.ts";
import { manifestBytes } from "./manifestHash.ts";

/** What a manifest is put together from. */
export interface ManifestParts {
  readonly length: number;
  readonly root: Uint8Array;
  readonly keyCommitment: Uint8Array;
  readonly description: Description;
  /** In order. */
  readonly samples: readonly Sample[];
}

/**
 * Puts a manifest together.
 *
 * @throws SealedError `manifest_invalid`
 */
export function composeManifest(parts: ManifestParts): Manifest {
  const { length, root, keyCommitment, description, samples } = parts;
  const manifest = checkManifest({
    version: 1,
    length,
    root: toHex(root),
    keyCommitment: toHex(keyCommitment),
    ...description,
    ...(samples.length === 0 ? {} : { samples }),
  });
  manifestBytes(manifest);
  return manifest;
}
