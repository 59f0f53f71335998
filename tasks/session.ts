import { demoCurrencyAbi } from "@cadastre/abi";
import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { errorResult, successfulResult } from "hardhat/utils/result";
import { type Address, formatUnits, getAddress, isAddress, maxUint128, parseUnits } from "viem";
import { z } from "zod/v4";
import { ACCOUNT_NAMES, type AccountName } from "../scripts/support/accounts.ts";
import { parseAssetId } from "../scripts/support/assetId.ts";
import { accountOf, type Chain, chainOf } from "../scripts/support/chain.ts";
import type { Contracts } from "../scripts/support/contracts.ts";
import { deployedContracts } from "../scripts/support/deployment.ts";
import { messageOf, Problem } from "../scripts/support/problem.ts";

/** What every task works with. */
export interface Session {
  readonly chain: Chain;
  readonly contracts: Contracts;
  /** Asks whoever attends the task for a secret, which is not shown. */
  readonly ask: (what: string) => Promise<string>;
}

/** A task: parses its arguments, finds the deployment, and says in plain words what went wrong. */
export function action<S extends z.ZodType>(
  schema: S,
  run: (args: z.infer<S>, session: Session) => Promise<void>,
): NewTaskActionFunction {
  return async (given, hre) => {
    try {
      const args = schema.safeParse(given);
      if (!args.success) throw new Problem(args.error.issues.map(explainIssue).join("\n"));
      const chain = await chainOf(await hre.network.create(hre.globalOptions.network ?? "localhost"));
      const ask = (what: string) => hre.interruptions.requestSecretInput("cadastre", what);
      await run(args.data, { chain, contracts: await deployedContracts(chain), ask });
      return successfulResult();
    } catch (error) {
      console.error(messageOf(error));
      return errorResult();
    }
  };
}

function explainIssue({ path, message }: z.core.$ZodIssue): string {
  const option = path.join(".").replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return `${option}: ${message}`;
}

/** Ends the check of a value there: what follows would stumble over it. */
const stopWith = (error: string) => ({ error, abort: true });

/** `0x…` or decimal digits. */
export const assetId = z.string().transform((given, context) => {
  const id = parseAssetId(given);
  if (id !== undefined) return id;
  context.addIssue("is not an asset's id");
  return z.NEVER;
});

export const text = z.string("is missing").min(1, "is empty");

export const whole = z
  .string("is missing")
  .regex(/^\d{1,15}$/, stopWith("is not a whole number"))
  .transform(Number);

export const wholeUpTo = (most: number, what: string) =>
  whole.refine((value) => value <= most, `is more than ${most}, ${what}`);

export const wholeUnits = z
  .string("is missing")
  .regex(/^[1-9]\d{0,18}$/, stopWith("is not a whole number above zero"))
  .transform(BigInt);

/** Read with the currency's decimals, later. */
export const amount = z.string("is missing").regex(/^\d+(\.\d+)?$/, "is not an amount such as 12.50");

export function accountNamed(chain: Chain, nameOrAddress: string): Address {
  if (isAddress(nameOrAddress, { strict: false })) return getAddress(nameOrAddress);
  if (!(ACCOUNT_NAMES as readonly string[]).includes(nameOrAddress)) {
    throw new Problem(`There is no account "${nameOrAddress}". Give an address or one of ${ACCOUNT_NAMES.join(", ")}.`);
  }
  return accountOf(chain, nameOrAddress as AccountName);
}

/** An asset of the register; refuses an id that nobody registered. */
export function readAsset({ chain, contracts }: Session, id: bigint) {
  return chain.client.readContract({ ...contracts.assets, functionName: "assetOf", args: [id] });
}

/** How amounts of a currency are read and written. */
export async function currencyAt({ chain }: Session, address: Address) {
  const contract = { address, abi: demoCurrencyAbi };
  const [decimals, symbol] = await Promise.all([
    chain.client.readContract({ ...contract, functionName: "decimals" }),
    chain.client.readContract({ ...contract, functionName: "symbol" }),
  ]);
  const parse = (value: string): bigint => {
    if ((value.split(".")[1] ?? "").length > decimals)
      throw new Problem(`${symbol} has ${decimals} decimals; ${value} has more.`);
    const units = parseUnits(value, decimals);
    if (units > maxUint128) throw new Problem(`${value} ${symbol} is more than the contracts can hold.`);
    return units;
  };
  return { contract, parse, show: (value: bigint) => `${formatUnits(value, decimals)} ${symbol}` };
}

export function hexId(id: bigint): string {
  return `0x${id.toString(16).padStart(64, "0")}`;
}
