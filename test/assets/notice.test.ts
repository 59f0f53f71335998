import { noticeAbi } from "@cadastre/abi";
import { openSample, toHex } from "@cadastre/sealed";
import { expect } from "chai";
import { fromBytes, getAddress, getContract, type Hex, isAddressEqual, parseEventLogs, toBytes } from "viem";
import { ethers, networkHelpers, passWindow, viem } from "../support/deploy.ts";
import {
  CSV,
  DEPOSIT,
  deployWithCopy,
  type Opened,
  openingOf,
  plaintextOf,
  REASON,
  registerSealed,
  releaseFor,
  sealUnder,
  TERMS,
} from "./duplicates.ts";

const { loadFixture } = networkHelpers;
const BLOCKS = [0, 1, 2] as const;
/** The short one, small enough to try each of its bytes. */
const LAST = 2;

type Stage = Awaited<ReturnType<typeof deployWithCopy>>;
interface Showing {
  opened: Opened;
  openedEarlier: Opened;
  plaintext: Hex;
  earlier: bigint;
}

const showing = ({ copy, original, earlier }: Stage, index: number): Showing => ({
  opened: openingOf(copy, index),
  openedEarlier: openingOf(original, index),
  plaintext: toHex(plaintextOf(index)),
  earlier,
});

/** What the contract would answer; changes nothing. */
function ask({ notice, id, alice }: Stage, { opened, openedEarlier, plaintext, earlier }: Showing) {
  return notice.connect(alice).showDuplicate.staticCall(id, 1, opened, earlier, openedEarlier, plaintext);
}

function changedAt(bytes: Hex, place: number, bits: number): Hex {
  const changed = toBytes(bytes);
  changed[place]! ^= bits;
  return fromBytes(changed, "hex");
}

/** Each opening of which one byte is another, in blind, ciphertext or path; every byte has its turn, each with other bits. */
function* changedOpenings(opened: Opened): Generator<Opened> {
  const bitsOf = (place: number) => 1 + ((place * 37) % 255);
  for (let i = 0; i < 32; i++) yield { ...opened, blind: changedAt(opened.blind, i, bitsOf(i)) };
  for (let i = 0; i < toBytes(opened.ciphertext).length; i++) {
    yield { ...opened, ciphertext: changedAt(opened.ciphertext, i, bitsOf(i)) };
  }
  for (const [step, node] of opened.path.entries()) {
    for (let i = 0; i < 32; i++) yield { ...opened, path: opened.path.with(step, changedAt(node, i, bitsOf(i))) };
  }
}

