import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { manifestBytes, manifestHash, type Sealed, toHex } from "@cadastre/sealed";
import { type KeyProtection, writeKeyFile } from "@cadastre/sealed/node";
import type { Hex } from "viem";

/** As DataAsset has it. */
export interface Release {
  readonly root: Hex;
  readonly keyCommitment: Hex;
  readonly length: bigint;
  readonly manifestHash: Hex;
  readonly manifestUri: string;
  readonly parentReleases: readonly number[];
}

/** A release with what was sealed: stored bytes, manifest and key. */
export interface SealedRelease extends Release {
  readonly sealed: Sealed;
}

/** What the chain is told of a sealed dataset. Its manifest would lie at the URI: the system stores no data, and fetches none. */
export function releaseOf(sealed: Sealed, parentReleases: readonly number[] = []): SealedRelease {
  return {
    sealed,
    root: toHex(sealed.root),
    keyCommitment: toHex(sealed.keyCommitment),
    length: BigInt(sealed.length),
    manifestHash: toHex(manifestHash(sealed.manifest)),
    manifestUri: `https://data.example/${sealed.manifest.root.slice(2, 18)}/manifest.json`,
    parentReleases,
  };
}

/**
 * Writes ciphertext and manifest, which are public, and the key, which is not, to a folder of their own. The key is in a
 * key file: `readKeyFile` reads it.
 */
export async function storeSealed(parent: string, sealed: Sealed, protection: KeyProtection): Promise<string> {
  const folder = join(parent, toHex(sealed.root).slice(2, 18));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "stored.bin"), sealed.stored);
  writeFileSync(join(folder, "manifest.json"), manifestBytes(sealed.manifest));
  await writeKeyFile(join(folder, "key.json"), sealed.key, protection);
  return folder;
}
