import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { FUNCTION_ROLES, ROLES, type RoleName } from "../../ignition/roles.ts";
import { DELAYS, networkHelpers } from "../support/deploy.ts";
import { type AccessSystem, deployWithAsset, encode, restrictedCalls, targetOf } from "./calls.ts";

const { loadFixture } = networkHelpers;
const NAMES = Object.keys(ROLES) as RoleName[];

/** Account of each role, and the delay it was given. */
function members(system: AccessSystem) {
  return {
    ADMIN: { signer: system.admin, delay: DELAYS.admin },
    AUTHORITY: { signer: system.authority, delay: 0 },
    STEWARD: { signer: system.steward, delay: DELAYS.steward },
    SUPERVISOR: { signer: system.supervisor, delay: 0 },
    GUARDIAN: { signer: system.guardian, delay: 0 },
  };
}

const sources = readdirSync("contracts", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".sol") && !file.startsWith("mocks"))
  .map((file) => readFileSync(`contracts/${file}`, "utf8"));

describe("roles", () => {
  it("ACC-01 has the names and numbers of Roles.sol", () => {
    const source = readFileSync("contracts/access/Roles.sol", "utf8");
    const declared = [...source.matchAll(/uint64 internal constant (\w+) = (\d+);/g)].map((m) => [m[1], BigInt(m[2]!)]);
    expect(NAMES.map((name) => [name, ROLES[name].id])).to.deep.equal(declared);
  });

  it("ACC-02 assigns every function that is restricted in the sources, and no other, to one role", async () => {
    const { system, asset } = await loadFixture(deployWithAsset);
    const restricted = sources
      .flatMap((source) => [...source.matchAll(/function (\w+)\([^)]*\)[^;{]*\brestricted\b/g)].map((m) => m[1]!))
      .sort();
    const calls = await restrictedCalls(system, asset);
    expect([...calls.map(({ name }) => name), "setRegister", "connect"].sort()).to.deep.equal(restricted);

    const assigned = FUNCTION_ROLES.flatMap(({ contract, selectors, role }) =>
      selectors.map((selector) => `${contract} ${selector} ${role}`),
    );
    const expected = calls.map((call) => `${call.contract} ${encode(system, call).slice(0, 10)} ${call.role}`);
    expect(assigned.sort()).to.deep.equal(expected.sort());
    for (const call of calls) {
      const selector = encode(system, call).slice(0, 10);
      expect(await system.manager.getTargetFunctionRole(targetOf(system, call), selector)).to.equal(
        ROLES[call.role].id,
      );
    }
  });

  it("ACC-03 gives each role to one account with the delay that was asked for, labelled and guarded", async () => {
    const { system } = await loadFixture(deployWithAsset);
    const { manager } = system;
    const wanted = members(system);
    const granted = new Map<string, bigint>();
    for (const { args } of await manager.queryFilter(manager.filters.RoleGranted())) {
      granted.set(`${args.roleId} ${args.account}`, args.delay);
    }
    for (const { args } of await manager.queryFilter(manager.filters.RoleRevoked())) {
      granted.delete(`${args.roleId} ${args.account}`);
    }
    const expected = NAMES.map((name) => [
      `${ROLES[name].id} ${wanted[name].signer.address}`,
      BigInt(wanted[name].delay),
    ]);
    expect([...granted].sort()).to.deep.equal(expected.sort());
    for (const name of NAMES) {
      const [member, delay] = await manager.hasRole(ROLES[name].id, wanted[name].signer);
      expect([member, delay]).to.deep.equal([true, BigInt(wanted[name].delay)]);
      const guardian = ROLES[name].guarded ? ROLES.GUARDIAN.id : ROLES.ADMIN.id;
      expect(await manager.getRoleGuardian(ROLES[name].id)).to.equal(guardian);
      expect(await manager.getRoleAdmin(ROLES[name].id)).to.equal(ROLES.ADMIN.id);
    }
    const labels = await manager.queryFilter(manager.filters.RoleLabel());
    expect(labels.map(({ args }) => [args.label, args.roleId])).to.have.deep.members(
      NAMES.filter((name) => name !== "ADMIN").map((name) => [name, ROLES[name].id]),
    );
  });

  it("ACC-04 leaves the deployer without any power", async () => {
    const { system, asset } = await loadFixture(deployWithAsset);
    const { deployer, manager } = system;
    for (const { id } of Object.values(ROLES)) {
      expect((await manager.hasRole(id, deployer))[0]).to.equal(false);
      await expect(manager.connect(deployer).grantRole(id, deployer, 0))
        .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
        .withArgs(deployer.address, ROLES.ADMIN.id);
    }
    for (const call of await restrictedCalls(system, asset)) {
      const target = targetOf(system, call);
      await expect(deployer.sendTransaction({ to: target, data: encode(system, call) }))
        .to.be.revertedWithCustomError(target, "AccessManagedUnauthorized")
        .withArgs(deployer.address);
      await expect(manager.connect(deployer).execute(target, encode(system, call)))
        .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCall")
        .withArgs(deployer.address, await target.getAddress(), encode(system, call).slice(0, 10));
      await expect(manager.connect(deployer).schedule(target, encode(system, call), 0))
        .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCall")
        .withArgs(deployer.address, await target.getAddress(), encode(system, call).slice(0, 10));
    }
  });

  it("ACC-05 refuses restricted functions to strangers, participants, registrars and all other roles", async () => {
    const { system, asset } = await loadFixture(deployWithAsset);
    const wanted = members(system);
    const others = [system.mallory, system.owner, system.operator, system.registrar, system.treasury];
    for (const call of await restrictedCalls(system, asset)) {
      const target = targetOf(system, call);
      const refused = [...NAMES.filter((name) => name !== call.role).map((name) => wanted[name].signer), ...others];
      for (const caller of refused) {
        await expect(
          caller.sendTransaction({ to: target, data: encode(system, call) }),
          `${call.name} ${caller.address}`,
        )
          .to.be.revertedWithCustomError(target, "AccessManagedUnauthorized")
          .withArgs(caller.address);
      }
    }
  });

  it("ACC-06 lets a role without a delay act at once, and one with a delay only after scheduling", async () => {
    const { system, asset } = await loadFixture(deployWithAsset);
    const { manager } = system;
    for (const call of await restrictedCalls(system, asset)) {
      const target = targetOf(system, call);
      const data = encode(system, call);
      const { signer, delay } = members(system)[call.role];
      if (call.contract === "currencies" && call.name === "admit")
        await system.currency.connect(signer).approve(system.currencies, 1n);
      if (delay === 0) {
        await signer.sendTransaction({ to: target, data });
        continue;
      }
      const operation = await manager.hashOperation(signer, target, data);
      await expect(signer.sendTransaction({ to: target, data }), call.name)
        .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
        .withArgs(operation);
      await manager.connect(signer).schedule(target, data, 0);
      await networkHelpers.time.increase(delay);
      await expect(signer.sendTransaction({ to: target, data }), call.name).to.emit(manager, "OperationExecuted");
    }
    expect(await system.participants.registrarOf(42n)).to.equal(system.carol.address);
    expect(await system.assets.balanceOf(system.alice, asset)).to.equal(1n);
  });
});
