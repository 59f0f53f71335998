import { expect } from "chai";
import { ROLES } from "../../ignition/roles.ts";
import { DELAYS, networkHelpers } from "../support/deploy.ts";
import { type AccessSystem, deployWithAsset } from "./calls.ts";

const { loadFixture, time } = networkHelpers;
/** AccessManager's own: a scheduled operation that nobody carries out is void after a week. */
const EXPIRATION = 7 * 86_400;

/** A change of the market fee that the steward has scheduled, one second ago at most. */
async function scheduled() {
  const { system } = await deployWithAsset();
  const { market, steward, manager, treasury } = system;
  const data = market.interface.encodeFunctionData("setFee", [77n, treasury.address]);
  await manager.connect(steward).schedule(market, data, 0);
  const operation: string = await manager.hashOperation(steward, market, data);
  return { system, data, operation, readyAt: Number(await manager.getSchedule(operation)) };
}

/** An operation of the administrator on the manager itself: making the guardian a steward without delay. */
async function scheduledByAdmin(system: AccessSystem) {
  const { admin, manager, guardian } = system;
  const data = manager.interface.encodeFunctionData("grantRole", [ROLES.STEWARD.id, guardian.address, 0]);
  await manager.connect(admin).schedule(manager, data, 0);
  const operation: string = await manager.hashOperation(admin, manager, data);
  return { data, operation, readyAt: Number(await manager.getSchedule(operation)) };
}

