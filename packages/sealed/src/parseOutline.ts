import { equalBytes, fromHex, HASH_BYTES } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import { blockCount } from "./layout.ts";
import type { SealFacts } from "./manifest.ts";
import type { Outline } from "./outline.ts";
import { OUTLINE_HEADER_BYTES, OUTLINE_TAG } from "./outlineBytes.ts";
import { type Primitives, PURE } from "./primitives.ts";
import { MAX_HASHES } from "./scale.ts";
import { rootOf } from "./treeStack.ts";

/**
 * Reads an outline from its file and refuses it unless it leads to the manifest's root: whoever made it need not be
 * trusted.
 *
 * @throws SealedError `length_invalid`, `outline_invalid`, `root_mismatch`
 *
 * @example
 * ```ts
 * const outline = parseOutline(file, manifest);
 * ```
 */
export function parseOutline(
  file: Uint8Array,
  manifest: Pick<SealFacts, "length" | "root">,
  primitives: Primitives = PURE,
): Outline {
  const blocks = blockCount(manifest.length);
  const hashes = new Uint8Array(file.subarray(OUTLINE_HEADER_BYTES));
  const groupBlocks = groupBlocksIn(file);
  const count = Math.ceil(blocks / groupBlocks);
  if (groupBlocks >= 2 * blocks || count > MAX_HASHES || hashes.length !== count * HASH_BYTES)
    throw new SealedError("outline_invalid");
  const root = rootOf(primitives, hashes);
  if (!equalBytes(root, fromHex(manifest.root))) throw new SealedError("root_mismatch", { at: "outline" });
  return { first: 0, blocks, groupBlocks, hashes, root };
}

function groupBlocksIn(file: Uint8Array): number {
  const tagged = equalBytes(file.subarray(0, OUTLINE_TAG.length), OUTLINE_TAG);
  if (!tagged || file.length < OUTLINE_HEADER_BYTES) throw new SealedError("outline_invalid");
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const groupBlocks = Number(view.getBigUint64(OUTLINE_TAG.length));
  if (!Number.isInteger(Math.log2(groupBlocks))) throw new SealedError("outline_invalid");
  return groupBlocks;
}
