import type { BaseContract, ParamType } from "ethers";
import { ethers, PROVINCE, type System } from "../support/deploy.ts";

/** Names of the parameters that are an asset. */
const ASSET_NAMES = /^(id|ids|asset|child)$/;

/** Whom and what the views are asked about. */
export interface Ids {
  readonly account: string;
  readonly asset: bigint;
}

/** The contracts of the system by their names in it. */
export const contractsOf = (system: System) =>
  Object.entries<object>(system).filter((entry): entry is [string, BaseContract] => "interface" in entry[1]);

/** A value for a parameter, that of `special` if it names one; what is inside an array or a struct is built in the same way. */
export function argument(
  { baseType, name, type, arrayChildren, arrayLength, components }: ParamType,
  ids: Ids,
  special: (name: string) => unknown = () => undefined,
): unknown {
  const chosen = special(name);
  if (chosen !== undefined) return chosen;
  if (baseType === "array") {
    const of = arrayChildren!;
    const child = ethers.ParamType.from({ ...JSON.parse(of.format("json")), name });
    return Array.from({ length: arrayLength === -1 ? 1 : arrayLength! }, () => argument(child, ids, special));
  }
  if (baseType === "tuple") return components!.map((component) => argument(component, ids, special));
  if (type === "address") return ids.account;
  if (type === "bool") return false;
  if (type === "string") return "";
  if (type.startsWith("bytes")) return ethers.zeroPadBytes("0x", Number(type.slice(5)));
  if (name === "domain") return PROVINCE;
  return type === "uint256" && ASSET_NAMES.test(name) ? ids.asset : 0n;
}

/** What a call gives back: the data of its answer or of its refusal. */
export async function answer(from: string, to: BaseContract, data: string): Promise<{ ok: boolean; data: string }> {
  try {
    return { ok: true, data: await ethers.provider.call({ from, to: await to.getAddress(), data }) };
  } catch (error) {
    const refusal = (error as { data?: unknown }).data;
    if (typeof refusal !== "string") throw error;
    return { ok: false, data: refusal };
  }
}
