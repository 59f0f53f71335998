// npm on a Node older than 22 skips the native package of Hardhat's engine (its `engines` field does not match and it is
// optional). This script already runs on the Node 24 of node_modules/.bin, so it lets npm finish the installation with that.
import { spawnSync } from "node:child_process";

const userAgent = process.env.npm_config_user_agent ?? "";
const npmNodeMajor = Number(/\bnode\/v(\d+)/.exec(userAgent)?.[1] ?? process.versions.node.split(".")[0]);
const npm = process.env.npm_execpath;

if (npmNodeMajor < 22) {
  if (npm === undefined) {
    console.error("postinstall: npm_execpath is not set; run this through npm");
    process.exit(1);
  }
  const { status } = spawnSync(process.execPath, [npm, "install", "--ignore-scripts", "--no-save"], {
    stdio: "inherit",
  });
  process.exit(status ?? 1);
}
