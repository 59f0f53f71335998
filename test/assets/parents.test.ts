import { expect } from "chai";
import { id as hashText } from "ethers";
import type { RegistrationStruct } from "../../typechain-types/contracts/assets/IDataAsset.ts";
import { DemoCurrency__factory } from "../../typechain-types/index.ts";
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
} from "../support/deploy.ts";
import { evidence, NO_CONSENT } from "./consents.ts";

const { loadFixture } = networkHelpers;
const REASON = hashText("reasons");

/** Nine assets that `owner` operates itself, so that it needs nobody's consent to derive from them. */
async function deployWithParents() {
  const system = await deploy();
  const ids: bigint[] = [];
  for (let i = 0; i < 9; ++i) ids.push(await register(system, `parent ${i}`, { operator: system.owner.address }));
  return { system, ids };
}

/** A registration by `owner` of an asset that is derived from these, with equal shares. */
async function childOf(system: System, ids: bigint[], shareBps: bigint, changes: Partial<RegistrationStruct> = {}) {
  return registration(system, "child", {
    operator: system.owner.address,
    release: release(
      "child",
      ids.map(() => 1n),
    ),
    parents: ids.map((id) => ({ id, shareBps })),
    evidence: evidence(ids.map(() => NO_CONSENT)),
    ...changes,
  });
}

async function refused(system: System, request: RegistrationStruct, error: string, ...values: unknown[]) {
  await expect(system.assets.connect(system.owner).register(request))
    .to.be.revertedWithCustomError(system.assets, error)
    .withArgs(...values);
}

