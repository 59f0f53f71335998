// The long run: many more fuzz cases, longer and more random histories, the mutation check and the proofs. Takes hours.
// `-- --update` keeps the outcome in docs/assurance/.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { positive, readOptions } from "./lib/command.ts";
import { commitOf } from "./lib/commit.ts";
import { readIfThere, write } from "./lib/files.ts";
import { LINES, linesIn } from "./lib/lines.ts";
import { ROOT, run } from "./lib/process.ts";
import { close } from "./lib/report.ts";
import { grouped } from "./support/table.ts";

const HELP = `npm run test:deep [-- OPTIONS]

  --only PART       one of solidity, mutation, prove (default: all of them, one after another)
  --fuzz NUMBER     cases of each fuzz test (default: 10000)
  --runs NUMBER     histories of each invariant (default: 2000)
  --depth NUMBER    calls of each history (default: 200)
  --mutants NUMBER  changes to the contracts (default: 160)
  --update          keeps the outcome in docs/assurance/, beside what other parts left there
  --help
`;
const RECORD = "docs/assurance/deep.json";

const options = readOptions(HELP, {
  only: { type: "string" },
  fuzz: { type: "string", default: "10000" },
  runs: { type: "string", default: "2000" },
  depth: { type: "string", default: "200" },
  mutants: { type: "string", default: "160" },
  update: { type: "boolean", default: false },
});
for (const name of ["fuzz", "runs", "depth", "mutants"] as const) positive(name, options[name]);
const { fuzz, runs, depth, mutants } = options;

interface Outcome {
  readonly what: string;
  readonly outcome: string;
  readonly ok: boolean;
  readonly minutes: number;
}

/** What is kept of a part: when it ran last, and on which sources. */
interface Kept extends Outcome {
  readonly day: string;
  readonly commit: string;
}

const PARTS = {
  solidity,
  mutation: () => script("mutation", "--limit", mutants),
  prove: () => script("prove"),
} as const;
const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
const chosen = names.filter((name) => options.only === undefined || name === options.only);
if (chosen.length === 0) throw new Error(`--only: ${options.only} is none of ${names.join(", ")}`);

const commit = commitOf();
const done: Partial<Record<keyof typeof PARTS, Kept>> = {};
for (const name of chosen) {
  const outcome = await PARTS[name]();
  done[name] = { ...outcome, day: new Date().toISOString().slice(0, 10), commit };
}
const before = JSON.parse(readIfThere(RECORD) ?? "{}") as typeof done;
const kept = options.update ? { ...before, ...done } : done;
const page = pageOf(kept);
console.log(`\n${page}`);
if (options.update) {
  write(RECORD, `${JSON.stringify(kept, null, 2)}\n`);
  write("docs/assurance/deep.md", page);
}
const failed = chosen.flatMap((name) => (done[name]!.ok ? [] : [done[name]!.what]));
close("deep", `${chosen.length} parts`, failed);

function pageOf(parts: typeof done): string {
  const rows = names.map((name) => {
    const part = parts[name];
    if (part === undefined) return `| \`npm run ${name}\` | run on its own: see below | | | |`;
    return `| ${part.what} | ${part.outcome} | ${part.minutes} | ${part.day} | ${part.commit} |`;
  });
  return `# The last long run

\`npm run test:deep\`, each part when it ran last and on which commit.

| what | outcome | minutes | date | commit |
| --- | --- | ---: | --- | --- |
${rows.join("\n")}

What was noticed of changes to the contracts is in [mutations.md](mutations.md), what is proved in [proofs.md](proofs.md); each says
when it ran last, and on which sources.

## Lines

Without empty lines and comments; none is written for the ratio.

| what | lines |
| --- | ---: |
${LINES.map(({ what, files }) => `| ${what} | ${grouped(linesIn(files))} |`).join("\n")}
`;
}

async function solidity(): Promise<Outcome> {
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
function script(name: string, ...args: readonly string[]): Outcome {
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
