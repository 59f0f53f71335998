import { expect, test } from "vitest";
import { randomFrom } from "../test/random.ts";
import { MTH } from "../test/reference.ts";
import { PURE } from "./primitives.ts";
import { leafHash } from "./tree.ts";
import { foldHashes, rootOf, treeStack } from "./treeStack.ts";

const random = randomFrom(20);
const records = Array.from({ length: 70 }, () => random.bytes(random.below(80)));
const groupsOf = (size: number, group: number) =>
  Array.from({ length: Math.ceil(size / group) }, (_, i) => records.slice(i * group, Math.min(size, (i + 1) * group)));

test.each(Array.from({ length: 70 }, (_, i) => i + 1))("%i entries have the root by definition", (size) => {
  for (const group of [1, 2, 4, 8, 64, 128]) {
    const stack = treeStack(PURE);
    for (const records of groupsOf(size, group)) stack.push(MTH(records), group);
    expect(stack.root()).toEqual(MTH(records.slice(0, size)));
  }
});

test("subtrees may become larger on the way", () => {
  const stack = treeStack(PURE);
  for (const [from, to] of [
    [0, 1],
    [1, 2],
    [2, 4],
    [4, 8],
    [8, 16],
    [16, 17],
    [17, 18],
    [18, 20],
    [20, 23],
  ] as const) {
    stack.push(MTH(records.slice(from, to)), from === 20 ? 4 : to - from);
  }
  expect(stack.root()).toEqual(MTH(records.slice(0, 23)));
});

test("the root can be taken at any time, and the stack goes on", () => {
  const stack = treeStack(PURE);
  for (let size = 1; size <= 20; size++) {
    stack.push(leafHash(records[size - 1] as Uint8Array), 1);
    expect(stack.size).toBe(size);
    expect(stack.root()).toEqual(MTH(records.slice(0, size)));
  }
});

test("hashes are folded group by group", () => {
  for (let size = 1; size <= 70; size++) {
    const hashes = Buffer.concat(records.slice(0, size).map(leafHash));
    for (const group of [1, 2, 4, 32, 128]) {
      const expected = Buffer.concat(groupsOf(size, group).map(MTH));
      expect(Buffer.compare(foldHashes(PURE, hashes, group), expected)).toBe(0);
    }
  }
});

test("the root over hashes is the root over their groups", () => {
  for (const size of [1, 70, 255, 256, 257, 512, 1000]) {
    const hashes = random.bytes(size * 32);
    expect(rootOf(PURE, hashes)).toEqual(foldHashes(PURE, hashes, 1024));
  }
});
