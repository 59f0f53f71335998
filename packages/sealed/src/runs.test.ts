import { describe, expect, test } from "vitest";
import { joined, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { sealedBlocks } from "../test/reference.ts";
import { decryptBlock } from "./decryptBlock.ts";
import { blockCount, MAX_BLOCKS, storedLength } from "./layout.ts";
import { NODE_PRIMITIVES } from "./node/primitives.ts";
import { type Primitives, PURE } from "./primitives.ts";
import { leafHashes, runCipher } from "./runs.ts";
import { sealBlock } from "./sealBlock.ts";
import { leafHash } from "./tree.ts";

const random = randomFrom(21);
const key = random.bytes(32);

function sealed(primitives: Primitives, first: number, plaintext: Uint8Array) {
  const stored = new Uint8Array(storedLength(plaintext.length));
  return { stored, hashes: runCipher(primitives, key).seal({ first, plaintext, stored }) };
}

function opened(primitives: Primitives, first: number, stored: Uint8Array, length: number) {
  const plaintext = new Uint8Array(length);
  runCipher(primitives, key).open({ first, plaintext, stored });
  return plaintext;
}

/** By the functions on single blocks. */
function blockByBlock(first: number, plaintext: Uint8Array): Uint8Array[] {
  return Array.from({ length: blockCount(plaintext.length) }, (_, i) =>
    sealBlock({ key, index: first + i, plaintext: plaintext.subarray(i * 4096, (i + 1) * 4096) }),
  );
}

describe.each([
  ["PURE", PURE],
  ["NODE_PRIMITIVES", NODE_PRIMITIVES],
])("with %s", (_, primitives) => {
  test.each([0, 1, 4095, 4096, 4097, 15 * 4096, 16 * 4096, 16 * 4096 + 1, 35 * 4096 - 7])(
    "%i bytes are sealed as the definition says, and opened",
    (length) => {
      const plaintext = random.bytes(length);
      const { stored, hashes } = sealed(primitives, 0, plaintext);
      const blocks = sealedBlocks(key, plaintext);
      expect(stored).toEqual(joined(blocks));
      expect(hashes).toEqual(joined(blocks.map(leafHash)));
      expect(leafHashes(primitives, stored)).toEqual(hashes);
      expect(opened(primitives, 0, stored, length)).toEqual(plaintext);
    },
  );

  test.each([
    ["before a change of nonce", 2 ** 26 - 20, 20 * 4096],
    ["across a change of nonce", 2 ** 26 - 20, 40 * 4096 - 5],
    ["after a change of nonce", 2 ** 26, 3 * 4096],
    ["beyond 32 bits", 2 ** 32 - 2, 4 * 4096],
    ["far beyond", 2 ** 34 - 17, 20 * 4096],
    ["at the very end", MAX_BLOCKS - 2, 2 * 4096],
  ])("blocks %s are those that are sealed one by one", (_, first, length) => {
    const plaintext = random.bytes(length);
    const blocks = blockByBlock(first, plaintext);
    const { stored, hashes } = sealed(primitives, first, plaintext);
    expect(stored).toEqual(joined(blocks));
    expect(hashes).toEqual(joined(blocks.map(leafHash)));
    expect(opened(primitives, first, stored, length)).toEqual(plaintext);
    for (const [i, block] of blocks.entries()) {
      const part = plaintext.subarray(i * 4096, (i + 1) * 4096);
      expect(decryptBlock({ key, index: first + i, block })).toEqual(part);
    }
  });

  test("a block that is not what its commitment says is named", () => {
    const length = 20 * 4096;
    const { stored } = sealed(primitives, 256, random.bytes(length));
    for (let i = 0; i < 30; i++) {
      const bit = random.below(stored.length * 8);
      const error = refusal(() => opened(primitives, 256, flipped(stored, bit), length), "commitment_mismatch");
      expect(error.at).toEqual({ block: 256 + Math.floor(bit / 8 / 4128) });
    }
    refusal(() => opened(primitives, 255, stored, length), "commitment_mismatch");
  });

  test("runs may come in any order, and after a failure", () => {
    const [first, length] = [2 ** 26 - 40, 60 * 4096 - 9];
    const plaintext = random.bytes(length);
    const { stored } = sealed(primitives, first, plaintext);
    const cipher = runCipher(primitives, key);
    const run = (from: number, to: number, source: Uint8Array = stored) => {
      const part = new Uint8Array(Math.min(length, to * 4096) - from * 4096);
      const open = () =>
        cipher.open({ first: first + from, plaintext: part, stored: source.subarray(from * 4128, to * 4128) });
      return { part, open };
    };
    for (const [from, to] of [
      [0, 20],
      [20, 50],
      [50, 60],
      [20, 21],
      [21, 40],
      [3, 21],
      [40, 60],
    ] as const) {
      refusal(run(from, to, flipped(stored, (to * 4128 - 100) * 8)).open, "commitment_mismatch");
      const { part, open } = run(from, to);
      open();
      expect(Buffer.compare(part, plaintext.subarray(from * 4096, to * 4096))).toBe(0);
      const again = new Uint8Array(stored.subarray(from * 4128, to * 4128).length);
      cipher.seal({ first: first + from, plaintext: part, stored: again });
      expect(Buffer.compare(again, stored.subarray(from * 4128, to * 4128))).toBe(0);
    }
  });

  test("the caller's bytes stay as they are", () => {
    const plaintext = random.bytes(9000);
    const copy = Uint8Array.from(plaintext);
    const { stored } = sealed(primitives, 0, plaintext);
    const storedCopy = Uint8Array.from(stored);
    opened(primitives, 0, stored, 9000);
    expect(plaintext).toEqual(copy);
    expect(stored).toEqual(storedCopy);
  });
});