describe("public notice with sealed data", () => {
  it("NTC-46 finds each block of the data under both roots, the short last one too", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, alice, id, earlier, original, copy } = stage;
    expect(toHex(original.root)).to.not.equal(toHex(copy.root));
    for (const index of BLOCKS) {
      const { opened, openedEarlier, plaintext } = showing(stage, index);
      expect(opened.blind).to.not.equal(openedEarlier.blind);
      expect(opened.ciphertext).to.not.equal(openedEarlier.ciphertext);
      await expect(notice.connect(alice).showDuplicate(id, 1, opened, earlier, openedEarlier, plaintext))
        .to.emit(notice, "DuplicateShown")
        .withArgs(id, 1n, earlier, 1n, index, 1n, index);
      expect((await notice.objectionOf(id, 1n)).duplicate).to.equal(true);
    }
  });

  it("NTC-45 refuses every opening in which one byte of a block is another", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, id, earlier } = stage;
    const whole = showing(stage, LAST);
    await ask(stage, whole);
    let tried = 0;
    for (const opened of changedOpenings(whole.opened)) {
      await expect(ask(stage, { ...whole, opened }))
        .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
        .withArgs(id, LAST);
      tried++;
    }
    for (const openedEarlier of changedOpenings(whole.openedEarlier)) {
      await expect(ask(stage, { ...whole, openedEarlier }))
        .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
        .withArgs(earlier, LAST);
      tried++;
    }
    for (let i = 0; i < plaintextOf(LAST).length; i++) {
      await expect(ask(stage, { ...whole, plaintext: changedAt(whole.plaintext, i, 1 + i) }))
        .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
        .withArgs(id, LAST);
      tried++;
    }
    // Blind, ciphertext and one step of the path in both openings, and the plaintext.
    expect(tried).to.equal(2 * (32 + 45 + 32) + 45);
  });

  it("NTC-45 refuses changed bytes all over a full block", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, id, earlier } = stage;
    const whole = showing(stage, 1);
    for (const place of [0, 1, 31, 32, 63, 64, 2_047, 4_064, 4_095]) {
      const opened = { ...whole.opened, ciphertext: changedAt(whole.opened.ciphertext, place, 0x80) };
      const openedEarlier = { ...whole.openedEarlier, ciphertext: changedAt(whole.openedEarlier.ciphertext, place, 1) };
      const cases = [
        { asset: id, given: { ...whole, opened } },
        { asset: earlier, given: { ...whole, openedEarlier } },
        { asset: id, given: { ...whole, plaintext: changedAt(whole.plaintext, place, 0x10) } },
      ];
      for (const { asset, given } of cases) {
        await expect(ask(stage, given))
          .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
          .withArgs(asset, 1n);
      }
    }
  });

  it("NTC-45 refuses a blind that is not the block's, and the key in its place", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, id, copy, original } = stage;
    const whole = showing(stage, 1);
    const blindOf = (key: Uint8Array, index: number) => openSample({ key, index, plaintext: plaintextOf(1) }).blind;
    for (const blind of [blindOf(copy.key, 0), blindOf(original.key, 1), toHex(copy.key)]) {
      await expect(ask(stage, { ...whole, opened: { ...whole.opened, blind } }))
        .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
        .withArgs(id, 1n);
    }
  });

  it("NTC-45 refuses another index, alone or with that block's own proof", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, id, earlier, copy, original } = stage;
    for (const index of BLOCKS) {
      const whole = showing(stage, index);
      for (const wrong of [0n, 1n, 2n, 3n, 2n ** 64n - 1n]) {
        if (wrong === BigInt(index)) continue;
        await expect(ask(stage, { ...whole, opened: { ...whole.opened, index: wrong } }))
          .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
          .withArgs(id, wrong);
        await expect(ask(stage, { ...whole, openedEarlier: { ...whole.openedEarlier, index: wrong } }))
          .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
          .withArgs(earlier, wrong);
      }
      const next = (index + 1) % 3;
      await expect(ask(stage, { ...whole, opened: openingOf(copy, next) }))
        .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
        .withArgs(id, next);
      await expect(ask(stage, { ...whole, openedEarlier: openingOf(original, next) }))
        .to.be.revertedWithCustomError(notice, "Notice_NotInRelease")
        .withArgs(earlier, next);
    }
  });

  it("NTC-44 refuses a release under another number, and one that nobody published", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, assets, owner, id, earlier } = stage;
    const whole = showing(stage, 0);
    const unpublished = openingOf(sealUnder(3), 0);
    for (const opened of [unpublished, { ...whole.opened, number: 2 }, { ...whole.opened, number: 0 }]) {
      await expect(ask(stage, { ...whole, opened }))
        .to.be.revertedWithCustomError(notice, "Notice_ReleaseUnknown")
        .withArgs(id, opened.number);
      await expect(ask(stage, { ...whole, openedEarlier: { ...whole.openedEarlier, number: opened.number + 5 } }))
        .to.be.revertedWithCustomError(notice, "Notice_ReleaseUnknown")
        .withArgs(earlier, opened.number + 5);
    }
    await assets.connect(owner).publish(id, releaseFor(sealUnder(3)));
    await ask(stage, { ...whole, opened: { ...unpublished, number: 2 } });
    await expect(ask(stage, { ...whole, opened: unpublished }))
      .to.be.revertedWithCustomError(notice, "Notice_ReleaseUnknown")
      .withArgs(id, 1n);
  });

  it("NTC-43 refuses the same data in an asset that was registered later", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, system, bob, id } = stage;
    const later = sealUnder(4);
    const laterId = await registerSealed(system, bob, later);
    await expect(ask(stage, { ...showing(stage, 0), earlier: laterId, openedEarlier: openingOf(later, 0) }))
      .to.be.revertedWithCustomError(notice, "Notice_NotEarlier")
      .withArgs(id, laterId);
  });

  it("NTC-42 refuses a true duplicate from anybody but the objector", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, id, earlier, bob, owner, registrar } = stage;
    const { opened, openedEarlier, plaintext } = showing(stage, 0);
    await notice.connect(bob).object(id, REASON);
    for (const [caller, number] of [
      [bob, 1n],
      [owner, 1n],
      [registrar, 1n],
      [stage.alice, 2n],
    ] as const) {
      await expect(notice.connect(caller).showDuplicate(id, number, opened, earlier, openedEarlier, plaintext))
        .to.be.revertedWithCustomError(notice, "Notice_NotObjector")
        .withArgs(id, number, caller.address);
    }
    expect((await notice.objectionOf(id, 1n)).duplicate).to.equal(false);
  });

  it("NTC-46 finds nothing in data of which one byte is another", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, alice, system, earlier, bob, original } = stage;
    const altered = Uint8Array.from(CSV);
    altered[100]! ^= 1;
    const sealed = sealUnder(5, altered);
    const id = await registerSealed(system, bob, sealed);
    await notice.connect(alice).object(id, REASON);
    const opened = openingOf(sealed, 0);
    const show = (plaintext: Uint8Array) =>
      notice.connect(alice).showDuplicate(id, 1, opened, earlier, openingOf(original, 0), plaintext);
    for (const [plaintext, asset] of [
      [plaintextOf(0), id],
      [plaintextOf(0, altered), earlier],
    ] as const) {
      await expect(show(plaintext)).to.be.revertedWithCustomError(notice, "Notice_NotInRelease").withArgs(asset, 0n);
    }
    // The block after it is the same in both.
    await notice
      .connect(alice)
      .showDuplicate(id, 1, openingOf(sealed, 1), earlier, openingOf(original, 1), plaintextOf(1));
  });

  it("NTC-16 upholds what was shown, and the objector has its deposit back", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { notice, assets, currency, registrar, alice, id } = stage;
    await expect(notice.connect(registrar).decide(id, 1, true, REASON))
      .to.emit(notice, "ObjectionEnded")
      .withArgs(id, 1n, 2n, registrar.address, REASON)
      .and.to.emit(assets, "AssetStatusChanged")
      .withArgs(id, 3n, await notice.getAddress(), REASON);
    await expect(notice.connect(alice).withdraw(alice, currency, alice)).to.changeTokenBalances(
      ethers,
      currency,
      [alice, notice],
      [DEPOSIT, -DEPOSIT],
    );
  });

  it("NTC-14 lapses by anyone once the registrar's time is over", async () => {
    const { notice, mallory, alice, currency, id } = await loadFixture(deployWithCopy);
    await passWindow(TERMS.decision);
    await expect(notice.connect(mallory).lapse(id, 1))
      .to.emit(notice, "DepositCredited")
      .withArgs(alice.address, await currency.getAddress(), DEPOSIT);
    await expect(notice.connect(mallory).close(id)).to.emit(notice, "NoticeClosed").withArgs(id);
  });
});

