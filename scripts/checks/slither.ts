// Slither finds nothing in the contracts that are deployed but what `snapshots/slither.json` explains. Its detectors of style
// and of gas are left out: solhint and the gas snapshot see to those.
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { command, readOptions } from "../lib/command.ts";
import { DEPLOYED } from "../lib/deployed.ts";
import { Failure } from "../lib/failure.ts";
import { read, remove } from "../lib/files.ts";
import { ROOT } from "../lib/process.ts";
import { buildProduction } from "../lib/production.ts";
import { execute, pythonTools } from "../lib/python.ts";
import { close } from "../lib/report.ts";

const REQUIREMENTS = [
  { name: "slither-analyzer", version: "0.11.6" },
  { name: "crytic-compile", version: "0.4.2" },
];
const REASONS = "snapshots/slither.json";
const ARTIFACTS = ".cadastre/slither";
const FOUND_NOTHING = 0;
const FOUND_SOMETHING = 255;

interface Element {
  readonly type: string;
  readonly name: string;
  readonly type_specific_fields?: { readonly parent?: Element };
  readonly additional_fields?: { readonly underlying_type?: string; readonly variable_name?: string };
}

interface Finding {
  readonly check: string;
  readonly description: string;
  readonly elements: readonly Element[];
}

interface Answer {
  readonly success: boolean;
  readonly error: string | null;
  readonly results: { readonly detectors?: readonly Finding[] };
}

/** Copies the build infos of what is deployed: `artifacts` may hold those of other builds too. */
function copyBuildInfos(): void {
  remove(ARTIFACTS);
  const target = join(ROOT, ARTIFACTS, "build-info");
  mkdirSync(target, { recursive: true });
  for (const id of new Set(Object.entries(DEPLOYED).map(([name, path]) => buildInfoOf(name, path)))) {
    for (const file of [`${id}.json`, `${id}.output.json`]) {
      cpSync(join(ROOT, "artifacts/build-info", file), join(target, file));
    }
  }
}

function buildInfoOf(name: string, path: string): string {
  const artifact = readFileSync(join(ROOT, "artifacts", path, `${name}.json`), "utf8");
  return (JSON.parse(artifact) as { buildInfoId: string }).buildInfoId;
}

async function findings(): Promise<readonly Finding[]> {
  const bin = await pythonTools("slither", REQUIREMENTS);
  await buildProduction();
  copyBuildInfos();
  const { status, stdout, stderr } = await execute(join(bin, "slither"), [
    ...[".", "--ignore-compile", "--compile-force-framework", "hardhat", "--hardhat-artifacts-directory", ARTIFACTS],
    ...["--filter-paths", String.raw`node_modules|\.t\.sol|contracts/mocks`],
    ...["--exclude-informational", "--exclude-optimization", "--json", "-"],
  ]);
  const answer = status === FOUND_NOTHING || status === FOUND_SOMETHING ? (JSON.parse(stdout) as Answer) : undefined;
  if (answer?.success !== true) {
    throw new Failure(`${stderr}${answer?.error ?? stdout}\nslither: exit ${status ?? "without start"}`);
  }
  return answer.results.detectors ?? [];
}

/** The detector and what it points at, without lines: an edit elsewhere leaves it as it is. */
function keyOf({ check, elements }: Finding): string {
  const [first, ...rest] = elements.map(nameOf);
  return `${check}: ${[first, ...[...new Set(rest)].sort()].join(" | ")}`;
}

function nameOf(element: Element): string {
  const { underlying_type: kind, variable_name: variable } = element.additional_fields ?? {};
  if (kind === "variables_written" && variable !== undefined) return variable;
  if (kind === "event") return element.name.replace(/\(.*/s, "");
  if (element.type === "node") return element.name;
  const parent = element.type_specific_fields?.parent;
  return parent === undefined || parent.type === "file" ? element.name : `${nameOf(parent)}.${element.name}`;
}

readOptions("npm run check:slither  Slither finds nothing but what snapshots/slither.json explains", {});
await command(async () => {
  const reasons = JSON.parse(read(REASONS)) as Record<string, string>;
  const found = new Map((await findings()).map((finding) => [keyOf(finding), finding.description]));
  close("slither", `${found.size} findings, ${Object.keys(reasons).length} reasons`, [
    ...[...found].filter(([key]) => !reasons[key]).map(([key, text]) => `${REASONS} does not explain ${key}\n${text}`),
    ...Object.keys(reasons)
      .filter((key) => !found.has(key))
      .map((key) => `${REASONS} explains what is not found: ${key}`),
  ]);
});
