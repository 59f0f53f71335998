import { expect } from "vitest";
import { SealedError } from "../src/errors.ts";
import type { ReasonCode } from "../src/reasons.ts";
import type { StoredSource } from "../src/storedSource.ts";
import type { Random } from "./random.ts";
import { chacha20 } from "./reference.ts";

/** Waits for what must be refused, expects the code, and hands the error back. */
export async function refusalOf(work: Promise<unknown>, code: ReasonCode): Promise<SealedError> {
  const result = await work.catch((error: unknown) => error);
  if (!(result instanceof Error)) return expect.fail(`not refused: ${String(result)}`);
  if (!(result instanceof SealedError)) throw result;
  expect(result.code).toBe(code);
  return result;
}

/** Everything that comes, as one array. */
export async function collected(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(Uint8Array.from(piece));
  return Uint8Array.from(Buffer.concat(all));
}

/** What comes before it breaks off, and why it did. */
export async function collectedUntilError(pieces: AsyncIterable<Uint8Array>) {
  const all: Uint8Array[] = [];
  try {
    for await (const piece of pieces) all.push(Uint8Array.from(piece));
  } catch (error) {
    return { before: Uint8Array.from(Buffer.concat(all)), error };
  }
  return expect.fail("it did not break off");
}

/** Bytes in pieces of any length, nothing included. */
export async function* inPieces(bytes: Uint8Array, random: Random, longest = 5000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const piece = bytes.slice(at, at + random.below(longest));
    at += piece.length;
    yield piece;
  }
}

/** A source of bytes that counts what is read, and whose answers can be changed. */
export function watched(stored: Uint8Array, change: (bytes: Uint8Array, start: number) => Uint8Array = (x) => x) {
  const source = {
    size: stored.length,
    reads: [] as [start: number, end: number][],
    read(start: number, end: number) {
      source.reads.push([start, end]);
      return change(stored.slice(start, end), start);
    },
  };
  return source satisfies StoredSource;
}

/** As `random.bytes`, and fast enough for MBs. */
export function manyBytes(random: Random, length: number): Uint8Array {
  return chacha20(random.bytes(32), new Uint8Array(12), 0, new Uint8Array(length));
}
