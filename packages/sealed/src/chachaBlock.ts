const SIGMA = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574] as const;

/** The four column rounds, then the four diagonal ones: positions in the state (RFC 8439, 2.3). */
const ROUNDS = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

/**
 * One block of ChaCha20 keystream (RFC 8439, 2.3): 64 bytes for a key of 32 bytes, a nonce of 12 and a 32-bit counter.
 *
 * Plain and slow. It exists for the counter 2^32 − 1, which the cipher library refuses and the last block under each
 * nonce needs.
 */
export function chachaBlock(key: Uint8Array, nonce: Uint8Array, counter: number): Uint8Array {
  const initial = Uint32Array.of(...SIGMA, ...littleEndianWords(key), counter, ...littleEndianWords(nonce));
  const state = initial.slice();
  for (let i = 0; i < 10; i++) {
    for (const [a, b, c, d] of ROUNDS) quarterRound(state, a, b, c, d);
  }
  const output = new Uint8Array(64);
  const view = new DataView(output.buffer);
  for (let i = 0; i < 16; i++) view.setUint32(4 * i, at(state, i) + at(initial, i), true);
  return output;
}

function quarterRound(state: Uint32Array, a: number, b: number, c: number, d: number): void {
  addXorRotate(state, a, b, d, 16);
  addXorRotate(state, c, d, b, 12);
  addXorRotate(state, a, b, d, 8);
  addXorRotate(state, c, d, b, 7);
}

function addXorRotate(state: Uint32Array, sum: number, addend: number, target: number, bits: number): void {
  state[sum] = at(state, sum) + at(state, addend);
  const mixed = at(state, target) ^ at(state, sum);
  state[target] = (mixed << bits) | (mixed >>> (32 - bits));
}

function littleEndianWords(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

function at(words: Uint32Array, i: number): number {
  return words[i] as number;
}
