import { equalBytes, fromHex, HASH_BYTES } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import { blockCount, storedLength, storedRange } from "./layout.ts";
import type { SealFacts } from "./manifest.ts";
import { leafHash, type Tree, treeOfLeafHashes } from "./tree.ts";

/** The stored bytes of a dataset, and what its manifest says about them. */
export interface StoredParameters {
  readonly manifest: Pick<SealFacts, "length" | "root">;
  /** Commitment and ciphertext, block after block. */
  readonly stored: Uint8Array;
}

/**
 * The tree over the blocks of stored bytes, whatever its root.
 *
 * @param length bytes of plaintext
 * @throws SealedError `length_invalid`, `stored_length`
 */
export function treeOfStored(stored: Uint8Array, length: number): Tree {
  const expected = storedLength(length);
  if (stored.length !== expected) {
    throw new SealedError("stored_length", { at: "stored", details: `${stored.length} bytes, not ${expected}` });
  }
  const hashes = new Uint8Array(blockCount(length) * HASH_BYTES);
  for (let i = 0; i < blockCount(length); i++) {
    const { start, end } = storedRange(i, length);
    hashes.set(leafHash(stored.subarray(start, end)), i * HASH_BYTES);
  }
  return treeOfLeafHashes(hashes);
}

/**
 * The tree over stored bytes that are the ones under the manifest's root: no key is needed to check that. Keep it to
 * prove many blocks.
 *
 * @throws SealedError `length_invalid`, `stored_length`, `root_mismatch`
 */
export function verifyStored({ manifest, stored }: StoredParameters): Tree {
  const tree = treeOfStored(stored, manifest.length);
  if (!equalBytes(tree.root, fromHex(manifest.root))) throw new SealedError("root_mismatch", { at: "stored" });
  return tree;
}
