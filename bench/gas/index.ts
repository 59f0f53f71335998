// What the contracts cost beside their peers: `npm run bench:gas`, with `--trace ROW/PEER` or `--growth`.
import { parseArgs } from "node:util";
import { buildForDeployment, useProductionBuild } from "../../scripts/support/build.ts";
import { installPeers } from "./lib/install.ts";

const { values } = parseArgs({ options: { trace: { type: "string" }, growth: { type: "boolean", default: false } } });

installPeers();
await buildForDeployment();
useProductionBuild();
// Only now: these load Hardhat, which has to find the build of deployments.
if (values.trace !== undefined) await (await import("./lib/showTrace.ts")).showTrace(values.trace);
else if (values.growth) await (await import("./lib/growth.ts")).growth();
else await (await import("./lib/measure.ts")).measure();
// The simulated network would keep the process alive.
process.exit();
