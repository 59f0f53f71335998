import { describe, expect, test } from "vitest";
import { refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import * as reference from "../test/reference.ts";
import { toHex } from "./bytes.ts";
import { BLOCKS_PER_NONCE, keystreamPosition, xorKeystream } from "./keystream.ts";
import { BLOCK_BYTES, MAX_BLOCKS } from "./layout.ts";

const ZERO_KEY = new Uint8Array(32);

/** By integer arithmetic on bigints, and OpenSSL, block by block. */
function referenceStream(key: Uint8Array, index: number, data: Uint8Array): Uint8Array {
  const output = new Uint8Array(data.length);
  for (let done = 0, block = BigInt(index); done < data.length; done += BLOCK_BYTES, block++) {
    const nonce = Buffer.from((block >> 26n).toString(16).padStart(24, "0"), "hex");
    const counter = Number((block & (2n ** 26n - 1n)) * 64n);
    output.set(reference.chacha20(key, nonce, counter, data.subarray(done, done + BLOCK_BYTES)), done);
  }
  return output;
}

describe("the position of a block", () => {
  test.each([
    [0, "000000000000000000000000", 0],
    [1, "000000000000000000000000", 64],
    [2 ** 26 - 1, "000000000000000000000000", 2 ** 32 - 64],
    [2 ** 26, "000000000000000000000001", 0],
    [2 ** 26 + 1, "000000000000000000000001", 64],
    [2 ** 32 + 5, "000000000000000000000040", 320],
    [2 ** 34 - 1, "0000000000000000000000ff", 2 ** 32 - 64],
    [2 ** 34, "000000000000000000000100", 0],
    [MAX_BLOCKS - 1, "000000000000000000003fff", 2 ** 32 - 64],
  ])("block %i: nonce %s, counter %i", (index, nonce, counter) => {
    expect(toHex(keystreamPosition(index).nonce)).toBe(`0x${nonce}`);
    expect(keystreamPosition(index).counter).toBe(counter);
  });

  test.each([-1, 0.5, Number.NaN, MAX_BLOCKS])("there is no block %d", (index) => {
    refusal(() => keystreamPosition(index), "index_out_of_range");
  });
});

describe("the keystream", () => {
  test("of a zero key begins as in RFC 8439, A.1, 1 and 2", () => {
    expect(toHex(xorKeystream(ZERO_KEY, 0, new Uint8Array(128)))).toBe(
      "0x76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7" +
        "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586" +
        "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed" +
        "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f",
    );
  });

  test("under nonce 2 begins as in RFC 8439, A.1, 5", () => {
    expect(toHex(xorKeystream(ZERO_KEY, 2 * BLOCKS_PER_NONCE, new Uint8Array(64)))).toBe(
      "0xc2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7" +
        "8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d",
    );
  });

  test.each([
    ["the start", 0, 3 * BLOCK_BYTES + 5],
    ["nothing", 9, 0],
    ["the last block under a nonce", 2 ** 26 - 1, BLOCK_BYTES],
    ["all but the last unit under a nonce", 2 ** 26 - 1, BLOCK_BYTES - 64],
    ["one byte of the last unit under a nonce", 2 ** 26 - 1, BLOCK_BYTES - 63],
    ["a change of nonce", 2 ** 26 - 2, 4 * BLOCK_BYTES - 100],
    ["a change of nonce far out", 2 ** 34 - 1, 2 * BLOCK_BYTES],
    ["the last block of all", MAX_BLOCKS - 1, BLOCK_BYTES],
  ])("over %s is OpenSSL's", (_, index, length) => {
    const random = randomFrom(3);
    const key = random.bytes(32);
    const data = random.bytes(length);
    const original = Uint8Array.from(data);
    const output = xorKeystream(key, index, data);
    expect(Buffer.compare(output, referenceStream(key, index, data))).toBe(0);
    expect(xorKeystream(key, index, output)).toEqual(original);
    expect(data).toEqual(original);
  });

  test("ends with the longest dataset", () => {
    refusal(() => xorKeystream(ZERO_KEY, MAX_BLOCKS - 1, new Uint8Array(BLOCK_BYTES + 1)), "index_out_of_range");
  });
});
