// What the actions cost in the production profile is what is committed. A missed design figure is shown, not failed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, readOptions } from "../lib/command.ts";
import { must } from "../lib/process.ts";
import { buildProduction, PRODUCTION } from "../lib/production.ts";
import { close } from "../lib/report.ts";
import { committedSnapshot, compare, UPDATE } from "../lib/snapshot.ts";

type Costs = Readonly<Record<string, number>>;

/** What the system was designed for, in the steady state. */
const DESIGN: Costs = {
  ...{ transfer: 50_000, fill: 104_000, append: 40_000, distribute: 60_000, claim: 56_000 },
  ...{ license: 135_000, deliver: 45_000, settle: 85_000, disputeKey: 120_000, disputeContent: 950_000 },
};

const options = readOptions("npm run check:gas [-- --update]  what each action costs is what is committed", UPDATE);
await command(async () => {
  await buildProduction();
  const measured = await measure();
  const before = committedSnapshot<Costs>("gas") ?? {};
  console.log("action             gas  changed   design");
  for (const [action, gas] of Object.entries(measured)) {
    const design = DESIGN[action];
    const verdict = design === undefined ? "" : `${String(design).padStart(9)} ${gas <= design ? "met" : "missed"}`;
    const change = String(gas - (before[action] ?? gas)).padStart(8);
    console.log(`${action.padEnd(14)} ${String(gas).padStart(7)} ${change}${verdict}`);
  }
  const figures = Object.entries(DESIGN);
  const met = figures.filter(([action, design]) => (measured[action] ?? Infinity) <= design).length;
  const summary = `${Object.keys(measured).length} actions, ${met} of ${figures.length} design figures met`;
  close("gas", summary, await compare("gas", measured, options));
});

async function measure(): Promise<Costs> {
  const folder = mkdtempSync(join(tmpdir(), "gas-"));
  try {
    const path = join(folder, "gas.json");
    const args = [...PRODUCTION, "test", "mocha", "--no-compile", "test/gas/gas.test.ts"];
    await must("hardhat", args, { env: { GAS_RESULT: path } });
    return JSON.parse(readFileSync(path, "utf8")) as Costs;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
