import { authenticBlock, type BlockSource } from "./authenticBlock.ts";
import { verifyKey } from "./commitments.ts";
import { decryptBlock } from "./decryptBlock.ts";
import type { SealFacts } from "./manifest.ts";

/** One block, where it comes from, and the key. */
export type OpenBlockParameters = BlockSource & {
  /** Trusted: read by `parseManifest` against the hash on chain. */
  readonly manifest: SealFacts;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly index: number;
};

/**
 * Opens one block alone, in the same order as `open`: key, root, commitment.
 *
 * @throws SealedError `key_invalid`, `key_mismatch`, `length_invalid`, `index_out_of_range`, `stored_length` or
 * `block_length`, `path_invalid`, `hash_invalid`, `root_mismatch`, `commitment_mismatch`
 *
 * @example
 * ```ts
 * const plaintext = openBlock({ manifest, key, index: 3, block, path });
 * ```
 */
export function openBlock(parameters: OpenBlockParameters): Uint8Array {
  const { manifest, key, index } = parameters;
  verifyKey(key, manifest.keyCommitment);
  return decryptBlock({ key, index, block: authenticBlock(manifest, index, parameters) });
}
