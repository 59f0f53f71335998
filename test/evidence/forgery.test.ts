import { expect } from "chai";
import { concatHex, fromRlp, type Hex, keccak256, numberToHex, toRlp } from "viem";
import { headerBytes, readHeader } from "../../scripts/evidence/encoding.ts";
import { listTrie, provenEntry } from "../../scripts/evidence/trie.ts";
import { changed, failures, type Json, offline, read, rewritten, type Stage, stage, text } from "./stage.ts";

describe("Evidence that was tampered with", () => {
  let scene: Stage;
  let system: Stage["system"];
  let source: Stage["source"];
  let settled: Stage["settled"];
  let online: Stage["online"];
  let confirmed: Stage["confirmed"];
  before(async () => {
    scene = await stage();
    ({ system, source, settled, online, confirmed } = scene);
  });
  after(() => scene.close());

  it("EVI-10 follows the lineage to assets without parents, each as it was registered", async () => {
    const lineage = read(settled, "lineage.json");
    expect(lineage).to.have.lengthOf(2);
    type Listed = { asset: string; parents: Json[]; registered: { transaction: string } };
    const [sold, parent] = lineage as unknown as [Listed, Listed];
    expect(sold.parents).to.deep.equal([{ asset: parent.asset, release: 1, shareBps: 1_500 }]);
    expect(parent.parents).to.deep.equal([]);
    expect((await confirmed(settled)).alone).to.match(/^ok \| every asset that it descends from is here, .*: 1$/m);
    const without = changed(settled, "transactions.json", (transactions) => {
      transactions.splice(
        transactions.findIndex(({ hash }) => hash === parent.registered.transaction),
        1,
      );
    });
    expect(failures((await offline(without)).report.lines)).to.match(/there are 0 logs of the registration of asset/);
  });

  it("EVI-11 names a file that says something else, and where", async () => {
    const changes: readonly (readonly [string, (value: Json & Json[]) => unknown])[] = [
      ["agreement.json", ({ agreement: terms }) => Object.assign((terms as { offer: Json }).offer, { price: "1" })],
      ["signatures.json", ({ operator }) => Object.assign(operator as Json, { signature: `0x${"11".repeat(65)}` })],
      ["delivery.json", (delivery) => Object.assign(delivery, { wrapped: `0x${"22".repeat(32)}` })],
      ["proofs.json", ({ rulings }) => (rulings as Json[]).push({ kind: "key" })],
      ["lineage.json", ([sold]) => Object.assign(sold!, { length: "5" })],
      ["outcome.json", (steps) => steps.pop()],
      ["events.json", ([event]) => Object.assign(event!, { name: "LicenceRefunded" })],
    ];
    for (const [name, change] of changes) {
      const { report, ok } = await offline(changed(settled, name, change));
      expect(ok).to.equal(false);
      expect(failures(report.lines), name).to.match(
        new RegExp(`^FAILED \\| ${name} says what follows .*line \\d+: [^\\n]*$`),
      );
    }
  });

  it("EVI-12 names what was changed on the chain's side, even if all else was made to fit", async () => {
    type Entry = {
      raw: string;
      index: number;
      receipt: { logs: { data: string; topics: string[] }[] } & Json;
      inclusion: Json;
    };
    const last = (list: Json[]) => list.at(-1) as unknown as Entry;
    const flipped = (hex: string) => `${hex.slice(0, -1)}${hex.endsWith("0") ? "1" : "0"}`;
    const changes: readonly (readonly [string, string, (value: Json & Json[]) => unknown, RegExp])[] = [
      [
        "amount in a log",
        "transactions.json",
        (list) => {
          const log = last(list).receipt.logs.at(-1)!;
          log.data = flipped(log.data);
        },
        /^FAILED \| settlement \(0x\w+…\): it succeeded, and it and its receipt lie in block \d+ \| not the receipt$/m,
      ],
      [
        "receipt",
        "transactions.json",
        (list) => Object.assign(last(list).receipt, { cumulativeGasUsed: "1" }),
        /not the receipt$/m,
      ],
      ["log taken away", "transactions.json", (list) => last(list).receipt.logs.pop(), /not the receipt$/m],
      [
        "signed bytes",
        "transactions.json",
        (list) => Object.assign(last(list), { raw: flipped(last(list).raw) }),
        /^FAILED \| settlement \(0x\w+…\): the signed bytes have its hash/m,
      ],
      [
        "proof of inclusion",
        "transactions.json",
        (list) => Object.assign(last(list).inclusion, { receipt: [] }),
        /not the receipt$/m,
      ],
      ["position", "transactions.json", (list) => Object.assign(last(list), { index: 1 }), /not the transaction$/m],
      [
        "hash of a block",
        "blocks.json",
        (list) => Object.assign(list.at(-1)!, { hash: `0x${"33".repeat(32)}` }),
        /^FAILED \| block \d+: its header has its hash, number and time/m,
      ],
      [
        "time of a block",
        "blocks.json",
        (list) => Object.assign(list.at(-1)!, { timestamp: "1" }),
        /^FAILED \| block \d+: its header has/m,
      ],
      [
        "licence",
        "agreement.json",
        (file) => Object.assign(file, { licence: `0x${"44".repeat(32)}` }),
        /there are 0 logs of the purchase of the licence$/m,
      ],
      [
        "chain",
        "agreement.json",
        (file) => Object.assign(file, { chainId: "1" }),
        /^FAILED \| the agreement hashes to the licence's id/m,
      ],
    ];
    for (const [what, name, change, expected] of changes) {
      const plain = await offline(changed(settled, name, change));
      expect(failures(plain.report.lines), what).to.match(expected);
      const careful = await rewritten(changed(settled, name, change)).catch(() => undefined);
      if (careful === undefined) continue;
      const { report, ok } = await offline(careful);
      expect(failures(report.lines), what).to.match(expected);
      expect(ok).to.equal(false);
    }
  });

  it("EVI-13 the endpoint finds out blocks that were made up", async () => {
    const forged = await rewritten(
      changed(settled, "blocks.json", (blocks) => {
        const block = blocks.at(-1) as { header: Hex; hash: Hex };
        const fields = fromRlp(block.header) as Hex[];
        fields[12] = "0x1234";
        block.header = toRlp(fields);
        block.hash = keccak256(block.header);
      }),
    );
    const alone = await offline(forged);
    expect(failures(alone.report.lines)).to.equal("");
    expect(text(alone.report.lines)).to.match(/^needs an endpoint \| block \d+: it is on the chain/m);
    expect(failures((await online(forged)).report.lines)).to.match(
      /^FAILED \| block \d+: it is on the chain, with this hash and time \| 0x\w{64}$/,
    );
  });

  it("EVI-14 the endpoint finds out what was left out", async () => {
    const shorter = await rewritten(changed(settled, "transactions.json", (transactions) => transactions.pop()));
    const alone = await offline(shorter);
    expect(alone.ok).to.equal(true);
    expect(alone.verdict.en).to.match(
      /^VERDICT: operator and licensee signed this agreement\. What came of it, according to the receipts in the folder, which nobody signs: undecided\. The licensee can dispute/,
    );
    const { report } = await online(shorter);
    expect(failures(report.lines))
      .to.match(/^FAILED \| the register has the licence as this folder has it: delivered \| settled$/m)
      .and.to.match(/^FAILED \| nothing that happened to this licence is left out \| 0x\w{64}$/m);
  });

  it("EVI-17 proves any entry of lists of all sizes, and no other", () => {
    for (const length of [1, 2, 16, 17, 127, 128, 129, 257, 300]) {
      const values = Array.from({ length }, (_, i) => concatHex(["0xf8", numberToHex(i, { size: 40 - (i % 3) * 15 })]));
      const trie = listTrie(values);
      for (const index of [0, 1, 15, 126, 127, 128, 255, 256, length - 1].filter((i) => i < length)) {
        const proof = trie.proof(index);
        expect(provenEntry(trie.root, index, proof), `${index} of ${length}`).to.equal(values[index]);
        expect(provenEntry(trie.root, index, proof.slice(0, -1))).to.equal(undefined);
        expect(provenEntry(trie.root, length, proof)).to.equal(undefined);
      }
    }
    expect(listTrie([]).root).to.equal("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421");
  });

  it("EVI-18 proves blocks as Ethereum and as QBFT hash them, and says where it cannot", async () => {
    const seals = [`0x${"66".repeat(65)}`] as Hex[];
    const members = (round: Hex, sealed: Hex[]) => [`0x${"00".repeat(32)}`, [system.alice.address], [], round, sealed];
    const rlp = (value: unknown) => toRlp(value as Hex[]);
    const raw = (await source.client.request({ method: "eth_getBlockByNumber", params: ["0x5", false] })) as object;
    const { hash, ...block } = raw as { hash: Hex };
    expect(keccak256(headerBytes({ ...block, hash })!)).to.equal(hash);

    const fields = fromRlp(headerBytes({ ...block, hash })!) as Hex[];
    fields[12] = rlp(members("0x", []));
    const sealedBlock = { ...block, extraData: rlp(members("0x03", seals)), hash: keccak256(toRlp(fields)) };
    expect(readHeader(headerBytes(sealedBlock)!).number).to.equal(5n);
    const unknown = { ...sealedBlock, hash: `0x${"77".repeat(32)}` };
    expect(headerBytes(unknown)).to.equal(undefined);

    const bare = changed(settled, "blocks.json", (blocks) => {
      for (const entry of blocks) delete entry.header;
    });
    await rewritten(bare);
    const alone = text((await offline(bare)).report.lines);
    expect(alone)
      .to.match(/^needs an endpoint \| block \d+: its header has its hash/m)
      .and.to.match(/^needs an endpoint \| settlement \(0x\w+…\): it succeeded, and it and its receipt lie in block/m);
    const asked = await online(bare);
    expect(text(asked.report.lines.filter(({ verdict }) => verdict !== "ok"))).to.equal("");
    expect(asked.ok).to.equal(true);
  });
});
