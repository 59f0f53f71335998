import { expect } from "chai";
import { ethers, networkHelpers, register, ZeroAddress } from "../support/deploy.ts";
import { order } from "../support/orders.ts";
import { ask, bid, fillOf, NO_LIMIT, partsOf, stage, UNIT_PRICE } from "./stage.ts";

const { loadFixture } = networkHelpers;

describe("filling one order", () => {
  it("MKT-01 lets a taker buy from a sell order: money and units change hands, and the event says how", async () => {
    const s = await loadFixture(stage);
    const terms = ask(s);
    const { price, fee, royalty, proceeds } = partsOf(10n);
    const call = s.market.connect(s.bob).fill(await fillOf(s, terms));
    await expect(call)
      .to.emit(s.market, "OrderFilled")
      .withArgs(await s.market.hashOrder(terms), s.alice, s.bob, s.id, 10n, price, fee, royalty);
    await expect(call).to.changeTokenBalances(
      ethers,
      s.currency,
      [s.bob, s.alice, s.owner, s.treasury, s.market],
      [-price, proceeds, royalty, fee, 0n],
    );
    await expect(call)
      .to.emit(s.assets, "TransferSingle")
      .withArgs(await s.market.getAddress(), s.alice, s.bob, s.id, 10n);
    expect(await s.assets.balanceOf(s.alice, s.id)).to.equal(490n);
  });

  it("MKT-02 lets a taker sell to a buy order, whose maker pays", async () => {
    const s = await loadFixture(stage);
    const terms = bid(s);
    const { price, fee, royalty, proceeds } = partsOf(10n);
    const call = s.market.connect(s.alice).fill(await fillOf(s, terms));
    await expect(call)
      .to.emit(s.market, "OrderFilled")
      .withArgs(await s.market.hashOrder(terms), s.bob, s.alice, s.id, 10n, price, fee, royalty);
    await expect(call).to.changeTokenBalances(
      ethers,
      s.currency,
      [s.bob, s.alice, s.owner, s.treasury, s.market],
      [-price, proceeds, royalty, fee, 0n],
    );
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
  });

  it("MKT-03 rounds fee and royalty down, to nothing where the price is small", async () => {
    const s = await loadFixture(stage);
    const fill = await fillOf(s, ask(s, { unitPrice: 33n }), 3n);
    const quote = await s.market.connect(s.bob).fill.staticCall(fill);
    expect([quote.price, quote.fee, quote.royalty, quote.proceeds]).to.deep.equal([99n, 0n, 2n, 97n]);
  });

  it("MKT-04 takes no royalty of a holder who sells, and takes it of everybody else", async () => {
    const s = await loadFixture(stage);
    const own = order(s.owner.address, s.id, { maxRoyaltyBps: 0n });
    expect((await s.market.connect(s.bob).fill.staticCall(await fillOf(s, own))).royalty).to.equal(0n);
    const bought = await s.market.connect(s.owner).fill.staticCall(await fillOf(s, ask(s)));
    expect([bought.royalty, bought.royaltyReceiver]).to.deep.equal([partsOf(10n).royalty, s.owner.address]);
  });

  it("MKT-05 fills in parts up to the last unit, and not beyond", async () => {
    const s = await loadFixture(stage);
    const terms = ask(s);
    const hash = await s.market.hashOrder(terms);
    const market = s.market.connect(s.bob);
    await market.fill(await fillOf(s, terms, 60n));
    await expect(market.fill(await fillOf(s, terms, 41n)))
      .to.be.revertedWithCustomError(market, "Market_NotEnoughLeft")
      .withArgs(hash, 40n, 41n);
    await market.fill(await fillOf(s, terms, 40n));
    await expect(market.fill(await fillOf(s, terms, 1n)))
      .to.be.revertedWithCustomError(market, "Market_NotEnoughLeft")
      .withArgs(hash, 0n, 1n);
    expect(await market.orderStatus(hash)).to.deep.equal([100n, false]);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(100n);
  });

  it("MKT-06 keeps to the least units of a fill, unless fewer remain and all of them are taken", async () => {
    const s = await loadFixture(stage);
    const terms = ask(s, { minFill: 30n });
    const market = s.market.connect(s.bob);
    await expect(market.fill(await fillOf(s, terms, 29n)))
      .to.be.revertedWithCustomError(market, "Market_BelowMinimum")
      .withArgs(30n, 29n);
    await market.fill(await fillOf(s, terms, 30n));
    await market.fill(await fillOf(s, terms, 50n));
    await expect(market.fill(await fillOf(s, terms, 19n)))
      .to.be.revertedWithCustomError(market, "Market_BelowMinimum")
      .withArgs(30n, 19n);
    await market.fill(await fillOf(s, terms, 20n));
  });

  it("MKT-06 fills an order whose minimum is above its units whole or not at all", async () => {
    const s = await loadFixture(stage);
    const terms = ask(s, { minFill: 101n });
    const market = s.market.connect(s.bob);
    await expect(market.fill(await fillOf(s, terms, 99n)))
      .to.be.revertedWithCustomError(market, "Market_BelowMinimum")
      .withArgs(101n, 99n);
    await market.fill(await fillOf(s, terms, 100n));
  });

  it("MKT-07 refuses a fill of no units, even where nothing is asked for them", async () => {
    const s = await loadFixture(stage);
    for (const terms of [ask(s), ask(s, { units: 0n }), ask(s, { minFill: 0n, unitPrice: 0n })]) {
      await expect(s.market.connect(s.bob).fill(await fillOf(s, terms, 0n))).to.be.revertedWithCustomError(
        s.market,
        "Market_NoUnits",
      );
    }
  });

  it("MKT-08 reserves an order for the taker that it names", async () => {
    const s = await loadFixture(stage);
    const terms = ask(s, { taker: s.bob.address });
    await expect(s.market.connect(s.operator).fill(await fillOf(s, terms)))
      .to.be.revertedWithCustomError(s.market, "Market_NotTaker")
      .withArgs(s.bob, s.operator);
    await s.market.connect(s.bob).fill(await fillOf(s, terms));
  });

  it("MKT-09 fills in the very second of expiry, and not one second later", async () => {
    const s = await loadFixture(stage);
    const expiry = BigInt(await networkHelpers.time.latest()) + 100n;
    const fill = await fillOf(s, ask(s, { expiry }));
    await networkHelpers.time.setNextBlockTimestamp(expiry);
    await s.market.connect(s.bob).fill(fill);
    await networkHelpers.time.setNextBlockTimestamp(expiry + 1n);
    await expect(s.market.connect(s.bob).fill(fill))
      .to.be.revertedWithCustomError(s.market, "Market_Expired")
      .withArgs(expiry, expiry + 1n);
  });

  it("MKT-10 refuses a maker who takes its own order", async () => {
    const s = await loadFixture(stage);
    for (const [terms, maker] of [
      [ask(s), s.alice],
      [bid(s), s.bob],
    ] as const) {
      await expect(s.market.connect(maker).fill(await fillOf(s, terms)))
        .to.be.revertedWithCustomError(s.market, "Market_SelfTrade")
        .withArgs(maker);
    }
  });

  it("MKT-17 lets units go for nothing where the maker asks nothing: no money, no allowance", async () => {
    const s = await loadFixture(stage);
    await s.currency.connect(s.bob).approve(s.market, 0n);
    await s.market.connect(s.bob).fill(await fillOf(s, ask(s, { unitPrice: 0n }), 10n, 0n));
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(10n);
  });

  it("MKT-19 refuses an asset that nobody registered", async () => {
    const s = await loadFixture(stage);
    for (const terms of [ask(s, { id: 7n }), bid(s, { id: 7n })]) {
      await expect(s.market.connect(s.operator).fill(await fillOf(s, terms)))
        .to.be.revertedWithCustomError(s.assets, "Assets_Unknown")
        .withArgs(7n);
      await expect(s.market.quote(terms, 1n)).to.be.revertedWithCustomError(s.assets, "Assets_Unknown").withArgs(7n);
    }
  });

  it("MKT-25 holds neither money nor fractions after fills of either side, many at once, and a match", async () => {
    const s = await loadFixture(stage);
    await s.market.connect(s.bob).fill(await fillOf(s, ask(s), 7n));
    await s.market.connect(s.alice).fill(await fillOf(s, bid(s), 3n));
    await s.market.connect(s.bob).fillMany([await fillOf(s, ask(s, { nonce: 1n }), 1n)]);
    const [sell, buy] = [await fillOf(s, ask(s)), await fillOf(s, bid(s))];
    await s.market.matchOrders(sell.order, sell.signature, buy.order, buy.signature, 2n);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(13n);
    expect(await s.assets.balanceOf(s.market, s.id)).to.equal(0n);
    expect(await s.currency.balanceOf(s.market)).to.equal(0n);
  });

  it("MKT-26 quotes a bid that anyone may fill with the royalty, and one for the holder without", async () => {
    const s = await loadFixture(stage);
    const { price, fee, royalty, proceeds } = partsOf(10n);
    const open = await s.market.quote(bid(s), 10n);
    const currency = await s.currency.getAddress();
    const payments = [price, fee, s.treasury.address, royalty, s.owner.address, proceeds];
    expect([...open]).to.deep.equal([currency, ...payments, 100n, 1n]);
    const reserved = await s.market.quote(bid(s, { taker: s.owner.address }), 10n);
    expect([reserved.royalty, reserved.royaltyReceiver]).to.deep.equal([0n, ZeroAddress]);
  });

  it("MKT-26 pays no royalty on an asset that has none", async () => {
    const s = await loadFixture(stage);
    const id = await register(s, "free", { royaltyBps: 0n });
    const quote = await s.market.quote(ask(s, { id }), 10n);
    expect([quote.royalty, quote.proceeds]).to.deep.equal([0n, 10n * UNIT_PRICE - quote.fee]);
  });

  it("MKT-15 holds a buying taker to its limit, to the base unit", async () => {
    const s = await loadFixture(stage);
    const price = 10n * UNIT_PRICE;
    await expect(s.market.connect(s.bob).fill(await fillOf(s, ask(s), 10n, price - 1n)))
      .to.be.revertedWithCustomError(s.market, "Market_PriceAboveLimit")
      .withArgs(price, price - 1n);
    await s.market.connect(s.bob).fill(await fillOf(s, ask(s), 10n, price));
  });

  it("MKT-16 holds what a selling taker receives to its limit, to the base unit", async () => {
    const s = await loadFixture(stage);
    const { proceeds } = partsOf(10n);
    await expect(s.market.connect(s.alice).fill(await fillOf(s, bid(s), 10n, proceeds + 1n)))
      .to.be.revertedWithCustomError(s.market, "Market_ProceedsBelowLimit")
      .withArgs(proceeds, proceeds + 1n);
    await expect(s.market.connect(s.alice).fill(await fillOf(s, bid(s), 10n, NO_LIMIT))).to.be.revertedWithCustomError(
      s.market,
      "Market_ProceedsBelowLimit",
    );
    await s.market.connect(s.alice).fill(await fillOf(s, bid(s), 10n, proceeds));
  });
});
