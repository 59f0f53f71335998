import { checkSealOptions } from "./checkSealOptions.ts";
import { composeManifest } from "./composeManifest.ts";
import { blockCount, plaintextRange, storedLength, storedRange } from "./layout.ts";
import type { Description, Manifest } from "./manifest.ts";
import { openSample } from "./openSample.ts";
import { sealBlock } from "./sealBlock.ts";
import { treeOfStored } from "./verifyStored.ts";

/** How to seal: the public description, and which blocks to open to everybody. */
export interface SealOptions extends Description {
  /** 32 bytes, random and never used before; drawn by default. */
  readonly key?: Uint8Array;
  /** Indexes of the blocks that anybody may read. Cannot be taken back. */
  readonly samples?: readonly number[];
}

/** A sealed dataset. */
export interface Sealed {
  /** Commitment and ciphertext, block after block: may lie anywhere. */
  readonly stored: Uint8Array;
  /** Public. */
  readonly manifest: Manifest;
  /** Secret, 32 bytes. Not enumerable, so that a log, JSON or a spread of this object does not carry it off. */
  readonly key: Uint8Array;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** 32 bytes. */
  readonly keyCommitment: Uint8Array;
  /** Bytes of plaintext. */
  readonly length: number;
}

/**
 * Seals a dataset in memory.
 *
 * @throws SealedError `key_invalid`, `manifest_invalid`, `index_out_of_range` (of a sample)
 *
 * @example
 * ```ts
 * const { stored, manifest, key } = seal(new TextEncoder().encode("city,pm25\nSuzhou,31\n"), {
 *   mediaType: "text/csv",
 *   dataset: {
 *     title: "Air quality",
 *     description: "Daily means by city",
 *     publisher: "Example Institute",
 *     issued: "2026-01-01",
 *     license: "https://creativecommons.org/licenses/by/4.0/",
 *   },
 * });
 * ```
 */
export function seal(plaintext: Uint8Array, options: SealOptions): Sealed {
  const { key, sampled, keyCommitment, description } = checkSealOptions(options);
  try {
    const length = plaintext.length;
    const blockAt = (index: number) => {
      const { start, end } = plaintextRange(index, length);
      return { key, index, plaintext: plaintext.subarray(start, end) };
    };

    const stored = new Uint8Array(storedLength(length));
    for (let i = 0; i < blockCount(length); i++) stored.set(sealBlock(blockAt(i)), storedRange(i, length).start);
    const { root } = treeOfStored(stored, length);

    const samples = sampled.map((index) => openSample(blockAt(index)));
    const manifest = composeManifest({ length, root, keyCommitment, description, samples });
    const sealed = { stored, manifest, root, keyCommitment, length };
    return Object.defineProperty(sealed, "key", { value: key, enumerable: false }) as Sealed;
  } catch (error) {
    key.fill(0);
    throw error;
  }
}
