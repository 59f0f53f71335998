// What the contracts cost beside their peers: `npm run bench:gas`, with `--trace ROW/PEER` or `--growth`.
import { command, readOptions } from "../../scripts/lib/command.ts";
import { buildForDeployment, useProductionBuild } from "../../scripts/support/build.ts";
import { installPeers } from "./lib/install.ts";

const HELP = `npm run bench:gas [-- OPTIONS]

  --trace ROW/PEER  shows the calls, storage accesses and events of one transaction, such as transfer/ours
  --growth          measures what one costs while their number grows
  --help
`;

const { trace, growth } = readOptions(HELP, {
  trace: { type: "string" },
  growth: { type: "boolean", default: false },
});

await command(async () => {
  installPeers();
  await buildForDeployment();
  useProductionBuild();
  // Only now: these load Hardhat, which has to find the build of deployments.
  if (trace !== undefined) await (await import("./lib/showTrace.ts")).showTrace(trace);
  else if (growth) await (await import("./lib/growth.ts")).growth();
  else await (await import("./lib/measure.ts")).measure();
});
// The simulated network would keep the process alive.
process.exit();
