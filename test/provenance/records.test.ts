import { recordTree, SealedError, verifyInclusion } from "@cadastre/sealed";
import { expect } from "chai";
import { type Hex, hexToBytes, stringToBytes, toHex } from "viem";
import { ProvenanceRegistry__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, networkHelpers, viem } from "../support/deploy.ts";
import { type Batch, naivePath, naiveRoot, numbersFrom, sensorRows } from "./journal.ts";

const { loadFixture } = networkHelpers;
const { abi } = ProvenanceRegistry__factory;

interface Proof {
  data: Hex;
  index: bigint;
  path: Hex[];
}

const batchOf = (records: readonly Uint8Array[]): Batch => ({
  root: toHex(recordTree(records).root),
  count: BigInt(records.length),
  uri: "https://data.example/rows.csv",
});

function proofOf(records: readonly Uint8Array[], index: number): Proof {
  const path = recordTree(records).path(index);
  return { data: toHex(records[index]!), index: BigInt(index), path: path.map((hash) => toHex(hash)) };
}

/** What the package says off chain: nothing where the record is included, else why not. */
function refusal({ root, count }: Batch, { data, index, path }: Proof): string | undefined {
  try {
    const [leaf, size] = [hexToBytes(data), Number(count)];
    verifyInclusion({ root: hexToBytes(root), size, index: Number(index), leaf, path: path.map((h) => hexToBytes(h)) });
    return undefined;
  } catch (error) {
    if (error instanceof SealedError) return error.code;
    throw error;
  }
}

const flipped = (hex: Hex, bit: number): Hex => {
  const bytes = hexToBytes(hex);
  bytes[bit >> 3]! ^= 1 << (bit & 7);
  return toHex(bytes);
};

const ROWS = sensorRows(1_000);
const SOME = [0, 1, 2, 255, 256, 498, 511, 512, 767, 768, 895, 896, 991, 992, 998, 999];
const CASES = [
  ...[1, 2, 3].map((size) => ({ records: ROWS.slice(0, size), indices: [...Array(size).keys()] })),
  { records: ROWS, indices: SOME },
  { records: ["", "one", "", "two"].map((text) => stringToBytes(text)), indices: [0, 1, 2, 3] },
];

/** Three batches of real rows in the stream "sensors" of `owner`. */
async function anchored() {
  const system = await deploy();
  const { provenance, owner } = system;
  await provenance.connect(owner).openStream("sensors");
  const stream = await provenance.streamIdOf(owner, "sensors");
  const parts = [ROWS.slice(0, 300), ROWS.slice(300, 301), ROWS.slice(301)];
  const batches = parts.map((part) => batchOf(part));
  const heads = [await provenance.headOf(stream)];
  for (const batch of batches) {
    await provenance.connect(owner).append("sensors", batch);
    heads.push(await provenance.headOf(stream));
  }
  return { ...system, stream, parts, batches, heads };
}

