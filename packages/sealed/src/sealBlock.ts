import { HASH_BYTES } from "./bytes.ts";
import { blockBlind, blockCommitment } from "./commitments.ts";
import { xorKeystream } from "./keystream.ts";

/** One block of a dataset and the key to seal it with. */
export interface SealBlockParameters {
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly index: number;
  readonly plaintext: Uint8Array;
}

/**
 * Seals one block.
 *
 * @returns the block as it is stored: commitment, then ciphertext
 * @throws SealedError `index_out_of_range`
 */
export function sealBlock({ key, index, plaintext }: SealBlockParameters): Uint8Array {
  const block = new Uint8Array(HASH_BYTES + plaintext.length);
  block.set(blockCommitment(blockBlind(key, index), plaintext));
  block.set(xorKeystream(key, index, plaintext), HASH_BYTES);
  return block;
}
