import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import {
  asSteward,
  DELAYS,
  deploy,
  enact,
  ethers,
  force,
  networkHelpers,
  PROVINCE,
  passWindow,
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
  suspend: ({ supervision, supervisor }: System, id: bigint) => supervision.connect(supervisor).suspend(id, REASON),
  reinstate: ({ supervision, supervisor }: System, id: bigint) => supervision.connect(supervisor).reinstate(id, REASON),
  distribute: ({ assets, bob }: System, id: bigint) => assets.connect(bob).distribute(id, 1_000n),
  claim: async ({ assets, alice, bob }: System, id: bigint) => {
    await assets.connect(bob).distribute(id, 1_000n);
    return assets.connect(alice).claim([id], alice);
  },
  freeze: ({ supervision, supervisor, owner }: System, id: bigint) =>
    supervision.connect(supervisor).freeze(owner, id, 1n, REASON),
  force: (system: System, id: bigint) => force(system, system.owner.address, system.bob.address, id, 1n),
  vote: ({ votes, owner, bob }: System, id: bigint) => votes.connect(owner).vote(id, bob, 1n),
  proposePolicy: ({ policies, owner }: System, id: bigint) => policies.connect(owner).propose(id, 0n),
  enactPolicy: (system: System, id: bigint) => enact(system, id, 0n),
} satisfies Record<string, (system: System, id: bigint) => Promise<ContractTransactionResponse>>;

type Action = keyof typeof ACTIONS;

type Refusal = readonly [error: string, ...values: unknown[]];

/** Tries every action on the asset as it stands: those named are refused as stated, all others go through. */
async function onlyRefuses(system: System, id: bigint, refusals: Partial<Record<Action, Refusal>>) {
  for (const name of Object.keys(ACTIONS) as Action[]) {
    const snapshot = await networkHelpers.takeSnapshot();
    const refusal = refusals[name];
    if (refusal === undefined) {
      expect(await (await ACTIONS[name](system, id)).wait(), name).to.have.property("status", 1);
    } else {
      const [error, ...values] = refusal;
      const contract = error.startsWith("Supervision") ? system.supervision : system.assets;
      await expect(ACTIONS[name](system, id), name)
        .to.be.revertedWithCustomError(contract, error)
        .withArgs(...values);
    }
    await snapshot.restore();
  }
}

const each = (names: Action[], refusal: Refusal) => Object.fromEntries(names.map((name) => [name, refusal]));
const notSuspended = (id: bigint) => each(["reinstate"], ["Supervision_NotSuspended", id]);

