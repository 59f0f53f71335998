import { join } from "node:path";
import { licenceRegistryAbi } from "@cadastre/abi";
import { expect } from "chai";
import type { Result } from "ethers";
import {
  concatHex,
  fromRlp,
  type Hex,
  keccak256,
  numberToHex,
  parseTransaction,
  serializeTransaction,
  type TransactionSerializable,
  type TransactionSerialized,
  toRlp,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { callsIn } from "../../scripts/evidence/calls.ts";
import { ChainReader } from "../../scripts/evidence/chainReader.ts";
import { checkAgreement } from "../../scripts/evidence/checkAgreement.ts";
import { collect } from "../../scripts/evidence/collect.ts";
import type { Record, Transaction } from "../../scripts/evidence/model.ts";
import { Report } from "../../scripts/evidence/report.ts";
import { checkMadeBy } from "../../scripts/evidence/signer.ts";
import { Story } from "../../scripts/evidence/story.ts";
import { listTrie } from "../../scripts/evidence/trie.ts";
import { writeFolder } from "../../scripts/evidence/writeFolder.ts";
import type { AgreementStruct } from "../../typechain-types/contracts/licences/ILicenceRegistry.ts";
import { ContractOperator__factory } from "../../typechain-types/index.ts";
import { succeed } from "../exits/stage.ts";
import { ethers, KIND, networkHelpers, PROVINCE, passWindow, register, WINDOWS } from "../support/deploy.ts";
import { type Bought, buy, deliver, derivedAsset, publishNext, settle, wrapFor } from "../support/evidence.ts";
import { agreement, offer, signOffer, signPlan, subscription } from "../support/licences.ts";
import { failures, offline, recordIn, type Stage, stage } from "./stage.ts";

/** Position in a block's header. */
const TRANSACTIONS_ROOT = 4;

describe("Evidence of what the parties did", () => {
  let scene: Stage;
  let system: Stage["system"];
  let source: Stage["source"];
  let data: Stage["data"];
  let settled: Stage["settled"];
  let folderOf: Stage["folderOf"];
  let confirmed: Stage["confirmed"];
  before(async () => {
    scene = await stage();
    ({ system, source, data, settled, folderOf, confirmed } = scene);
  });
  after(() => scene.close());

  it("EVI-09 finds the operator's word in an offer or a plan that was signed or posted, and in what its contract says", async () => {
    const { bob, currency, licences, operator, participants, registrar, subscriptions } = system;
    const posted = offer(system, data.asset, { nonce: 1_001n });
    await licences.connect(operator).post(posted);
    const taken = agreement(posted, bob.address, 1n);
    await licences.connect(bob).buy(taken, "0x");
    const id = (await licences.hashAgreement(taken)) as Hex;
    const first = await confirmed(await folderOf(id));
    expect(first.alone)
      .to.match(/^ok \| 0x\w+ signed: the posting of the offer$/m)
      .and.to.match(/^ok \| the posting carries this offer$/m);

    const subscribed = subscription(offer(system, data.asset, { nonce: 1_002n }), bob.address);
    await currency.connect(bob).approve(subscriptions, ethers.MaxUint256);
    await subscriptions.connect(bob).subscribe(subscribed, await signPlan(system, operator, subscribed.plan));
    const [opened] = await subscriptions.queryFilter(subscriptions.filters.ReleaseOpened, -1);
    const inPlan = opened!.args.licence as Hex;
    const second = await confirmed(await folderOf(inPlan));
    expect(second.alone)
      .to.match(/^ok \| the operator 0x\w+ signed the plan$/m)
      .and.to.match(/^ok \| the agreement is what subscription 0x\w+ says of release 1$/m);

    const planned = subscription(offer(system, data.asset, { nonce: 1_004n }), bob.address);
    await subscriptions.connect(operator).post(planned.plan);
    await subscriptions.connect(bob).subscribe(planned, "0x");
    const [next] = await subscriptions.queryFilter(subscriptions.filters.ReleaseOpened, -1);
    const byPosting = await confirmed(await folderOf(next!.args.licence));
    expect(byPosting.alone)
      .to.match(/^ok \| 0x\w+ signed: the posting of the plan$/m)
      .and.to.match(/^ok \| the posting carries this plan$/m);
    expect(byPosting.aloneOk).to.equal(true);

    const company = await (await new ContractOperator__factory(system.deployer).deploy(operator.address)).getAddress();
    await participants.connect(registrar).admit(company, PROVINCE, KIND.organisation, ethers.id("company"));
    const asset = await register(system, "of a company", { operator: company });
    const terms = offer(system, asset, { operator: company, nonce: 1_003n });
    const agreed = agreement(terms, bob.address);
    await licences.connect(bob).buy(agreed, await signOffer(system, operator, terms));
    const third = await confirmed(await folderOf(await licences.hashAgreement(agreed)));
    expect(third.alone).to.match(/^needs an endpoint \| the operator 0x\w+ signed the offer$/m);
    expect(third.lines).to.match(/^ok \| the operator 0x\w+ signed the offer$/m);
    expect(third.aloneOk).to.equal(false);
    expect(third.aloneVerdict.en).to.include(
      `VERDICT: nothing shown: the signature of the operator ${company} could not be checked here.`,
    );
  });

  it("EVI-19 finds calls inside calls, and asks whether an account is a contract", async () => {
    const { operator, bob, licences } = system;
    const purchase = new Story(recordIn(settled)).bought.transaction.hash;
    const agreed = agreement(offer(system, data.asset), bob.address);
    const inner = licences.interface.encodeFunctionData("buy", [agreed, "0x1234"]) as Hex;
    const outer = concatHex(["0xb61d27f6", numberToHex(64, { size: 32 }), numberToHex(708, { size: 32 }), inner]);
    const raw = serializeTransaction({ chainId: 1, type: "eip1559", to: operator.address as Hex, data: outer });
    const [call, ...others] = callsIn(raw, licenceRegistryAbi, ["buy"]);
    expect(others).to.deep.equal([]);
    expect(call!.args[1]).to.equal("0x1234");
    expect(call!.args[0].licensee).to.equal(bob.address);

    const { transactions } = recordIn(settled);
    const to = source.contracts.licences;
    const asked = async (account: string, client: typeof source.client | undefined, called = to) => {
      const report = new Report();
      const done = { en: "it", zh: "它" };
      const transaction = transactions.find(({ hash }) => hash === purchase)!;
      await checkMadeBy(report, account as Hex, { transaction, to: called }, client, done);
      return report.lines[0]!.verdict;
    };
    expect(await asked(bob.address, undefined)).to.equal("ok");
    expect(await asked(bob.address, undefined, source.contracts.assets)).to.equal("failed");
    expect(await asked(source.contracts.assets, undefined)).to.equal("open");
    expect(await asked(source.contracts.assets, source.client)).to.equal("ok");
    expect(await asked(system.mallory.address, source.client)).to.equal("failed");
  });

  it("EVI-23 shows nothing off line of parties who signed nothing, whatever chain was made up for it", async () => {
    const { currency, deployer, licences, participants, registrar } = system;
    const [operator, licensee] = [ethers.Wallet.createRandom().address, ethers.Wallet.createRandom().address];
    const signed: Awaited<ReturnType<typeof ethers.getImpersonatedSigner>>[] = [];
    for (const address of [operator, licensee]) {
      await participants.connect(registrar).admit(address, PROVINCE, KIND.organisation, ethers.id(address));
      await networkHelpers.setBalance(address, ethers.parseEther("1"));
      await currency.connect(deployer).mint(address, 2_000_000n);
      signed.push(await ethers.getImpersonatedSigner(address));
    }
    const asset = await register(system, "of nobody", { operator });
    const terms = offer(system, asset, { operator, nonce: 2_301n });
    await licences.connect(signed[0]!).post(terms);
    await currency.connect(signed[1]!).approve(licences, ethers.MaxUint256);
    const agreed = agreement(terms, licensee);
    await licences.connect(signed[1]!).buy(agreed, "0x");
    const id = (await licences.hashAgreement(agreed)) as Hex;
    const folder = join(scene.root, "forged");
    await writeFolder(folder, await signedAnew(await collect(source, id)), {});
    const { report, verdict, ok } = await offline(folder);
    expect(failures(report.lines)).to.equal("");
    expect(ok).to.equal(false);
    expect(verdict.en).to.include(
      `VERDICT: nothing shown: the signature of the operator ${operator} and of the licensee ${licensee} could not be checked here.`,
    );
    expect(verdict.zh).to.include(`未证明任何事：运营方 ${operator}、被许可方 ${licensee}的签名无法在此核对。`);
    const asked = await scene.online(folder);
    expect(asked.ok).to.equal(false);
    expect(failures(asked.report.lines))
      .to.match(/^FAILED \| 0x\w+ is a contract, .* the licensee's transaction \| it is no contract$/m)
      .and.to.match(/^FAILED \| block \d+: it is on the chain, with this hash and time/m);
  });

  it("EVI-23 takes no signature under something else for a party's", async () => {
    const { bob, currency, operator } = system;
    const [bought, other] = [await buy(system, data.asset), await buy(system, data.asset)];
    const record = recordIn(await folderOf(bought.id));
    const purchase = new Story(record).bought.transaction;
    const under = async (raw: Hex) => {
      const report = new Report();
      const transactions = record.transactions.map((entry) => (entry === purchase ? { ...entry, raw } : entry));
      await checkAgreement(report, new Story({ ...record, transactions }), undefined);
      expect(report.unseen.map(({ en }) => en)).to.deep.equal([
        `the operator ${operator.address}`,
        `the licensee ${bob.address}`,
      ]);
      return failures(report.lines);
    };
    expect(await under(new Story(recordIn(await folderOf(other.id))).bought.transaction.raw)).to.equal("");
    const approval = (await (await currency.connect(bob).approve(operator, 1n)).wait())!;
    const reader = new ChainReader(source.client);
    const { raw } = await reader.transaction(approval.hash as Hex, BigInt(approval.blockNumber));
    expect(await under(raw)).to.equal(
      `FAILED | ${bob.address} signed: the licensee's transaction | it was sent to ${(await currency.getAddress()).toLowerCase()}`,
    );
  });

  it("EVI-29 follows later releases of a subscription, and one that was opened again", async () => {
    const { bob, currency, licences, operator, subscriptions } = system;
    const dataset = await derivedAsset(system);
    const subscribed = subscription(offer(system, dataset.asset, { nonce: 2_901n }), bob.address);
    await currency.connect(bob).approve(subscriptions, ethers.MaxUint256);
    await subscriptions.connect(bob).subscribe(subscribed, await signPlan(system, operator, subscribed.plan));
    const due = async (): Promise<Bought> => {
      const result = (await subscriptions.currentAgreement(subscribed)) as unknown as Result;
      const agreed = result.toObject(true) as unknown as AgreementStruct;
      return { id: (await licences.hashAgreement(agreed)) as Hex, agreed };
    };
    const receive = async (key: Uint8Array) => {
      const opened = await due();
      await deliver(system, opened, key);
      await settle(system, opened);
      return opened;
    };
    await receive(dataset.sealed.key);
    const second = await publishNext(system, dataset.asset);
    await subscriptions.open(subscribed, 2);
    const later = await receive(second.sealed.key);
    const third = await publishNext(system, dataset.asset);
    await subscriptions.open(subscribed, 3);
    const missed = await due();
    await passWindow(WINDOWS.licence);
    await licences.refund(missed.agreed);
    await subscriptions.open(subscribed, 3);
    const again = await receive(third.sealed.key);

    for (const [{ id }, release, outcome] of [
      [later, 2, "settled. The price of 0 was paid out"],
      [missed, 3, "refunded. "],
      [again, 3, "settled. "],
    ] as const) {
      const { verdict, alone, aloneOk } = await confirmed(await folderOf(id));
      expect(verdict.en).to.match(new RegExp(`^VERDICT: ${outcome}`));
      expect(alone)
        .to.match(/^ok \| the operator 0x\w+ signed the plan$/m)
        .and.to.match(/^ok \| the licensee's transaction carries this subscription$/m)
        .and.to.match(new RegExp(`^ok \\| the agreement is what subscription 0x\\w+ says of release ${release}$`, "m"));
      expect(aloneOk).to.equal(true);
    }
  });

  it("EVI-30 follows one of many deliveries in one transaction", async () => {
    const { alice, licences } = system;
    const bought = [await buy(system, data.asset), await buy(system, data.asset)];
    const deliveries = bought.map((one) => wrapFor(system, one, data.sealed.key));
    await licences.connect(alice).deliverMany(
      data.asset,
      bought.map(({ id }) => id),
      deliveries,
    );
    for (const one of bought) {
      const { verdict, alone } = await confirmed(await folderOf(one.id));
      expect(verdict.en).to.match(/^VERDICT: undecided\. The licensee can dispute what was delivered until /);
      expect(alone).to.match(/^ok \| delivery: the wrapped key in the log is the one that the custodian's call gave$/m);
    }
  });

  it("EVI-31 knows who operated the asset at each time", async () => {
    const { alice, assets, currency, licences, operator, owner, participants, registrar, votes } = system;
    const dataset = await derivedAsset(system);
    const before = await buy(system, dataset.asset);
    await deliver(system, before, dataset.sealed.key);
    await settle(system, before);
    await votes.connect(owner).vote(dataset.asset, alice, 1_000n);
    await passWindow(WINDOWS.voteWindow);
    await votes.replace(dataset.asset);
    const after = await buy(system, dataset.asset, { operator: alice.address });
    await deliver(system, after, dataset.sealed.key);
    await currency.connect(alice).approve(licences, ethers.MaxUint256);
    await licences.connect(alice).revoke(before.agreed, ethers.id("cause"));
    const former = await confirmed(await folderOf(before.id));
    expect(former.verdict.en).to.match(/^VERDICT: revoked by the operator/);
    expect(former.alone)
      .to.match(new RegExp(`^ok \\| revocation: ${alice.address} operated the asset then$`, "m"))
      .and.to.match(new RegExp(`^ok \\| the operator ${operator.address} signed the offer$`, "m"));
    const latter = await confirmed(await folderOf(after.id));
    expect(latter.alone).to.match(new RegExp(`^ok \\| the operator ${alice.address} signed the offer$`, "m"));

    await participants.connect(registrar).admit(system.carol, PROVINCE, KIND.organisation, ethers.id("carol"));
    await succeed(system, alice.address, system.carol.address);
    await assets.handOver(alice, [dataset.asset]);
    expect(await assets.operatorOf(dataset.asset)).to.equal(system.carol.address);
    await settle(system, after);
    await currency.connect(system.carol).approve(licences, ethers.MaxUint256);
    await licences.connect(system.carol).revoke(after.agreed, ethers.id("cause"));
    const handed = await confirmed(await folderOf(after.id));
    expect(handed.alone).to.match(
      new RegExp(`^ok \\| revocation: ${system.carol.address} operated the asset then$`, "m"),
    );
  });
});

/** What a forger makes of transactions that he did not sign: his own signatures, and blocks with trees that lead to them. */
async function signedAnew(record: Record): Promise<Record> {
  const forger = privateKeyToAccount(generatePrivateKey());
  const roots = new Map<bigint, Hex>();
  const transactions: Transaction[] = [];
  for (const entry of record.transactions) {
    const { r, s, v, yParity, ...unsigned } = parseTransaction(entry.raw as TransactionSerialized);
    const anew = await forger.signTransaction(unsigned as TransactionSerializable);
    const tree = listTrie([anew]);
    roots.set(entry.block, tree.root);
    const inclusion = { transaction: tree.proof(0), receipt: entry.inclusion!.receipt };
    transactions.push({ ...entry, hash: keccak256(anew), raw: anew, inclusion });
  }
  const blocks = record.blocks.map((block) => {
    const fields = fromRlp(block.header!) as Hex[];
    fields[TRANSACTIONS_ROOT] = roots.get(block.number)!;
    const header = toRlp(fields);
    return { ...block, header, hash: keccak256(header) };
  });
  return { ...record, transactions, blocks };
}
