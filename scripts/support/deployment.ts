import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Address, isAddress, isHash } from "viem";
import { z } from "zod/v4";
import type { Chain } from "./chain.ts";
import { type Contracts, contractsAt } from "./contracts.ts";
import { Problem } from "./problem.ts";
import { readJson } from "./readJson.ts";

const ROOT = join(import.meta.dirname, "../..");
const DEFAULT_PORT = "8545";

const addressesFile = z.record(
  z.string(),
  z.custom<Address>((value) => typeof value === "string" && isAddress(value)),
);
const genesisFile = z.object({
  genesis: z.custom<`0x${string}`>((value) => typeof value === "string" && isHash(value)),
});

/** What is known of a chain's deployment before anything is sent: `stale` belongs to a chain that is no more. */
export type DeploymentState =
  | { readonly kind: "none" | "partial" }
  | { readonly kind: "stale"; readonly reason: string }
  | { readonly kind: "complete"; readonly contracts: Contracts };

/** The endpoint of a chain on this machine. Others are not shown: there may be a secret in them. */
export async function localEndpointOf({ connection: { networkConfig } }: Chain): Promise<URL | undefined> {
  if (networkConfig.type !== "http") throw new Error("only chains over HTTP have endpoints");
  const url = new URL(await networkConfig.url.getUrl());
  return url.hostname === "127.0.0.1" || url.hostname === "localhost" ? url : undefined;
}

/** A local chain on another port than the usual one has a deployment of its own, so that two can run side by side. */
export async function deploymentIdOf(chain: Chain): Promise<string> {
  const port = (await localEndpointOf(chain))?.port ?? "";
  return port !== "" && port !== DEFAULT_PORT ? `chain-${chain.id}-port-${port}` : `chain-${chain.id}`;
}

export function folderOf(deploymentId: string): string {
  return join(ROOT, "ignition/deployments", deploymentId);
}

/** Files of this chain that are no part of its deployment, such as sealed datasets and their keys. */
export function privateFolderOf(deploymentId: string): string {
  return join(ROOT, ".cadastre", deploymentId);
}

export function forget(deploymentId: string): void {
  rmSync(folderOf(deploymentId), { recursive: true, force: true });
}

/** Notes which chain a deployment is on, before its first transaction. */
export function recordGenesis(deploymentId: string, { genesis }: Chain): void {
  mkdirSync(folderOf(deploymentId), { recursive: true });
  writeFileSync(join(folderOf(deploymentId), "genesis.json"), `${JSON.stringify({ genesis })}\n`);
}

export async function readDeployment(chain: Chain, deploymentId: string): Promise<DeploymentState> {
  const folder = folderOf(deploymentId);
  if (!existsSync(folder)) return { kind: "none" };
  const genesis = read(join(folder, "genesis.json"), genesisFile)?.genesis;
  if (genesis !== undefined && genesis !== chain.genesis) {
    return { kind: "stale", reason: `its first block was ${genesis}, this chain's is ${chain.genesis}` };
  }
  const addresses = read(join(folder, "deployed_addresses.json"), addressesFile) ?? {};
  for (const [name, address] of Object.entries(addresses)) {
    const code = await chain.client.getCode({ address });
    if (code === undefined) return { kind: "stale", reason: `there is no contract ${name} at ${address}` };
  }
  const { contracts } = contractsAt(addresses);
  return contracts === undefined ? { kind: "partial" } : { kind: "complete", contracts };
}

export function staleProblem(deploymentId: string, reason: string): Problem {
  return new Problem(
    `The deployment in ignition/deployments/${deploymentId} belongs to an earlier chain: ${reason}.\n` +
      "Deploy afresh with `npm run deploy -- --reset`, or stop the chain and run `npm start`, which does both.",
  );
}

/** The contracts of a network, for whoever wants to use them. */
export async function deployedContracts(chain: Chain): Promise<Contracts> {
  const id = await deploymentIdOf(chain);
  const state = await readDeployment(chain, id);
  if (state.kind === "stale") throw staleProblem(id, state.reason);
  if (state.kind === "complete") return state.contracts;
  const what = state.kind === "none" ? "Nothing is deployed" : "The deployment is not complete";
  throw new Problem(
    `${what} on the network "${chain.name}" (chain ${chain.id}). Run \`npm run deploy -- --network ${chain.name}\`.`,
  );
}

function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  return existsSync(path) ? readJson(path, schema) : undefined;
}
