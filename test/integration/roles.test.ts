import { expect } from "chai";
import { type Address, encodeFunctionData, getAddress, type Hex } from "viem";
import { FUNCTION_ROLES, ROLES } from "../../ignition/roles.ts";
import { describeRoles, readRegistrars } from "../../scripts/roles.ts";
import { delaysAt, readAccess } from "../../scripts/support/access.ts";
import { accountOf, send } from "../../scripts/support/chain.ts";
import { advanceClock, blockTime } from "../../scripts/support/clock.ts";
import type { Contracts } from "../../scripts/support/contracts.ts";
import { deploy, parametersOf } from "../../scripts/support/deploy.ts";
import { type LocalChain, serveChain } from "./localChain.ts";

const DAY = 86_400;
/** AccessManager lets a longer grant delay take effect only after this. */
const GRANT_DELAY_SETBACK = 5 * DAY;

describe("Roles from events", () => {
  let local: LocalChain;
  let contracts: Contracts;

  const schedule = async (who: "admin" | "steward", delay: number, target: Address, data: Hex) => {
    const { manager } = contracts;
    await send(local.chain, accountOf(local.chain, who), {
      ...manager,
      functionName: "schedule",
      args: [target, data, 0],
    });
    await advanceClock(local.chain, delay);
    await send(local.chain, accountOf(local.chain, who), { ...manager, functionName: "execute", args: [target, data] });
  };

  before(async () => {
    local = await serveChain();
    ({ contracts } = await deploy(local.chain));
    const { chain } = local;
    const { manager, participants, market } = contracts;
    const { adminDelay, stewardDelay } = parametersOf(chain).Cadastre;
    const admin = (data: Hex) => schedule("admin", adminDelay, manager.address, data);
    const [alice, bob, steward] = [accountOf(chain, "alice"), accountOf(chain, "bob"), accountOf(chain, "steward")];
    await admin(encodeFunctionData({ ...manager, functionName: "grantRole", args: [ROLES.SUPERVISOR.id, alice, 7] }));
    await admin(encodeFunctionData({ ...manager, functionName: "grantRole", args: [ROLES.SUPERVISOR.id, bob, 0] }));
    await admin(encodeFunctionData({ ...manager, functionName: "revokeRole", args: [ROLES.SUPERVISOR.id, bob] }));
    // A shorter delay takes effect later only: this one in three seconds, the steward's below not while the test runs.
    await admin(encodeFunctionData({ ...manager, functionName: "grantRole", args: [ROLES.STEWARD.id, alice, 5] }));
    await admin(encodeFunctionData({ ...manager, functionName: "grantRole", args: [ROLES.STEWARD.id, alice, 2] }));
    await admin(encodeFunctionData({ ...manager, functionName: "setTargetClosed", args: [market.address, true] }));
    await admin(encodeFunctionData({ ...manager, functionName: "setTargetAdminDelay", args: [market.address, 90] }));
    await admin(encodeFunctionData({ ...manager, functionName: "setGrantDelay", args: [ROLES.AUTHORITY.id, DAY] }));
    await advanceClock(chain, GRANT_DELAY_SETBACK);
    await admin(
      encodeFunctionData({ ...manager, functionName: "setRoleAdmin", args: [ROLES.GUARDIAN.id, ROLES.AUTHORITY.id] }),
    );

    const authority = accountOf(chain, "authority");
    const open = (domain: number, name: string) =>
      send(chain, authority, { ...participants, functionName: "openDomain", args: [domain, alice, name] });
    await open(7, "Seven");
    await open(8, "Eight");
    const change = encodeFunctionData({ ...participants, functionName: "changeRegistrar", args: [7, bob] });
    await schedule("steward", stewardDelay, participants.address, change);
    await admin(encodeFunctionData({ ...manager, functionName: "grantRole", args: [ROLES.AUTHORITY.id, bob, 0] }));
    await admin(encodeFunctionData({ ...manager, functionName: "grantRole", args: [ROLES.STEWARD.id, steward, DAY] }));
    await admin(encodeFunctionData({ ...manager, functionName: "grantRole", args: [ROLES.STEWARD.id, steward, 1] }));
  });
  after(() => local.close());

  it("DEP-12 rebuilds members, delays, guardians, administrators and functions as the AccessManager itself has them", async () => {
    const { chain } = local;
    const { manager } = contracts;
    const { roles, targets } = await readAccess(chain, manager.address);
    const read = chain.client.readContract;
    const now = await blockTime(chain);
    for (const { id } of Object.values(ROLES)) {
      const role = roles.get(id)!;
      expect(role.guardian).to.equal(await read({ ...manager, functionName: "getRoleGuardian", args: [id] }));
      expect(role.admin).to.equal(await read({ ...manager, functionName: "getRoleAdmin", args: [id] }));
      for (const account of chain.accounts) {
        const [since, current, next, at] = await read({ ...manager, functionName: "getAccess", args: [id, account] });
        const member = role.members.get(getAddress(account));
        expect(member?.since ?? 0).to.equal(since);
        if (member === undefined) continue;
        const delays = delaysAt(member, now);
        expect(delays.delay).to.equal(current);
        expect(delays.next ?? { delay: 0, at: 0 }).to.deep.equal({ delay: next, at });
      }
    }
    expect(roles.get(ROLES.SUPERVISOR.id)!.members.get(accountOf(chain, "alice"))?.delay).to.equal(7);
    expect(roles.get(ROLES.SUPERVISOR.id)!.members.has(accountOf(chain, "bob"))).to.equal(false);
    const delaysOf = (id: bigint, name: "steward" | "alice") =>
      delaysAt(roles.get(id)!.members.get(accountOf(chain, name))!, now);
    expect(delaysOf(ROLES.STEWARD.id, "steward")).to.include({ delay: DAY }).and.have.nested.property("next.delay", 1);
    expect(delaysOf(ROLES.STEWARD.id, "alice")).to.deep.equal({ delay: 2 });
    expect(roles.get(ROLES.AUTHORITY.id)!.grantDelay).to.equal(DAY);
    expect(targets.get(getAddress(contracts.market.address))).to.include({ closed: true, adminDelay: 90 });
    for (const { contract, selectors } of FUNCTION_ROLES) {
      const { address } = contracts[contract];
      for (const selector of selectors as Hex[]) {
        const needed = await read({ ...manager, functionName: "getTargetFunctionRole", args: [address, selector] });
        expect(targets.get(getAddress(address))!.functions.get(selector)).to.equal(needed);
      }
    }
  });

  it("DEP-13 names the present registrar of each domain", async () => {
    const { chain } = local;
    expect(await readRegistrars(chain, contracts)).to.deep.equal([
      { domain: 7, name: "Seven", registrar: accountOf(chain, "bob") },
      { domain: 8, name: "Eight", registrar: accountOf(chain, "alice") },
    ]);
  });

  it("DEP-14 prints who may do what as tables with names", async () => {
    const { chain } = local;
    const text = await describeRoles(chain, contracts);
    expect(text).to.match(/SUPERVISOR +3 +supervisor 0x\S+ +0 s/);
    expect(text).to.match(/SUPERVISOR +3 +alice 0x\S+ +7 s/);
    expect(text).to.match(/AUTHORITY +1 +bob 0x\S+ from block time \d+ +0 s/);
    expect(text).to.match(/STEWARD +2 +steward 0x\S+ +86400 s, 1 s from block time \d+ +GUARDIAN +ADMIN/);
    expect(text).to.match(/GUARDIAN +4 .* ADMIN +AUTHORITY/);
    expect(text).to.match(/supervision +carryOutMove +SUPERVISOR/);
    expect(text).to.match(/market +everything +closed/);
    expect(text).to.match(/market +changes to its roles +ADMIN, 90 s later/);
    expect(text).to.match(/7 +Seven +bob 0x/);
  });
});
