import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOYED, type DeployedName } from "./deployed.ts";
import { must, ROOT } from "./process.ts";

/** Options with which Hardhat uses the profile of deployments. */
export const PRODUCTION = ["--no-typechain", "--build-profile", "production"];

/** Builds the contracts as they are deployed; a second call in the same state is quick. */
export async function buildProduction(): Promise<void> {
  await must("hardhat", [...PRODUCTION, "build", "--quiet", "--no-tests"]);
}

/** Bytes of the code that a deployment sends and of the code that it leaves on chain. */
export function sizesOf(name: DeployedName): { readonly creation: number; readonly runtime: number } {
  const path = join(ROOT, "artifacts", DEPLOYED[name], `${name}.json`);
  const { bytecode, deployedBytecode } = JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  return { creation: bytesOf(bytecode!), runtime: bytesOf(deployedBytecode!) };
}

const bytesOf = (hex: string) => (hex.length - 2) / 2;
