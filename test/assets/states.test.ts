import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import {
  DELAYS,
  deploy,
  ethers,
  networkHelpers,
  register,
  registration,
  release,
  STATUS,
  type System,
  ZeroHash,
} from "../support/deploy.ts";
import { evidence, NO_CONSENT } from "./consents.ts";

const { loadFixture } = networkHelpers;
const REASON = ethers.id("statement of reasons");

async function deployWithAsset() {
  const system = await deploy();
  const id = await register(system);
  const { assets, owner, alice } = system;
  await assets.connect(owner).safeTransferFrom(owner, alice, id, 100n, "0x");
  return { system, id };
}

/** The enforcer's forced transfer, carried out behind its delay. */
async function force(system: System, id: bigint): Promise<ContractTransactionResponse> {
  const { assets, enforcer, manager, alice, bob } = system;
  const data = assets.interface.encodeFunctionData("forcedTransfer", [alice.address, bob.address, id, 1n]);
  await manager.connect(enforcer).getFunction("schedule")(assets, data, 0);
  await networkHelpers.time.increase(DELAYS.enforcer);
  return assets.connect(enforcer).forcedTransfer(alice, bob, id, 1n);
}

/** Everything that may be done to an asset, each by whoever is entitled to it. */
const ACTIONS = {
  transfer: ({ assets, alice, bob }: System, id: bigint) =>
    assets.connect(alice).safeTransferFrom(alice, bob, id, 1n, "0x"),
  transferBatch: ({ assets, alice, bob }: System, id: bigint) =>
    assets.connect(alice).safeBatchTransferFrom(alice, bob, [id, id], [1n, 0n], "0x"),
  publish: ({ assets, operator }: System, id: bigint) => assets.connect(operator).publish(id, release("next")),
  derive: async (system: System, id: bigint) =>
    system.assets.connect(system.operator).register(
      await registration(system, "derived", {
        holder: system.operator.address,
        release: release("derived", [1n]),
        parents: [{ id, shareBps: 1n }],
        evidence: evidence([NO_CONSENT]),
      }),
    ),
  retire: ({ assets, owner }: System, id: bigint) => assets.connect(owner).retire(id),
  suspend: ({ assets, supervisor }: System, id: bigint) => assets.connect(supervisor).suspendAsset(id, REASON),
  reinstate: ({ assets, supervisor }: System, id: bigint) => assets.connect(supervisor).reinstateAsset(id, REASON),
  distribute: ({ assets, bob }: System, id: bigint) => assets.connect(bob).distribute(id, 1_000n),
  claim: async ({ assets, alice, bob }: System, id: bigint) => {
    await assets.connect(bob).distribute(id, 1_000n);
    return assets.connect(alice).claim([id], alice);
  },
  freeze: ({ assets, supervisor, owner }: System, id: bigint) =>
    assets.connect(supervisor).setFrozenTokens(owner, id, 1n),
  force,
  proposePolicy: ({ assets, owner }: System, id: bigint) => assets.connect(owner).proposePolicy(id, 0n),
  applyPolicy: async ({ assets, owner, mallory }: System, id: bigint) => {
    await assets.connect(owner).proposePolicy(id, 0n);
    await networkHelpers.time.increase(DELAYS.policyNotice);
    return assets.connect(mallory).applyPolicy(id);
  },
} satisfies Record<string, (system: System, id: bigint) => Promise<ContractTransactionResponse>>;

type Action = keyof typeof ACTIONS;

/** Tries every action on the asset as it stands: its status refuses those named, all others go through. */
async function onlyRefuses(system: System, id: bigint, status: bigint, refused: Action[]) {
  for (const name of Object.keys(ACTIONS) as Action[]) {
    const snapshot = await networkHelpers.takeSnapshot();
    if (refused.includes(name)) {
      await expect(ACTIONS[name](system, id), name)
        .to.be.revertedWithCustomError(
          system.assets,
          name === "reinstate" ? "Assets_NotSuspended" : "Assets_NotInForce",
        )
        .withArgs(id, status);
    } else {
      expect(await (await ACTIONS[name](system, id)).wait(), name).to.have.property("status", 1);
    }
    await snapshot.restore();
  }
}

