/** A generator of repeatable numbers for tests (mulberry32). */
export interface Random {
  /** A whole number from 0 to `bound`, excluded. */
  below(bound: number): number;
  bytes(length: number): Uint8Array;
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number) => Math.floor(next() * bound);
  return { below, bytes: (length) => Uint8Array.from({ length }, () => below(256)) };
}

/** A copy of `bytes` with one bit changed. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = Math.floor(bit / 8);
  copy[at] = (copy[at] as number) ^ (1 << (bit % 8));
  return copy;
}
