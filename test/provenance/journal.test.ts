import { expect } from "chai";
import type { TransactionResponse } from "ethers";
import { encodeAbiParameters, type Hex, keccak256, stringToHex } from "viem";
import { ProvenanceRegistry__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, networkHelpers, type System, viem } from "../support/deploy.ts";
import { type Batch, headAfter } from "./journal.ts";

const { loadFixture } = networkHelpers;
const { abi } = ProvenanceRegistry__factory;

const batch = (label: string, changes: Partial<Batch> = {}): Batch => ({
  root: keccak256(stringToHex(label)),
  count: 1_000n,
  uri: `https://data.example/${label}`,
  ...changes,
});

const BATCHES = ["monday", "tuesday", "wednesday", "thursday", "friday"].map((label) => batch(label));

/** `owner` has a stream, "shipments". */
async function opened() {
  const system = await deploy();
  await system.provenance.connect(system.owner).openStream("shipments");
  const stream = (await system.provenance.streamIdOf(system.owner, "shipments")) as Hex;
  return { ...system, stream, genesis: (await system.provenance.genesisOf(stream)) as Hex };
}

/** With five batches appended to it. */
async function filled() {
  const system = await opened();
  for (const each of BATCHES) await system.provenance.connect(system.owner).append("shipments", each);
  return { ...system, head: await system.provenance.headOf(system.stream) };
}

/** Every list that differs from `BATCHES` by one omission, addition, exchange or change. */
function forgeries(): Record<string, Batch[]> {
  const lists: Record<string, Batch[]> = { none: [], reversed: BATCHES.toReversed() };
  for (const [i, each] of BATCHES.entries()) {
    lists[`without ${i}`] = BATCHES.toSpliced(i, 1);
    lists[`${i} twice`] = BATCHES.toSpliced(i, 0, each);
    lists[`another before ${i}`] = BATCHES.toSpliced(i, 0, batch("another"));
    lists[`another root at ${i}`] = BATCHES.with(i, { ...each, root: batch("another").root });
    lists[`one more record at ${i}`] = BATCHES.with(i, { ...each, count: each.count + 1n });
    lists[`another place for ${i}`] = BATCHES.with(i, { ...each, uri: `${each.uri}/` });
    if (i > 0) lists[`${i} before its time`] = BATCHES.toSpliced(i, 1).toSpliced(i - 1, 0, each);
  }
  lists["another at the end"] = [...BATCHES, batch("another")];
  return lists;
}

const inactive = (system: System, call: Promise<unknown>, account: { address: string }) =>
  expect(call).to.be.revertedWithCustomError(system.provenance, "Provenance_Inactive").withArgs(account.address);