describe("records in ProvenanceRegistry", () => {
  it("PRV-12 verifies each record by the package's proof, which is RFC 9162's", async () => {
    expect(ROWS).to.have.length(1_000);
    expect(ROWS[0]).to.deep.equal(stringToBytes("1,1,1,45.93,27.97,0"));
    const { provenance } = await loadFixture(deploy);
    const reader = await viem.getPublicClient();
    const address = (await provenance.getAddress()) as Hex;
    for (const { records, indices } of CASES) {
      const batch = batchOf(records);
      expect(batch.root).to.equal(toHex(naiveRoot(records)));
      for (const index of indices) {
        const proof = proofOf(records, index);
        expect(proof.path).to.deep.equal(naivePath(index, records).map((hash) => toHex(hash)));
        expect(refusal(batch, proof)).to.equal(undefined);
        expect(await provenance.verify(batch, proof)).to.equal(true);
        expect(await reader.readContract({ address, abi, functionName: "verify", args: [batch, proof] })).to.equal(
          true,
        );
      }
    }
  });

  it("PRV-13 refuses a changed record, path, root or index, on chain and off", async () => {
    const { provenance } = await loadFixture(deploy);
    const random = numbersFrom(13);
    for (const { records, indices } of CASES.slice(0, 4)) {
      const batch = batchOf(records);
      for (const index of indices) {
        const proof = proofOf(records, index);
        const { data, path } = proof;
        const step = path.length === 0 ? 0 : random(path.length);
        const forged: [Batch, Proof, string][] = [
          [batch, { ...proof, data: flipped(data, random(8 * (data.length / 2 - 1))) }, "root_mismatch"],
          [batch, { ...proof, data: `${data}00` }, "root_mismatch"],
          [{ ...batch, root: flipped(batch.root, random(256)) }, proof, "root_mismatch"],
          [batch, { ...proof, path: [...path, batch.root] }, "path_invalid"],
          [batch, { ...proof, index: batch.count }, "index_out_of_range"],
          [{ ...batch, count: 0n }, proof, "index_out_of_range"],
        ];
        if (path.length > 0) {
          const changed = path.with(step, flipped(path[step]!, random(256)));
          forged.push([batch, { ...proof, path: changed }, "root_mismatch"]);
          forged.push([batch, { ...proof, path: path.slice(0, -1) }, "path_invalid"]);
        }
        for (const [otherBatch, otherProof, reason] of forged) {
          expect(refusal(otherBatch, otherProof)).to.equal(reason);
          expect(await provenance.verify(otherBatch, otherProof)).to.equal(false);
        }
        for (const other of [index ^ 1, random(records.length)].filter((i) => i !== index && i < records.length)) {
          const moved = { ...proof, index: BigInt(other) };
          expect(refusal(batch, moved)).to.be.oneOf(["root_mismatch", "path_invalid"]);
          expect(await provenance.verify(batch, moved)).to.equal(false);
        }
      }
    }
  });

  it("PRV-14 decides as the package does, whatever the count, the index and the length of the path", async () => {
    const { provenance } = await loadFixture(deploy);
    const random = numbersFrom(14);
    const outcomes = { true: 0, false: 0 };
    for (let i = 0; i < 300; i++) {
      const records = ROWS.slice(0, 1 + random(20));
      const index = random(records.length);
      const proof = proofOf(records, index);
      const batch = { ...batchOf(records), count: BigInt(random(24)) };
      if (random(3) === 0) proof.index = BigInt(random(24));
      if (random(4) === 0) proof.path = proof.path.slice(random(2));
      const included = refusal(batch, proof) === undefined;
      expect(await provenance.verify(batch, proof), `${records.length} ${batch.count} ${proof.index}`).to.equal(
        included,
      );
      outcomes[`${included}`]++;
    }
    expect(outcomes.true).to.be.greaterThan(10);
    expect(outcomes.false).to.be.greaterThan(100);
  });

  it("PRV-15 verifies a record of any batch, given all that came after it", async () => {
    const { provenance, stream, parts, batches, heads } = await loadFixture(anchored);
    for (const [i, part] of parts.entries()) {
      for (const index of new Set([0, part.length >> 1, part.length - 1])) {
        const proof = proofOf(part, index);
        expect(await provenance.verifyInStream(stream, heads[i]!, batches.slice(i), proof)).to.equal(true);
      }
    }
  });

  it("PRV-16 refuses a record of a batch that is not where it is said to be", async () => {
    const { provenance, stream, parts, batches, heads } = await loadFixture(anchored);
    const proof = proofOf(parts[1]!, 0);
    const [first, second, third] = batches as [Batch, Batch, Batch];
    const wrong: Record<string, [string, Batch[]]> = {
      "wrong head before": [heads[0]!, [second, third]],
      "head after it": [heads[2]!, [second, third]],
      "zero head before": [ethers.ZeroHash, [second, third]],
      "not the last ones": [heads[1]!, [second]],
      "one left out": [heads[0]!, [first, third]],
      exchanged: [heads[1]!, [third, second]],
      "one too many": [heads[1]!, [second, third, third]],
      "no batch, head before": [heads[1]!, []],
      "no batch, current head": [heads[3]!, []],
      "another count": [heads[1]!, [{ ...second, count: 2n }, third]],
      "another place": [heads[1]!, [{ ...second, uri: "" }, third]],
    };
    for (const [what, [headBefore, list]] of Object.entries(wrong)) {
      expect(await provenance.verifyInStream(stream, headBefore, list, proof), what).to.equal(false);
    }
    expect(await provenance.verifyInStream(stream, heads[1]!, [second, third], proof)).to.equal(true);
  });

  it("PRV-16 looks for the record in the first batch alone", async () => {
    const { provenance, stream, parts, batches, heads } = await loadFixture(anchored);
    for (const i of [1, 2]) {
      const proof = proofOf(parts[i]!, 0);
      expect(await provenance.verifyInStream(stream, heads[0]!, batches, proof)).to.equal(false);
    }
    const changed = { ...proofOf(parts[0]!, 0), data: toHex(parts[0]![1]!) };
    expect(await provenance.verifyInStream(stream, heads[0]!, batches, changed)).to.equal(false);
  });

  it("PRV-17 takes a later batch into account at once", async () => {
    const { provenance, owner, stream, parts, batches, heads } = await loadFixture(anchored);
    const proof = proofOf(parts[2]!, 7);
    const tail = [batches[2]!];
    expect(await provenance.verifyInStream(stream, heads[2]!, tail, proof)).to.equal(true);
    const later = batchOf(parts[0]!);
    await provenance.connect(owner).append("sensors", later);
    expect(await provenance.verifyInStream(stream, heads[2]!, tail, proof)).to.equal(false);
    expect(await provenance.verifyInStream(stream, heads[2]!, [...tail, later], proof)).to.equal(true);
  });

  it("PRV-18 verifies nothing in a stream that is not open, or is another one", async () => {
    const { provenance, owner, alice, parts, batches, heads } = await loadFixture(anchored);
    const proof = proofOf(parts[0]!, 0);
    const unopened = await provenance.streamIdOf(alice, "sensors");
    for (const headBefore of [heads[0]!, await provenance.genesisOf(unopened), ethers.ZeroHash]) {
      for (const list of [batches, []]) {
        expect(await provenance.verifyInStream(unopened, headBefore, list, proof)).to.equal(false);
      }
    }
    await provenance.connect(owner).openStream("empty");
    const empty = await provenance.streamIdOf(owner, "empty");
    expect(await provenance.verifyInStream(empty, heads[0]!, batches, proof)).to.equal(false);
    expect(await provenance.verifyInStream(empty, await provenance.genesisOf(empty), [], proof)).to.equal(false);
  });
});
