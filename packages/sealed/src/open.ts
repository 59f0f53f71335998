import { verifyKey } from "./commitments.ts";
import { decryptBlock } from "./decryptBlock.ts";
import { blockCount, plaintextRange, storedRange } from "./layout.ts";
import type { SealFacts } from "./manifest.ts";
import { verifyStored } from "./verifyStored.ts";

/** A sealed dataset and its key. */
export interface OpenParameters {
  /** Trusted: read by `parseManifest` against the hash on chain. */
  readonly manifest: SealFacts;
  /** Commitment and ciphertext, block after block. */
  readonly stored: Uint8Array;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Opens a dataset in memory: checks the key, then all ciphertext under the root, and only then decrypts. Returns all
 * of the plaintext, each block confirmed by its commitment, or nothing.
 *
 * @throws SealedError `key_invalid`, `key_mismatch`, `length_invalid`, `stored_length`, `root_mismatch`,
 * `commitment_mismatch`
 *
 * @example
 * ```ts
 * const plaintext = open({ manifest, stored, key });
 * ```
 */
export function open({ manifest, stored, key }: OpenParameters): Uint8Array {
  verifyKey(key, manifest.keyCommitment);
  verifyStored({ manifest, stored });
  const { length } = manifest;
  const plaintext = new Uint8Array(length);
  for (let i = 0; i < blockCount(length); i++) {
    const { start, end } = storedRange(i, length);
    plaintext.set(decryptBlock({ key, index: i, block: stored.subarray(start, end) }), plaintextRange(i, length).start);
  }
  return plaintext;
}
