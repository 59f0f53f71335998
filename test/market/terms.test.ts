import { expect } from "chai";
import { asSteward, enact, ethers, networkHelpers } from "../support/deploy.ts";
import { ANY_DUE, order } from "../support/orders.ts";
import { ask, bid, fillOf, letWait, partsOf, setFee, stage, UNIT_PRICE } from "./stage.ts";

const { loadFixture } = networkHelpers;

describe("what an order states", () => {
  it("MKT-11 binds the policy: a new version ends orders for the old one, and an order for a later one waits", async () => {
    const s = await loadFixture(stage);
    const [now, later] = [await fillOf(s, ask(s)), await fillOf(s, ask(s, { policyVersion: 2n }))];
    const market = s.market.connect(s.bob);
    await expect(market.fill(later))
      .to.be.revertedWithCustomError(market, "Market_PolicyChanged")
      .withArgs(s.id, 2n, 1n);
    await market.fill(now);
    await enact(s, s.id, 0n);
    await expect(market.fill(now)).to.be.revertedWithCustomError(market, "Market_PolicyChanged").withArgs(s.id, 1n, 2n);
    await market.fill(later);
  });

  it("MKT-12 bounds the market fee in basis points", async () => {
    const s = await loadFixture(stage);
    const market = s.market.connect(s.bob);
    await expect(market.fill(await fillOf(s, ask(s, { maxFeeBps: 99n }))))
      .to.be.revertedWithCustomError(market, "Market_FeeAboveOrder")
      .withArgs(100n, 99n);
    await market.fill(await fillOf(s, ask(s, { maxFeeBps: 100n })));
  });

  it("MKT-12 bounds the fee of a small fill as well, where rounding leaves none of it", async () => {
    const s = await loadFixture(stage);
    const fill = await fillOf(s, ask(s, { maxFeeBps: 99n, unitPrice: 1n }), 1n);
    await expect(s.market.connect(s.bob).fill(fill)).to.be.revertedWithCustomError(s.market, "Market_FeeAboveOrder");
  });

  it("MKT-87 spares makers a raised fee that they did not accept, and asks it of the others", async () => {
    const s = await loadFixture(stage);
    const market = s.market.connect(s.bob);
    const [careful, careless] = [await fillOf(s, ask(s, { maxFeeBps: 100n })), await fillOf(s, ask(s, { nonce: 1n }))];
    await market.fill(careful);
    await setFee(s, 101n);
    await expect(market.fill(careful))
      .to.be.revertedWithCustomError(market, "Market_FeeAboveOrder")
      .withArgs(101n, 100n);
    expect((await market.fill.staticCall(careless)).fee).to.equal((10n * UNIT_PRICE * 101n) / 10_000n);
    await setFee(s, 0n);
    expect((await market.fill.staticCall(careful)).fee).to.equal(0n);
    const free = market.fill(careful);
    await expect(free).to.changeTokenBalances(ethers, s.currency, [s.treasury], [0n]);
  });

  it("MKT-87 protects a selling taker from a raised fee by its limit", async () => {
    const s = await loadFixture(stage);
    const { proceeds, price, royalty } = partsOf(10n);
    const fill = await fillOf(s, bid(s), 10n, proceeds);
    await setFee(s, 200n);
    await expect(s.market.connect(s.alice).fill(fill))
      .to.be.revertedWithCustomError(s.market, "Market_ProceedsBelowLimit")
      .withArgs(price - royalty - price / 50n, proceeds);
  });

  it("MKT-13 bounds the royalty, to the base unit that it comes to", async () => {
    const s = await loadFixture(stage);
    const { price, royalty } = partsOf(10n);
    await expect(s.market.connect(s.bob).fill(await fillOf(s, ask(s, { maxRoyaltyBps: 249n }))))
      .to.be.revertedWithCustomError(s.market, "Market_RoyaltyAboveOrder")
      .withArgs(royalty, (price * 249n) / 10_000n);
    await s.market.connect(s.bob).fill(await fillOf(s, ask(s, { maxRoyaltyBps: 250n })));
    const cheap = await fillOf(s, ask(s, { maxRoyaltyBps: 249n, unitPrice: 400n }), 1n);
    await expect(s.market.connect(s.bob).fill(cheap))
      .to.be.revertedWithCustomError(s.market, "Market_RoyaltyAboveOrder")
      .withArgs(10n, 9n);
  });

  it("MKT-13 asks no bound of a holder who sells", async () => {
    const s = await loadFixture(stage);
    await s.market.connect(s.owner).fill(await fillOf(s, bid(s, { maxRoyaltyBps: 0n })));
    await s.market.connect(s.bob).fill(await fillOf(s, order(s.owner.address, s.id, { maxRoyaltyBps: 0n })));
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(20n);
  });

  it("MKT-14 bounds what may wait for distribution, to the base unit", async () => {
    const s = await loadFixture(stage);
    await letWait(s, 1_000n);
    const market = s.market.connect(s.bob);
    await expect(market.fill(await fillOf(s, ask(s, { maxDue: 999n }))))
      .to.be.revertedWithCustomError(market, "Market_DueAboveOrder")
      .withArgs(s.id, 1_000n, 999n);
    await market.fill(await fillOf(s, ask(s, { maxDue: 1_000n })));
    await market.fill(await fillOf(s, ask(s, { maxDue: ANY_DUE })));
    const none = await fillOf(s, ask(s, { maxDue: 0n }));
    await expect(market.fill(none))
      .to.be.revertedWithCustomError(market, "Market_DueAboveOrder")
      .withArgs(s.id, 1_000n, 0n);
    await s.assets.pushDue(s.id);
    await market.fill(none);
  });

  it("MKT-20 lets no maker and no taker trade that is not active, on either side", async () => {
    const s = await loadFixture(stage);
    const participants = s.participants.connect(s.registrar);
    const [sell, buy] = [await fillOf(s, ask(s)), await fillOf(s, bid(s))];
    await participants.suspend(s.alice, ethers.id("reason"));
    for (const call of [s.market.connect(s.bob).fill(sell), s.market.connect(s.alice).fill(buy)]) {
      await expect(call).to.be.revertedWithCustomError(s.assets, "ERC7943CannotSend").withArgs(s.alice);
    }
    await participants.reinstate(s.alice, ethers.id("reason"));
    await participants.revoke(s.bob, ethers.id("reason"));
    for (const call of [s.market.connect(s.bob).fill(sell), s.market.connect(s.alice).fill(buy)]) {
      await expect(call).to.be.revertedWithCustomError(s.assets, "ERC7943CannotReceive").withArgs(s.bob);
    }
  });

  it("MKT-20 lets nobody buy who was never admitted, with however much money", async () => {
    const s = await loadFixture(stage);
    await expect(s.market.connect(s.carol).fill(await fillOf(s, ask(s))))
      .to.be.revertedWithCustomError(s.assets, "ERC7943CannotReceive")
      .withArgs(s.carol);
    expect(await s.currency.balanceOf(s.carol)).to.equal(10n ** 15n);
  });

  it("MKT-21 trades no units of a suspended asset, nor against its policy", async () => {
    const s = await loadFixture(stage);
    const market = s.market.connect(s.bob);
    await s.supervision.connect(s.supervisor).suspend(s.id, ethers.id("why"));
    await expect(market.fill(await fillOf(s, ask(s))))
      .to.be.revertedWithCustomError(s.assets, "Assets_Suspended")
      .withArgs(s.id, await s.assets.suspendedUntil(s.id));
    await s.supervision.connect(s.supervisor).reinstate(s.id, ethers.id("why"));
    const policy = await ethers.deployContract("RefusingPolicy", ["0x12345678"]);
    await asSteward(s, s.policies, "admit", [await policy.getAddress()]);
    await enact(s, s.id, 1n);
    await expect(market.fill(await fillOf(s, ask(s, { policyVersion: 2n }))))
      .to.be.revertedWithCustomError(s.assets, "Assets_PolicyRefused")
      .withArgs(s.id, 1n, "0x12345678");
  });

  it("MKT-21 trades no frozen units", async () => {
    const s = await loadFixture(stage);
    await s.supervision.connect(s.supervisor).freeze(s.alice, s.id, 491n, ethers.id("why"));
    await expect(s.market.connect(s.bob).fill(await fillOf(s, ask(s))))
      .to.be.revertedWithCustomError(s.assets, "ERC7943InsufficientUnfrozenBalance")
      .withArgs(s.alice, s.id, 10n, 9n);
    await s.market.connect(s.bob).fill(await fillOf(s, ask(s), 9n));
  });

  it("MKT-22 needs the seller's approval and units", async () => {
    const s = await loadFixture(stage);
    const market = s.market.connect(s.bob);
    await s.assets.connect(s.alice).setApprovalForAll(s.market, false);
    await expect(market.fill(await fillOf(s, ask(s))))
      .to.be.revertedWithCustomError(s.assets, "ERC1155MissingApprovalForAll")
      .withArgs(s.market, s.alice);
    await s.assets.connect(s.alice).setApprovalForAll(s.market, true);
    await expect(market.fill(await fillOf(s, ask(s, { units: 1_000n }), 501n)))
      .to.be.revertedWithCustomError(s.assets, "ERC1155InsufficientBalance")
      .withArgs(s.alice, 500n, 501n, s.id);
  });

  it("MKT-23 needs the buyer's money and allowance for each leg; the error names the leg", async () => {
    const s = await loadFixture(stage);
    const { fee, royalty, proceeds, price } = partsOf(10n);
    const legs = [
      { allowance: fee - 1n, to: s.treasury, amount: fee },
      { allowance: fee + royalty - 1n, to: s.owner, amount: royalty },
      { allowance: price - 1n, to: s.alice, amount: proceeds },
    ];
    for (const { allowance, to, amount } of legs) {
      await s.currency.connect(s.bob).approve(s.market, allowance);
      await expect(s.market.connect(s.bob).fill(await fillOf(s, ask(s))))
        .to.be.revertedWithCustomError(s.market, "Market_PaymentFailed")
        .withArgs(s.currency, s.bob, to, amount);
    }
    await s.currency.connect(s.bob).approve(s.market, price);
    await s.market.connect(s.bob).fill(await fillOf(s, ask(s)));
    expect(await s.currency.allowance(s.bob, s.market)).to.equal(0n);
  });

  it("MKT-23 fails for a maker who has spent the money of its bid", async () => {
    const s = await loadFixture(stage);
    const { price, proceeds } = partsOf(10n);
    const balance = await s.currency.balanceOf(s.bob);
    await s.currency.connect(s.bob).transfer(s.carol, balance - price + 1n);
    await expect(s.market.connect(s.alice).fill(await fillOf(s, bid(s))))
      .to.be.revertedWithCustomError(s.market, "Market_PaymentFailed")
      .withArgs(s.currency, s.bob, s.alice, proceeds);
  });

  it("MKT-24 leaves nothing behind of a fill whose units cannot be delivered, where others beside it succeed", async () => {
    const s = await loadFixture(stage);
    const [dead, alive] = [ask(s), order(s.owner.address, s.id)];
    const fills = [await fillOf(s, dead), await fillOf(s, alive)];
    await s.assets.connect(s.alice).setApprovalForAll(s.market, false);
    const price = 10n * UNIT_PRICE;
    await expect(s.market.connect(s.bob).fillMany(fills)).to.changeTokenBalances(
      ethers,
      s.currency,
      [s.bob, s.alice, s.owner, s.treasury],
      [-price, 0n, price - price / 100n, price / 100n],
    );
    expect(await s.market.orderStatus(await s.market.hashOrder(dead))).to.deep.equal([0n, false]);
    expect(await s.market.orderStatus(await s.market.hashOrder(alive))).to.deep.equal([10n, false]);
  });

  it("MKT-27 settles revenue with the units: what was distributed before a sale stays with the seller", async () => {
    const s = await loadFixture(stage);
    await s.assets.connect(s.operator).distribute(s.id, 1_000n);
    await s.market.connect(s.bob).fill(await fillOf(s, ask(s), 100n));
    await s.assets.connect(s.operator).distribute(s.id, 1_000n);
    expect(await s.assets.claimable(s.id, s.alice)).to.equal(900n);
    expect(await s.assets.claimable(s.id, s.bob)).to.equal(100n);
  });
});
