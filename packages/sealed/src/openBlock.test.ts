import { describe, expect, test } from "vitest";
import { blocksOf, DESCRIPTION, forged, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { blockCount, plaintextRange } from "./layout.ts";
import { openBlock } from "./openBlock.ts";
import { proveBlock } from "./proveBlock.ts";
import { seal } from "./seal.ts";

const random = randomFrom(8);

describe.each([0, 1, 4096, 4097, 7 * 4096, 6 * 4096 + 100])("of %i bytes", (length) => {
  const plaintext = random.bytes(length);
  const { stored, manifest, key } = seal(plaintext, DESCRIPTION);
  const indexes = Array.from({ length: blockCount(length) }, (_, i) => i);

  test("each block is opened alone, out of the stored bytes or by its proof", () => {
    for (const index of indexes) {
      const { start, end } = plaintextRange(index, length);
      const expected = plaintext.subarray(start, end);
      expect(openBlock({ manifest, key, index, stored })).toEqual(expected);
      expect(openBlock({ manifest, key, ...proveBlock({ manifest, stored, index }) })).toEqual(expected);
    }
  });

  test("a flipped bit of block or path is refused and the block is named", () => {
    for (const index of indexes) {
      const { block, path } = proveBlock({ manifest, stored, index });
      const changed = [
        ...[0, 255, random.below(block.length * 8), block.length * 8 - 1].map((bit) => ({
          block: flipped(block, bit),
          path,
        })),
        ...path.map((hash, i) => ({ block, path: path.with(i, flipped(hash, random.below(256))) })),
      ];
      for (const source of changed) {
        const error = refusal(() => openBlock({ manifest, key, index, ...source }), "root_mismatch");
        expect(error.shortMessage).toBe(`block ${index}: not under the root`);
      }
    }
  });

  test("a wrong key is refused before anything else", () => {
    const wrong = flipped(key, random.below(256));
    refusal(() => openBlock({ manifest, key: wrong, index: 99, stored: new Uint8Array() }), "key_mismatch");
  });

  test("an index outside is refused", () => {
    for (const index of [-1, 0.5, indexes.length]) {
      refusal(() => openBlock({ manifest, key, index, stored }), "index_out_of_range");
      refusal(
        () => openBlock({ manifest, key, index, block: stored.subarray(0, 4128), path: [] }),
        "index_out_of_range",
      );
    }
  });

  test("a block that is not what its own seal says is refused", () => {
    for (const index of indexes.filter((i) => i * 4096 < length)) {
      const bad = forged({ stored, manifest }, index);
      const proof = proveBlock({ ...bad, index });
      const error = refusal(() => openBlock({ manifest: bad.manifest, key, ...proof }), "commitment_mismatch");
      expect(error.shortMessage).toBe(`block ${index}: not what its commitment says`);
    }
  });
});

test("a block is refused in the place of another, even with equal plaintext", () => {
  const length = 4 * 4096;
  const { stored, manifest, key } = seal(new Uint8Array(length), DESCRIPTION);
  const proofs = blocksOf(stored, length).map((_, index) => proveBlock({ manifest, stored, index }));
  for (const proof of proofs) {
    for (let index = 0; index < 4; index++) {
      if (index !== proof.index) refusal(() => openBlock({ manifest, key, ...proof, index }), "root_mismatch");
    }
  }
});
