import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Problem } from "./problem.ts";

const ROOT = join(import.meta.dirname, "../..");
const COMPILE = join(import.meta.dirname, "compile.ts");
export const HARDHAT = join(ROOT, "node_modules/hardhat/dist/src/cli.js");
/** To be preloaded into children that have a channel to their parent. */
export const EXIT_WITH_PARENT = pathToFileURL(join(import.meta.dirname, "exitWithParent.ts")).href;

/** Lets `hardhat.config.ts` point at the production build. Call it before Hardhat is loaded. */
export function useProductionBuild(): void {
  process.env.CADASTRE_BUILD = "production";
}

/** Compiles what is deployed with the production profile; what has not changed is not compiled again. */
export async function buildForDeployment(): Promise<void> {
  const child = spawn(process.execPath, ["--import", EXIT_WITH_PARENT, COMPILE], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number>((done, fail) => {
    child.once("error", fail);
    child.once("close", (status) => done(status ?? 1));
  });
  if (code !== 0) throw new Problem(`The contracts could not be compiled.\n${output}`);
}
