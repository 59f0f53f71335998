import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { list } from "../lib/files.ts";
import { ROOT, run } from "../lib/process.ts";
import type { Mutant } from "./mutants.ts";
import { replaced } from "./tree.ts";

/** Inside the repository, so that packages are found above it. */
const TREE = join(ROOT, ".cadastre/mutation/tree");
const LEFT_OUT = new Set(["node_modules", ".git", ".cadastre", "artifacts", "cache", "coverage"]);
/** Tests of the whole system, run for every file. */
const WIDE = ["access", "exits", "replay"];

/** The TypeScript tests, in a copy of the repository as it is at the start: slow, so only for what survives the Solidity tests. */
export class MochaTests {
  readonly #hash: string;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #passing = new Set<string>();

  constructor(hash: string) {
    this.#hash = hash;
    this.#copy();
  }

  /** The first test that fails on the mutant, one mutant at a time. */
  failure(mutant: Mutant): Promise<string | undefined> {
    const result = this.#queue.then(() => this.#attempt(mutant));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  async #attempt(mutant: Mutant): Promise<string | undefined> {
    const folder = mutant.file.split("/")[1]!;
    const files = [folder, ...WIDE].flatMap((name) => list(`test/${name}/**/*.test.ts`));
    if (!this.#passing.has(folder)) {
      const unchanged = await failureOf(files);
      if (unchanged !== undefined)
        throw new Error(`the tests of ${folder} fail on the unchanged contracts: ${unchanged}`);
      this.#passing.add(folder);
    }
    const path = join(TREE, mutant.file);
    const original = readFileSync(path, "utf8");
    writeFileSync(path, replaced(original, [mutant]));
    try {
      return await failureOf(files);
    } finally {
      writeFileSync(path, original);
    }
  }

  #copy(): void {
    const mark = join(TREE, "sources.hash");
    if (existsSync(mark) && readFileSync(mark, "utf8") === this.#hash) return;
    rmSync(TREE, { recursive: true, force: true });
    mkdirSync(TREE, { recursive: true });
    for (const entry of readdirSync(ROOT).filter((name) => !LEFT_OUT.has(name)))
      cpSync(join(ROOT, entry), join(TREE, entry), {
        recursive: true,
        filter: (source) =>
          !source
            .slice(ROOT.length)
            .split("/")
            .some((part) => LEFT_OUT.has(part)),
      });
    writeFileSync(mark, this.#hash);
  }
}

async function failureOf(files: readonly string[]): Promise<string | undefined> {
  // Types are generated, because factories carry the bytecode with which tests deploy.
  const options = { cwd: TREE, env: { TYPECHAIN_OUT: "typechain-types" } };
  // Without the Solidity tests, which take most of a build.
  const build = await run("hardhat", ["build", "--no-tests", "--quiet"], options);
  if (build.status !== 0) throw new Error(`the optimiser does not build it:\n${build.output.slice(-3_000)}`);
  const { status, output } = await run("hardhat", ["test", "mocha", "--no-compile", "--bail", ...files], options);
  if (status === 0) return undefined;
  const title = /^\s+1\) (.+)$/m.exec(output)?.[1];
  if (title === undefined) throw new Error(`the TypeScript tests did not run:\n${output.slice(-3_000)}`);
  return title;
}
