import { createCipheriv } from "node:crypto";

/** So many bytes that look random and are always the same, in pieces of 1 MiB. */
export function* generated(bytes: number): Generator<Uint8Array> {
  const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16));
  const zeros = Buffer.alloc(2 ** 20);
  for (let done = 0; done < bytes; done += zeros.length) {
    yield cipher.update(zeros.subarray(0, Math.min(zeros.length, bytes - done)));
  }
}
