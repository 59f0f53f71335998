import { type ByteRange, plaintextRange, storedRange } from "./layout.ts";
import { RUN_BLOCKS } from "./scale.ts";

/** Consecutive blocks: so many, from the index `first` on. */
export interface Blocks {
  readonly first: number;
  readonly blocks: number;
}

/** Cuts blocks into runs. A run ends where a multiple of `size` is reached, and so never within a group. */
export function* runsOf({ first, blocks }: Blocks, size = RUN_BLOCKS): Generator<Blocks> {
  const end = first + blocks;
  for (let from = first; from < end; ) {
    const to = Math.min(end, (Math.floor(from / size) + 1) * size);
    yield { first: from, blocks: to - from };
    from = to;
  }
}

/** Where blocks lie in the plaintext. */
export function plaintextOf({ first, blocks }: Blocks, length: number): ByteRange {
  return { start: plaintextRange(first, length).start, end: plaintextRange(first + blocks - 1, length).end };
}

/** Where blocks lie in the stored bytes. */
export function storedOf({ first, blocks }: Blocks, length: number): ByteRange {
  return { start: storedRange(first, length).start, end: storedRange(first + blocks - 1, length).end };
}
