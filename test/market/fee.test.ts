import { expect } from "chai";
import { AccessManager__factory, Marketplace__factory } from "../../typechain-types/index.ts";
import { asSteward, DELAYS, ethers, FEE_BPS, networkHelpers } from "../support/deploy.ts";
import { setFee, stage } from "./stage.ts";

const { loadFixture } = networkHelpers;

describe("the market fee", () => {
  it("MKT-85 is set by nobody but a steward", async () => {
    const s = await loadFixture(stage);
    for (const caller of [s.deployer, s.admin, s.authority, s.supervisor, s.treasury, s.alice, s.mallory]) {
      await expect(s.market.connect(caller).setFee(1n, s.alice))
        .to.be.revertedWithCustomError(s.market, "AccessManagedUnauthorized")
        .withArgs(caller);
    }
    expect(await s.market.feeOf()).to.deep.equal([FEE_BPS, s.treasury.address]);
  });

  it("MKT-85 is set by a steward after the delay, not before", async () => {
    const s = await loadFixture(stage);
    const call = s.market.interface.encodeFunctionData("setFee", [200n, s.guardian.address]);
    await expect(s.market.connect(s.steward).setFee(200n, s.guardian)).to.be.revertedWithCustomError(
      s.manager,
      "AccessManagerNotScheduled",
    );
    const manager = AccessManager__factory.connect(await s.manager.getAddress(), s.steward);
    await manager.schedule(s.market, call, 0);
    const ready = BigInt(await networkHelpers.time.latest()) + BigInt(DELAYS.steward);
    await networkHelpers.time.setNextBlockTimestamp(ready - 1n);
    await expect(manager.execute(s.market, call)).to.be.revertedWithCustomError(s.manager, "AccessManagerNotReady");
    await networkHelpers.time.setNextBlockTimestamp(ready);
    await expect(manager.execute(s.market, call)).to.emit(s.market, "FeeChanged").withArgs(200n, s.guardian);
    expect(await s.market.feeOf()).to.deep.equal([200n, s.guardian.address]);
  });

  it("MKT-86 is at most 5 %, and is paid to somebody", async () => {
    const s = await loadFixture(stage);
    const set = (feeBps: bigint, receiver: string) => asSteward(s, s.market, "setFee", [feeBps, receiver]);
    await expect(set(501n, s.treasury.address))
      .to.be.revertedWithCustomError(s.market, "Market_FeeTooHigh")
      .withArgs(501n, 500n);
    await expect(set(1n, ethers.ZeroAddress)).to.be.revertedWithCustomError(s.market, "Market_ZeroAddress");
    await setFee(s, 500n);
    expect((await s.market.feeOf()).feeBps).to.equal(500n);
    await setFee(s, 0n);
    expect((await s.market.feeOf()).feeBps).to.equal(0n);
  });

  it("MKT-86 is so from the first day", async () => {
    const s = await loadFixture(stage);
    const factory = new Marketplace__factory(s.deployer);
    await expect(factory.deploy(s.manager, s.assets, 501n, s.treasury))
      .to.be.revertedWithCustomError(s.market, "Market_FeeTooHigh")
      .withArgs(501n, 500n);
    await expect(factory.deploy(s.manager, s.assets, 1n, ethers.ZeroAddress)).to.be.revertedWithCustomError(
      s.market,
      "Market_ZeroAddress",
    );
    const market = await factory.deploy(s.manager, s.assets, 500n, s.treasury);
    await expect(market.deploymentTransaction()).to.emit(market, "FeeChanged").withArgs(500n, s.treasury);
  });
});
