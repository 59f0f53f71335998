import { toHex } from "./bytes.ts";
import { blockBlind } from "./commitments.ts";
import type { Sample } from "./manifest.ts";
import type { SealBlockParameters } from "./sealBlock.ts";

/** Opens one block to everybody by its blind, which says nothing about the key or about another block. */
export function openSample({ key, index, plaintext }: SealBlockParameters): Sample {
  return { index, blind: toHex(blockBlind(key, index)), plaintext: toHex(plaintext) };
}
