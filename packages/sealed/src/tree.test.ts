import { describe, expect, test } from "vitest";
import { refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { MTH, PATH } from "../test/reference.ts";
import { fromHex, toHex } from "./bytes.ts";
import { leafHash, nodeHash, recordTree, treeOfLeafHashes } from "./tree.ts";

/** The entries and roots that the logs of Certificate Transparency are tested with. */
const ENTRIES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((digits) => fromHex(`0x${digits}`));
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

describe("the entries of Certificate Transparency's tests", () => {
  test.each(ROOTS.map((root, size) => [size, root] as const))("%i of them have root %s", (size, root) => {
    expect(toHex(recordTree(ENTRIES.slice(0, size)).root)).toBe(`0x${root}`);
  });

  test.each([
    [0, 1, []],
    [
      0,
      8,
      [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
      ],
    ],
    [
      5,
      8,
      [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      ],
    ],
    [2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]],
    [
      1,
      5,
      [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      ],
    ],
  ])("entry %i of %i has the path %j", (index, size, path) => {
    const tree = recordTree(ENTRIES.slice(0, size));
    expect(tree.path(index).map(toHex)).toEqual(path.map((hash) => `0x${hash}`));
  });
});

test("the paths of the seven entries that RFC 9162, 2.1.5 draws", () => {
  const tree = recordTree(ENTRIES.slice(0, 7));
  const [a, b, c, d, e, f, j] = ENTRIES.slice(0, 7).map(leafHash) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const [g, h, i] = [nodeHash(a, b), nodeHash(c, d), nodeHash(e, f)] as const;
  const [k, l] = [nodeHash(g, h), nodeHash(i, j)] as const;
  expect(tree.root).toEqual(nodeHash(k, l));
  expect(tree.path(0)).toEqual([b, h, l]);
  expect(tree.path(3)).toEqual([c, g, l]);
  expect(tree.path(4)).toEqual([f, j, k]);
  expect(tree.path(6)).toEqual([i, k]);
});

test.each(Array.from({ length: 40 }, (_, i) => i + 1))("%i entries: the root and every path by definition", (size) => {
  const random = randomFrom(size);
  const records = Array.from({ length: size }, () => random.bytes(random.below(80)));
  const tree = recordTree(records);
  expect(tree.size).toBe(size);
  expect(tree.root).toEqual(MTH(records));
  for (let i = 0; i < size; i++) expect(tree.path(i)).toEqual(PATH(i, records));
});

test("indexes outside the tree have no path", () => {
  for (const index of [-1, 0.5, Number.NaN, 3]) {
    const error = refusal(() => recordTree(ENTRIES.slice(0, 3)).path(index), "index_out_of_range");
    expect(error.shortMessage).toBe(`entry ${index}: there is no such index`);
  }
  refusal(() => recordTree([]).path(0), "index_out_of_range");
});

test("a path that is changed does not change the tree", () => {
  const tree = recordTree(ENTRIES);
  tree.path(0)[0]?.fill(0);
  expect(tree.path(0)).toEqual(PATH(0, ENTRIES));
});

test("leaf hashes come whole", () => {
  refusal(() => treeOfLeafHashes(new Uint8Array(33)), "hash_invalid");
});
