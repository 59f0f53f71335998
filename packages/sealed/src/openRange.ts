import { equalBytes, fromHex } from "./bytes.ts";
import { verifyKey } from "./commitments.ts";
import { SealedError } from "./errors.ts";
import { BLOCK_BYTES, type ByteRange, blockCount } from "./layout.ts";
import type { SealFacts } from "./manifest.ts";
import { openRuns } from "./openRuns.ts";
import type { Outline } from "./outline.ts";
import { outlineOf } from "./outlineOf.ts";
import { type Primitives, PURE } from "./primitives.ts";
import { runCipher } from "./runs.ts";
import { sourceOpener } from "./sourceReader.ts";
import { checkSize, type StoredSource } from "./storedSource.ts";

/** A dataset in a store, its key, and which bytes of its plaintext to open. */
export interface OpenRangeParameters extends ByteRange {
  /** Trusted: read by `parseManifest` against the hash on chain. */
  readonly manifest: SealFacts;
  /** 32 bytes. */
  readonly key: Uint8Array;
  readonly source: StoredSource;
  /** Saves reading everything first. */
  readonly outline?: Outline;
  /** `PURE` by default. */
  readonly primitives?: Primitives;
}

/**
 * Opens a range of the plaintext, run by run. Whoever was interrupted goes on at the byte that he has reached, with the
 * same outline.
 *
 * The key is checked first, then all ciphertext under the root, unless an outline stands for that; then each run again
 * before it is decrypted, and each of its blocks by its commitment before any of the run is handed on.
 *
 * @throws SealedError `key_invalid`, `key_mismatch`, `length_invalid`, `range_invalid`, `outline_invalid`,
 * `stored_length`, `root_mismatch`, `commitment_mismatch`; and what the source throws
 *
 * @example
 * ```ts
 * const outline = await outlineOf({ manifest, source });
 * for await (const piece of openRange({ manifest, key, source, outline, start: 1_000_000, end: 2_000_000 })) {
 *   await file.write(piece);
 * }
 * ```
 */
export async function* openRange(parameters: OpenRangeParameters): AsyncGenerator<Uint8Array> {
  const { manifest, source, start, end, primitives = PURE } = parameters;
  const { length } = manifest;
  verifyKey(parameters.key, manifest.keyCommitment);
  checkRange({ start, end }, length);
  checkSize(source.size, length);
  const outline = parameters.outline ?? (await outlineOf({ manifest, source, primitives }));
  checkOutline(outline, manifest);
  if (start === end && length > 0) return;

  const from = Math.floor(start / BLOCK_BYTES);
  const to = Math.max(from + 1, Math.ceil(end / BLOCK_BYTES));
  const key = Uint8Array.from(parameters.key);
  const cipher = runCipher(primitives, key);
  try {
    for await (const run of openRuns(sourceOpener({ primitives, source, length }, cipher), outline, from, to)) {
      if (length > 0) yield run.plaintext.subarray(Math.max(0, start - run.start), end - run.start);
    }
  } finally {
    cipher.erase();
    key.fill(0);
  }
}

/**
 * Refuses a range that is not within the plaintext.
 *
 * @throws SealedError `length_invalid`, `range_invalid`
 */
function checkRange({ start, end }: ByteRange, length: number): void {
  blockCount(length);
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  if (!whole || start < 0 || end < start || end > length) {
    throw new SealedError("range_invalid", { details: `from ${start} to ${end} of ${length} bytes` });
  }
}

/**
 * Refuses the outline of another dataset.
 *
 * @throws SealedError `outline_invalid`
 */
function checkOutline({ first, blocks, root }: Outline, manifest: SealFacts): void {
  if (first !== 0 || blocks !== blockCount(manifest.length) || !equalBytes(root, fromHex(manifest.root))) {
    throw new SealedError("outline_invalid");
  }
}
