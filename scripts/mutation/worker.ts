// A process that tries mutants on the Solidity tests. Separate, because a test that does not end can only be killed.
import { readFileSync } from "node:fs";
import { type Base, FULL, fromJson, QUICK, type Test } from "./base.ts";
import type { Deployable } from "./detach.ts";
import type { Mutant } from "./mutants.ts";
import { NO_END } from "./report.ts";
import { type Effort, runFile } from "./runner.ts";
import { type Compiled, compile, type FileCode } from "./solidity.ts";
import { replaced } from "./tree.ts";

export interface Job {
  readonly mutant: Mutant;
  /** As hard as `hardhat test solidity` tries. */
  readonly full: boolean;
}

export type Answer =
  | { readonly verdict: "invalid" | "equivalent" | "passed" }
  | { readonly verdict: "killed"; readonly by: string; readonly broken?: true };

const base = fromJson(readFileSync(process.argv[2]!, "utf8"));
/** The code of files before a change, by the changed file. */
const originals = new Map<string, ReadonlyMap<string, FileCode>>();

process.on("message", (job: Job) => {
  void attempt(job).then((answer) => {
    process.send!(answer, () => {
      if (answer.verdict === "killed" && answer.broken === true) process.exit();
    });
  });
});
process.on("disconnect", () => process.exit());

async function attempt({ mutant, full }: Job): Promise<Answer> {
  const files = Object.keys(base.carried).filter((file) => base.carried[file]!.includes(mutant.file));
  const changed = compile(changedSources(mutant), files);
  if (changed.failures !== undefined) return { verdict: "invalid" };
  const { codes } = changed;
  if (!originals.has(mutant.file)) originals.set(mutant.file, must(compile(base.sources, files)));
  if (same(codes, originals.get(mutant.file)!)) return { verdict: "equivalent" };

  const deployed = new Map<Deployable, string>(
    base.deployables.map((own, i) => [own, codes.get(own.source)?.[own.contract]?.creation ?? base.creation[i]!]),
  );
  const effort = full ? FULL : QUICK;
  for (const test of inOrder(mutant.file)) {
    const failure = await limited(test, codes.get(test.file) ?? test.code, deployed, effort);
    if (failure === "timeout") return { verdict: "killed", by: `${test.file}: ${NO_END}`, broken: true };
    if (failure !== undefined) return { verdict: "killed", by: `${test.file}: ${failure}` };
  }
  if (full) return { verdict: "passed" };
  // What the optimiser makes the same is the same.
  const optimised = compile(changedSources(mutant), files, true);
  if (optimised.failures !== undefined) return { verdict: "invalid" };
  return { verdict: same(optimised.codes, must(compile(base.sources, files, true))) ? "equivalent" : "passed" };
}

function changedSources(mutant: Mutant): Base["sources"] {
  return { ...base.sources, [mutant.file]: replaced(base.sources[mutant.file]!, [mutant]) };
}

function must(compiled: Compiled): ReadonlyMap<string, FileCode> {
  if (compiled.failures !== undefined) throw new Error(compiled.failures.join("\n"));
  return compiled.codes;
}

function same(a: ReadonlyMap<string, FileCode>, b: ReadonlyMap<string, FileCode>): boolean {
  return [...a].every(([file, contracts]) =>
    Object.entries(contracts).every(([name, { creation }]) => creation === b.get(file)![name]!.creation),
  );
}

/** The tests that run the file's code: of the same name, of the same folder, others, invariants; the quick ones first. */
function inOrder(file: string): readonly Test[] {
  const [, folder, name] = /^contracts\/(\w+)\/(?:.*\/)?(\w+)\.sol$/.exec(file)!;
  const distance = (test: string) => {
    if (test.startsWith("test/invariant/")) return 3;
    if (!test.startsWith(`test/${folder}/`)) return 2;
    return test.split("/").at(-1)!.toLowerCase().startsWith(name!.toLowerCase()) ? 0 : 1;
  };
  return base.tests
    .filter(({ run }) => run.includes(file))
    .sort((a, b) => distance(a.file) - distance(b.file) || a.seconds - b.seconds);
}

async function limited(
  test: Test,
  code: FileCode,
  deployed: ReadonlyMap<Deployable, string>,
  effort: Effort,
): Promise<string | undefined> {
  const hardness = effort === FULL ? 20 : 1;
  const limit = 1_000 * Math.max(20, 10 * test.seconds * hardness);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<"timeout">((end) => {
    timer = setTimeout(() => end("timeout"), limit);
  });
  const result = runFile(test.file, code, deployed, effort).then(({ failure }) => failure);
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
