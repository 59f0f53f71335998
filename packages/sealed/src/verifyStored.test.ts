import { expect, test } from "vitest";
import { blocksOf, DESCRIPTION, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { MTH, PATH } from "../test/reference.ts";
import { seal } from "./seal.ts";
import { verifyStored } from "./verifyStored.ts";

const random = randomFrom(12);

test.each([0, 1, 4096, 5 * 4096 + 1])(
  "%i bytes are checked without a key, and give the tree of all proofs",
  (length) => {
    const { stored, manifest } = seal(random.bytes(length), DESCRIPTION);
    const blocks = blocksOf(stored, length);
    const tree = verifyStored({ manifest, stored });
    expect(tree.root).toEqual(MTH(blocks));
    for (const index of blocks.keys()) expect(tree.path(index)).toEqual(PATH(index, blocks));

    for (let i = 0; i < 20; i++) {
      const damaged = flipped(stored, random.below(stored.length * 8));
      refusal(() => verifyStored({ manifest, stored: damaged }), "root_mismatch");
    }
    const error = refusal(() => verifyStored({ manifest, stored: stored.subarray(1) }), "stored_length");
    expect(error.details).toBe(`${stored.length - 1} bytes, not ${stored.length}`);
  },
);
