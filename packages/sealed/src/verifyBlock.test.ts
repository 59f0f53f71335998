import { describe, expect, test } from "vitest";
import { DESCRIPTION, refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { toHex } from "./bytes.ts";
import { blockCount } from "./layout.ts";
import { proveBlock } from "./proveBlock.ts";
import { seal } from "./seal.ts";
import { leafHash, nodeHash } from "./tree.ts";
import { verifyBlock } from "./verifyBlock.ts";

const random = randomFrom(10);

describe.each([0, 1, 4095, 4096, 4097, 7 * 4096, 20 * 4096 + 5])("of %i bytes", (length) => {
  const { stored, manifest } = seal(random.bytes(length), DESCRIPTION);
  const proofs = Array.from({ length: blockCount(length) }, (_, index) => proveBlock({ manifest, stored, index }));

  test("every block is accepted without a key", () => {
    for (const proof of proofs) verifyBlock({ manifest, ...proof });
  });

  test("flipped bits, wrong lengths and wrong paths are refused", () => {
    for (const proof of proofs) {
      const refuse = (changed: object, code: Parameters<typeof refusal>[1]) =>
        expect(refusal(() => verifyBlock({ manifest, ...proof, ...changed }), code).at).toEqual({ block: proof.index });
      refuse({ block: flipped(proof.block, random.below(proof.block.length * 8)) }, "root_mismatch");
      refuse({ block: proof.block.subarray(1) }, "block_length");
      refuse({ block: Uint8Array.of(...proof.block, 0) }, "block_length");
      refuse({ path: [...proof.path, random.bytes(32)] }, "path_invalid");
      if (proofs.length > 1) refuse({ path: proof.path.slice(1) }, "path_invalid");
      if (proofs.length > 1) refuse({ path: proof.path.with(0, random.bytes(31)) }, "hash_invalid");
      refuse({ index: proof.index, manifest: { ...manifest, root: `0x${"00".repeat(32)}` } }, "root_mismatch");
    }
  });
});

test("block 17 is named", () => {
  const { stored, manifest } = seal(random.bytes(20 * 4096), DESCRIPTION);
  const proof = proveBlock({ manifest, stored, index: 17 });
  const error = refusal(() => verifyBlock({ manifest, ...proof, block: flipped(proof.block, 1) }), "root_mismatch");
  expect(error.message).toBe("block 17: not under the root");
});

test("an inner node of the tree cannot pass as a block of 64 bytes", () => {
  const { stored, manifest } = seal(random.bytes(2 * 4096), DESCRIPTION);
  const [left, right] = [leafHash(stored.subarray(0, 4128)), leafHash(stored.subarray(4128))];
  expect(toHex(nodeHash(left, right))).toBe(manifest.root);
  const claim = { manifest: { ...manifest, length: 32 }, index: 0, block: Uint8Array.of(...left, ...right), path: [] };
  refusal(() => verifyBlock(claim), "root_mismatch");
});
