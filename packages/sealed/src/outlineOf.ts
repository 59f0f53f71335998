import type { SealFacts } from "./manifest.ts";
import { outlineUnderRoot } from "./openRuns.ts";
import type { Outline } from "./outline.ts";
import { type Primitives, PURE } from "./primitives.ts";
import { sourceHasher } from "./sourceReader.ts";
import { checkSize, type StoredSource } from "./storedSource.ts";

/** A dataset in a store. */
export interface OutlineOfParameters {
  readonly manifest: Pick<SealFacts, "length" | "root">;
  readonly source: StoredSource;
  /** `PURE` by default. */
  readonly primitives?: Primitives;
}

/**
 * Reads all stored bytes, refuses them unless they are the ones under the root, and keeps their outline: at most 4 MiB.
 * No key is needed.
 *
 * @throws SealedError `length_invalid`, `stored_length`, `root_mismatch`; and what the source throws
 *
 * @example
 * ```ts
 * const outline = await outlineOf({ manifest, source });
 * await store("outline.bin", outlineBytes(outline));
 * ```
 */
export async function outlineOf({ manifest, source, primitives = PURE }: OutlineOfParameters): Promise<Outline> {
  const { length } = manifest;
  checkSize(source.size, length);
  return outlineUnderRoot(sourceHasher({ primitives, source, length }), manifest);
}
