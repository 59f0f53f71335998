import type { BaseContract } from "ethers";
import type { FUNCTION_ROLES, RoleName } from "../../ignition/roles.ts";
import { SCHEMAS, schemaIdOf } from "../../ignition/schemas.ts";
import { AccessManager__factory } from "../../typechain-types/index.ts";
import { deploy, ethers, PROVINCE, passWindow, register, SECTOR, WINDOWS, ZeroHash } from "../support/deploy.ts";

const REASON = ethers.id("statement of reasons");
const NO_WINDOW = { duration: 0n, blocks: 0n };

export type Target = (typeof FUNCTION_ROLES)[number]["contract"];

/** A restricted function with arguments that go through once its role calls it, on an asset that is registered. */
export interface RestrictedCall {
  readonly contract: Target;
  readonly name: string;
  readonly role: RoleName;
  readonly args: readonly unknown[];
}

/** One call for each restricted function of the system; `asset` is an asset of `owner` in force. */
export async function restrictedCalls(system: AccessSystem, asset: bigint): Promise<RestrictedCall[]> {
  const { authority, owner, carol, currency, gate, jurisdiction } = system;
  const schema = SCHEMAS.venue;
  const currencyAddress = await currency.getAddress();
  const call = (contract: Target, role: RoleName, name: string, ...args: unknown[]) => ({ contract, role, name, args });
  return [
    call("participants", "AUTHORITY", "openDomain", 42n, carol.address, "forty-two"),
    call("participants", "STEWARD", "changeRegistrar", SECTOR, carol.address),
    call("credentials", "AUTHORITY", "openSchema", schema.name, schema.uri),
    call("credentials", "AUTHORITY", "accredit", schemaIdOf(schema), carol.address),
    call("credentials", "AUTHORITY", "withdrawAccreditation", schemaIdOf(schema), carol.address, ZeroHash),
    call("currencies", "AUTHORITY", "dismiss", currencyAddress),
    call("currencies", "AUTHORITY", "admit", currencyAddress, authority.address, 1n),
    call("policies", "STEWARD", "admit", await jurisdiction.getAddress()),
    call("notice", "STEWARD", "setTerms", PROVINCE, { notice: NO_WINDOW, decision: NO_WINDOW, deposit: 0n }),
    call("supervision", "SUPERVISOR", "suspend", asset, REASON),
    call("supervision", "SUPERVISOR", "reinstate", asset, REASON),
    call("supervision", "SUPERVISOR", "freeze", owner.address, asset, 1n, REASON),
    call("supervision", "SUPERVISOR", "release", owner.address, asset, REASON),
    call("supervision", "SUPERVISOR", "carryOutMove", proposedMove(system, asset)),
    call("assets", "STEWARD", "setDerivationGate", await gate.getAddress()),
    call("jurisdiction", "STEWARD", "setProfile", PROVINCE, 3n),
    call("licences", "STEWARD", "setFee", 0n, carol.address),
    call("market", "STEWARD", "setFee", 0n, carol.address),
  ];
}

export function targetOf(system: AccessSystem, call: RestrictedCall): BaseContract {
  return system[call.contract];
}

export function encode(system: AccessSystem, call: RestrictedCall): string {
  return targetOf(system, call).interface.encodeFunctionData(call.name, [...call.args]);
}

/** A move that waits to be carried out. */
function proposedMove({ owner, alice }: Pick<AccessSystem, "owner" | "alice">, asset: bigint) {
  return { from: owner.address, to: alice.address, id: asset, units: 1n, reason: REASON };
}

/**
 * The fixture of these tests: the system with a typed AccessManager, an asset of `owner`, and a forced move of one of its
 * fractions that may be carried out.
 */
export async function deployWithAsset() {
  const system = await deploy();
  const asset = await register(system);
  await system.supervision.connect(system.registrar).proposeMove(proposedMove(system, asset));
  await passWindow(WINDOWS.moveWindow);
  const manager = AccessManager__factory.connect(await system.manager.getAddress(), system.deployer);
  return { asset, system: { ...system, manager } };
}

export type AccessSystem = Awaited<ReturnType<typeof deployWithAsset>>["system"];
