import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { licenceRegistryAbi } from "@cadastre/abi";
import { manifestBytes } from "@cadastre/sealed";
import { expect } from "chai";
import { concatHex, fromRlp, type Hex, keccak256, numberToHex, serializeTransaction, toRlp } from "viem";
import { callsIn } from "../../scripts/evidence/calls.ts";
import type { Source } from "../../scripts/evidence/collect.ts";
import { headerBytes, readHeader } from "../../scripts/evidence/encoding.ts";
import { endpointAt } from "../../scripts/evidence/endpoint.ts";
import { filesOf } from "../../scripts/evidence/files.ts";
import { blocksFile, subject, transactionsFile } from "../../scripts/evidence/model.ts";
import { type Line, lineText, Report } from "../../scripts/evidence/report.ts";
import { checkMadeBy } from "../../scripts/evidence/signer.ts";
import { Story } from "../../scripts/evidence/story.ts";
import { listTrie, provenEntry } from "../../scripts/evidence/trie.ts";
import { verifyFolder } from "../../scripts/evidence/verifyFolder.ts";
import { runEvidence } from "../../scripts/evidence.ts";
import { deploy as deployOn } from "../../scripts/support/deploy.ts";
import { Problem } from "../../scripts/support/problem.ts";
import { ContractOperator__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, KIND, PROVINCE, passWindow, register, type System, WINDOWS } from "../support/deploy.ts";
import {
  type Bought,
  buy,
  type Dataset,
  deliver,
  depositBond,
  derivedAsset,
  sealedAsset,
  serveProvider,
  settle,
  sourceOf,
  storedBlock,
  wrapProofOf,
} from "../support/evidence.ts";
import { agreement, offer, signOffer, signPlan, subscription } from "../support/licences.ts";
import { serveChain } from "./localChain.ts";
import { startScript } from "./processes.ts";

const run = promisify(execFile);
const BOND = 250_000n;
const FILES = [
  ...["README.md", "README.zh.md", "agreement.json", "blocks.json", "delivery.json", "events.json", "lineage.json"],
  ...["outcome.json", "proofs.json", "signatures.json", "transactions.json", "verify.mjs"],
];

interface Json {
  [name: string]: unknown;
}

