import type { BaseContract } from "ethers";
import type { FUNCTION_ROLES, RoleName } from "../../ignition/roles.ts";
import { AccessManager__factory } from "../../typechain-types/index.ts";
import { deploy, PROVINCE, register, ZeroHash } from "../support/deploy.ts";

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
  const { authority, owner, alice, carol, currency, gate } = system;
  const currencyAddress = await currency.getAddress();
  const call = (contract: Target, role: RoleName, name: string, ...args: unknown[]) => ({ contract, role, name, args });
  return [
    call("participants", "AUTHORITY", "openDomain", 42n, carol.address, "forty-two"),
    call("participants", "STEWARD", "changeRegistrar", PROVINCE, carol.address),
    call("currencies", "AUTHORITY", "dismiss", currencyAddress),
    call("currencies", "AUTHORITY", "admit", currencyAddress, authority.address, 1n),
    call("assets", "STEWARD", "admitPolicy", carol.address),
    call("assets", "STEWARD", "setDerivationGate", await gate.getAddress()),
    call("assets", "SUPERVISOR", "suspendAsset", asset, ZeroHash),
    call("assets", "SUPERVISOR", "reinstateAsset", asset, ZeroHash),
    call("assets", "SUPERVISOR", "setFrozenTokens", owner.address, asset, 1n),
    call("assets", "ENFORCER", "forcedTransfer", owner.address, alice.address, asset, 1n),
    call("market", "STEWARD", "setFee", 0n, carol.address),
  ];
}

export function targetOf(system: AccessSystem, call: RestrictedCall): BaseContract {
  return system[call.contract];
}

export function encode(system: AccessSystem, call: RestrictedCall): string {
  return targetOf(system, call).interface.encodeFunctionData(call.name, [...call.args]);
}

/** The fixture of these tests: the system with a typed AccessManager, and an asset of `owner`. */
export async function deployWithAsset() {
  const system = await deploy();
  const asset = await register(system);
  const manager = AccessManager__factory.connect(await system.manager.getAddress(), system.deployer);
  return { asset, system: { ...system, manager } };
}

export type AccessSystem = Awaited<ReturnType<typeof deployWithAsset>>["system"];
