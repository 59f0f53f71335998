import { describe, expect, test } from "vitest";
import { refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { imaginedPath, MTH, PATH } from "../test/reference.ts";
import { leafHash, nodeHash, recordTree } from "./tree.ts";
import { type VerifyInclusionParameters, verifyInclusion } from "./verifyInclusion.ts";

const random = randomFrom(5);
const records = Array.from({ length: 40 }, () => random.bytes(random.below(80)));

function proofOf(index: number, size: number): VerifyInclusionParameters {
  const entries = records.slice(0, size);
  return { root: MTH(entries), size, index, leaf: entries[index] as Uint8Array, path: PATH(index, entries) };
}

function everyProof(visit: (proof: VerifyInclusionParameters) => void): void {
  for (let size = 1; size <= records.length; size++) {
    for (let index = 0; index < size; index++) visit(proofOf(index, size));
  }
}

test("every entry of every tree of up to 40 is accepted", () => {
  everyProof((proof) => verifyInclusion(proof));
});

test("a path that is too short or too long is refused", () => {
  everyProof((proof) => {
    refusal(() => verifyInclusion({ ...proof, path: [...proof.path, proof.root] }), "path_invalid");
    if (proof.size > 1) refusal(() => verifyInclusion({ ...proof, path: proof.path.slice(0, -1) }), "path_invalid");
  });
});

test("a flipped bit of root, leaf or path is refused", () => {
  everyProof((proof) => {
    refusal(() => verifyInclusion({ ...proof, root: flipped(proof.root, random.below(256)) }), "root_mismatch");
    const leaf = proof.leaf.length === 0 ? Uint8Array.of(0) : flipped(proof.leaf, random.below(proof.leaf.length * 8));
    refusal(() => verifyInclusion({ ...proof, leaf }), "root_mismatch");
    for (const [i, hash] of proof.path.entries()) {
      const path = proof.path.with(i, flipped(hash, random.below(256)));
      refusal(() => verifyInclusion({ ...proof, path }), "root_mismatch");
    }
  });
});

test("an entry is refused at any other index", () => {
  for (const size of [2, 7, 16, 21]) {
    for (let index = 0; index < size; index++) {
      const proof = proofOf(index, size);
      for (let other = 0; other < size; other++) {
        if (other === index) continue;
        const sameLength = PATH(other, records.slice(0, size)).length === proof.path.length;
        refusal(() => verifyInclusion({ ...proof, index: other }), sameLength ? "root_mismatch" : "path_invalid");
      }
    }
  }
});

test("an index or a size that cannot be is refused", () => {
  const proof = proofOf(2, 7);
  for (const index of [-1, 7, 8, 1.5, Number.NaN]) {
    refusal(() => verifyInclusion({ ...proof, index }), "index_out_of_range");
  }
  refusal(() => verifyInclusion({ ...proof, index: 0, size: 0, path: [] }), "index_out_of_range");
  for (const size of [-1, 7.5, Number.NaN, 2 ** 53]) refusal(() => verifyInclusion({ ...proof, size }), "size_invalid");
});

test("a hash of another length is refused", () => {
  const proof = proofOf(2, 7);
  const path = proof.path.with(1, new Uint8Array(33));
  refusal(() => verifyInclusion({ ...proof, path }), "hash_invalid");
});

test("an inner node is refused as an entry", () => {
  const [a, b, c, d] = records.slice(0, 4).map(leafHash) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const { root } = recordTree(records.slice(0, 4));
  const preimage = Uint8Array.of(...a, ...b);
  const forgery = { root, index: 0, path: [nodeHash(c, d)] };
  refusal(() => verifyInclusion({ ...forgery, size: 2, leaf: preimage }), "root_mismatch");
  refusal(() => verifyInclusion({ ...forgery, size: 2, leaf: Uint8Array.of(1, ...preimage) }), "root_mismatch");
  refusal(() => verifyInclusion({ ...forgery, size: 2, leaf: nodeHash(a, b) }), "root_mismatch");
  refusal(() => verifyInclusion({ ...forgery, size: 4, leaf: preimage }), "path_invalid");
});

test("errors name the entry", () => {
  const error = refusal(() => verifyInclusion({ ...proofOf(2, 7), leaf: Uint8Array.of(9) }), "root_mismatch");
  expect(error.shortMessage).toBe("entry 2: not under the root");
});

describe("trees beyond 32 bits", () => {
  const leaf = Uint8Array.of(1, 2, 3);
  test.each([
    [0, 2 ** 40],
    [2 ** 40 - 1, 2 ** 40],
    [2 ** 32, 2 ** 32 + 1],
    [2 ** 32 + 5, 2 ** 33 - 7],
    [2 ** 31, 2 ** 31 + 3],
    [2 ** 52 + 12345, 2 ** 53 - 1],
    [2 ** 53 - 2, 2 ** 53 - 1],
  ])("entry %i of %i", (index, size) => {
    const { root, path } = imaginedPath(leaf, index, size, () => random.bytes(32));
    verifyInclusion({ root, size, index, leaf, path });
    refusal(() => verifyInclusion({ root, size, index, leaf, path: path.slice(1) }), "path_invalid");
    refusal(() => verifyInclusion({ root, size, index, leaf, path: [...path, root] }), "path_invalid");
    refusal(() => verifyInclusion({ root, size, index, leaf: Uint8Array.of(1, 2), path }), "root_mismatch");
  });
});
