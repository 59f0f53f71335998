import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../../scripts/lib/process.ts";
import { grouped } from "../../../scripts/support/table.ts";
import type { Series } from "./growth.ts";
import { HERE } from "./install.ts";
import type { Results, Row } from "./rows.ts";

const begin = (section: Section) => `<!-- ${section}: begin -->`;
const end = (section: Section) => `<!-- ${section}: end -->`;

/** The parts of READMEs that the commands write, and where they stand. */
const SECTIONS = { costs: ROOT, measured: HERE, growth: HERE } as const;
export type Section = keyof typeof SECTIONS;

/** One line for each operation. */
export function summaryOf({ rows }: Results): string {
  return [
    "| operation | ours | at most | | floor | peers |",
    "| --- | ---: | ---: | --- | ---: | --- |",
    ...rows.map(summary),
  ].join("\n");
}

/** All tables of the bench's README, as they follow from the results. */
export function tablesOf(results: Results): string {
  const { rows, absent } = results;
  return [
    summaryOf(results),
    "",
    "Each figure's transaction, call by call:",
    "",
    "| operation | who | gas | ours is | what it does | trace |",
    "| --- | --- | ---: | ---: | --- | --- |",
    ...rows.flatMap(details),
    ...absent.map(({ key, name, why }) => `| ${key} | ${name} | not measured | | ${why} | |`),
    "",
    "Where our gas goes:",
    "",
    "| operation | transaction, call data | storage | calls | events | signature | computing: currency | computing: ours |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map(parts),
    "",
    "What is above the floor where a limit is missed:",
    "",
    "| operation | the limit leaves | ours takes | computing: currency | accesses beyond the floor | computing: ours |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows.filter(({ bar }) => bar === "missed").map(excess),
  ].join("\n");
}

/** What one costs at the least and at the greatest number. */
export function growthTableOf(series: readonly Series[]): string {
  return [
    "| what grows | from | to |",
    "| --- | ---: | ---: |",
    ...series.map(({ title, unit, points }) => {
      const [first, last] = [points[0]!, points.at(-1)!];
      const range = `1 to ${grouped(last.n)}`;
      return `| ${title}, ${range} | ${grouped(first.perUnit)} ${unit} | ${grouped(last.perUnit)} ${unit} |`;
    }),
  ].join("\n");
}

export function sectionOf(readme: string, section: Section): string | undefined {
  const [from, to] = [readme.indexOf(begin(section)), readme.indexOf(end(section))];
  return from < 0 || to < from ? undefined : readme.slice(from + begin(section).length, to).trim();
}

export function writeSection(section: Section, text: string): void {
  const path = join(SECTIONS[section], "README.md");
  const readme = readFileSync(path, "utf8");
  if (sectionOf(readme, section) === undefined) throw new Error(`${path} has no place for "${section}"`);
  const [from, to] = [readme.indexOf(begin(section)) + begin(section).length, readme.indexOf(end(section))];
  writeFileSync(path, `${readme.slice(0, from)}\n${text}\n${readme.slice(to)}`);
}

function summary({ key, title, ours, limit, bar, floor, peers }: Row): string {
  const others = peers.map(({ name, gas }) => `${name} ${grouped(gas)}`).join("; ");
  const verdict = bar === "met" ? "met" : `missed by ${((ours / limit - 1) * 100).toFixed(1)} %`;
  return `| \`${key}\`: ${title} | ${grouped(ours)} | ${grouped(limit)} | ${verdict} | ${grouped(floor.gas)} | ${others} |`;
}

function details({ key, ours, trace, peers }: Row): string[] {
  return [
    `| ${key} | ours | ${grouped(ours)} | | | \`${trace}\` |`,
    ...peers.map(
      ({ name, gas, does, trace }) =>
        `| ${key} | ${name} | ${grouped(gas)} | ${(ours / gas).toFixed(2)} × | ${does} | \`${trace}\` |`,
    ),
  ];
}

function parts({ key, breakdown: b }: Row): string {
  const figures = [b.transaction, b.storage, b.contracts, b.events, b.signature, b.currencyComputing, b.computing];
  return `| ${key} | ${figures.map(grouped).join(" | ")} |`;
}

function excess({ key, ours, limit, floor, breakdown: { currencyComputing, computing } }: Row): string {
  const taken = ours - floor.gas;
  const figures = [limit - floor.gas, taken, currencyComputing, taken - currencyComputing - computing, computing];
  return `| ${key} | ${figures.map(grouped).join(" | ")} |`;
}
