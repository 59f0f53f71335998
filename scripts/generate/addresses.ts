import { must } from "../lib/process.ts";
import { HEADER } from "./abi.ts";

/** Where a first deployment on a fresh development node puts each contract. */
export async function addresses(): Promise<Map<string, string>> {
  const output = await must("hardhat", [
    "--no-typechain",
    "run",
    "--no-compile",
    "scripts/generate/developmentAddresses.ts",
  ]);
  const json = /^addresses (\{.*\})$/m.exec(output)?.[1];
  if (json === undefined) throw new Error(`no addresses in:\n${output}`);
  const text = `${HEADER}
/**
 * Addresses by chain id and contract. Those of 31337 are where \`npm run deploy\` puts the contracts on a Hardhat node that is
 * fresh: they follow from the deployer's account and nonce.
 */
export const addresses = { 31337: ${json} } as const;

/** Chains on which the contracts have addresses of their own. */
export type KnownChainId = keyof typeof addresses;
/** Contracts that a deployment puts on a chain. */
export type ContractName = keyof (typeof addresses)[KnownChainId];
`;
  return new Map([["packages/abi/src/addresses.ts", text]]);
}
