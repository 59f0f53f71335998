import { expect, test } from "vitest";
import { randomFrom } from "../../test/random.ts";
import { H } from "../../test/reference.ts";
import { xorKeystream } from "../keystream.ts";
import { MAX_BLOCKS } from "../layout.ts";
import { PURE } from "../primitives.ts";
import { NODE_PRIMITIVES } from "./primitives.ts";

const random = randomFrom(22);
const key = random.bytes(32);

test("the hash is SHA-256 of messages of any length", () => {
  for (const length of [0, 1, 57, 65, 4129, 4145, 10_000]) {
    const message = random.bytes(length);
    for (const { hash } of [PURE, NODE_PRIMITIVES]) {
      const output = new Uint8Array(40);
      hash(message, output, 5);
      expect(output).toEqual(Uint8Array.of(0, 0, 0, 0, 0, ...H(message), 0, 0, 0));
    }
  }
});

test.each([
  [0, [4096, 8192, 100]],
  [7, [16 * 4096, 16 * 4096]],
  [2 ** 26 - 2, [2 * 4096, 4096]],
  [2 ** 26 - 2, [4096, 3 * 4096, 5]],
  [2 ** 26 - 1, [4 * 4096 - 1]],
  [2 ** 34 - 1, [4096, 4096]],
  [MAX_BLOCKS - 1, [4096]],
])("the keystream from block %i on, taken in pieces of %j, is one", (index, lengths) => {
  for (const primitives of [PURE, NODE_PRIMITIVES]) {
    const data = random.bytes(lengths.reduce((sum, length) => sum + length));
    const output = new Uint8Array(data.length);
    const cipher = primitives.cipher(key, index);
    let at = 0;
    for (const length of lengths) {
      cipher(data.subarray(at, at + length), output.subarray(at, at + length));
      at += length;
    }
    expect(Buffer.compare(output, xorKeystream(key, index, data))).toBe(0);
  }
});

test("a key in shared memory is as good", () => {
  const shared = new Uint8Array(new SharedArrayBuffer(32));
  shared.set(key);
  const output = new Uint8Array(100);
  NODE_PRIMITIVES.cipher(shared, 3)(new Uint8Array(100), output);
  expect(output).toEqual(xorKeystream(key, 3, new Uint8Array(100)));
});
