import { type OpenRangeParameters, openRange } from "./openRange.ts";

/** A dataset in a store, and its key. */
export type OpenStreamParameters = Omit<OpenRangeParameters, "start" | "end">;

/**
 * Opens a dataset of any length in bounded memory. Without an outline, it is read twice: a source that changes in
 * between is refused.
 *
 * @throws SealedError as `openRange`
 *
 * @example
 * ```ts
 * for await (const piece of openStream({ manifest, key, source: sourceOf(blob) })) await file.write(piece);
 * ```
 */
export async function* openStream(parameters: OpenStreamParameters): AsyncGenerator<Uint8Array> {
  yield* openRange({ ...parameters, start: 0, end: parameters.manifest.length });
}
