import { type Abi, type Address, getAddress, type Hex, toFunctionSelector } from "viem";
import type { Parameters } from "../../ignition/parameters/index.ts";
import { FUNCTION_ROLES, ROLES, type RoleName } from "../../ignition/roles.ts";
import { SYSTEM_NAMES } from "../lib/deployed.ts";
import { type Access, readAccess } from "./access.ts";
import type { Chain } from "./chain.ts";
import type { Contracts } from "./contracts.ts";

/**
 * Whether the AccessManager is set up as the parameters say and nothing beside, and the deployer is left with no power: by the
 * manager's events, and by asking the manager itself.
 *
 * @returns what is wrong, nothing if all is well
 */
export async function checkAccess(
  chain: Chain,
  contracts: Contracts,
  parameters: Parameters,
  deployer: Address,
): Promise<string[]> {
  const access = await readAccess(chain, contracts.manager.address);
  return [
    ...wrongRoles(access, parameters),
    ...wrongFunctions(access, contracts),
    ...(await wrongAuthorities(chain, contracts)),
    ...(await wrongOffices(chain, contracts)),
    ...(await powersOf(chain, contracts, access, deployer)),
  ];
}

function wrongRoles({ roles }: Access, { Cadastre }: Parameters): string[] {
  const wrong: string[] = [];
  const parameter = Cadastre as Readonly<Record<string, string | number>>;
  const known = new Map(Object.entries(ROLES).map(([name, role]) => [role.id, { name, ...role }]));
  for (const [id, { name, accountParameter, delayParameter, guarded }] of known) {
    const account = getAddress(String(parameter[accountParameter]));
    const delay = delayParameter === undefined ? 0 : Number(parameter[delayParameter]);
    const role = roles.get(id);
    // A change that is on its way counts: it is what will be.
    const members = [...(role?.members ?? [])].map(
      ([member, { delay, next }]) => `${member} after ${next?.delay ?? delay} s`,
    );
    const expected = `${account} after ${delay} s`;
    if (members.length !== 1 || members[0] !== expected) {
      wrong.push(`${name} is held by ${members.join(", ") || "nobody"}, not by ${expected} alone`);
    }
    if (role?.admin !== ROLES.ADMIN.id) wrong.push(`${name} is administered by role ${role?.admin}, not by ADMIN`);
    const guardian = guarded ? ROLES.GUARDIAN.id : 0n;
    if (role?.guardian !== guardian) wrong.push(`${name} has the guardian role ${role?.guardian}, not ${guardian}`);
    if (id !== ROLES.ADMIN.id && role?.label !== name) wrong.push(`${name} bears the label ${role?.label}`);
  }
  for (const [id, role] of roles) {
    if (!known.has(id) && role.members.size > 0) wrong.push(`there are members of the unknown role ${id}`);
  }
  return wrong;
}

function wrongFunctions({ targets }: Access, contracts: Contracts): string[] {
  const wrong: string[] = [];
  const expected = new Map(
    FUNCTION_ROLES.flatMap(({ contract, role, selectors }) =>
      selectors.map(
        (selector) => [`${getAddress(contracts[contract].address)} ${selector}`, { contract, selector, role }] as const,
      ),
    ),
  );
  for (const { contract, selector, role } of expected.values()) {
    const actual = targets.get(getAddress(contracts[contract].address))?.functions.get(selector as Hex);
    if (actual !== ROLES[role].id) wrong.push(`${contract} ${selector} needs role ${actual ?? "ADMIN"}, not ${role}`);
  }
  for (const [address, { closed, adminDelay, functions }] of targets) {
    if (closed) wrong.push(`${address} is closed`);
    if (adminDelay !== 0) wrong.push(`${address} has an administration delay of its own`);
    for (const selector of functions.keys()) {
      if (!expected.has(`${address} ${selector}`))
        wrong.push(`${address} ${selector} was given to a role, and should not be`);
    }
  }
  return wrong;
}

async function wrongAuthorities({ client }: Chain, contracts: Contracts): Promise<string[]> {
  const managed = new Set(FUNCTION_ROLES.map(({ contract }) => contract));
  const wrong: string[] = [];
  for (const name of managed) {
    const { address } = contracts[name];
    const authority = await client.readContract({
      address,
      abi: contracts.participants.abi,
      functionName: "authority",
    });
    if (getAddress(authority) !== getAddress(contracts.manager.address))
      wrong.push(`${name} obeys ${authority}, not the AccessManager`);
  }
  return wrong;
}

async function wrongOffices({ client }: Chain, contracts: Contracts): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of ["policies", "notice", "supervision", "votes"] as const) {
    const { address } = contracts[name];
    const register = await client.readContract({ address, abi: contracts.votes.abi, functionName: "register" });
    if (getAddress(register) !== getAddress(contracts.assets.address)) wrong.push(`${name} serves ${register}`);
  }
  return wrong;
}

/** Asks the manager itself, for every role that it ever named and every function that any contract has. */
async function powersOf(
  { client }: Chain,
  { manager, ...contracts }: Contracts,
  access: Access,
  account: Address,
): Promise<string[]> {
  const powers: string[] = [];
  const named = Object.fromEntries(Object.entries(ROLES).map(([name, { id }]) => [id.toString(), name as RoleName]));
  for (const id of new Set([...access.roles.keys(), ...Object.values(ROLES).map((role) => role.id)])) {
    const [member] = await client.readContract({ ...manager, functionName: "hasRole", args: [id, account] });
    if (member) powers.push(`the deployer ${account} still has the role ${named[id.toString()] ?? id}`);
  }
  const managed = SYSTEM_NAMES.filter((name) => name !== "manager").map(
    (name) => contracts[name as keyof typeof contracts],
  );
  for (const contract of managed) {
    if (contract === undefined) continue;
    for (const selector of writesOf(contract.abi)) {
      const [immediate, delay] = await client.readContract({
        ...manager,
        functionName: "canCall",
        args: [account, contract.address, selector],
      });
      if (immediate || delay > 0) powers.push(`the deployer ${account} may call ${contract.address} ${selector}`);
    }
  }
  return powers;
}

function writesOf(abi: Abi): Hex[] {
  return abi.flatMap((item) =>
    item.type === "function" && item.stateMutability === "nonpayable" ? [toFunctionSelector(item)] : [],
  );
}
