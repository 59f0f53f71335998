import { equalBytes, HASH_BYTES } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import type { Place } from "./reasons.ts";
import { leafHash, nodeHash } from "./tree.ts";

/** An entry of a tree and the proof that it is one. */
export interface VerifyInclusionParameters {
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** Entries of the tree. */
  readonly size: number;
  readonly index: number;
  /** The entry's bytes, never their hash: so no inner node can be offered as an entry. */
  readonly leaf: Uint8Array;
  /** Hashes of 32 bytes from the leaf upwards, exactly as many as `index` and `size` demand. */
  readonly path: readonly Uint8Array[];
}

/**
 * Refuses an entry that is not under the root at `index` of a tree of `size` entries (RFC 9162, 2.1.3.2). Contracts
 * decide in the same way.
 *
 * @param at what errors call the entry
 * @throws SealedError `size_invalid`, `index_out_of_range`, `path_invalid`, `hash_invalid`, `root_mismatch`
 */
export function verifyInclusion(
  { root, size, index, leaf, path }: VerifyInclusionParameters,
  at: Place = { entry: index },
): void {
  if (!Number.isSafeInteger(size) || size < 0) throw new SealedError("size_invalid", { details: `size ${size}` });
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) {
    throw new SealedError("index_out_of_range", { at, details: `size ${size}` });
  }
  const wrongPath = () => new SealedError("path_invalid", { at, details: `size ${size}, ${path.length} hashes` });

  // Divisions, not shifts: both may exceed 32 bits.
  let position = index;
  let last = size - 1;
  let hash = leafHash(leaf);
  for (const sibling of path) {
    if (last === 0) throw wrongPath();
    if (sibling.length !== HASH_BYTES) throw new SealedError("hash_invalid", { at, details: "in the path" });
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) {
        position /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  if (last !== 0) throw wrongPath();
  if (!equalBytes(hash, root)) throw new SealedError("root_mismatch", { at });
}
