import { createHash } from "node:crypto";
import { list, read } from "../lib/files.ts";
import { type Deployable, detach } from "./detach.ts";
import { graphOf } from "./graph.ts";
import { type Mutant, mutantsOf } from "./mutants.ts";
import { runFile } from "./runner.ts";
import { compile, type FileCode, parse, readSources, type Sources } from "./solidity.ts";

/** What is known of the sources before anything is changed. Workers read it from a file. */
export interface Base {
  readonly sources: Sources;
  readonly deployables: readonly Deployable[];
  readonly tests: readonly Test[];
  /** Creation code of the deployables, in their order. */
  readonly creation: readonly string[];
  /** Files whose code stands in that of a test file or of a deployable's file. */
  readonly carried: Readonly<Record<string, readonly string[]>>;
  readonly mutants: readonly Mutant[];
}

export interface Test {
  readonly file: string;
  readonly code: FileCode;
  /** Files whose code runs in this test. */
  readonly run: readonly string[];
  readonly seconds: number;
}

export const QUICK = { fuzz: 32, invariant: { runs: 4, depth: 50 } } as const;
/** As `hardhat test solidity` has it. */
export const FULL = { fuzz: 256, invariant: { runs: 24, depth: 100 } } as const;

/** Not the system: stand-ins for tests, the example for integrators, the demonstration currency. Interfaces have no code. */
const LEFT_OUT = /^contracts\/(mocks|examples|demo)\/|\/I[A-Z]\w*\.sol$/;

/** A hash of all that decides about the verdicts. */
export function hashOfSources(): string {
  const hash = createHash("sha256");
  const code = list("{contracts,test,ignition,scripts/mutation}/**/*.{sol,ts}");
  for (const file of [...code, "hardhat.config.ts", "package-lock.json"]) hash.update(file).update(read(file));
  return hash.digest("hex").slice(0, 16);
}

/** Compiles all and runs the Solidity tests on the unchanged contracts; all have to pass. */
export async function prepare(say: (text: string) => void): Promise<Base> {
  const original = readSources();
  const trees = parse(original);
  const graph = graphOf(trees);
  const { sources, deployables } = detach(original, graph.creations);
  const files = Object.keys(sources).filter((file) => file.startsWith("test/") && file.endsWith(".t.sol"));
  const mutants = [...trees]
    .filter(([file]) => file.startsWith("contracts/") && !LEFT_OUT.test(file))
    .flatMap(([file, tree]) => mutantsOf(file, original[file]!, tree));
  say(`${mutants.length} mutants of ${new Set(mutants.map(({ file }) => file)).size} files; compiling the tests`);
  const compiled = compile(sources, [...files, ...new Set(deployables.map(({ source }) => source))]);
  if (compiled.failures !== undefined) throw new Error(compiled.failures.join("\n"));
  const { codes } = compiled;
  const creation = deployables.map(({ source, contract }) => codes.get(source)![contract]!.creation);
  const deployed = new Map(deployables.map((deployable, i) => [deployable, creation[i]!]));
  say(`running ${files.length} test files on the unchanged contracts`);
  const tests: Test[] = [];
  for (const file of files) {
    const code = codes.get(file)!;
    const since = performance.now();
    const { passed, failure } = await runFile(file, code, deployed, QUICK);
    if (failure !== undefined || passed === 0)
      throw new Error(`${file} does not pass on the unchanged contracts: ${failure ?? "no test"}`);
    tests.push({ file, code, run: [...graph.run(file)], seconds: (performance.now() - since) / 1_000 });
  }
  const carried = Object.fromEntries(
    [...files, ...deployables.map(({ source }) => source)].map((file) => [file, [...graph.carried(file)]]),
  );
  return { sources, deployables, tests, creation, carried, mutants };
}

/** Deployables' addresses are bigints, which JSON does not have. */
export function toJson(base: Base): string {
  return JSON.stringify(base, (_, value: unknown) => (typeof value === "bigint" ? `n${value}` : value));
}

export function fromJson(text: string): Base {
  const base = JSON.parse(text) as Omit<Base, "deployables"> & {
    readonly deployables: readonly (Omit<Deployable, "at"> & { readonly at: string })[];
  };
  return { ...base, deployables: base.deployables.map((own) => ({ ...own, at: BigInt(own.at.slice(1)) })) };
}
