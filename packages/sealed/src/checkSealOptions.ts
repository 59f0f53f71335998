import { KEY_BYTES, keyCommitment } from "./commitments.ts";
import { MAX_LENGTH, plaintextRange } from "./layout.ts";
import { checkDescription, type Description } from "./manifest.ts";
import type { SealOptions } from "./seal.ts";

/** What can be said before anything is sealed. */
export interface CheckedSealOptions {
  /** A copy of the given key, or a new one. */
  readonly key: Uint8Array;
  readonly keyCommitment: Uint8Array;
  readonly description: Description;
  /** Indexes of blocks, once each and in order. */
  readonly sampled: readonly number[];
}

/**
 * Refuses what no dataset can be sealed with.
 *
 * @throws SealedError `manifest_invalid`, `key_invalid`, `index_out_of_range`
 */
export function checkSealOptions({ key: given, samples = [], ...rest }: SealOptions): CheckedSealOptions {
  const description = checkDescription(rest);
  for (const index of samples) plaintextRange(index, MAX_LENGTH);
  const sampled = [...new Set(samples)].sort((a, b) => a - b);
  const key = given === undefined ? crypto.getRandomValues(new Uint8Array(KEY_BYTES)) : Uint8Array.from(given);
  return { key, keyCommitment: keyCommitment(key), description, sampled };
}
