import { equalBytes, HASH_BYTES } from "./bytes.ts";
import { blockBlind, blockCommitment } from "./commitments.ts";
import { SealedError } from "./errors.ts";
import { xorKeystream } from "./keystream.ts";

/** One stored block that is known to lie under the root, and the key that is known to be the right one. */
export interface DecryptBlockParameters {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly index: number;
  /** Commitment, then ciphertext. */
  readonly block: Uint8Array;
}

/**
 * Decrypts one block and releases it only if its commitment confirms it.
 *
 * @throws SealedError `commitment_mismatch`: whoever sealed the block put something else into it than he committed to
 */
export function decryptBlock({ key, index, block }: DecryptBlockParameters): Uint8Array {
  const plaintext = xorKeystream(key, index, block.subarray(HASH_BYTES));
  const commitment = blockCommitment(blockBlind(key, index), plaintext);
  if (!equalBytes(commitment, block.subarray(0, HASH_BYTES))) {
    throw new SealedError("commitment_mismatch", { at: { block: index } });
  }
  return plaintext;
}
