import { existsSync } from "node:fs";
import { join } from "node:path";
import { isAddress } from "viem";
import { z } from "zod/v4";
import { readJson } from "../../scripts/support/readJson.ts";

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

/** Seconds, blocks, and basis points of the price: short enough to watch on a development network. */
const DEVELOPMENT = {
  Participants: { successionWindow: { duration: 30, blocks: 2 } },
  Assets: {
    policyNotice: { duration: 20, blocks: 1 },
    moveWindow: { duration: 20, blocks: 1 },
    voteWindow: { duration: 20, blocks: 1 },
    freezeTerm: 3_600,
  },
  Licences: { leastWindow: { duration: 10, blocks: 1 } },
  feeBps: 50,
  delays: { adminDelay: 10, stewardDelay: 5 },
};

const address = z
  .string()
  .refine((value): value is string => isAddress(value, { strict: false }), "must be an address");
const delay = z
  .int()
  .positive()
  .max(2 ** 32 - 1);

const time = z
  .int()
  .positive()
  .max(2 ** 46);
const window = z.strictObject({ duration: time, blocks: time });

const fee = { feeBps: z.int().nonnegative().max(500), feeReceiver: address };

const parameters = z.strictObject({
  Participants: z.strictObject({ successionWindow: window }),
  Assets: z.strictObject({ policyNotice: window, moveWindow: window, voteWindow: window, freezeTerm: time }),
  Licences: z.strictObject({ leastWindow: window, ...fee }),
  Market: z.strictObject(fee),
  Cadastre: z.strictObject({
    admin: address,
    authority: address,
    steward: address,
    supervisor: address,
    guardian: address,
    adminDelay: delay,
    stewardDelay: delay,
  }),
});

/** Parameters of the Ignition modules, by module. */
export type Parameters = z.infer<typeof parameters>;

type Roles = Record<"admin" | "authority" | "steward" | "supervisor" | "guardian" | "treasury", string>;

export function developmentParameters({ treasury, ...roles }: Roles): Parameters {
  const { feeBps, delays, Licences, ...windows } = DEVELOPMENT;
  const fee = { feeBps, feeReceiver: treasury };
  return { ...windows, Licences: { ...Licences, ...fee }, Market: fee, Cadastre: { ...roles, ...delays } };
}

/**
 * Parameters of a network that is not for development: a file of its name in this folder; `undefined` if there is none.
 *
 * @throws Problem if the file does not say what it must
 */
export function networkParameters(network: string, folder = import.meta.dirname): Parameters | undefined {
  const path = join(folder, `${network}.json`);
  return existsSync(path) ? readJson(path, parameters) : undefined;
}
