import { createCipheriv, createHash } from "node:crypto";

/** The definitions of the format, written down a second time, slowly and over other implementations of the primitives. */

export function H(...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}

/** MTH of RFC 9162, 2.1.1. */
export function MTH(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return H();
  if (entries.length === 1) return H(Uint8Array.of(0), entries[0] as Uint8Array);
  const k = split(entries.length);
  return H(Uint8Array.of(1), MTH(entries.slice(0, k)), MTH(entries.slice(k)));
}

/** PATH of RFC 9162, 2.1.3.1. */
export function PATH(m: number, entries: readonly Uint8Array[]): Uint8Array[] {
  if (entries.length === 1) return [];
  const k = split(entries.length);
  return m < k
    ? [...PATH(m, entries.slice(0, k)), MTH(entries.slice(k))]
    : [...PATH(m - k, entries.slice(k)), MTH(entries.slice(0, k))];
}

/** A path through a tree of any size, with siblings that `sibling` makes up, and the root that it leads to. */
export function imaginedPath(leaf: Uint8Array, index: number, size: number, sibling: () => Uint8Array) {
  const path: Uint8Array[] = [];
  const climb = (m: number, n: number): Uint8Array => {
    if (n === 1) return H(Uint8Array.of(0), leaf);
    const k = split(n);
    const inner = m < k ? climb(m, k) : climb(m - k, n - k);
    const other = sibling();
    path.push(other);
    return m < k ? H(Uint8Array.of(1), inner, other) : H(Uint8Array.of(1), other, inner);
  };
  return { root: climb(index, size), path };
}

/** The largest power of two below n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** ChaCha20 of OpenSSL: a nonce of 12 bytes, a counter of 32 bits. */
export function chacha20(key: Uint8Array, nonce: Uint8Array, counter: number, data: Uint8Array): Uint8Array {
  const iv = new Uint8Array(16);
  new DataView(iv.buffer).setUint32(0, counter, true);
  iv.set(nonce, 4);
  return Uint8Array.from(createCipheriv("chacha20", key, iv).update(data));
}

/** Stored blocks of a dataset: one cipher call over all of it, then cut. */
export function sealedBlocks(key: Uint8Array, plaintext: Uint8Array): Uint8Array[] {
  const ciphertext = chacha20(key, new Uint8Array(12), 0, plaintext);
  const blocks: Uint8Array[] = [];
  for (let i = 0; i === 0 || i * 4096 < plaintext.length; i++) {
    const position = Buffer.alloc(8);
    position.writeBigUInt64BE(BigInt(i));
    const blind = H("cadastre/blind/v1", key, position);
    const commitment = H("cadastre/block/v1", blind, plaintext.subarray(i * 4096, (i + 1) * 4096));
    blocks.push(Uint8Array.from([...commitment, ...ciphertext.subarray(i * 4096, (i + 1) * 4096)]));
  }
  return blocks;
}
