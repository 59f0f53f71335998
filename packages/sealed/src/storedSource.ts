import { SealedError } from "./errors.ts";
import { type ByteRange, storedLength } from "./layout.ts";

/** Bytes, whole or as they come. */
export type Bytes = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Where stored bytes are read from, any range of them and more than once: a file, a store, a server. */
export interface StoredSource {
  /** How many bytes there are. */
  readonly size: number;
  /**
   * The bytes from `start` up to `end`, excluded: never much more than 1 MiB.
   *
   * @param memory as long as that; may be filled and given back, which saves memory
   */
  read(start: number, end: number, memory: Uint8Array): Bytes | Promise<Bytes>;
}

/** A source of bytes in memory, or of a `Blob` or `File`, which need not be. */
export function sourceOf(stored: Uint8Array | Blob): StoredSource {
  if (stored instanceof Uint8Array) {
    return { size: stored.length, read: (start, end) => stored.subarray(start, end) };
  }
  return {
    size: stored.size,
    read: async (start, end) => new Uint8Array(await stored.slice(start, end).arrayBuffer()),
  };
}

/**
 * Reads a range whole.
 *
 * @param memory no shorter than the range
 * @returns the bytes, in `memory` or where the source has them
 * @throws SealedError `stored_length` where the source gives fewer bytes or more
 */
export async function readRange(
  source: StoredSource,
  { start, end }: ByteRange,
  memory: Uint8Array,
): Promise<Uint8Array> {
  const length = end - start;
  const bytes = memory.subarray(0, length);
  const given = await source.read(start, end, bytes);
  const wrong = () => new SealedError("stored_length", { at: "stored", details: `read from byte ${start} to ${end}` });
  if (given instanceof Uint8Array) {
    if (given.length !== length) throw wrong();
    return given;
  }
  let filled = 0;
  for await (const piece of piecesOf(given)) {
    if (filled + piece.length > length) throw wrong();
    bytes.set(piece, filled);
    filled += piece.length;
  }
  if (filled < length) throw wrong();
  return bytes;
}

/** Piece after piece. Not every browser can iterate over a `ReadableStream`, so its reader is taken. */
export async function* piecesOf(bytes: Bytes): AsyncGenerator<Uint8Array> {
  if (bytes instanceof Uint8Array) {
    yield bytes;
  } else if ("getReader" in bytes) {
    const reader = bytes.getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
    } finally {
      await reader.cancel();
    }
  } else {
    yield* bytes;
  }
}

/**
 * Refuses a source that is shorter or longer than the stored bytes of a dataset.
 *
 * @throws SealedError `length_invalid`, `stored_length`
 */
export function checkSize(size: number, length: number): void {
  const expected = storedLength(length);
  if (size !== expected) {
    throw new SealedError("stored_length", { at: "stored", details: `${size} bytes, not ${expected}` });
  }
}
