import { authenticBlock, type BlockSource } from "./authenticBlock.ts";
import { equalBytes, fromHex, HASH_BYTES } from "./bytes.ts";
import { blockCommitment } from "./commitments.ts";
import { SealedError } from "./errors.ts";
import type { Sample, SealFacts } from "./manifest.ts";

/** An opened block, and the stored block that it claims to be. */
export type VerifySampleParameters = BlockSource & {
  readonly manifest: Pick<SealFacts, "length" | "root">;
  readonly sample: Sample;
};

/**
 * Refuses a sample that is not what the commitment of its block, under the root, says. No key is needed.
 *
 * @returns the block's plaintext
 * @throws SealedError as `verifyBlock` or `proveBlock`, and `commitment_mismatch`
 *
 * @example
 * ```ts
 * const plaintext = verifySample({ manifest, sample: manifest.samples[0], block, path });
 * ```
 */
export function verifySample(parameters: VerifySampleParameters): Uint8Array {
  const { manifest, sample } = parameters;
  const block = authenticBlock(manifest, sample.index, parameters);
  const plaintext = fromHex(sample.plaintext);
  const commitment = blockCommitment(fromHex(sample.blind), plaintext);
  if (!equalBytes(commitment, block.subarray(0, HASH_BYTES))) {
    throw new SealedError("commitment_mismatch", { at: { block: sample.index } });
  }
  return plaintext;
}
