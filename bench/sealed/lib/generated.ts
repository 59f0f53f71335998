import { randomBytes } from "node:crypto";

/** So many bytes in pieces of 1 MiB, of which no two are the same. Each is overwritten by the next. */
export function* generated(bytes: number): Generator<Uint8Array> {
  const piece = randomBytes(2 ** 20);
  for (let done = 0; done < bytes; done += piece.length) {
    piece.writeDoubleBE(done);
    yield piece.subarray(0, Math.min(piece.length, bytes - done));
  }
}
