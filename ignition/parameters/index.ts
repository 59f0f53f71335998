import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isAddress } from "viem";
import { z } from "zod/v4";

/**
 * Development networks by chain id. Only here do the node's accounts get the roles, and only here may the demonstration
 * currency be put.
 */
export const DEVELOPMENT_CHAINS: Readonly<Record<number, string>> = {
  31337: "Hardhat",
};

export function isDevelopment(chainId: number): boolean {
  return DEVELOPMENT_CHAINS[chainId] !== undefined;
}

/** Seconds, and basis points of the price: short enough to watch on a development network. */
const DEVELOPMENT = { policyNotice: 20, feeBps: 50, adminDelay: 10, stewardDelay: 5, enforcerDelay: 5 };

const address = z
  .string()
  .refine((value): value is string => isAddress(value, { strict: false }), "must be an address");
const delay = z
  .int()
  .positive()
  .max(2 ** 32 - 1);

const parameters = z.strictObject({
  Assets: z.strictObject({
    policyNotice: z
      .int()
      .positive()
      .max(2 ** 47),
  }),
  Market: z.strictObject({ feeBps: z.int().nonnegative().max(500), feeReceiver: address }),
  Cadastre: z.strictObject({
    admin: address,
    authority: address,
    steward: address,
    supervisor: address,
    enforcer: address,
    guardian: address,
    adminDelay: delay,
    stewardDelay: delay,
    enforcerDelay: delay,
  }),
});

/** Parameters of the Ignition modules, by module. */
export type Parameters = z.infer<typeof parameters>;

type Roles = Record<"admin" | "authority" | "steward" | "supervisor" | "enforcer" | "guardian" | "treasury", string>;

export function developmentParameters({ treasury, ...roles }: Roles): Parameters {
  const { policyNotice, feeBps, ...delays } = DEVELOPMENT;
  return { Assets: { policyNotice }, Market: { feeBps, feeReceiver: treasury }, Cadastre: { ...roles, ...delays } };
}

/** Parameters of a network that is not for development: a file of its name in this folder. */
export function networkParameters(network: string): Parameters | { readonly problem: string } {
  const file = `ignition/parameters/${network}.json`;
  const path = join(import.meta.dirname, `${network}.json`);
  if (!existsSync(path)) return { problem: `${file} is missing; docs/journey.md shows what it must say` };
  const parsed = parameters.safeParse(JSON.parse(readFileSync(path, "utf8")));
  return parsed.success ? parsed.data : { problem: `${file}: ${z.prettifyError(parsed.error)}` };
}