describe("states of an asset", () => {
  it("AST-43 change with a reason and the name of who changed them", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { assets, supervisor, owner } = system;
    const changed = (status: bigint, by: string, reason: string) => [id, status, by, reason] as const;
    await expect(ACTIONS.suspend(system, id))
      .to.emit(assets, "AssetStatusChanged")
      .withArgs(...changed(STATUS.suspended, supervisor.address, REASON));
    expect(await assets.statusOf(id)).to.equal(STATUS.suspended);
    await expect(ACTIONS.reinstate(system, id))
      .to.emit(assets, "AssetStatusChanged")
      .withArgs(...changed(STATUS.registered, supervisor.address, REASON));
    expect(await assets.statusOf(id)).to.equal(STATUS.registered);
    await expect(ACTIONS.retire(system, id))
      .to.emit(assets, "AssetStatusChanged")
      .withArgs(...changed(STATUS.retired, owner.address, ZeroHash));
    expect(await assets.statusOf(id)).to.equal(STATUS.retired);
  });

  it("AST-44 registered: everything goes but a reinstatement", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    await onlyRefuses(system, id, STATUS.registered, ["reinstate"]);
  });

  it("AST-45 suspended: no transfer, release, derivation, retirement, suspension; all else goes on", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    await ACTIONS.suspend(system, id);
    const refused: Action[] = ["transfer", "transferBatch", "publish", "derive", "retire", "suspend"];
    await onlyRefuses(system, id, STATUS.suspended, refused);
  });

  it("AST-46 retired: no release, derivation or suspension; units move and earn", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    await ACTIONS.retire(system, id);
    await onlyRefuses(system, id, STATUS.retired, ["publish", "derive", "retire", "suspend", "reinstate"]);
  });

  it("AST-47 are ended by the holder alone", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { assets, owner, operator, alice, supervisor } = system;
    for (const stranger of [operator, alice, supervisor]) {
      await expect(assets.connect(stranger).retire(id))
        .to.be.revertedWithCustomError(assets, "Assets_NotHolder")
        .withArgs(owner.address, stranger.address);
    }
  });

  it("AST-88 are not ended, and policies not announced, by a holder who is not active", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { assets, owner, participants, registrar } = system;
    await participants.connect(registrar).suspend(owner, REASON);
    for (const call of [assets.connect(owner).retire(id), assets.connect(owner).proposePolicy(id, 0n)]) {
      await expect(call).to.be.revertedWithCustomError(assets, "Assets_Inactive").withArgs(owner);
    }
    await participants.connect(registrar).reinstate(owner, REASON);
    await assets.connect(owner).proposePolicy(id, 0n);
    await assets.connect(owner).retire(id);
    expect(await assets.statusOf(id)).to.equal(STATUS.retired);
  });

  it("AST-48 unknown: nothing can be done to an asset that was never registered", async () => {
    const { system } = await loadFixture(deployWithAsset);
    const { claim: _, ...others } = ACTIONS;
    for (const [name, action] of Object.entries(others)) {
      await expect(action(system, 7n), name)
        .to.be.revertedWithCustomError(system.assets, "Assets_Unknown")
        .withArgs(7n);
    }
    const { assets, alice } = system;
    await expect(assets.connect(alice).claim([7n], alice))
      .to.be.revertedWithCustomError(assets, "Assets_NothingToClaim")
      .withArgs(alice.address);
    await expect(assets.assetOf(7n)).to.be.revertedWithCustomError(assets, "Assets_Unknown").withArgs(7n);
    await expect(assets.operatorOf(7n)).to.be.revertedWithCustomError(assets, "Assets_Unknown").withArgs(7n);
    await expect(assets.saleTerms(7n, 1n)).to.be.revertedWithCustomError(assets, "Assets_Unknown").withArgs(7n);
    expect(await assets.statusOf(7n)).to.equal(STATUS.none);
    expect(await assets.totalSupply(7n)).to.equal(0n);
  });

  it("AST-49 come back from a suspension as they were", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    await ACTIONS.distribute(system, id);
    const before = await system.assets.assetOf(id);
    await ACTIONS.suspend(system, id);
    await ACTIONS.reinstate(system, id);
    expect(await system.assets.assetOf(id)).to.deep.equal(before);
    await onlyRefuses(system, id, STATUS.registered, ["reinstate"]);
  });
});