describe("the journals of ProvenanceRegistry", () => {
  it("PRV-01 opens a stream of an active participant, with its first head", async () => {
    const { provenance, owner } = await loadFixture(deploy);
    const stream = await provenance.streamIdOf(owner, "shipments");
    expect(await provenance.headOf(stream)).to.equal(ethers.ZeroHash);
    const genesis = keccak256(encodeAbiParameters([{ type: "bytes32" }], [stream as Hex]));
    expect(await provenance.genesisOf(stream)).to.equal(genesis);
    await expect(provenance.connect(owner).openStream("shipments"))
      .to.emit(provenance, "StreamOpened")
      .withArgs(stream, owner.address, "shipments", genesis);
    expect(await provenance.headOf(stream)).to.equal(genesis);
  });

  it("PRV-02 derives a stream's id from chain, contract, owner and name", async () => {
    const { provenance, owner } = await loadFixture(deploy);
    const { chainId } = await ethers.provider.getNetwork();
    const types = [{ type: "uint256" }, { type: "address" }, { type: "address" }, { type: "string" }] as const;
    const address = (await provenance.getAddress()) as Hex;
    for (const name of ["shipments", "", "运单"]) {
      const expected = keccak256(encodeAbiParameters(types, [chainId, address, owner.address as Hex, name]));
      expect(await provenance.streamIdOf(owner, name)).to.equal(expected);
    }
  });

  it("PRV-03 refuses a second stream of the same name, from the same owner only", async () => {
    const { provenance, owner, alice, stream } = await loadFixture(opened);
    await expect(provenance.connect(owner).openStream("shipments"))
      .to.be.revertedWithCustomError(provenance, "Provenance_StreamExists")
      .withArgs(stream);
    await provenance.connect(owner).append("shipments", batch("monday"));
    await expect(provenance.connect(owner).openStream("shipments"))
      .to.be.revertedWithCustomError(provenance, "Provenance_StreamExists")
      .withArgs(stream);
    await provenance.connect(alice).openStream("shipments");
    const other = await provenance.streamIdOf(alice, "shipments");
    expect(await provenance.headOf(other)).to.equal(await provenance.genesisOf(other));
  });

  it("PRV-04 lets active participants alone open and append", async () => {
    const system = await loadFixture(opened);
    const { provenance, participants, registrar, owner, mallory } = system;
    await inactive(system, provenance.connect(mallory).openStream("fake"), mallory);
    await inactive(system, provenance.connect(mallory).append("fake", batch("fake")), mallory);
    await participants.connect(registrar).suspend(owner, ethers.id("why"));
    await inactive(system, provenance.connect(owner).openStream("returns"), owner);
    await inactive(system, provenance.connect(owner).append("shipments", batch("monday")), owner);
    await participants.connect(registrar).reinstate(owner, ethers.id("why"));
    await provenance.connect(owner).append("shipments", batch("monday"));
    await participants.connect(registrar).revoke(owner, ethers.id("why"));
    await inactive(system, provenance.connect(owner).append("shipments", batch("tuesday")), owner);
  });

  it("PRV-05 appends to a stream of the caller alone", async () => {
    const { provenance, owner, alice, stream, genesis } = await loadFixture(opened);
    await expect(provenance.connect(alice).append("shipments", batch("monday")))
      .to.be.revertedWithCustomError(provenance, "Provenance_StreamUnknown")
      .withArgs(await provenance.streamIdOf(alice, "shipments"));
    await expect(provenance.connect(owner).append("returns", batch("monday")))
      .to.be.revertedWithCustomError(provenance, "Provenance_StreamUnknown")
      .withArgs(await provenance.streamIdOf(owner, "returns"));
    expect(await provenance.headOf(stream)).to.equal(genesis);
  });

  it("PRV-06 refuses a batch without records", async () => {
    const { provenance, owner, stream } = await loadFixture(opened);
    await expect(provenance.connect(owner).append("shipments", batch("none", { count: 0n })))
      .to.be.revertedWithCustomError(provenance, "Provenance_EmptyBatch")
      .withArgs(stream);
  });

  it("PRV-07 chains each batch to the head before it", async () => {
    const { provenance, owner, stream, genesis } = await loadFixture(opened);
    let head = genesis;
    for (const each of [...BATCHES, batch("huge", { count: 2n ** 64n - 1n, uri: "" })]) {
      head = headAfter(head, [each]);
      expect(await provenance.connect(owner).append.staticCall("shipments", each)).to.equal(head);
      await expect(provenance.connect(owner).append("shipments", each))
        .to.emit(provenance, "BatchAppended")
        .withArgs(stream, each.root, each.count, head, each.uri);
      expect(await provenance.headOf(stream)).to.equal(head);
    }
  });

  it("PRV-07 keeps the streams of one owner apart", async () => {
    const { provenance, owner, stream, head } = await loadFixture(filled);
    await provenance.connect(owner).openStream("returns");
    const returns = (await provenance.streamIdOf(owner, "returns")) as Hex;
    await provenance.connect(owner).append("returns", batch("monday"));
    expect(await provenance.headOf(stream)).to.equal(head);
    const first = (await provenance.genesisOf(returns)) as Hex;
    expect(await provenance.headOf(returns)).to.equal(headAfter(first, [batch("monday")]));
  });

  it("PRV-08 gives the head that anybody computes from the batches", async () => {
    const { provenance, stream, genesis, head } = await loadFixture(filled);
    expect(await provenance.headAfter(genesis, BATCHES)).to.equal(head);
    expect(headAfter(genesis, BATCHES)).to.equal(head);
    const between = headAfter(genesis, BATCHES.slice(0, 2));
    expect(await provenance.headAfter(between, BATCHES.slice(2))).to.equal(await provenance.headOf(stream));
    expect(await provenance.headAfter(between, [])).to.equal(between);
  });

  it("PRV-09 gives another head for batches left out, added, exchanged or changed", async () => {
    const { provenance, genesis, head } = await loadFixture(filled);
    const heads = new Set([head]);
    for (const [what, batches] of Object.entries(forgeries())) {
      const forged = await provenance.headAfter(genesis, batches);
      expect(forged, what).to.equal(headAfter(genesis, batches));
      expect(heads.has(forged), what).to.equal(false);
      heads.add(forged);
    }
  });

  it("PRV-10 can be rebuilt from events alone, by a client that knows the ABI alone", async () => {
    const { provenance, stream, owner } = await loadFixture(opened);
    const address = (await provenance.getAddress()) as Hex;
    const reader = await viem.getPublicClient();
    const writer = await viem.getWalletClient(owner.address as Hex);
    for (const each of BATCHES) {
      await writer.writeContract({ address, abi, functionName: "append", args: ["shipments", each] });
    }
    const filter = { address, abi, args: { stream }, fromBlock: 0n, strict: true } as const;
    const [opening] = await reader.getContractEvents({ ...filter, eventName: "StreamOpened" });
    const appended = await reader.getContractEvents({ ...filter, eventName: "BatchAppended" });
    expect(opening?.args.owner).to.equal(owner.address);
    expect(opening?.args.name).to.equal("shipments");
    let head = opening?.args.head as Hex;
    for (const { args } of appended) {
      head = headAfter(head, [{ root: args.root, count: args.count, uri: args.uri }]);
      expect(args.head).to.equal(head);
    }
    expect(appended).to.have.length(BATCHES.length);
    expect(await reader.readContract({ address, abi, functionName: "headOf", args: [stream] })).to.equal(head);
  });

  it("PRV-11 costs the same whatever the number of records, but for the bytes that state it", async () => {
    const { provenance, owner } = await loadFixture(filled);
    const execution = async (sent: Promise<TransactionResponse>) => {
      const transaction = await sent;
      const bytes = ethers.getBytes(transaction.data);
      const calldata = bytes.reduce((gas, byte) => gas + (byte === 0 ? 4n : 16n), 0n);
      return ((await transaction.wait())?.gasUsed ?? 0n) - calldata;
    };
    const gas: bigint[] = [];
    for (const count of [1n, 1_000n, 1_000_000n, 2n ** 64n - 1n]) {
      gas.push(await execution(provenance.connect(owner).append("shipments", batch("monday", { count }))));
    }
    expect(gas[0]).to.be.greaterThan(21_000n);
    expect(gas).to.deep.equal(gas.map(() => gas[0]));
  });
});
