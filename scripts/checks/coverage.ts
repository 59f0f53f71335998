// The tests run at least 98 % of the lines of contracts/; the other lines are named.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { command, readOptions } from "../lib/command.ts";
import { read } from "../lib/files.ts";
import { must, ROOT } from "../lib/process.ts";
import { close } from "../lib/report.ts";

const LIMIT = 98;
/** Not part of the system: stand-ins for tests, the example for integrators, the demonstration currency. */
const LEFT_OUT = /^contracts\/(mocks|examples|demo)\//;

const options = readOptions(
  "npm run check:coverage [-- --show]  tests run the contracts' lines; --show shows them run",
  {
    show: { type: "boolean", default: false },
  },
);
await command(async () => {
  rmSync(join(ROOT, "coverage"), { recursive: true, force: true });
  // One run of both kinds of tests, so that the report adds them up.
  await must("hardhat", ["--no-typechain", "--coverage", "test"], { show: options.show });

  const lines = parse(read("coverage/lcov.info"));
  let covered = 0;
  let total = 0;
  for (const [path, counts] of [...lines].sort()) {
    const missed = [...counts].filter(([, count]) => count === 0).map(([line]) => line);
    covered += counts.size - missed.length;
    total += counts.size;
    const named = missed.length === 0 ? "" : `  not run: ${missed.sort((a, b) => a - b).join(", ")}`;
    console.log(`${percent(counts.size - missed.length, counts.size).padStart(7)} ${path}${named}`);
  }
  const enough = total > 0 && (100 * covered) / total >= LIMIT;
  close(
    "coverage",
    `${covered} of ${total} lines, ${percent(covered, total)}`,
    enough ? [] : [`less than ${LIMIT} % of the lines of contracts/ are run`],
  );
});

/** Lines and how often each was run, for each of our files. */
function parse(report: string): Map<string, Map<number, number>> {
  const files = new Map<string, Map<number, number>>();
  for (const record of report.split("end_of_record")) {
    const path = /^SF:(.*)$/m.exec(record)?.[1]?.replaceAll("\\", "/");
    if (path === undefined || !path.startsWith("contracts/") || LEFT_OUT.test(path)) continue;
    const counts = [...record.matchAll(/^DA:(\d+),(\d+)/gm)].map(
      ([, line, count]) => [Number(line), Number(count)] as const,
    );
    files.set(path, new Map(counts));
  }
  return files;
}

/** Rounded down, so that 98 % means 98 %. */
function percent(part: number, whole: number): string {
  return whole === 0 ? "0 %" : `${(Math.floor((1_000 * part) / whole) / 10).toFixed(1)} %`;
}
