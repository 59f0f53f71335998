import { describe, expect, test } from "vitest";
import { blocksOf, DESCRIPTION, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { PATH } from "../test/reference.ts";
import { proveBlock } from "./proveBlock.ts";
import { seal } from "./seal.ts";

const random = randomFrom(9);

describe.each([0, 1, 4097, 7 * 4096])("of %i bytes", (length) => {
  const { stored, manifest } = seal(random.bytes(length), DESCRIPTION);
  const blocks = blocksOf(stored, length);

  test("each block is cut out with the path that the definition gives", () => {
    for (const [index, block] of blocks.entries()) {
      expect(proveBlock({ manifest, stored, index })).toEqual({ index, block, path: PATH(index, blocks) });
    }
  });

  test("damage anywhere is found before a proof is handed out", () => {
    const damaged = flipped(stored, random.below(stored.length * 8));
    const error = refusal(() => proveBlock({ manifest, stored: damaged, index: 0 }), "root_mismatch");
    expect(error.shortMessage).toBe("the stored bytes: not under the root");
    refusal(() => proveBlock({ manifest, stored: stored.subarray(1), index: 0 }), "stored_length");
    refusal(() => proveBlock({ manifest, stored, index: blocks.length }), "index_out_of_range");
  });
});

test("a proof does not change with the stored bytes", () => {
  const { stored, manifest } = seal(random.bytes(5000), DESCRIPTION);
  const buffer = Buffer.from(stored);
  const { block } = proveBlock({ manifest, stored: buffer, index: 1 });
  buffer.fill(0);
  expect(block).toEqual(stored.subarray(4128));
});
