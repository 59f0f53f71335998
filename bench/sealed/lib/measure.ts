import { execFileSync } from "node:child_process";
import { closeSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { generated } from "./generated.ts";
import { type Cost, OPERATIONS, type Operation } from "./operations.ts";

/** The cheapest of some runs of each operation, with the most memory that any of them took. */
export type Measured = Record<Operation, Cost>;

/** Generates a file of so many bytes in the folder, and seals and opens it in all ways. */
export function measure(folder: string, bytes: number, repeat: number): Measured {
  const data = join(folder, "data");
  const file = openSync(data, "w");
  for (const piece of generated(bytes)) writeSync(file, piece);
  closeSync(file);

  const runs: [Operation, Cost][] = [];
  for (let i = 0; i < repeat; i++) {
    for (const name of Object.keys(OPERATIONS) as Operation[]) {
      const { does } = OPERATIONS[name];
      if (does === "seal") rmSync(join(folder, "sealed"), { recursive: true, force: true });
      runs.push([name, run(name, folder, bytes)]);
      if (does === "open" || does === "openTwice") {
        compare(join(folder, "opened"), data);
        rmSync(join(folder, "opened"));
      }
      rmSync(join(folder, "streamed"), { force: true });
    }
  }
  return Object.fromEntries(
    Object.keys(OPERATIONS).map((name) => {
      const costs = runs.filter(([other]) => other === name).map(([, cost]) => cost);
      return [name, cheapest(costs)];
    }),
  ) as Measured;
}

function run(name: Operation, folder: string, bytes: number): Cost {
  process.stderr.write(`${name} … `);
  const child = join(import.meta.dirname, "child.ts");
  const cost = JSON.parse(execFileSync(process.execPath, [child, name, folder, String(bytes)], { encoding: "utf8" }));
  process.stderr.write(`${cost.seconds.toFixed(2)} s, ${cost.cpuSeconds.toFixed(2)} s of CPU\n`);
  return cost as Cost;
}

function cheapest(costs: readonly Cost[]): Cost {
  const of = (member: keyof Cost) => costs.map((cost) => cost[member]);
  return {
    seconds: Math.min(...of("seconds")),
    cpuSeconds: Math.min(...of("cpuSeconds")),
    peakMemory: Math.max(...of("peakMemory")),
  };
}

/** A benchmark that opens something else measures nothing. */
function compare(path: string, expected: string): void {
  const [one, two] = [openSync(path, "r"), openSync(expected, "r")];
  const [a, b] = [Buffer.alloc(2 ** 20), Buffer.alloc(2 ** 20)];
  let same = statSync(path).size === statSync(expected).size;
  for (let read = 1; same && read > 0; ) {
    read = readSync(one, a);
    same = read === readSync(two, b) && a.compare(b, 0, read, 0, read) === 0;
  }
  closeSync(one);
  closeSync(two);
  if (!same) throw new Error(`${path} is not what was sealed`);
}
