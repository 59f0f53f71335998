import { expect } from "chai";
import { ROLES } from "../../ignition/roles.ts";
import { evidence, NO_CONSENT } from "../assets/consents.ts";
import {
  asSteward,
  DELAYS,
  enact,
  ethers,
  networkHelpers,
  PROVINCE,
  passWindow,
  register,
  registration,
  release,
  STATUS,
  type System,
  WINDOWS,
} from "../support/deploy.ts";
import {
  admit,
  claimAll,
  DECISION,
  DEPOSIT,
  deployUnderNotice,
  deployWithHoldings,
  NOTICE,
  REASON,
  succeed,
  UNITS,
} from "./stage.ts";

const { loadFixture, time } = networkHelpers;

/** A policy that refuses every transfer, in force for the asset. */
async function deployClosed() {
  const stage = await deployWithHoldings();
  await close(stage.system, stage.id);
  return stage;
}

async function close(system: System, id: bigint): Promise<void> {
  const refusing = await ethers.deployContract("RefusingPolicy", ["0x12345678"]);
  await asSteward(system, system.policies, "admit", [await refusing.getAddress()]);
  await enact(system, id, 1n);
}

const sale = ({ assets, owner, bob }: System, id: bigint) =>
  assets.connect(owner).safeTransferFrom(owner, bob, id, 1n, "0x");
const gift = ({ assets, alice, bob }: System, id: bigint) =>
  assets.connect(alice).safeTransferFrom(alice, bob, id, UNITS, "0x");

