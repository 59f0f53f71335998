// Runs every test of the repository and closes with their counts. A test that lacks a tool prints `SKIPPED name: needs X`
// and counts as skipped.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readOptions } from "./lib/command.ts";
import { list } from "./lib/files.ts";
import { ROOT, run } from "./lib/process.ts";

readOptions("npm test  runs every test and closes with their counts", {});

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const PACKAGES = list("packages/*/package.json")
  .map((path) => dirname(path))
  .filter((folder) => existsSync(join(ROOT, folder, "test")) || list(`${folder}/src/**/*.test.ts`).length > 0);
const RUNS: readonly { readonly name: string; readonly start: () => ReturnType<typeof run> }[] = [
  ...PACKAGES.map((folder) => ({
    name: folder,
    start: () => run("vitest", ["run"], { cwd: join(ROOT, folder), show: true }),
  })),
  ...["solidity", "mocha"].map((runner) => ({
    name: `contracts, ${runner}`,
    start: () => run("hardhat", ["--no-typechain", "test", runner], { show: true }),
  })),
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const { name, start } of RUNS) {
  console.log(`\n== ${name}`);
  const since = performance.now();
  const { status, output } = await start();
  const counts = countsIn(output);
  // A run that breaks off before it counts is a failure too, and so is one without any test.
  if (counts.failed === 0 && (status !== 0 || counts.passed === 0)) counts.failed = 1;
  lines.push(`${name}: ${describe(counts)} (${Math.round((performance.now() - since) / 1_000)} s)`);
  for (const key of ["passed", "failed", "skipped"] as const) total[key] += counts[key];
}
console.log(`\n${lines.join("\n")}\n${describe(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Counts in the closing lines of mocha, Hardhat's Solidity tests and vitest. */
function countsIn(output: string): Counts {
  const last = (pattern: RegExp) => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  const vitest = /^\s*Tests .*$/gm.exec(output)?.[0];
  const announced = [...output.matchAll(/^\s*SKIPPED .+: needs .+$/gm)].length;
  if (vitest !== undefined) {
    const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(vitest)?.[1] ?? 0);
    return { passed: count("passed"), failed: count("failed"), skipped: Math.max(count("skipped"), announced) };
  }
  return {
    passed: last(/^\s*(\d+) passing\b/gm),
    failed: last(/^\s*(\d+) failing\b/gm),
    skipped: Math.max(last(/^\s*(\d+) (?:pending|skipped)\b/gm), announced),
  };
}
