import { expect } from "chai";
import { DELAYS, ethers, networkHelpers, PROVINCE, passWindow } from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";
import { admit, claimAll, DECISION, DEPOSIT, deployUnderNotice, deployWithHoldings, REASON, succeed } from "./stage.ts";

const { loadFixture, time } = networkHelpers;
/** All that fits into the revenue total of an asset. */
const ROOM = (1n << 92n) - 1n;
const WEEK = 7 * 86_400;

describe("exits of money, orders and operations", () => {
  it("EXT-20 revenue of a lost account: moves with the hand-over, and the successor claims it", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, alice, carol } = system;
    await admit(system, carol);
    await succeed(system, alice.address, carol.address);
    expect(await assets.claimable(id, alice)).to.equal(revenue);
    await assets.handOver(alice, [id]);
    expect(await assets.claimable(id, alice)).to.equal(0n);
    await claimAll(system, id, carol, revenue);
  });

  it("EXT-21 revenue in excess: withdrawn by the holder, or by its successor", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { assets, currency, owner, bob, carol, mallory } = system;
    await currency.mint(bob, ROOM);
    await assets.connect(bob).distribute(id, ROOM);
    const excess = await assets.excessOf(owner, currency);
    expect(excess).to.equal(10_000n);
    await expect(assets.connect(bob).withdrawExcess(owner, currency, bob))
      .to.be.revertedWithCustomError(assets, "Assets_NotPayee")
      .withArgs(owner.address, bob.address);
    const snapshot = await networkHelpers.takeSnapshot();
    await expect(assets.connect(owner).withdrawExcess(owner, currency, owner)).to.changeTokenBalance(
      ethers,
      currency,
      owner,
      excess,
    );
    await snapshot.restore();
    for (const heir of [carol, mallory]) await admit(system, heir);
    await succeed(system, owner.address, carol.address);
    await succeed(system, carol.address, mallory.address);
    await expect(assets.connect(mallory).withdrawExcess(owner, currency, mallory)).to.changeTokenBalance(
      ethers,
      currency,
      mallory,
      excess,
    );
  });

  it("EXT-22 an open order: cancelled by its maker, active or not, or expired", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { market, participants, registrar, alice, bob } = system;
    const expiry = BigInt(await time.latest()) + 1_000n;
    const terms = order(alice.address, id, { nonce: 3n, expiry });
    const fill = { order: terms, signature: await sign(system, alice, terms), units: 10n, limit: ethers.MaxUint256 };
    const snapshot = await networkHelpers.takeSnapshot();
    await market.connect(alice).post(terms);
    await participants.connect(registrar).suspend(alice, REASON);
    await market.connect(alice).cancel(3n);
    await participants.connect(registrar).reinstate(alice, REASON);
    await expect(market.connect(bob).fill(fill))
      .to.be.revertedWithCustomError(market, "Market_Cancelled")
      .withArgs(alice.address, 3n);
    await snapshot.restore();
    await time.setNextBlockTimestamp(expiry + 1n);
    await expect(market.connect(bob).fill(fill))
      .to.be.revertedWithCustomError(market, "Market_Expired")
      .withArgs(expiry, expiry + 1n);
  });

  it("EXT-23 a credited deposit: withdrawn by its owner once it is active, or by its successor", async () => {
    const { system, id } = await loadFixture(deployUnderNotice);
    const { notice, currency, participants, registrar, alice, bob, carol, mallory } = system;
    await notice.connect(bob).object(id, REASON);
    await passWindow(DECISION);
    await notice.connect(mallory).lapse(id, 1);
    await participants.connect(registrar).suspend(bob, REASON);
    await expect(notice.connect(bob).withdraw(bob, currency, bob))
      .to.be.revertedWithCustomError(notice, "Notice_Inactive")
      .withArgs(bob.address);
    await expect(notice.connect(alice).withdraw(bob, currency, alice))
      .to.be.revertedWithCustomError(notice, "Notice_NotPayee")
      .withArgs(bob.address, alice.address);
    const snapshot = await networkHelpers.takeSnapshot();
    await participants.connect(registrar).reinstate(bob, REASON);
    await expect(notice.connect(bob).withdraw(bob, currency, bob)).to.changeTokenBalance(
      ethers,
      currency,
      bob,
      DEPOSIT,
    );
    await snapshot.restore();
    await admit(system, carol);
    await succeed(system, bob.address, carol.address);
    await expect(notice.connect(carol).withdraw(bob, currency, carol)).to.changeTokenBalance(
      ethers,
      currency,
      carol,
      DEPOSIT,
    );
  });

  it("EXT-24 a dismissed currency: revenue is distributed and claimed as before", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, currencies, currency, authority, alice, bob } = system;
    await currencies.connect(authority).dismiss(currency);
    await assets.connect(bob).distribute(id, 10_000n);
    await claimAll(system, id, alice, 2n * revenue);
  });

  it("EXT-26 a scheduled operation: cancelled by the guardian, or expired", async () => {
    const { system } = await loadFixture(deployWithHoldings);
    const { manager, participants, steward, guardian, mallory } = system;
    const data = participants.interface.encodeFunctionData("changeRegistrar", [PROVINCE, mallory.address]);
    const operation: string = await manager.getFunction("hashOperation")(steward, participants, data);
    await manager.connect(steward).getFunction("schedule")(participants, data, 0);
    const snapshot = await networkHelpers.takeSnapshot();
    await manager.connect(guardian).getFunction("cancel")(steward, participants, data);
    await time.increase(DELAYS.steward);
    await expect(steward.sendTransaction({ to: participants, data }))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(operation);
    await snapshot.restore();
    await time.increase(DELAYS.steward + WEEK);
    await expect(steward.sendTransaction({ to: participants, data }))
      .to.be.revertedWithCustomError(manager, "AccessManagerExpired")
      .withArgs(operation);
  });
});
