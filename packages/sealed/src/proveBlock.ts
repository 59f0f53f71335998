import { storedRange } from "./layout.ts";
import { type StoredParameters, verifyStored } from "./verifyStored.ts";

/** A stored block and the proof of its place: what a custodian answers with. */
export interface BlockProof {
  readonly index: number;
  /** Commitment, then ciphertext. */
  readonly block: Uint8Array;
  /** Hashes of 32 bytes from the leaf upwards. */
  readonly path: readonly Uint8Array[];
}

/** Which block of which stored bytes to prove. */
export interface ProveBlockParameters extends StoredParameters {
  readonly index: number;
}

/**
 * Cuts one block out of the stored bytes and proves its place under the root. Reads all of them, and so finds out that
 * they are damaged before anybody else does.
 *
 * @throws SealedError `length_invalid`, `index_out_of_range`, `stored_length`, `root_mismatch`
 *
 * @example
 * ```ts
 * verifyBlock({ manifest, ...proveBlock({ manifest, stored, index: 3 }) });
 * ```
 */
export function proveBlock({ manifest, stored, index }: ProveBlockParameters): BlockProof {
  const { start, end } = storedRange(index, manifest.length);
  const tree = verifyStored({ manifest, stored });
  return { index, block: Uint8Array.from(stored.subarray(start, end)), path: tree.path(index) };
}
