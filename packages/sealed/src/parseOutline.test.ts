import { expect, test } from "vitest";
import { DESCRIPTION, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { MTH } from "../test/reference.ts";
import { groupBlocksOf } from "./outline.ts";
import { outlineBytes } from "./outlineBytes.ts";
import { outlineOf } from "./outlineOf.ts";
import { parseOutline } from "./parseOutline.ts";
import { explainReason } from "./reasons.ts";
import { seal } from "./seal.ts";
import { sourceOf } from "./storedSource.ts";

const random = randomFrom(26);

test.each([0, 1, 4096, 5 * 4096, 9 * 4096 + 1])("the outline of %i bytes is what was written", async (length) => {
  const { stored, manifest } = seal(random.bytes(length), DESCRIPTION);
  const outline = await outlineOf({ manifest, source: sourceOf(stored) });
  const file = outlineBytes(outline);
  expect(file).toHaveLength(27 + outline.hashes.length);
  expect(Buffer.from(file).subarray(0, 19).toString()).toBe("cadastre/outline/v1");
  expect(parseOutline(file, manifest)).toEqual(outline);
  expect(parseOutline(Buffer.from(file), manifest)).toEqual(outline);

  for (let bit = 0; bit < file.length * 8; bit++) {
    refusal(() => parseOutline(flipped(file, bit), manifest), bit < 27 * 8 ? "outline_invalid" : "root_mismatch");
  }
  for (let end = 0; end < file.length; end++) {
    refusal(() => parseOutline(file.subarray(0, end), manifest), "outline_invalid");
  }
  refusal(() => parseOutline(Uint8Array.of(...file, 0), manifest), "outline_invalid");
  refusal(() => parseOutline(Uint8Array.of(...file, ...random.bytes(32)), manifest), "outline_invalid");
  const other = seal(random.bytes(length), DESCRIPTION).manifest;
  const error = refusal(() => parseOutline(file, other), "root_mismatch");
  expect(error.message).toBe("the outline: not under the root");
  expect(explainReason(error.code, "zh", error.at)).toBe("概要：不在该根之下");
});

test("coarser outlines are as good, whoever made them", () => {
  const records = Array.from({ length: 7 }, () => random.bytes(4128));
  const root = `0x${Buffer.from(MTH(records)).toString("hex")}` as const;
  for (const [groupBlocks, groups] of [
    [2, [0, 2, 4, 6]],
    [4, [0, 4]],
    [8, [0]],
  ] as const) {
    const hashes = Buffer.concat(groups.map((from) => MTH(records.slice(from, from + groupBlocks))));
    const file = outlineBytes({ first: 0, blocks: 7, groupBlocks, hashes, root: new Uint8Array() });
    expect(parseOutline(file, { length: 7 * 4096, root }).groupBlocks).toBe(groupBlocks);
    refusal(() => parseOutline(file, { length: 9 * 4096, root }), "outline_invalid");
  }
});

test.each([
  [1, 1],
  [2 ** 17, 1],
  [2 ** 17 + 1, 2],
  [2 ** 25, 2 ** 8],
  [2 ** 25 + 1, 2 ** 9],
  [2 ** 40, 2 ** 23],
])("%i blocks have groups of %i: never more than 4 MiB of hashes", (blocks, group) => {
  expect(groupBlocksOf(blocks)).toBe(group);
});
