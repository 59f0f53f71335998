import { expect } from "chai";
import { ethers, networkHelpers } from "../support/deploy.ts";
import { order } from "../support/orders.ts";
import { ask, bid, fillOf, partsOf, selectorOf, stage, UNIT_PRICE } from "./stage.ts";

const { loadFixture } = networkHelpers;

describe("filling many orders", () => {
  it("MKT-50 fills what can be filled, and says of each other order why not", async () => {
    const s = await loadFixture(stage);
    await s.market.connect(s.alice).cancel(1n);
    const unsigned = { ...(await fillOf(s, ask(s, { nonce: 2n }))), signature: "0x" };
    const fills = [
      await fillOf(s, ask(s, { nonce: 1n })),
      await fillOf(s, ask(s), 10n),
      unsigned,
      await fillOf(s, ask(s, { nonce: 3n }), 1n, UNIT_PRICE - 1n),
      await fillOf(s, order(s.owner.address, s.id), 20n),
      await fillOf(s, ask(s, { nonce: 4n, units: 1_000n }), 501n),
      await fillOf(s, bid(s)),
      await fillOf(s, ask(s, { id: 7n })),
    ];
    const reasons = [
      selectorOf(s.market, "Market_Cancelled"),
      "0x00000000",
      selectorOf(s.market, "Market_BadSignature"),
      selectorOf(s.market, "Market_PriceAboveLimit"),
      "0x00000000",
      selectorOf(s.assets, "ERC1155InsufficientBalance"),
      selectorOf(s.market, "Market_SelfTrade"),
      selectorOf(s.assets, "Assets_Unknown"),
    ];
    const hashes = await Promise.all(fills.map((fill) => s.market.hashOrder(fill.order)));
    const market = s.market.connect(s.bob);
    const expected = fills.map((fill, i) => [hashes[i], i === 1 || i === 4 ? fill.units : 0n, reasons[i]]);
    expect(await market.fillMany.staticCall(fills)).to.deep.equal(expected);

    const receipt = (await (await market.fillMany(fills)).wait())!;
    const events = receipt.logs
      .filter((log) => log.address === market.target)
      .map((log) => market.interface.parseLog(log)!);
    const missed = events.filter(({ name }) => name === "OrderNotFilled").map(({ args }) => [...args]);
    expect(missed).to.deep.equal(
      hashes.flatMap((hash, i) => (reasons[i] === "0x00000000" ? [] : [[hash, s.bob.address, reasons[i]]])),
    );
    const filled = events
      .filter(({ name }) => name === "OrderFilled")
      .map(({ args }) => [args.orderHash, args.taker, args.units]);
    expect(filled).to.deep.equal([
      [hashes[1], s.bob.address, 10n],
      [hashes[4], s.bob.address, 20n],
    ]);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(30n);
  });

  it("MKT-50 explains beforehand what then becomes of each", async () => {
    const s = await loadFixture(stage);
    await s.market.connect(s.alice).cancel(1n);
    const [dead, alive] = [await fillOf(s, ask(s, { nonce: 1n })), await fillOf(s, ask(s))];
    expect(await s.market.explainFill(s.bob, alive)).to.deep.equal([true, "0x00000000"]);
    expect(await s.market.explainFill(s.bob, dead)).to.deep.equal([false, selectorOf(s.market, "Market_Cancelled")]);
    expect(await s.market.explainFill(s.carol, alive)).to.deep.equal([
      false,
      selectorOf(s.assets, "ERC7943CannotReceive"),
    ]);
  });

  it("MKT-51 reverts where nothing could be filled, and where nothing was asked", async () => {
    const s = await loadFixture(stage);
    await s.market.connect(s.alice).cancelAll();
    const market = s.market.connect(s.bob);
    const fills = [await fillOf(s, ask(s)), await fillOf(s, ask(s, { nonce: 1n }))];
    await expect(market.fillMany(fills)).to.be.revertedWithCustomError(market, "Market_NothingFilled");
    await expect(market.fillMany([])).to.be.revertedWithCustomError(market, "Market_NothingFilled");
  });

  it("MKT-52 fills the same order twice in one call, each time with what is left", async () => {
    const s = await loadFixture(stage);
    const terms = ask(s);
    const hash = await s.market.hashOrder(terms);
    const market = s.market.connect(s.bob);
    const fills = [await fillOf(s, terms, 60n), await fillOf(s, terms, 60n), await fillOf(s, terms, 40n)];
    const expected = [
      [hash, 60n, "0x00000000"],
      [hash, 0n, selectorOf(market, "Market_NotEnoughLeft")],
      [hash, 40n, "0x00000000"],
    ];
    expect(await market.fillMany.staticCall(fills)).to.deep.equal(expected);
    await market.fillMany(fills);
    expect(await market.orderStatus(hash)).to.deep.equal([100n, false]);
    expect(await s.assets.balanceOf(s.bob, s.id)).to.equal(100n);
  });

  it("MKT-50 stops paying where the taker's money ends", async () => {
    const s = await loadFixture(stage);
    const { price } = partsOf(10n);
    await s.currency.connect(s.bob).approve(s.market, price * 2n);
    const market = s.market.connect(s.bob);
    const fills = await Promise.all([0n, 1n, 2n].map((nonce) => fillOf(s, ask(s, { nonce }))));
    const outcomes = await market.fillMany.staticCall(fills);
    expect(outcomes.map(({ reason }) => reason)).to.deep.equal([
      "0x00000000",
      "0x00000000",
      selectorOf(market, "Market_PaymentFailed"),
    ]);
  });

  it("MKT-55 keeps its inner function to itself", async () => {
    const s = await loadFixture(stage);
    const fill = await fillOf(s, ask(s));
    for (const caller of [s.bob, s.mallory, s.steward, s.treasury]) {
      await expect(s.market.connect(caller).fillFor(s.bob, fill))
        .to.be.revertedWithCustomError(s.market, "Market_OnlyItself")
        .withArgs(caller);
    }
  });

  it("MKT-20 passes over makers who are no longer active", async () => {
    const s = await loadFixture(stage);
    await s.participants.connect(s.registrar).suspend(s.alice, ethers.id("reason"));
    const fills = [await fillOf(s, ask(s)), await fillOf(s, order(s.owner.address, s.id))];
    const outcomes = await s.market.connect(s.bob).fillMany.staticCall(fills);
    expect(outcomes.map(({ units, reason }) => [units, reason])).to.deep.equal([
      [0n, selectorOf(s.assets, "ERC7943CannotSend")],
      [10n, "0x00000000"],
    ]);
  });
});
