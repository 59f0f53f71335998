// A process of its own: compiles what a deployment puts on chain. Each file is a job, and all processors take part.
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { DEPLOYED } from "../lib/deployed.ts";
import { useProductionBuild } from "./build.ts";

useProductionBuild();
const { default: hre } = await import("hardhat");
const files = Object.values(DEPLOYED)
  // Examples would only make the build longer.
  .filter((path) => !path.startsWith("contracts/examples/"))
  .map((path) => (path.startsWith("@") ? `npm:${path}` : resolve(hre.config.paths.root, path)));
const options = { buildProfile: "production", isolated: true, concurrency: availableParallelism(), quiet: true };
const result = await hre.solidity.build(files, options);
const failed = !(result instanceof Map) || [...result.values()].some((file) => "errors" in file);
process.exit(failed ? 1 : 0);
