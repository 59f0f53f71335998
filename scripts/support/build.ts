import { spawn } from "node:child_process";
import { join } from "node:path";
import { Problem } from "./problem.ts";

const ROOT = join(import.meta.dirname, "../..");
export const HARDHAT = join(ROOT, "node_modules/hardhat/dist/src/cli.js");

/** What a deployment puts on chain. Tests and examples would only make the build longer. */
const SOURCES = [
  "contracts/participants/ParticipantRegistry.sol",
  "contracts/assets/CurrencyRegistry.sol",
  "contracts/assets/ConsentGate.sol",
  "contracts/assets/DataAsset.sol",
  "contracts/provenance/ProvenanceRegistry.sol",
  "contracts/market/Marketplace.sol",
  "contracts/demo/DemoCurrency.sol",
  "npm:@openzeppelin/contracts/access/manager/AccessManager.sol",
];

/** Lets `hardhat.config.ts` point at the production build. Call it before Hardhat is loaded. */
export function useProductionBuild(): void {
  process.env.CADASTRE_BUILD = "production";
}

/** Compiles what is deployed with the production profile; what has not changed is not compiled again. */
export async function buildForDeployment(): Promise<void> {
  const child = spawn(
    process.execPath,
    [HARDHAT, "build", "--build-profile", "production", "--no-typechain", "--no-tests", "--quiet", ...SOURCES],
    { cwd: ROOT, env: { ...process.env, CADASTRE_BUILD: "production" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number>((done, fail) => {
    child.once("error", fail);
    child.once("close", (status) => done(status ?? 1));
  });
  if (code !== 0) throw new Problem(`The contracts could not be compiled.\n${output}`);
}