describe("states of an asset", () => {
  it("AST-43 change with a reason and the name of who changed them", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    const { assets, supervision, supervisor, owner } = system;
    const suspension = ACTIONS.suspend(system, id);
    await expect(suspension).to.emit(assets, "AssetSuspended");
    const until = await assets.suspendedUntil(id);
    expect(until).to.equal(BigInt((await networkHelpers.time.latest()) + DELAYS.freezeTerm));
    await expect(suspension).to.emit(supervision, "Suspended").withArgs(id, supervisor.address, REASON, until);
    await expect(suspension).to.emit(assets, "AssetSuspended").withArgs(id, until);
    const end = ACTIONS.reinstate(system, id);
    await expect(end).to.emit(supervision, "Reinstated").withArgs(id, supervisor.address, REASON);
    await expect(end).to.emit(assets, "AssetSuspended").withArgs(id, 0n);
    await expect(ACTIONS.retire(system, id))
      .to.emit(assets, "AssetStatusChanged")
      .withArgs(id, STATUS.retired, owner.address, ZeroHash);
    expect(await assets.statusOf(id)).to.equal(STATUS.retired);
  });

  it("AST-44 registered: everything goes but a reinstatement", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    await onlyRefuses(system, id, notSuspended(id));
  });

  it("AST-45 suspended: no transfer, release, derivation, retirement; all else goes on, and it can be renewed", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    await ACTIONS.suspend(system, id);
    const until = await system.assets.suspendedUntil(id);
    const stopped: Action[] = ["transfer", "transferBatch", "publish", "derive", "retire"];
    await onlyRefuses(system, id, each(stopped, ["Assets_Suspended", id, until]));
    await networkHelpers.time.increaseTo(until);
    await onlyRefuses(system, id, {});
  });

  it("AST-46 retired: no release or derivation; units move and earn, and can be suspended", async () => {
    const { system, id } = await loadFixture(deployWithAsset);
    await ACTIONS.retire(system, id);
    const ended = each(["publish", "derive", "retire"], ["Assets_NotInForce", id, STATUS.retired]);
    await onlyRefuses(system, id, { ...ended, ...notSuspended(id) });
    await ACTIONS.suspend(system, id);
    const until = await system.assets.suspendedUntil(id);
    const stopped = each(["transfer", "transferBatch"], ["Assets_Suspended", id, until]);
    await onlyRefuses(system, id, { ...ended, ...stopped });
  });

  it("AST-89 under notice: no transfer, forced or not, and no derivation; releases and all else go on", async () => {
    const { system } = await loadFixture(deployWithAsset);
    const window = { duration: 50_000, blocks: 50 };
    const terms = { notice: window, decision: window, deposit: 0n };
    await asSteward(system, system.notice, "setTerms", [PROVINCE, terms]);
    const id = await register(system, "under notice");
    const own = { ...system, alice: system.owner };
    const stopped: Action[] = ["transfer", "transferBatch", "derive", "force"];
    await onlyRefuses(own, id, { ...each(stopped, ["Assets_UnderNotice", id]), ...notSuspended(id) });
    await passWindow(window);
    await onlyRefuses(own, id, notSuspended(id));
  });

  it("AST-90 struck off: no transfer, release, derivation or retirement; revenue is paid out", async () => {
    const { system } = await loadFixture(deployWithAsset);
    const { notice, registrar, bob, owner } = system;
    const window = { duration: 50_000, blocks: 50 };
    await asSteward(system, notice, "setTerms", [PROVINCE, { notice: window, decision: window, deposit: 0n }]);
    const id = await register(system, "struck off");
    await notice.connect(bob).object(id, REASON);
    await expect(notice.connect(registrar).decide(id, 1, true, REASON))
      .to.emit(system.assets, "AssetStatusChanged")
      .withArgs(id, STATUS.struck, await notice.getAddress(), REASON);
    await passWindow(window);
    const stopped: Action[] = ["transfer", "transferBatch", "publish", "derive", "retire"];
    const refusals = each(stopped, ["Assets_NotInForce", id, STATUS.struck]);
    await onlyRefuses({ ...system, alice: owner }, id, { ...refusals, ...notSuspended(id) });
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
    const { assets, policies, owner, participants, registrar } = system;
    await participants.connect(registrar).suspend(owner, REASON);
    for (const call of [assets.connect(owner).retire(id), policies.connect(owner).propose(id, 0n)]) {
      await expect(call).to.be.revertedWithCustomError(assets, "Assets_Inactive").withArgs(owner);
    }
    await participants.connect(registrar).reinstate(owner, REASON);
    await policies.connect(owner).propose(id, 0n);
    await assets.connect(owner).retire(id);
    expect(await assets.statusOf(id)).to.equal(STATUS.retired);
  });

  it("AST-48 unknown: nothing can be done to an asset that was never registered", async () => {
    const { system } = await loadFixture(deployWithAsset);
    const { claim: _, reinstate: __, ...others } = ACTIONS;
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
    await expect(assets.termsOfSale(7n, 1n)).to.be.revertedWithCustomError(assets, "Assets_Unknown").withArgs(7n);
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
    await onlyRefuses(system, id, notSuspended(id));
  });
});