describe("parents", () => {
  it("AST-20 are at most eight", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const { assets, owner } = system;
    await refused(system, await childOf(system, ids, 1n), "Assets_TooManyParents", 9n, 8n);
    await assets.connect(owner).register(await childOf(system, ids.slice(0, 8), 1n));
    const child = await assets.assetIdOf(owner, release("child").root);
    expect((await assets.parentsOf(child)).map(({ id }) => id)).to.deep.equal(ids.slice(0, 8));
  });

  it("AST-21 get at most half of the revenue together", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const { assets, owner } = system;
    const shares = (first: bigint, second: bigint) => [
      { id: ids[0]!, shareBps: first },
      { id: ids[1]!, shareBps: second },
    ];
    const request = await childOf(system, ids.slice(0, 2), 0n);
    await refused(
      system,
      { ...request, parents: shares(2_500n, 2_501n) },
      "Assets_ParentsShareTooHigh",
      5_001n,
      5_000n,
    );
    await refused(
      system,
      { ...request, parents: shares(65_535n, 65_535n) },
      "Assets_ParentsShareTooHigh",
      131_070n,
      5_000n,
    );
    await assets.connect(owner).register({ ...request, parents: shares(2_500n, 2_500n) });
    const child = await assets.assetIdOf(owner, release("child").root);
    expect((await assets.parentsOf(child)).map(({ shareBps }) => shareBps)).to.deep.equal([2_500n, 2_500n]);
  });

  it("AST-22 are named once each", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const [a, b] = [ids[0]!, ids[1]!];
    await refused(system, await childOf(system, [a, a], 1n), "Assets_ParentTwice", a);
    await refused(system, await childOf(system, [a, b, a], 1n), "Assets_ParentTwice", a);
    await refused(system, await childOf(system, [a, b, b], 1n), "Assets_ParentTwice", b);
  });

  it("AST-23 are registered and in force, so that no asset is among its own ancestors", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const { assets, supervision, owner, supervisor } = system;
    const [a, b] = [ids[0]!, ids[1]!];
    await refused(system, await childOf(system, [a, 7n], 1n), "Assets_Unknown", 7n);
    const itself = await assets.assetIdOf(owner, release("child").root);
    await refused(system, await childOf(system, [itself], 1n), "Assets_Unknown", itself);
    await supervision.connect(supervisor).suspend(a, REASON);
    const until = await assets.suspendedUntil(a);
    await refused(system, await childOf(system, [b, a], 1n), "Assets_Suspended", a, until);
    await assets.connect(owner).retire(b);
    await refused(system, await childOf(system, [b], 1n), "Assets_NotInForce", b, STATUS.retired);
    await supervision.connect(supervisor).reinstate(a, REASON);
    await assets.connect(owner).register(await childOf(system, [a], 1n));
  });

  it("AST-24 settle in the child's currency", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const { authority, currencies, currency, deployer } = system;
    const other = await new DemoCurrency__factory(deployer).deploy();
    await other.mint(authority, 1n);
    await other.connect(authority).approve(currencies, 1n);
    await currencies.connect(authority).admit(other, authority, 1n);
    const address = await other.getAddress();
    const request = await childOf(system, [ids[0]!], 1n, { currency: address });
    await refused(system, request, "Assets_ParentCurrency", ids[0], await currency.getAddress(), address);
  });

  it("AST-25 are each represented by a release of theirs in every release of the child", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const { assets, owner } = system;
    const [a, b] = [ids[0]!, ids[1]!];
    const request = await childOf(system, [a, b], 1n);
    const made = (label: string, ...numbers: bigint[]) => release(label, numbers);
    const numbered = (...numbers: bigint[]) => ({ ...request, release: made("child", ...numbers) });
    await refused(system, numbered(), "Assets_ParentReleases", 0n, 2n);
    await refused(system, numbered(1n), "Assets_ParentReleases", 1n, 2n);
    await refused(system, numbered(1n, 1n, 1n), "Assets_ParentReleases", 3n, 2n);
    await refused(system, numbered(1n, 0n), "Assets_ReleaseUnknown", b, 0n);
    await refused(system, numbered(2n, 1n), "Assets_ReleaseUnknown", a, 2n);
    await assets.connect(owner).publish(a, release("second of a"));
    await assets.connect(owner).register(numbered(2n, 1n));

    const child = await assets.assetIdOf(owner, request.release.root);
    await expect(assets.connect(owner).publish(child, made("next", 1n, 2n)))
      .to.be.revertedWithCustomError(assets, "Assets_ReleaseUnknown")
      .withArgs(b, 2n);
    await expect(assets.connect(owner).publish(child, made("next")))
      .to.be.revertedWithCustomError(assets, "Assets_ParentReleases")
      .withArgs(0n, 2n);
    await assets.connect(owner).publish(child, made("next", 1n, 1n));
    await expect(assets.connect(owner).publish(a, made("next", 1n)))
      .to.be.revertedWithCustomError(assets, "Assets_ParentReleases")
      .withArgs(1n, 0n);
  });

  it("AST-26 list their children page by page in the order of registration", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const { assets, owner } = system;
    const parent = ids[0]!;
    const children: bigint[] = [];
    for (const label of ["first", "second", "third"]) {
      await assets.connect(owner).register(await childOf(system, [parent], 1n, { release: release(label, [1n]) }));
      children.push(await assets.assetIdOf(owner, release(label).root));
    }
    expect(await assets.childCountOf(parent)).to.equal(3n);
    expect(await assets.childrenOf(parent, 0n, 2n)).to.deep.equal(children.slice(0, 2));
    expect(await assets.childrenOf(parent, 2n, 2n)).to.deep.equal(children.slice(2));
    expect(await assets.childrenOf(parent, 1n, ethers.MaxUint256)).to.deep.equal(children.slice(1));
    expect(await assets.childrenOf(parent, 3n, 1n)).to.deep.equal([]);
    expect(await assets.childrenOf(parent, ethers.MaxUint256, ethers.MaxUint256)).to.deep.equal([]);
    expect(await assets.childrenOf(parent, 0n, 0n)).to.deep.equal([]);
    expect(await assets.childCountOf(ids[1]!)).to.equal(0n);
    expect(await assets.parentsOf(parent)).to.deep.equal([]);
  });

  it("AST-27 are asked for by the derivation gate that the steward set last", async () => {
    const { system, ids } = await loadFixture(deployWithParents);
    const { assets, owner, steward, gate, manager } = system;
    expect(await assets.derivationGate()).to.equal(await gate.getAddress());
    const strict = await ethers.deployContract("RefusingGate");
    const data = assets.interface.encodeFunctionData("setDerivationGate", [await strict.getAddress()]);
    await manager.connect(steward).getFunction("schedule")(assets, data, 0);
    await networkHelpers.time.increase(DELAYS.steward);
    await expect(assets.connect(steward).setDerivationGate(strict))
      .to.emit(assets, "DerivationGateChanged")
      .withArgs(await gate.getAddress(), await strict.getAddress());
    expect(await assets.derivationGate()).to.equal(await strict.getAddress());

    const parents = [{ id: ids[0]!, shareBps: 77n }];
    const request = await childOf(system, [ids[0]!], 77n, { evidence: "0xc0ffee" });
    const child = await assets.assetIdOf(owner, request.release.root);
    await expect(assets.connect(owner).register(request))
      .to.be.revertedWithCustomError(strict, "RefusingGate_Asked")
      .withArgs(
        child,
        owner.address,
        parents.map(({ id, shareBps }) => [id, shareBps]),
        "0xc0ffee",
      );
    expect(await assets.childCountOf(ids[0]!)).to.equal(0n);
    await register(system, "without parents", { operator: owner.address });
  });
});