describe("delays", () => {
  it("ACC-07 refuses a scheduled operation one second before its time, directly and through the manager", async () => {
    const { system, data, operation, readyAt } = await loadFixture(scheduled);
    const { market, steward, manager } = system;
    expect(readyAt).to.equal((await time.latest()) + DELAYS.steward);
    await time.setNextBlockTimestamp(readyAt - 2);
    await expect(steward.sendTransaction({ to: market, data }))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotReady")
      .withArgs(operation);
    await time.setNextBlockTimestamp(readyAt - 1);
    await expect(manager.connect(steward).execute(market, data))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotReady")
      .withArgs(operation);
  });

  it("ACC-07 refuses to schedule for earlier than the delay", async () => {
    const { system, data } = await loadFixture(scheduled);
    const { market, steward, manager } = system;
    const tooEarly = (await time.latest()) + DELAYS.steward;
    await expect(manager.connect(steward).schedule(market, data, tooEarly))
      .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCall")
      .withArgs(steward.address, await market.getAddress(), data.slice(0, 10));
  });

  it("ACC-08 carries a scheduled operation out once, at its time", async () => {
    const { system, data, operation, readyAt } = await loadFixture(scheduled);
    const { market, steward, manager } = system;
    await time.setNextBlockTimestamp(readyAt);
    await steward.sendTransaction({ to: market, data });
    expect((await market.feeOf()).feeBps).to.equal(77n);
    await expect(steward.sendTransaction({ to: market, data }))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(operation);
  });

  it("ACC-08 covers the arguments that were scheduled and no others", async () => {
    const { system, readyAt } = await loadFixture(scheduled);
    const { market, steward, manager, treasury } = system;
    await time.increaseTo(readyAt);
    const other = market.interface.encodeFunctionData("setFee", [78n, treasury.address]);
    await expect(market.connect(steward).setFee(78n, treasury))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(await manager.hashOperation(steward, market, other));
  });

  it("ACC-09 lets the guardian cancel what stewards scheduled", async () => {
    const { system, data, operation, readyAt } = await loadFixture(scheduled);
    const { market, steward, guardian, manager, participants, carol } = system;
    await expect(manager.connect(guardian).cancel(steward, market, data))
      .to.emit(manager, "OperationCanceled")
      .withArgs(operation, 1n);
    await time.increaseTo(readyAt);
    await expect(steward.sendTransaction({ to: market, data }))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(operation);

    const change = participants.interface.encodeFunctionData("changeRegistrar", [330_000n, carol.address]);
    await manager.connect(steward).schedule(participants, change, 0);
    await manager.connect(guardian).cancel(steward, participants, change);
    await time.increase(DELAYS.steward);
    await expect(steward.sendTransaction({ to: participants, data: change }))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(await manager.hashOperation(steward, participants, change));
  });

  it("ACC-10 lets nobody cancel but who scheduled, the guardian and the administrator", async () => {
    const { system, data, operation } = await loadFixture(scheduled);
    const { market, steward, manager } = system;
    const target = await market.getAddress();
    for (const stranger of [system.mallory, system.deployer, system.authority, system.registrar, system.supervisor]) {
      await expect(manager.connect(stranger).cancel(steward, market, data))
        .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCancel")
        .withArgs(stranger.address, steward.address, target, data.slice(0, 10));
    }
    for (const entitled of [steward, system.admin]) {
      const snapshot = await networkHelpers.takeSnapshot();
      await manager.connect(entitled).cancel(steward, market, data);
      expect(await manager.getSchedule(operation)).to.equal(0n);
      await snapshot.restore();
    }
  });

  it("ACC-11 lets a scheduled operation expire after a week", async () => {
    const { system, data, operation, readyAt } = await loadFixture(scheduled);
    const { market, steward, manager } = system;
    const snapshot = await networkHelpers.takeSnapshot();
    await time.setNextBlockTimestamp(readyAt + EXPIRATION - 1);
    await steward.sendTransaction({ to: market, data });
    await snapshot.restore();
    await time.setNextBlockTimestamp(readyAt + EXPIRATION);
    await expect(steward.sendTransaction({ to: market, data }))
      .to.be.revertedWithCustomError(manager, "AccessManagerExpired")
      .withArgs(operation);
  });

  it("ACC-12 puts the administrator itself behind its delay", async () => {
    const { system } = await loadFixture(deployWithAsset);
    const { admin, manager, guardian } = system;
    const grant = () => manager.connect(admin).grantRole(ROLES.STEWARD.id, guardian, 0);
    const { operation, readyAt } = await scheduledByAdmin(system);
    expect(readyAt).to.equal((await time.latest()) + DELAYS.admin);
    await time.setNextBlockTimestamp(readyAt - 1);
    await expect(grant()).to.be.revertedWithCustomError(manager, "AccessManagerNotReady").withArgs(operation);
    await time.setNextBlockTimestamp(readyAt);
    await grant();
    expect((await manager.hasRole(ROLES.STEWARD.id, guardian))[0]).to.equal(true);
    const again = manager.interface.encodeFunctionData("revokeRole", [ROLES.STEWARD.id, guardian.address]);
    await expect(manager.connect(admin).revokeRole(ROLES.STEWARD.id, guardian))
      .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
      .withArgs(await manager.hashOperation(admin, manager, again));
  });

  it("ACC-13 leaves what the administrator scheduled to the administrator to cancel, not to the guardian", async () => {
    const { system } = await loadFixture(deployWithAsset);
    const { admin, manager, guardian } = system;
    const { data, operation } = await scheduledByAdmin(system);
    await expect(manager.connect(guardian).cancel(admin, manager, data))
      .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCancel")
      .withArgs(guardian.address, admin.address, await manager.getAddress(), data.slice(0, 10));
    await manager.connect(admin).cancel(admin, manager, data);
    expect(await manager.getSchedule(operation)).to.equal(0n);
  });

  it("ACC-14 takes a role's powers at once when it is revoked, scheduled operations included", async () => {
    const { system, data, readyAt } = await loadFixture(scheduled);
    const { admin, market, steward, manager, treasury } = system;
    const revoke = manager.interface.encodeFunctionData("revokeRole", [ROLES.STEWARD.id, steward.address]);
    await manager.connect(admin).schedule(manager, revoke, 0);
    await time.increase(DELAYS.admin);
    await manager.connect(admin).execute(manager, revoke);
    await time.increaseTo(Math.max(readyAt, (await time.latest()) + 1));
    await expect(steward.sendTransaction({ to: market, data }))
      .to.be.revertedWithCustomError(market, "AccessManagedUnauthorized")
      .withArgs(steward.address);
    await expect(market.connect(steward).setFee(0n, treasury))
      .to.be.revertedWithCustomError(market, "AccessManagedUnauthorized")
      .withArgs(steward.address);
  });
});
