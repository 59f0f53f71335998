import { fromHex } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import { blockCount, storedRange } from "./layout.ts";
import type { SealFacts } from "./manifest.ts";
import type { BlockProof } from "./proveBlock.ts";
import { verifyInclusion } from "./verifyInclusion.ts";

/** A block, its proof, and what the manifest says. */
export interface VerifyBlockParameters extends BlockProof {
  readonly manifest: Pick<SealFacts, "length" | "root">;
}

/**
 * Refuses a stored block that is not the one at `index` under the root. No key is needed.
 *
 * @throws SealedError `length_invalid`, `index_out_of_range`, `block_length`, `path_invalid`, `hash_invalid`,
 * `root_mismatch`
 */
export function verifyBlock({ manifest, index, block, path }: VerifyBlockParameters): void {
  const { start, end } = storedRange(index, manifest.length);
  const at = { block: index };
  if (block.length !== end - start) {
    throw new SealedError("block_length", { at, details: `${block.length} bytes, not ${end - start}` });
  }
  const size = blockCount(manifest.length);
  verifyInclusion({ root: fromHex(manifest.root), size, index, leaf: block, path }, at);
}
