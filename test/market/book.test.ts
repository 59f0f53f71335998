import { expect } from "chai";
import { networkHelpers } from "../support/deploy.ts";
import { ask, bid, fillOf, NO_LIMIT, stage } from "./stage.ts";

const { loadFixture } = networkHelpers;
const LAST = (1n << 64n) - 1n;

describe("the book of orders", () => {
  describe("cancel", () => {
    it("MKT-30 takes back every order of the caller with that number, and says so", async () => {
      const s = await loadFixture(stage);
      const orders = [ask(s, { nonce: LAST }), ask(s, { nonce: LAST, units: 7n }), ask(s, { nonce: LAST - 1n })];
      await expect(s.market.connect(s.alice).cancel(LAST)).to.emit(s.market, "OrderCancelled").withArgs(s.alice, LAST);
      const market = s.market.connect(s.bob);
      for (const terms of orders.slice(0, 2)) {
        await expect(market.fill(await fillOf(s, terms, 5n)))
          .to.be.revertedWithCustomError(market, "Market_Cancelled")
          .withArgs(s.alice, LAST);
      }
      await market.fill(await fillOf(s, orders[2]!));
    });

    it("MKT-30 stays cancelled when the same number is cancelled again", async () => {
      const s = await loadFixture(stage);
      await s.market.connect(s.alice).cancel(5n);
      await s.market.connect(s.alice).cancel(5n);
      expect(await s.market.isCancelled(s.alice, 5n)).to.equal(true);
      expect(await s.market.isCancelled(s.alice, 6n)).to.equal(false);
    });

    it("MKT-33 takes back nobody else's order of that number", async () => {
      const s = await loadFixture(stage);
      await s.market.connect(s.mallory).cancel(0n);
      await s.market.connect(s.mallory).cancelAll();
      await s.market.connect(s.bob).fill(await fillOf(s, ask(s)));
      expect(await s.market.epochOf(s.alice)).to.equal(0n);
    });

    it("MKT-35 takes back what is left of an order that was filled in part, and keeps what was filled", async () => {
      const s = await loadFixture(stage);
      const terms = ask(s);
      await s.market.connect(s.bob).fill(await fillOf(s, terms));
      await s.market.connect(s.alice).cancel(0n);
      await expect(s.market.connect(s.bob).fill(await fillOf(s, terms)))
        .to.be.revertedWithCustomError(s.market, "Market_Cancelled")
        .withArgs(s.alice, 0n);
      expect((await s.market.orderStatus(await s.market.hashOrder(terms))).filled).to.equal(10n);
    });
  });

  describe("cancelAll", () => {
    it("MKT-32 takes back all orders so far, and lets new ones be signed for the new epoch", async () => {
      const s = await loadFixture(stage);
      const [old, next] = [await fillOf(s, ask(s)), await fillOf(s, ask(s, { epoch: 1n }))];
      const market = s.market.connect(s.bob);
      await expect(market.fill(next))
        .to.be.revertedWithCustomError(market, "Market_EpochOver")
        .withArgs(s.alice, 1n, 0n);
      await expect(s.market.connect(s.alice).cancelAll()).to.emit(s.market, "AllOrdersCancelled").withArgs(s.alice, 1n);
      await expect(market.fill(old))
        .to.be.revertedWithCustomError(market, "Market_EpochOver")
        .withArgs(s.alice, 0n, 1n);
      await market.fill(next);
    });
  });

  describe("post", () => {
    it("MKT-36 publishes an order of the caller, whole, and gives its hash", async () => {
      const s = await loadFixture(stage);
      const terms = ask(s);
      const hash = await s.market.hashOrder(terms);
      const market = s.market.connect(s.alice);
      expect(await market.post.staticCall(terms)).to.equal(hash);
      const receipt = await (await market.post(terms)).wait();
      const event = market.interface.parseLog(receipt!.logs[0]!)!;
      expect([event.name, event.args.orderHash, event.args.maker]).to.deep.equal([
        "OrderPosted",
        hash,
        s.alice.address,
      ]);
      expect(event.args.order.toObject()).to.deep.equal(terms);
      expect(await market.orderStatus(hash)).to.deep.equal([0n, true]);
    });

    it("MKT-36 refuses anybody else's order", async () => {
      const s = await loadFixture(stage);
      await expect(s.market.connect(s.mallory).post(ask(s)))
        .to.be.revertedWithCustomError(s.market, "Market_NotMaker")
        .withArgs(s.alice, s.mallory);
    });

    it("MKT-36 refuses an order that was posted before, that expired, that was cancelled, or of another epoch", async () => {
      const s = await loadFixture(stage);
      const market = s.market.connect(s.alice);
      await market.post(ask(s));
      await expect(market.post(ask(s)))
        .to.be.revertedWithCustomError(market, "Market_AlreadyPosted")
        .withArgs(await market.hashOrder(ask(s)));
      const now = BigInt(await networkHelpers.time.latest());
      await networkHelpers.time.setNextBlockTimestamp(now + 10n);
      await expect(market.post(ask(s, { expiry: now + 9n })))
        .to.be.revertedWithCustomError(market, "Market_Expired")
        .withArgs(now + 9n, now + 10n);
      await market.cancel(1n);
      await expect(market.post(ask(s, { nonce: 1n })))
        .to.be.revertedWithCustomError(market, "Market_Cancelled")
        .withArgs(s.alice, 1n);
      await expect(market.post(ask(s, { nonce: 2n, epoch: 1n })))
        .to.be.revertedWithCustomError(market, "Market_EpochOver")
        .withArgs(s.alice, 1n, 0n);
    });

    it("MKT-37 fills a posted order without a signature, or with any; one that was not posted needs the right one", async () => {
      const s = await loadFixture(stage);
      const posted = { order: ask(s), signature: "0x", units: 10n, limit: NO_LIMIT };
      const market = s.market.connect(s.bob);
      await expect(market.fill(posted))
        .to.be.revertedWithCustomError(market, "Market_BadSignature")
        .withArgs(await market.hashOrder(posted.order), s.alice);
      await s.market.connect(s.alice).post(posted.order);
      await market.fill(posted);
      await market.fill({ ...posted, signature: "0x1234" });
      const other = { ...posted, order: ask(s, { nonce: 1n }) };
      await expect(market.fill(other))
        .to.be.revertedWithCustomError(market, "Market_BadSignature")
        .withArgs(await market.hashOrder(other.order), s.alice);
    });

    it("MKT-37 fills a posted bid without a signature", async () => {
      const s = await loadFixture(stage);
      await s.market.connect(s.bob).post(bid(s));
      await s.market.connect(s.alice).fill({ order: bid(s), signature: "0x", units: 10n, limit: 0n });
      expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
    });

    it("MKT-38 keeps what was filled before, and ends with a cancellation and an epoch like any other", async () => {
      const s = await loadFixture(stage);
      const terms = ask(s);
      const hash = await s.market.hashOrder(terms);
      const market = s.market.connect(s.bob);
      await market.fill(await fillOf(s, terms, 30n));
      await s.market.connect(s.alice).post(terms);
      expect(await market.orderStatus(hash)).to.deep.equal([30n, true]);
      const rest = { order: terms, signature: "0x", units: 71n, limit: NO_LIMIT };
      await expect(market.fill(rest))
        .to.be.revertedWithCustomError(market, "Market_NotEnoughLeft")
        .withArgs(hash, 70n, 71n);
      await market.fill({ ...rest, units: 20n });
      await s.market.connect(s.alice).cancel(0n);
      await expect(market.fill({ ...rest, units: 1n })).to.be.revertedWithCustomError(market, "Market_Cancelled");
      const second = ask(s, { nonce: 1n });
      await s.market.connect(s.alice).post(second);
      await s.market.connect(s.alice).cancelAll();
      await expect(market.fill({ ...rest, order: second, units: 1n }))
        .to.be.revertedWithCustomError(market, "Market_EpochOver")
        .withArgs(s.alice, 0n, 1n);
    });
  });
});
