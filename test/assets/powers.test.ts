import { expect } from "chai";
import { deploy, ethers, networkHelpers, passWindow, register, WINDOWS } from "../support/deploy.ts";

const { loadFixture } = networkHelpers;
const REASON = ethers.id("court order");
const MOVE = "tuple(address from, address to, uint256 id, uint256 units, bytes32 reason)";

async function deployWithHolders() {
  const system = await deploy();
  const id = await register(system);
  const { assets, owner, alice, bob } = system;
  await assets.connect(owner).safeTransferFrom(owner, alice, id, 400n, "0x");
  await assets.connect(owner).safeTransferFrom(owner, bob, id, 200n, "0x");
  return { system, id };
}

describe("powers on the deployed system", () => {
  it("VOT-42 holders replace the operator, and events say who voted, who leads and who was replaced", async () => {
    const { system, id } = await loadFixture(deployWithHolders);
    const { assets, votes, owner, operator, alice, bob, mallory } = system;
    await expect(votes.connect(alice).vote(id, bob, 400n))
      .to.emit(votes, "Voted")
      .withArgs(id, alice.address, bob.address, 400n);
    await votes.connect(owner).vote(id, bob, 101n);
    const [reached] = await votes.queryFilter(votes.filters.MajorityReached(id));
    const [candidate, effectiveAt] = await votes.majorityOf(id);
    expect([reached?.args.candidate, reached?.args.units]).to.deep.equal([bob.address, 501n]);
    expect([candidate, effectiveAt]).to.deep.equal([bob.address, reached?.args.effectiveAt]);
    await expect(votes.connect(mallory).replace(id))
      .to.be.revertedWithCustomError(votes, "Votes_WindowRunning")
      .withArgs(id, bob.address, effectiveAt);
    await passWindow(WINDOWS.voteWindow);
    await expect(votes.connect(mallory).replace(id))
      .to.emit(assets, "OperatorReplaced")
      .withArgs(id, operator.address, bob.address);
    expect(await assets.operatorOf(id)).to.equal(bob.address);
    expect(await votes.lockedOf(id, alice)).to.equal(0n);
  });

  it("SUP-51 a move is known by the hash of its encoding, from the announcement to the execution", async () => {
    const { system, id } = await loadFixture(deployWithHolders);
    const { supervision, assets, registrar, supervisor, alice, bob } = system;
    const move = { from: alice.address, to: bob.address, id, units: 400n, reason: REASON };
    const moveId = ethers.keccak256(ethers.AbiCoder.defaultAbiCoder().encode([MOVE], [move]));
    await supervision.connect(supervisor).freeze(alice, id, 400n, REASON);
    await supervision.connect(registrar).proposeMove(move);
    const [proposed] = await supervision.queryFilter(supervision.filters.MoveProposed(moveId));
    expect(proposed?.args.move).to.deep.equal([move.from, move.to, move.id, move.units, move.reason]);
    const { ready, expiry } = await supervision.moveOf(moveId);
    expect([proposed?.args.ready, proposed?.args.expiry]).to.deep.equal([ready, expiry]);
    await passWindow(WINDOWS.moveWindow);
    await expect(supervision.connect(supervisor).carryOutMove(move))
      .to.emit(supervision, "MoveCarriedOut")
      .withArgs(moveId, registrar.address, supervisor.address);
    expect(await assets.balanceOf(bob, id)).to.equal(600n);
  });
});
