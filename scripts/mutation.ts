// Changes one place of a contract at a time and asks whether a test notices. Results are kept under .cadastre/mutation/, and a
// second run on the same sources continues.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { positive, readOptions } from "./lib/command.ts";
import { list, remove, write } from "./lib/files.ts";
import { ROOT } from "./lib/process.ts";
import { close } from "./lib/report.ts";
import { type Base, fromJson, hashOfSources, prepare, toJson } from "./mutation/base.ts";
import { MochaTests } from "./mutation/mocha.ts";
import type { Mutant } from "./mutation/mutants.ts";
import { planned } from "./mutation/plan.ts";
import { Worker } from "./mutation/pool.ts";
import { counts, describe, page, type Result, share } from "./mutation/report.ts";

const ENOUGH = 90;
const LEAST = 150;
const WORKERS = 2;
const FOLDER = join(ROOT, ".cadastre/mutation");
const RESULTS = join(FOLDER, "results.jsonl");

const HELP = `npm run mutation [-- OPTIONS]

  --limit NUMBER  how many changes (default: 160)
  --seed TEXT     which ones (default: cadastre)
  --only FILE     of this contract alone
  --update        writes docs/assurance/mutations.md
  --help
`;

const options = readOptions(HELP, {
  limit: { type: "string", default: "160" },
  seed: { type: "string", default: "cadastre" },
  only: { type: "string" },
  update: { type: "boolean", default: false },
});
const limit = positive("limit", options.limit);

mkdirSync(FOLDER, { recursive: true });
const hash = hashOfSources();
const basePath = join(FOLDER, `base-${hash}.json`);
const mocha = new MochaTests(hash);
const order = planned(await mutants(), options.seed);
if (order.length === 0) throw new Error(`there are no mutants of ${options.only}`);
const known = new Map(recorded().map((result) => [result.mutant.id, result]));
const results: Result[] = [];
let valid = 0;
let open = 0;
let next = 0;
await Promise.all(Array.from({ length: WORKERS }, work));

for (const result of results.filter(({ verdict }) => verdict === "survived"))
  console.log(`survived: ${describe(result)}`);
const complete = valid >= LEAST && valid >= limit && options.only === undefined;
if (options.update && complete) write("docs/assurance/mutations.md", page(results, hash));
const faults = share(results) < ENOUGH ? [`less than ${ENOUGH} % of the changes are noticed`] : [];
if (options.update && !complete) faults.push(`not written: needs ${Math.max(LEAST, limit)} mutants of all contracts`);
close("mutation", `${valid} mutants, ${share(results)} % noticed`, faults);

/** Takes mutants in their order until enough count, so that the same ones are taken however long each takes. */
async function work(): Promise<void> {
  const worker = new Worker(basePath);
  while (valid + open < limit && next < order.length) {
    const mutant = order[next]!;
    next += 1;
    open += 1;
    const result = known.get(mutant.id) ?? (await attempt(worker, mutant));
    open -= 1;
    results.push(result);
    if (counts(result)) valid += 1;
  }
  worker.close();
}

async function attempt(worker: Worker, mutant: Mutant): Promise<Result> {
  const since = performance.now();
  let answer: { readonly verdict: string; readonly by?: string } = await worker.ask({ mutant, full: false });
  if (answer.verdict === "passed") {
    const by = await mocha.failure(mutant);
    answer = by === undefined ? await worker.ask({ mutant, full: true }) : { verdict: "killed", by };
  }
  const verdict = (answer.verdict === "passed" ? "survived" : answer.verdict) as Result["verdict"];
  const seconds = Math.round((performance.now() - since) / 100) / 10;
  const result = { mutant, sources: hash, verdict, ...(answer.by === undefined ? {} : { by: answer.by }), seconds };
  appendFileSync(RESULTS, `${JSON.stringify(result)}\n`);
  console.log(`${verdict}: ${describe(result)} [${answer.by ?? "no test"}, ${seconds} s]`);
  return result;
}

async function mutants(): Promise<readonly Mutant[]> {
  if (!existsSync(basePath)) {
    for (const old of list(".cadastre/mutation/base-*.json")) remove(old);
    writeFileSync(basePath, toJson(await prepare(console.log)));
  }
  const base: Base = fromJson(readFileSync(basePath, "utf8"));
  return base.mutants.filter(({ file }) => options.only === undefined || file === options.only);
}

function recorded(): readonly Result[] {
  if (!existsSync(RESULTS)) return [];
  const lines = readFileSync(RESULTS, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Result).filter(({ sources }) => sources === hash);
}