describe("exits of assets", () => {
  it("EXT-08 under notice: fractions move by themselves after the window, anyone closes it", async () => {
    const { system, id } = await loadFixture(deployUnderNotice);
    const { assets, notice, mallory } = system;
    await expect(sale(system, id)).to.be.revertedWithCustomError(assets, "Assets_UnderNotice").withArgs(id);
    const { end } = await notice.proceedingOf(id);
    await expect(notice.connect(mallory).close(id))
      .to.be.revertedWithCustomError(notice, "Notice_Running")
      .withArgs(id, end);
    await passWindow(NOTICE);
    await sale(system, id);
    await expect(notice.connect(mallory).close(id)).to.emit(assets, "NoticeEnded").withArgs(id);
    await sale(system, id);
  });

  it("EXT-09 an open objection: if the registrar is silent, anyone ends it, and fractions move", async () => {
    const { system, id } = await loadFixture(deployUnderNotice);
    const { assets, notice, bob, mallory } = system;
    await passWindow({ duration: NOTICE.duration - 10, blocks: 0 });
    await notice.connect(bob).object(id, REASON);
    await passWindow({ duration: 100, blocks: NOTICE.blocks });
    await expect(sale(system, id)).to.be.revertedWithCustomError(assets, "Assets_UnderNotice").withArgs(id);
    const { decideBy } = await notice.objectionOf(id, 1);
    await expect(notice.connect(mallory).lapse(id, 1))
      .to.be.revertedWithCustomError(notice, "Notice_NotOverdue")
      .withArgs(id, 1n, decideBy);
    await passWindow(DECISION);
    await notice.connect(mallory).lapse(id, 1);
    await sale(system, id);
  });

  it("EXT-10 struck off: revenue is claimed, other objectors get their deposits, other data is registered", async () => {
    const { system, id } = await loadFixture(deployUnderNotice);
    const { assets, notice, currency, registrar, owner, alice, bob, mallory } = system;
    await assets.connect(bob).distribute(id, 7_000n);
    await notice.connect(bob).object(id, REASON);
    await notice.connect(alice).object(id, REASON);
    await notice.connect(registrar).decide(id, 1, true, REASON);
    expect(await assets.statusOf(id)).to.equal(STATUS.struck);
    await claimAll(system, id, owner, 7_000n);
    await notice.connect(mallory).lapse(id, 2);
    for (const objector of [alice, bob]) {
      await expect(notice.connect(objector).withdraw(objector, currency, objector)).to.changeTokenBalance(
        ethers,
        currency,
        objector,
        DEPOSIT,
      );
    }
    const other = await register(system, "other data");
    await passWindow(NOTICE);
    await sale(system, other);
  });

  it("EXT-11 suspended: reinstated, or over by itself", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, supervision, supervisor, alice } = system;
    await supervision.connect(supervisor).suspend(id, REASON);
    const until = await assets.suspendedUntil(id);
    await expect(gift(system, id)).to.be.revertedWithCustomError(assets, "Assets_Suspended").withArgs(id, until);
    await claimAll(system, id, alice, revenue);
    const snapshot = await networkHelpers.takeSnapshot();
    await supervision.connect(supervisor).reinstate(id, REASON);
    await gift(system, id);
    await snapshot.restore();
    await time.setNextBlockTimestamp(until - 1n);
    await expect(gift(system, id)).to.be.revertedWithCustomError(assets, "Assets_Suspended").withArgs(id, until);
    await time.setNextBlockTimestamp(until);
    await gift(system, id);
  });

  it("EXT-12 retired: fractions move, earn and are claimed", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, owner, alice, bob } = system;
    await assets.connect(owner).retire(id);
    await assets.connect(bob).distribute(id, 10_000n);
    await claimAll(system, id, alice, 2n * revenue);
    await gift(system, id);
  });

  it("EXT-13 a policy that refuses everything: another one after its notice, by anyone", async () => {
    const { system, id } = await loadFixture(deployClosed);
    const { assets, policies, owner, mallory } = system;
    await expect(gift(system, id))
      .to.be.revertedWithCustomError(assets, "Assets_PolicyRefused")
      .withArgs(id, 1n, "0x12345678");
    await policies.connect(owner).propose(id, 0n);
    const [, effectiveAt] = await policies.proposalOf(id, owner);
    await expect(policies.connect(mallory).enact(id, owner, []))
      .to.be.revertedWithCustomError(policies, "Policies_NoticeRunning")
      .withArgs(id, effectiveAt);
    await passWindow(WINDOWS.policyNotice);
    await policies.connect(mallory).enact(id, owner, []);
    await gift(system, id);
  });

  it("EXT-13 a policy that refuses everything and a holder who keeps it: the operator whom fractions choose ends it", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { assets, policies, votes, owner, alice, bob, mallory } = system;
    await assets.connect(owner).safeTransferFrom(owner, bob, id, 101n, "0x");
    await close(system, id);
    await votes.connect(alice).vote(id, alice, UNITS);
    await votes.connect(bob).vote(id, alice, 101n);
    await passWindow(WINDOWS.voteWindow);
    await votes.connect(mallory).replace(id);
    await policies.connect(alice).propose(id, 0n);
    await policies.connect(owner).propose(id, 1n);
    await passWindow(WINDOWS.policyNotice);
    await policies.connect(mallory).enact(id, alice, []);
    await gift(system, id);
  });

  it("EXT-14 a policy that refuses everything and a lost holder: its successor proposes another", async () => {
    const { system, id } = await loadFixture(deployClosed);
    const { assets, policies, owner, carol } = system;
    await admit(system, carol);
    await succeed(system, owner.address, carol.address);
    await expect(policies.connect(carol).propose(id, 0n))
      .to.be.revertedWithCustomError(assets, "Assets_NotHolder")
      .withArgs(owner.address, carol.address);
    await assets.handOver(owner, [id]);
    await policies.connect(carol).propose(id, 0n);
    await passWindow(WINDOWS.policyNotice);
    await policies.enact(id, carol, []);
    await gift(system, id);
  });

  it("EXT-15 the operator is gone: more than half of the fractions replace it", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { assets, votes, participants, registrar, operator, owner, bob, mallory } = system;
    await participants.connect(registrar).revoke(operator, REASON);
    await votes.connect(owner).vote(id, bob, 501n);
    const [, effectiveAt] = await votes.majorityOf(id);
    await expect(votes.connect(mallory).replace(id))
      .to.be.revertedWithCustomError(votes, "Votes_WindowRunning")
      .withArgs(id, bob.address, effectiveAt);
    await passWindow(WINDOWS.voteWindow);
    await votes.connect(mallory).replace(id);
    await assets.connect(bob).publish(id, release("by the new operator"));
  });

  it("EXT-16 frozen: released, or over by itself", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { assets, supervision, supervisor, alice } = system;
    await supervision.connect(supervisor).freeze(alice, id, UNITS, REASON);
    const frozen = () =>
      expect(gift(system, id))
        .to.be.revertedWithCustomError(assets, "ERC7943InsufficientUnfrozenBalance")
        .withArgs(alice.address, id, UNITS, 0n);
    await frozen();
    const snapshot = await networkHelpers.takeSnapshot();
    await supervision.connect(supervisor).release(alice, id, REASON);
    await gift(system, id);
    await snapshot.restore();
    const until = await assets.frozenUntil(alice, id);
    expect(until).to.be.at.most(BigInt(await time.latest()) + BigInt(DELAYS.freezeTerm));
    await time.setNextBlockTimestamp(until - 1n);
    await frozen();
    await time.setNextBlockTimestamp(until);
    await gift(system, id);
  });

  it("EXT-28 freezes are renewed without end: the administrator takes the role, and they end by themselves", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { assets, supervision, manager, supervisor, admin, alice } = system;
    await supervision.connect(supervisor).freeze(alice, id, UNITS, REASON);
    await time.increase(DELAYS.freezeTerm - 10);
    await supervision.connect(supervisor).freeze(alice, id, UNITS, REASON);
    const call = [ROLES.SUPERVISOR.id, supervisor.address] as const;
    const data = manager.interface.encodeFunctionData("revokeRole", [...call]);
    await manager.connect(admin).getFunction("schedule")(manager, data, 0);
    await time.increase(DELAYS.admin);
    await manager.connect(admin).getFunction("revokeRole")(...call);
    await expect(supervision.connect(supervisor).freeze(alice, id, UNITS, REASON))
      .to.be.revertedWithCustomError(supervision, "AccessManagedUnauthorized")
      .withArgs(supervisor.address);
    await time.setNextBlockTimestamp(await assets.frozenUntil(alice, id));
    await gift(system, id);
  });

  it("EXT-17 locked for a vote: taken back at any time, also by a holder who is suspended", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { assets, votes, participants, registrar, alice, bob } = system;
    await votes.connect(alice).vote(id, bob, UNITS);
    await expect(gift(system, id))
      .to.be.revertedWithCustomError(assets, "ERC7943InsufficientUnfrozenBalance")
      .withArgs(alice.address, id, UNITS, 0n);
    await participants.connect(registrar).suspend(alice, REASON);
    await votes.connect(alice).withdraw(id);
    await participants.connect(registrar).reinstate(alice, REASON);
    await gift(system, id);
  });

  it("EXT-18 a forced move that was proposed: withdrawn, or expired", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { supervision, registrar, supervisor, alice, bob } = system;
    const move = { from: alice.address, to: bob.address, id, units: UNITS, reason: REASON };
    await supervision.connect(registrar).proposeMove(move);
    const [event] = await supervision.queryFilter(supervision.filters.MoveProposed(), "latest");
    const { moveId, expiry } = event!.args;
    const snapshot = await networkHelpers.takeSnapshot();
    await supervision.connect(registrar).withdrawMove(move);
    await expect(supervision.connect(supervisor).carryOutMove(move))
      .to.be.revertedWithCustomError(supervision, "Supervision_NotProposed")
      .withArgs(moveId);
    await snapshot.restore();
    await passWindow(WINDOWS.moveWindow);
    await time.setNextBlockTimestamp(expiry + 1n);
    await expect(supervision.connect(supervisor).carryOutMove(move))
      .to.be.revertedWithCustomError(supervision, "Supervision_Expired")
      .withArgs(moveId, expiry);
    await gift(system, id);
  });

  it("EXT-19 revenue due to a parent: pushed on by anyone, also while the parent is suspended or retired", async () => {
    const { system, id, revenue } = await loadFixture(deployWithHoldings);
    const { assets, supervision, supervisor, owner, operator, alice, bob, mallory } = system;
    const request = await registration(system, "derived", {
      holder: operator.address,
      release: release("derived", [1n]),
      parents: [{ id, shareBps: 5_000n }],
      evidence: evidence([NO_CONSENT]),
    });
    await assets.connect(operator).register(request);
    const child = await assets.assetIdOf(operator.address, request.release.root);
    await assets.connect(owner).retire(id);
    await supervision.connect(supervisor).suspend(id, REASON);
    await assets.connect(bob).distribute(child, 20_000n);
    await assets.connect(mallory).pushDue(id);
    await claimAll(system, id, alice, 2n * revenue);
  });

  it("EXT-25 a certificate that expired or was withdrawn: renewed, or issued again", async () => {
    const { system, id } = await loadFixture(deployWithHoldings);
    const { certificates, registrar } = system;
    const status = async () => (await certificates.certificate(id)).status;
    await certificates.connect(registrar).issue(id, 100n);
    await time.increase(101);
    expect(await status()).to.equal(2n);
    await gift(system, id);
    await certificates.connect(registrar).renew(id, 100n);
    expect(await status()).to.equal(1n);
    await certificates.connect(registrar).withdraw(id, REASON);
    expect(await status()).to.equal(5n);
    await certificates.connect(registrar).issue(id, 100n);
    expect(await status()).to.equal(1n);
    expect((await certificates.certificate(id)).domain).to.equal(PROVINCE);
  });
});
