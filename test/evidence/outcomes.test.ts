import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { checkMoney } from "../../scripts/evidence/checkMoney.ts";
import { checkCourse } from "../../scripts/evidence/course.ts";
import type { Record } from "../../scripts/evidence/model.ts";
import { Report } from "../../scripts/evidence/report.ts";
import { Story } from "../../scripts/evidence/story.ts";
import { ethers, passWindow, WINDOWS } from "../support/deploy.ts";
import { buy, deliver, depositBond, derivedAsset, settle, storedBlock, wrapProofOf } from "../support/evidence.ts";
import { agreement, offer, signOffer } from "../support/licences.ts";
import { BOND, changed, failures, type Json, offline, recordIn, type Stage, stage } from "./stage.ts";

describe("Evidence of outcomes", () => {
  let scene: Stage;
  let system: Stage["system"];
  let data: Stage["data"];
  let settled: Stage["settled"];
  let folderOf: Stage["folderOf"];
  let confirmed: Stage["confirmed"];
  before(async () => {
    scene = await stage();
    ({ system, data, settled, folderOf, confirmed } = scene);
  });
  after(() => scene.close());

  it("EVI-04 decides a dispute over the key again", async () => {
    const bought = await buy(system, data.asset, { bond: BOND });
    const delivery = await deliver(system, bought, new Uint8Array(32).fill(7));
    const contents = { agreement: bought.agreed, release: data.release, delivery };
    await system.disputes.disputeKey(contents, wrapProofOf(system, bought, delivery));
    const folder = await folderOf(bought.id);
    const { verdict, alone } = await confirmed(folder);
    expect(verdict.en).to.match(/refunded\. .* because the custodian delivered a key that is not the release's key\./);
    expect(alone).to.match(/^ok \| dispute: computed again from the proof, the delivered key is not the key/m);
    expect(alone).to.match(/^ok \| refund: 1250000 went back to the licensee, or waits for it$/m);
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
    const first = await confirmed(await folderOf(one.id));
    expect(first.verdict.zh).to.include("该版本有数据块与发布者的承诺不符");
    expect(first.alone)
      .to.match(/^ok \| dispute: block 1 lies under the release's root$/m)
      .and.to.match(
        /^ok \| dispute: computed again from the proof, the block is not what its publisher committed to$/m,
      );
    const second = await confirmed(await folderOf(other.id));
    expect(second.verdict.en).to.include("the release was shown to be faulty in a dispute over another licence");
    expect(second.alone).to.match(
      /^ok \| dispute of licence 0x\w{8}…: computed again from the proof, the block is not/m,
    );
  });

  it("EVI-06 follows a refund from a missed deadline", async () => {
    const bought = await buy(system, data.asset);
    const waiting = await confirmed(await folderOf(bought.id));
    expect(waiting.verdict.en).to.match(/^VERDICT: undecided\. The price is in escrow, and the key is due by /);
    await passWindow(WINDOWS.licence);
    await system.licences.refund(bought.agreed);
    const { verdict, alone } = await confirmed(await folderOf(bought.id));
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
    const { verdict, alone } = await confirmed(await folderOf(bought.id));
    expect(verdict.en).to.include("the custodian did not show a block that was demanded in time");
    expect(alone)
      .to.match(/^ok \| answer: block 2 lies under the release's root, and was the one demanded$/m)
      .and.to.match(/^ok \| refund: 1251000 went back to the licensee, or waits for it$/m);
  });

  it("EVI-08 computes what a revocation gives back", async () => {
    const { currency, licences, operator } = system;
    const bought = await buy(system, data.asset);
    await deliver(system, bought, data.sealed.key);
    await settle(system, bought);
    await passWindow({ duration: 1_000_000, blocks: 1 });
    await currency.connect(operator).approve(licences, ethers.MaxUint256);
    await licences.connect(operator).revoke(bought.agreed, ethers.id("cause"));
    const { verdict, alone } = await confirmed(await folderOf(bought.id));
    expect(verdict.en).to.match(/^VERDICT: revoked by the operator, who gave 9\d{5} back to the licensee\./);
    expect(alone)
      .to.match(/^ok \| revocation: 0x\w+ operated the asset then$/m)
      .and.to.match(/^ok \| 0x\w+ signed: the revocation$/m)
      .and.to.match(/^ok \| revocation: 9\d{5} was given back, as much as had to be$/m);
  });

  it("EVI-20 follows a renewal, a compute-only licence, and its uses", async () => {
    const { alice, bob, licences, operator } = system;
    const first = await buy(system, data.asset);
    await deliver(system, first, data.sealed.key);
    await licences.connect(bob).settle(first.agreed);
    const terms = offer(system, data.asset, { nonce: 2_001n, price: 400_000n });
    const next = agreement(terms, bob.address);
    await licences.connect(bob).renew(first.agreed, next, await signOffer(system, operator, terms));
    const early = await confirmed(await folderOf(first.id));
    expect(early.alone).to.match(/^ok \| 0x\w+ signed: the settlement, accepted before the time/m);
    const renewed = await confirmed(await folderOf(await licences.hashAgreement(next)));
    expect(renewed.verdict.en).to.match(/^VERDICT: settled\. The price of 400000 was paid out/);

    const computed = await buy(system, data.asset, { tier: 1n });
    await licences.connect(alice).grantAccess(data.asset, computed.id);
    await settle(system, computed);
    await licences.connect(alice).consume(computed.agreed, 3n, ethers.id("receipt"));
    const folder = await folderOf(computed.id);
    await confirmed(folder);
    expect(readFileSync(join(folder, "README.md"), "utf8"))
      .to.include("let the licensee compute where the data lies")
      .and.to.include("had counted 3 use(s)");
  });

  it("EVI-22 counts a fault of the release only if it was shown before, while the window was open", async () => {
    const { bob, licences, disputes, mallory } = system;
    const faulty = await derivedAsset(system, { faulty: true });
    const refunded = await buy(system, faulty.asset);
    const late = await buy(system, faulty.asset);
    await passWindow(WINDOWS.licence);
    await licences.refund(refunded.agreed);
    const [shown, asked, waiting] = [
      await buy(system, faulty.asset),
      await buy(system, faulty.asset),
      await buy(system, faulty.asset),
    ];
    const delivery = await deliver(system, shown, faulty.sealed.key);
    for (const other of [asked, waiting]) await deliver(system, other, faulty.sealed.key);
    const contents = { agreement: shown.agreed, release: faulty.release, delivery };
    await disputes.disputeContent(contents, wrapProofOf(system, shown, delivery), storedBlock(faulty, 1));
    await licences.connect(mallory).refund(late.agreed);
    await licences.connect(bob).refund(asked.agreed);

    for (const { id } of [refunded, late]) {
      const { verdict, alone } = await confirmed(await folderOf(id));
      expect(verdict.en).to.include("because no key was delivered in time");
      expect(alone).to.match(/^ok \| refund: the time to deliver was over, and no key had come$/m);
    }
    const open = await confirmed(await folderOf(asked.id));
    expect(open.verdict.en).to.include("because the release was shown to be faulty in a dispute over another licence");
    expect(open.alone)
      .to.match(/^ok \| refund: the release was shown to be faulty while the window was open$/m)
      .and.to.match(/^ok \| 0x\w+ signed: the refund, asked for while its window was open$/m);
    const undecided = await confirmed(await folderOf(waiting.id));
    expect(undecided.verdict.en).to.match(/^VERDICT: undecided\. The release was shown to be faulty .* is due back/);
    const folder = await folderOf(refunded.id);
    expect(readFileSync(join(folder, "README.md"), "utf8")).to.include(
      "the release was shown to be faulty in a dispute over another licence.",
    );
  });

  it("EVI-25 asks who waits for money, in which currency, and who revoked", async () => {
    const record = recordIn(settled);
    const money = async (forged: Record) => {
      const report = new Report();
      await checkMoney(report, new Story(forged), undefined);
      return failures(report.lines);
    };
    expect(await money(record)).to.equal("");
    const stranger = word(system.mallory.address);
    const fees = /^FAILED \| settlement: 10000 waits for whoever received the market's fees then$/;
    for (const position of [1, 2]) {
      expect(await money(withTopic(record, "Credited(address,address,uint256)", position, stranger))).to.match(fees);
    }
    const bought = await buy(system, data.asset);
    await deliver(system, bought, data.sealed.key);
    await system.licences.connect(system.operator).revoke(bought.agreed, ethers.id("cause"));
    const revoked = recordIn(await folderOf(bought.id));
    expect(await money(revoked)).to.equal("");
    const event = "LicenceRevoked(bytes32,uint256,address,bytes32,uint256)";
    expect(await money(withTopic(revoked, event, 3, stranger))).to.match(
      /^FAILED \| revocation: 0x\w+ operated the asset then \| 0x\w+$/m,
    );
  });

  it("EVI-26 takes a settlement without a delivery for a renewal, and for nothing else", async () => {
    const { bob, licences, operator } = system;
    const first = await buy(system, data.asset);
    await deliver(system, first, data.sealed.key);
    await licences.connect(bob).settle(first.agreed);
    const terms = offer(system, data.asset, { nonce: 2_601n });
    const next = agreement(terms, bob.address);
    await licences.connect(bob).renew(first.agreed, next, await signOffer(system, operator, terms));
    const record = recordIn(await folderOf(await licences.hashAgreement(next)));
    const course = async (forged: Record) => {
      const report = new Report();
      await checkCourse(report, new Story(forged), undefined);
      return failures(report.lines);
    };
    expect(await course(record)).to.equal("");
    expect(await course(withTopic(record, "LicenceRenewed(bytes32,bytes32)", 1, word("0x01")))).to.match(
      /^FAILED \| settlement: .* \| no key was delivered, and it is no renewal$/,
    );
  });
});

const word = (value: string) => ethers.zeroPadValue(value, 32).toLowerCase() as Hex;

/** A record in which one topic of all logs of an event is another. */
function withTopic(record: Record, event: string, position: number, topic: Hex): Record {
  let found = false;
  const transactions = record.transactions.map((transaction) => {
    const logs = transaction.receipt.logs.map((log) => {
      if (log.topics[0] !== ethers.id(event)) return log;
      found = true;
      return { ...log, topics: log.topics.map((old, i) => (i === position ? topic : old)) };
    });
    return { ...transaction, receipt: { ...transaction.receipt, logs } };
  });
  expect(found, event).to.equal(true);
  return { ...record, transactions };
}
