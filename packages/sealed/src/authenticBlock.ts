import type { SealFacts } from "./manifest.ts";
import { type BlockProof, proveBlock } from "./proveBlock.ts";
import { verifyBlock } from "./verifyBlock.ts";

/** Where one block comes from: the whole of the stored bytes, or the block alone with its proof. */
export type BlockSource = { readonly stored: Uint8Array } | Pick<BlockProof, "block" | "path">;

/**
 * The stored block at `index`, authenticated under the root.
 *
 * @throws SealedError as `proveBlock` or `verifyBlock`
 */
export function authenticBlock(
  manifest: Pick<SealFacts, "length" | "root">,
  index: number,
  source: BlockSource,
): Uint8Array {
  if ("stored" in source) return proveBlock({ manifest, stored: source.stored, index }).block;
  verifyBlock({ manifest, index, block: source.block, path: source.path });
  return source.block;
}