describe("Evidence", () => {
  let system: System;
  let source: Source;
  let endpoint: Awaited<ReturnType<typeof serveProvider>>;
  let root: string;
  let data: Dataset;
  let settled: string;

  const print = () => {};
  const folderOf = async ({ id }: Bought, ...options: string[]) => {
    const folder = join(root, id.slice(2, 18));
    await runEvidence([id, "--out", folder, ...options], { open: async () => source, print });
    return folder;
  };
  const online = (folder: string) => verifyFolder(folder, endpointAt(endpoint.url));
  const offline = (folder: string) => verifyFolder(folder, undefined);
  const text = (lines: readonly Line[]) => lines.map((line) => lineText(line, "en")).join("\n");
  const failures = (lines: readonly Line[]) => text(lines.filter(({ verdict }) => verdict === "failed"));
  /** All holds, on line without a question left open. */
  const confirmed = async (folder: string) => {
    const { report, verdict, ok } = await online(folder);
    expect(failures(report.lines)).to.equal("");
    expect(text(report.lines.filter(({ verdict }) => verdict === "open"))).to.equal("");
    expect(ok).to.equal(true);
    const alone = await offline(folder);
    expect(failures(alone.report.lines)).to.equal("");
    return { verdict, lines: text(report.lines), alone: text(alone.report.lines) };
  };
  const read = (folder: string, name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Json & Json[];
  const copyOf = (folder: string) => {
    const copy = mkdtempSync(join(root, "copy-"));
    cpSync(folder, copy, { recursive: true });
    return copy;
  };
  const changed = (folder: string, name: string, change: (value: Json & Json[]) => unknown) => {
    const copy = copyOf(folder);
    const value = read(copy, name);
    change(value);
    writeFileSync(join(copy, name), `${JSON.stringify(value, null, 2)}\n`);
    return copy;
  };
  /** Writes all that follows from the transactions, as a careful forger would. */
  const rewritten = async (folder: string) => {
    const record = {
      subject: subject.parse(read(folder, "agreement.json")),
      transactions: transactionsFile.parse(read(folder, "transactions.json")),
      blocks: blocksFile.parse(read(folder, "blocks.json")),
    };
    for (const [name, file] of await filesOf(new Story(record))) writeFileSync(join(folder, name), file);
    return folder;
  };

  before(async () => {
    root = mkdtempSync(join(tmpdir(), "cadastre-evidence-"));
    system = await deploy();
    source = await sourceOf(system);
    endpoint = await serveProvider();
    data = await derivedAsset(system);
    await depositBond(system, data.asset, 10n * BOND);
    const bought = await buy(system, data.asset, { bond: BOND });
    await deliver(system, bought, data.sealed.key);
    await settle(system, bought);
    writeFileSync(join(root, "manifest.json"), manifestBytes(data.sealed.manifest));
    settled = await folderOf(bought, "--manifest", join(root, "manifest.json"));
  });
  after(async () => {
    await endpoint.close();
    rmSync(root, { recursive: true });
  });

  it("EVI-01 a settled licence is confirmed by its own verifier, on line and off line", async () => {
    expect(readdirSync(settled).sort()).to.deep.equal([...FILES, "manifest.json"].sort());
    const { lines, verdict } = await confirmed(settled);
    expect(verdict.en).to.match(/^VERDICT: settled\. The price of 1000000 was paid out, 10000 of it to the market;/);
    expect(lines).to.include("parents got their shares of 990000");
    const { stdout } = await run(process.execPath, [join(settled, "verify.mjs"), "--rpc", endpoint.url]);
    expect(stdout).to.include(verdict.en);
    expect(stdout).not.to.match(/FAILED|needs an endpoint/);
  });

  it("EVI-02 each check is a line in the language asked for, and the verdict decides the exit code", async () => {
    const verifier = join(settled, "verify.mjs");
    const english = (await run(process.execPath, [verifier])).stdout.trimEnd().split("\n");
    expect(english.slice(0, english.indexOf(""))).to.satisfy((lines: string[]) =>
      lines.every((line) => /^(ok|needs an endpoint) \| ./.test(line)),
    );
    expect(english.at(-1)).to.match(
      /^\d+ checks hold; \d+ need an endpoint of the chain: run this again with --rpc URL\./,
    );
    const chinese = (await run(process.execPath, [verifier, "--lang", "zh"])).stdout;
    expect(chinese)
      .to.match(/^通过 \| 文件夹可以读取\n/)
      .and.to.match(/\n需要节点 \| /)
      .and.to.match(/结论（仅就签名与哈希而言）：已结算。/);
    const broken = changed(settled, "delivery.json", (delivery) => Object.assign(delivery, { custodian: "0x00" }));
    const failed = await run(process.execPath, [verifier, broken]).catch(
      (error: { code: number; stdout: string }) => error,
    );
    expect(failed).to.have.property("code", 1);
    expect(failed.stdout)
      .to.match(/\nFAILED \| delivery\.json says/)
      .and.to.match(/\nVERDICT: this folder is not to be relied on\. 1 of \d+ checks failed\.\n$/);
  });

  it("EVI-03 explains in English and Chinese what happened, what is in it, and what it does not show", () => {
    for (const [name, ...words] of [
      ["README.md", "took the offer and paid 1000000 into escrow", "## What it does not show", "believe neither"],
      ["README.zh.md", "接受要约，将 1000000 存入托管", "## 不能证明的事", "被许可方"],
    ] as const) {
      const page = readFileSync(join(settled, name), "utf8");
      for (const word of [...words, "node verify.mjs --rpc URL", system.operator.address])
        expect(page).to.include(word);
      const others = readdirSync(settled).filter((file) => !file.startsWith("README"));
      for (const file of others) expect(page, name).to.include(`| ${file} |`);
    }
  });

  it("EVI-04 decides a dispute over the key again", async () => {
    const bought = await buy(system, data.asset, { bond: BOND });
    const delivery = await deliver(system, bought, new Uint8Array(32).fill(7));
    const contents = { agreement: bought.agreed, release: data.release, delivery };
    await system.disputes.disputeKey(contents, wrapProofOf(system, bought, delivery));
    const folder = await folderOf(bought);
    const { verdict, alone } = await confirmed(folder);
    expect(verdict.en).to.match(/refunded\. .* because the custodian delivered a key that is not the release's key\./);
    expect(alone).to.match(/^ok \| dispute: computed again from the proof, the delivered key is not the key/m);
    expect(alone).to.match(/^ok \| refund: 1250000 went back to the licensee/m);
    const forged = changed(folder, "proofs.json", ({ rulings }) => {
      Object.assign((rulings as { proof: Json }[])[0]!.proof, { z: "1" });
    });
    expect(failures((await offline(forged)).report.lines)).to.match(/^FAILED \| proofs\.json says .*"z": "1"/);
  });

  it("EVI-05 decides a dispute over content again, for its licensee and for others", async () => {
    const faulty = await derivedAsset(system, { faulty: true });
    const [one, other] = [await buy(system, faulty.asset), await buy(system, faulty.asset)];
    const delivery = await deliver(system, one, faulty.sealed.key);
    const contents = { agreement: one.agreed, release: faulty.release, delivery };
    await system.disputes.disputeContent(contents, wrapProofOf(system, one, delivery), storedBlock(faulty, 1));
    await system.licences.refund(other.agreed);
    const first = await confirmed(await folderOf(one));
    expect(first.verdict.zh).to.include("该版本有数据块与发布者的承诺不符");
    expect(first.alone)
      .to.match(/^ok \| dispute: block 1 lies under the release's root$/m)
      .and.to.match(
        /^ok \| dispute: computed again from the proof, the block is not what its publisher committed to$/m,
      );
    const second = await confirmed(await folderOf(other));
    expect(second.verdict.en).to.include("the release was shown to be faulty by another licensee");
    expect(second.alone).to.match(
      /^ok \| dispute of licence 0x\w{8}…: computed again from the proof, the block is not/m,
    );
  });

  it("EVI-06 follows a refund from a missed deadline", async () => {
    const bought = await buy(system, data.asset);
    const waiting = await confirmed(await folderOf(bought));
    expect(waiting.verdict.en).to.match(/^VERDICT: undecided\. The price is in escrow, and the key is due by /);
    await passWindow(WINDOWS.licence);
    await system.licences.refund(bought.agreed);
    const late = join(root, "late");
    await runEvidence([bought.id, "--out", late], { open: async () => source, print });
    const { verdict, alone } = await confirmed(late);
    expect(verdict.en).to.include("because no key was delivered in time");
    expect(alone).to.match(/^ok \| refund: the time to deliver was over, and no key had come$/m);
  });

  it("EVI-07 follows a demand to its answer and to the refund for want of one", async () => {
    const dataset = await derivedAsset(system);
    await depositBond(system, dataset.asset, BOND);
    const bought = await buy(system, dataset.asset, { bond: BOND });
    const delivery = await deliver(system, bought, dataset.sealed.key);
    const contents = { agreement: bought.agreed, release: dataset.release, delivery };
    const { disputes, bob, alice } = system;
    await disputes.connect(bob).demandBlock(contents, 2);
    await disputes.connect(alice).answerBlock(contents, storedBlock(dataset, 2));
    await disputes.connect(bob).demandBlock(contents, 0);
    await passWindow(WINDOWS.licence);
    await disputes.closeDemand(bought.agreed);
    const { verdict, alone } = await confirmed(await folderOf(bought));
    expect(verdict.en).to.include("the custodian did not show a block that was demanded in time");
    expect(alone)
      .to.match(/^ok \| answer: block 2 lies under the release's root, and was the one demanded$/m)
      .and.to.match(/^ok \| refund: 1251000 went back to the licensee$/m);
  });

  it("EVI-08 computes what a revocation gives back", async () => {
    const { currency, licences, operator } = system;
    const bought = await buy(system, data.asset);
    await deliver(system, bought, data.sealed.key);
    await settle(system, bought);
    await passWindow({ duration: 1_000_000, blocks: 1 });
    await currency.connect(operator).approve(licences, ethers.MaxUint256);
    await licences.connect(operator).revoke(bought.agreed, ethers.id("cause"));
    const { verdict, alone } = await confirmed(await folderOf(bought));
    expect(verdict.en).to.match(/^VERDICT: revoked by the operator, who gave 9\d{5} back to the licensee\./);
    expect(alone).to.match(/^ok \| revocation: the operator 0x\w+ gave back 9\d{5}, as much as it had to$/m);
  });

  it("EVI-09 finds the operator's word in an offer that was posted, in a plan, and in what its contract says", async () => {
    const { bob, currency, licences, operator, participants, registrar, subscriptions } = system;
    const posted = offer(system, data.asset, { nonce: 1_001n });
    await licences.connect(operator).post(posted);
    const taken = agreement(posted, bob.address, 1n);
    await licences.connect(bob).buy(taken, "0x");
    const id = (await licences.hashAgreement(taken)) as Hex;
    const first = await confirmed(await folderOf({ id, agreed: taken }));
    expect(first.alone).to.match(/^ok \| 0x\w+ signed: the posting of the offer$/m);

    const subscribed = subscription(offer(system, data.asset, { nonce: 1_002n }), bob.address);
    await currency.connect(bob).approve(subscriptions, ethers.MaxUint256);
    await subscriptions.connect(bob).subscribe(subscribed, await signPlan(system, operator, subscribed.plan));
    const [opened] = await subscriptions.queryFilter(subscriptions.filters.ReleaseOpened, -1);
    const inPlan = opened!.args.licence as Hex;
    const second = await confirmed(await folderOf({ id: inPlan, agreed: taken }));
    expect(second.alone)
      .to.match(/^ok \| the operator 0x\w+ signed the plan$/m)
      .and.to.match(/^ok \| the agreement is what subscription 0x\w+ says of release 1$/m);

    const company = await (await new ContractOperator__factory(system.deployer).deploy(operator.address)).getAddress();
    await participants.connect(registrar).admit(company, PROVINCE, KIND.organisation, ethers.id("company"));
    const asset = await register(system, "of a company", { operator: company });
    const terms = offer(system, asset, { operator: company, nonce: 1_003n });
    const agreed = agreement(terms, bob.address);
    await licences.connect(bob).buy(agreed, await signOffer(system, operator, terms));
    const third = await confirmed(await folderOf({ id: (await licences.hashAgreement(agreed)) as Hex, agreed }));
    expect(third.alone).to.match(/^needs an endpoint \| the operator 0x\w+ signed the offer$/m);
    expect(third.lines).to.match(/^ok \| the operator 0x\w+ signed the offer$/m);
  });

  it("EVI-10 follows the lineage to assets without parents, each as it was registered", async () => {
    const lineage = read(settled, "lineage.json");
    expect(lineage).to.have.lengthOf(2);
    const [sold, parent] = lineage as unknown as [{ parents: Json[] }, { asset: string; parents: Json[] }];
    expect(sold.parents).to.deep.equal([{ asset: parent.asset, release: 1, shareBps: 1_500 }]);
    expect(parent.parents).to.deep.equal([]);
    expect((await confirmed(settled)).alone).to.match(/^ok \| every asset that it descends from is here, .*: 1$/m);
    const without = changed(settled, "transactions.json", (transactions) => {
      transactions.shift();
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
      /^VERDICT, as far as signatures and hashes go: undecided\. The licensee can dispute/,
    );
    const { report } = await online(shorter);
    expect(failures(report.lines))
      .to.match(/^FAILED \| the register has the licence as this folder has it: delivered \| settled$/m)
      .and.to.match(/^FAILED \| nothing that happened to this licence is left out \| 0x\w{64}$/m);
  });

  it("EVI-15 takes the release's manifest, says where it is missing, and refuses another", async () => {
    const other = await sealedAsset(system);
    const path = join(root, "other.json");
    writeFileSync(path, manifestBytes(other.sealed.manifest));
    const bought = await buy(system, data.asset);
    const refused = await folderOf(bought, "--manifest", path).catch((error: unknown) => error);
    expect(refused)
      .to.be.instanceOf(Problem)
      .and.to.have.property("message")
      .that.includes("is not the manifest of this release");
    const folder = await folderOf(bought);
    expect(existsSync(join(folder, "manifest.json"))).to.equal(false);
    expect(readFileSync(join(folder, "README.md"), "utf8")).to.include("The manifest is **not in this folder**");
    expect((await confirmed(folder)).alone).to.match(
      /^not in the folder \| the manifest, which should be found at https:/m,
    );
    const copy = copyOf(settled);
    writeFileSync(
      join(copy, "manifest.json"),
      readFileSync(join(copy, "manifest.json"), "utf8").replace("Grid", "Gird"),
    );
    expect(failures((await offline(copy)).report.lines)).to.match(/^FAILED \| the manifest has the release's hash/);
  });

  it("EVI-16 says what makes no sense, writes over nothing, and checks with its own verifier", async () => {
    const lines: string[] = [];
    const tools = { open: async () => source, print: (line: string) => lines.push(line) };
    const problem = (...args: string[]) =>
      runEvidence(args, tools).then(
        () => "none",
        (error: Error) => (error instanceof Problem ? error.message : String(error)),
      );
    const unknown = `0x${"ab".repeat(32)}`;
    expect(await problem()).to.match(/^Give the id of a licence\.\n\nnpm run evidence/);
    expect(await problem("0x12")).to.equal("0x12 is not a licence's id: 0x and 64 hexadecimal digits.");
    expect(await problem(unknown, "more")).to.equal("There is something too much: more.");
    expect(await problem(unknown, "--out", settled)).to.match(/^There is something in .* already\./);
    expect(await problem(unknown, "--out", join(root, "none"))).to.match(
      /^The register of licences at 0x\w+ has no licence 0xab/,
    );
    expect(await problem("verify")).to.equal("Give the folder: verify DIR.");
    expect(existsSync(join(root, "none"))).to.equal(false);

    expect(await runEvidence(["verify", settled, "--rpc", endpoint.url, "--lang", "zh"], tools)).to.equal(0);
    expect(lines.at(-1)).to.match(/结论：已结算/);
    const path = join(root, "verify.mjs");
    await runEvidence(["verifier", "--out", path], tools);
    expect(readFileSync(path)).to.deep.equal(readFileSync(join(settled, "verify.mjs")));
    const sha256 = /SHA-256 (\w{64})/.exec(lines.at(-1)!)![1]!;
    expect(readFileSync(join(settled, "README.md"), "utf8")).to.include(sha256);
  });

  it("EVI-16 opens a network as the other commands do", async function () {
    this.timeout(300_000);
    const local = await serveChain();
    try {
      const unknown = `0x${"cd".repeat(32)}`;
      const ran = async () => {
        const script = startScript("scripts/evidence.ts", [unknown], { CADASTRE_RPC_URL: local.url });
        expect(await script.ended).to.equal(1);
        return script.output();
      };
      expect(await ran()).to.match(/^Nothing is deployed on the network "localhost"/);
      const { contracts } = await deployOn(local.chain);
      expect(await ran()).to.equal(
        `The register of licences at ${contracts.licences.address} has no licence ${unknown}.\n`,
      );
    } finally {
      await local.close();
    }
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
    expect(failures((await online(bare)).report.lines)).to.equal("");
  });

  it("EVI-19 finds calls inside calls, and asks whether an account is a contract", async () => {
    const { operator, bob, licences } = system;
    const agreed = agreement(offer(system, data.asset), bob.address);
    const inner = licences.interface.encodeFunctionData("buy", [agreed, "0x1234"]) as Hex;
    const outer = concatHex(["0xb61d27f6", numberToHex(64, { size: 32 }), numberToHex(708, { size: 32 }), inner]);
    const raw = serializeTransaction({ chainId: 1, type: "eip1559", to: operator.address as Hex, data: outer });
    const [call, ...others] = callsIn(raw, licenceRegistryAbi, ["buy"]);
    expect(others).to.deep.equal([]);
    expect(call!.args[1]).to.equal("0x1234");
    expect(call!.args[0].licensee).to.equal(bob.address);

    const { transactions } = { transactions: transactionsFile.parse(read(settled, "transactions.json")) };
    const asked = async (account: string, client: typeof source.client | undefined) => {
      const report = new Report();
      const done = { en: "it", zh: "它" };
      await checkMadeBy(report, account as Hex, transactions.at(-1)!, client, done);
      return report.lines[0]!.verdict;
    };
    expect(await asked(source.contracts.assets, undefined)).to.equal("open");
    expect(await asked(source.contracts.assets, source.client)).to.equal("ok");
    expect(await asked(system.mallory.address, source.client)).to.equal("failed");
  });

  it("EVI-20 follows a renewal, a compute-only licence, and its uses", async () => {
    const { alice, bob, licences, operator } = system;
    const first = await buy(system, data.asset);
    await deliver(system, first, data.sealed.key);
    await licences.connect(bob).settle(first.agreed);
    const terms = offer(system, data.asset, { nonce: 2_001n, price: 400_000n });
    const next = agreement(terms, bob.address);
    await licences.connect(bob).renew(first.agreed, next, await signOffer(system, operator, terms));
    const early = await confirmed(await folderOf(first));
    expect(early.alone).to.match(/^ok \| 0x\w+ signed: the settlement, accepted before the time/m);
    const renewed = await confirmed(await folderOf({ id: (await licences.hashAgreement(next)) as Hex, agreed: next }));
    expect(renewed.verdict.en).to.match(/^VERDICT: settled\. The price of 400000 was paid out/);

    const computed = await buy(system, data.asset, { tier: 1n });
    await licences.connect(alice).grantAccess(data.asset, computed.id);
    await settle(system, computed);
    await licences.connect(alice).consume(computed.agreed, 3n, ethers.id("receipt"));
    const folder = await folderOf(computed);
    await confirmed(folder);
    expect(readFileSync(join(folder, "README.md"), "utf8"))
      .to.include("let the licensee compute where the data lies")
      .and.to.include("had counted 3 use(s)");
  });

  it("EVI-21 an endpoint that is silent or elsewhere is no fault of the folder", async () => {
    const lines: string[] = [];
    const tools = { open: async () => source, print: (line: string) => lines.push(line) };
    expect(await runEvidence(["verify", settled, "--rpc", "http://127.0.0.1:9"], tools)).to.equal(1);
    const elsewhere = changed(settled, "agreement.json", (file) => Object.assign(file, { chainId: "5" }));
    expect(await runEvidence(["verify", elsewhere, "--rpc", endpoint.url], tools)).to.equal(1);
    expect(lines).to.deep.equal([
      "The endpoint does not answer.",
      "The endpoint is on chain 31337; the folder is about chain 5. Give an endpoint of that chain.",
    ]);
  });
});