describe("public notice through viem", () => {
  it("NTC-47 objects, shows, is dismissed and withdraws, and reads each event and state", async () => {
    const stage = await loadFixture(deployWithCopy);
    const { id, earlier } = stage;
    const wallets = await viem.getWalletClients();
    const chain = await viem.getPublicClient();
    const address = getAddress(await stage.notice.getAddress());
    const as = ({ address: who }: { address: string }) => {
      const wallet = wallets.find(({ account }) => isAddressEqual(account.address, getAddress(who)))!;
      return getContract({ address, abi: noticeAbi, client: { public: chain, wallet } });
    };
    const [bob, registrar, owner] = [as(stage.bob), as(stage.registrar), as(stage.owner)];
    const eventsOf = async (hash: Hex) => {
      const { logs } = await chain.getTransactionReceipt({ hash });
      return parseEventLogs({ abi: noticeAbi, logs });
    };

    const [objected] = await eventsOf(await bob.write.object([id, REASON as Hex]));
    const { decideBy } = await bob.read.objectionOf([id, 2]);
    expect(objected).to.deep.include({
      eventName: "Objected",
      args: {
        ...{ id, number: 2, objector: getAddress(stage.bob.address), reason: REASON },
        ...{ currency: getAddress(await stage.currency.getAddress()), deposit: DEPOSIT, decideBy },
      },
    });
    const { timestamp, number } = await chain.getBlock();
    expect(decideBy).to.equal(timestamp + 8_000n + ((number + 4n) << 48n));

    const { opened, openedEarlier, plaintext } = showing(stage, LAST);
    const hash = await bob.write.showDuplicate([id, 2, opened, earlier, openedEarlier, plaintext]);
    const [shown] = await eventsOf(hash);
    expect(shown).to.deep.include({
      eventName: "DuplicateShown",
      args: { id, number: 2, earlier, release: 1, index: 2n, earlierRelease: 1, earlierIndex: 2n },
    });

    const [ended] = await eventsOf(await registrar.write.decide([id, 2, false, REASON as Hex]));
    expect(ended!.eventName).to.equal("ObjectionEnded");
    expect(await bob.read.objectionOf([id, 2])).to.deep.equal({
      ...{ objector: getAddress(stage.bob.address), state: 3, duplicate: true },
      ...{ decideBy, deposit: DEPOSIT, reason: REASON },
    });
    const currency = getAddress(await stage.currency.getAddress());
    const holder = getAddress(stage.owner.address);
    expect(await owner.read.depositOf([holder, currency])).to.equal(DEPOSIT);
    const [withdrawn] = await eventsOf(await owner.write.withdraw([holder, currency, holder]));
    expect(withdrawn).to.deep.include({
      eventName: "DepositWithdrawn",
      args: { account: holder, currency, to: holder, amount: DEPOSIT },
    });
    expect((await bob.read.proceedingOf([id])).open).to.equal(1);
    expect(await bob.read.isOver([id])).to.equal(false);
  });
});
