// The long run: many more fuzz cases, longer and more random histories, the mutation check and the proofs. Takes hours.
// `-- --update` keeps the outcome in docs/assurance/.
import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { positive, readOptions } from "./lib/command.ts";
import { write } from "./lib/files.ts";
import { LINES, linesIn } from "./lib/lines.ts";
import { ROOT, run } from "./lib/process.ts";
import { close } from "./lib/report.ts";
import { grouped } from "./support/table.ts";

const HELP = `npm run test:deep [-- OPTIONS]

  --fuzz NUMBER     cases of each fuzz test (default: 10000)
  --runs NUMBER     histories of each invariant (default: 2000)
  --depth NUMBER    calls of each history (default: 200)
  --mutants NUMBER  changes to the contracts (default: 160)
  --update          keeps the outcome in docs/assurance/
  --help
`;

const options = readOptions(HELP, {
  fuzz: { type: "string", default: "10000" },
  runs: { type: "string", default: "2000" },
  depth: { type: "string", default: "200" },
  mutants: { type: "string", default: "160" },
  update: { type: "boolean", default: false },
});
for (const name of ["fuzz", "runs", "depth", "mutants"] as const) positive(name, options[name]);
const { fuzz, runs, depth, mutants } = options;

interface Part {
  readonly what: string;
  readonly outcome: string;
  readonly ok: boolean;
  readonly minutes: number;
}

const parts = [await solidity(), script("mutation", "--limit", mutants), script("prove")];
const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim();
const changed = execFileSync("git", ["status", "--porcelain"], { cwd: ROOT, encoding: "utf8" }) !== "";
const day = new Date().toISOString().slice(0, 10);
const page = `# The last long run

\`npm run test:deep\` on ${day}, commit ${commit}${changed ? ", with changes that were not committed" : ""}.

| what | outcome | minutes |
| --- | --- | ---: |
${parts.map(({ what, outcome, minutes }) => `| ${what} | ${outcome} | ${minutes} |`).join("\n")}

## Lines

Without empty lines and comments; none is written for the ratio.

| what | lines |
| --- | ---: |
${LINES.map(({ what, files }) => `| ${what} | ${grouped(linesIn(files))} |`).join("\n")}
`;
console.log(`\n${page}`);
if (options.update) write("docs/assurance/deep.md", page);
close(
  "deep",
  `${parts.length} parts`,
  parts.filter(({ ok }) => !ok).map(({ what }) => what),
);

async function solidity(): Promise<Part> {
  const start = performance.now();
  const env = { CADASTRE_FUZZ_RUNS: fuzz, CADASTRE_INVARIANT_RUNS: runs, CADASTRE_INVARIANT_DEPTH: depth };
  const { status, output } = await run("hardhat", ["--no-typechain", "test", "solidity"], { env, show: true });
  const count = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, "m").exec(output)?.[1] ?? 0);
  return {
    what: `Solidity tests, ${fuzz} cases each, invariants ${runs} × ${depth}`,
    outcome: `${count("passing")} passed, ${count("failing")} failed`,
    ok: status === 0 && count("passing") > 0,
    minutes: minutesSince(start),
  };
}

/** Runs one of our own scripts; its last line says how it went. */
function script(name: string, ...args: readonly string[]): Part {
  const start = performance.now();
  const keep = options.update ? ["--update"] : [];
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, `scripts/${name}.ts`), ...args, ...keep], {
    ...{ cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 28 },
  });
  process.stdout.write(stdout);
  return {
    what: `npm run ${name}`,
    outcome: stdout.trimEnd().split("\n").at(-1) ?? "",
    ok: status === 0,
    minutes: minutesSince(start),
  };
}

function minutesSince(start: number): number {
  return Math.round((performance.now() - start) / 60_000);
}
