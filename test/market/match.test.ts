import { expect } from "chai";
import type { OrderStruct } from "../../typechain-types/contracts/market/IMarketplace.ts";
import { ethers, networkHelpers, register, SIDE } from "../support/deploy.ts";
import { order } from "../support/orders.ts";
import { ask, bid, fillOf, letWait, partsOf, type Stage, stage, UNIT_PRICE } from "./stage.ts";

const { loadFixture } = networkHelpers;

/** Signs both and lets `carol`, who is no participant, match them. */
async function match(s: Stage, sell: OrderStruct, buy: OrderStruct, units = 10n) {
  const [first, second] = [await fillOf(s, sell), await fillOf(s, buy)];
  return s.market.connect(s.carol).matchOrders(sell, first.signature, buy, second.signature, units);
}

describe("matching two orders", () => {
  it("MKT-60 lets anyone match orders that cross, at the ask", async () => {
    const s = await loadFixture(stage);
    const [sell, buy] = [ask(s), bid(s, { unitPrice: UNIT_PRICE + 1_000_000n })];
    const { price, fee, royalty, proceeds } = partsOf(10n);
    const call = match(s, sell, buy);
    const hashes = [await s.market.hashOrder(sell), await s.market.hashOrder(buy)];
    await expect(call)
      .to.emit(s.market, "OrderFilled")
      .withArgs(hashes[0], s.alice, s.bob, s.id, 10n, price, fee, royalty);
    await expect(call)
      .to.emit(s.market, "OrderFilled")
      .withArgs(hashes[1], s.bob, s.alice, s.id, 10n, price, fee, royalty);
    await expect(call).to.changeTokenBalances(
      ethers,
      s.currency,
      [s.bob, s.alice, s.owner, s.treasury, s.carol, s.market],
      [-price, proceeds, royalty, fee, 0n, 0n],
    );
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
    for (const hash of hashes) expect((await s.market.orderStatus(hash)).filled).to.equal(10n);
  });

  it("MKT-60 matches at equal prices, and takes posted orders on either side", async () => {
    const s = await loadFixture(stage);
    const [sell, buy] = [ask(s), bid(s)];
    await s.market.connect(s.alice).post(sell);
    await s.market.connect(s.bob).post(buy);
    await s.market.connect(s.carol).matchOrders(sell, "0x", buy, "0x", 100n);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(100n);
  });

  it("MKT-61 refuses orders that do not cross, by one base unit", async () => {
    const s = await loadFixture(stage);
    await expect(match(s, ask(s), bid(s, { unitPrice: UNIT_PRICE - 1n })))
      .to.be.revertedWithCustomError(s.market, "Market_NotCrossing")
      .withArgs(s.id, s.id, UNIT_PRICE, UNIT_PRICE - 1n);
  });

  it("MKT-61 refuses orders of different assets", async () => {
    const s = await loadFixture(stage);
    const other = await register(s, "other");
    await expect(match(s, ask(s), bid(s, { id: other })))
      .to.be.revertedWithCustomError(s.market, "Market_NotCrossing")
      .withArgs(s.id, other, UNIT_PRICE, UNIT_PRICE);
  });

  it("MKT-62 refuses anything but a sell order and a buy order, in this order", async () => {
    const s = await loadFixture(stage);
    const [sell, buy] = [ask(s), bid(s)];
    const otherSell = order(s.owner.address, s.id);
    const otherBuy = order(s.owner.address, s.id, { side: SIDE.buy });
    for (const [first, second] of [
      [buy, sell],
      [sell, otherSell],
      [otherBuy, buy],
    ] as const) {
      await expect(match(s, first, second)).to.be.revertedWithCustomError(s.market, "Market_WrongSide");
    }
  });

  it("MKT-63 keeps to the taker that either names, who is the other maker and not the caller", async () => {
    const s = await loadFixture(stage);
    await expect(match(s, ask(s, { taker: s.carol.address }), bid(s)))
      .to.be.revertedWithCustomError(s.market, "Market_NotTaker")
      .withArgs(s.carol, s.bob);
    await expect(match(s, ask(s), bid(s, { taker: s.carol.address })))
      .to.be.revertedWithCustomError(s.market, "Market_NotTaker")
      .withArgs(s.carol, s.alice);
    await match(s, ask(s, { taker: s.bob.address }), bid(s, { taker: s.alice.address }));
  });

  it("MKT-64 keeps to what either order states", async () => {
    const s = await loadFixture(stage);
    const { price, royalty } = partsOf(10n);
    const expiry = BigInt(await networkHelpers.time.latest());
    await s.market.connect(s.alice).cancel(1n);
    await s.market.connect(s.bob).cancel(1n);
    const cases: [Partial<OrderStruct>, string, unknown[]][] = [
      [{ maxFeeBps: 99n }, "Market_FeeAboveOrder", [100n, 99n]],
      [{ maxRoyaltyBps: 249n }, "Market_RoyaltyAboveOrder", [royalty, (price * 249n) / 10_000n]],
      [{ policyVersion: 2n }, "Market_PolicyChanged", [s.id, 2n, 1n]],
      [{ minFill: 11n }, "Market_BelowMinimum", [11n, 10n]],
    ];
    for (const [changes, name, values] of cases) {
      for (const [sell, buy] of [
        [ask(s, changes), bid(s)],
        [ask(s), bid(s, changes)],
      ] as const) {
        await expect(match(s, sell, buy))
          .to.be.revertedWithCustomError(s.market, name)
          .withArgs(...values);
      }
    }
    for (const maker of [s.alice, s.bob]) {
      const both = (changes: Partial<OrderStruct>) =>
        maker === s.alice ? match(s, ask(s, changes), bid(s)) : match(s, ask(s), bid(s, changes));
      await expect(both({ nonce: 1n }))
        .to.be.revertedWithCustomError(s.market, "Market_Cancelled")
        .withArgs(maker, 1n);
      await expect(both({ epoch: 1n }))
        .to.be.revertedWithCustomError(s.market, "Market_EpochOver")
        .withArgs(maker, 1n, 0n);
      await expect(both({ expiry })).to.be.revertedWithCustomError(s.market, "Market_Expired");
    }
  });

  it("MKT-64 keeps to what either lets wait for distribution", async () => {
    const s = await loadFixture(stage);
    await letWait(s, 1_000n);
    for (const [sold, bought] of [
      [{ maxDue: 999n }, {}],
      [{}, { maxDue: 999n }],
    ]) {
      await expect(match(s, ask(s, sold), bid(s, bought)))
        .to.be.revertedWithCustomError(s.market, "Market_DueAboveOrder")
        .withArgs(s.id, 1_000n, 999n);
    }
    await match(s, ask(s, { maxDue: 1_000n }), bid(s, { maxDue: 1_000n }));
  });

  it("MKT-65 takes from both orders what it fills, and no more than either has left", async () => {
    const s = await loadFixture(stage);
    const [sell, buy] = [ask(s, { units: 50n }), bid(s, { units: 30n })];
    await match(s, sell, buy, 20n);
    await expect(match(s, sell, buy, 11n))
      .to.be.revertedWithCustomError(s.market, "Market_NotEnoughLeft")
      .withArgs(await s.market.hashOrder(buy), 10n, 11n);
    await match(s, sell, buy, 10n);
    await expect(match(s, sell, bid(s, { nonce: 1n }), 21n))
      .to.be.revertedWithCustomError(s.market, "Market_NotEnoughLeft")
      .withArgs(await s.market.hashOrder(sell), 20n, 21n);
    await expect(match(s, sell, bid(s, { nonce: 1n }), 0n)).to.be.revertedWithCustomError(s.market, "Market_NoUnits");
  });

  it("MKT-66 needs both signatures, each of its own maker", async () => {
    const s = await loadFixture(stage);
    const [sell, buy] = [await fillOf(s, ask(s)), await fillOf(s, bid(s))];
    const pairs = [
      { signatures: ["0x", buy.signature], of: sell.order },
      { signatures: [sell.signature, "0x"], of: buy.order },
      { signatures: [buy.signature, sell.signature], of: sell.order },
      { signatures: [sell.signature, sell.signature], of: buy.order },
    ];
    for (const { signatures, of } of pairs) {
      await expect(s.market.matchOrders(sell.order, signatures[0]!, buy.order, signatures[1]!, 10n))
        .to.be.revertedWithCustomError(s.market, "Market_BadSignature")
        .withArgs(await s.market.hashOrder(of), of.maker);
    }
  });

  it("MKT-67 refuses to match two orders of one maker", async () => {
    const s = await loadFixture(stage);
    await expect(match(s, ask(s), order(s.alice.address, s.id, { side: SIDE.buy })))
      .to.be.revertedWithCustomError(s.market, "Market_SelfTrade")
      .withArgs(s.alice);
  });

  it("MKT-20 matches no order of a maker who is no longer active", async () => {
    const s = await loadFixture(stage);
    await s.participants.connect(s.registrar).suspend(s.bob, ethers.id("reason"));
    await expect(match(s, ask(s), bid(s)))
      .to.be.revertedWithCustomError(s.assets, "ERC7943CannotReceive")
      .withArgs(s.bob);
  });
});
