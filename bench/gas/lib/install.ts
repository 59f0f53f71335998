import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

export const HERE = join(import.meta.dirname, "..");
const LOCK = join(HERE, "package-lock.json");
/** npm writes it at the end of each installation. */
const INSTALLED = join(HERE, "node_modules/.package-lock.json");

/** Installs the peers from their lock file unless that was done since the lock file changed. */
export function installPeers(): void {
  if (existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs) return;
  console.log("Installing the peers (npm ci in bench/gas) …");
  const npm = process.env.npm_execpath;
  const [program, args] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  // None of the peers needs an install script.
  const { status } = spawnSync(program, [...args, "ci", "--ignore-scripts"], { cwd: HERE, stdio: "inherit" });
  if (status !== 0) throw new Error("npm ci in bench/gas failed; see above");
}
