// Proves the theorems of `test/proofs` for all inputs with halmos, outside CI. `-- --update` writes docs/assurance/proofs.md.
import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { command, readOptions } from "./lib/command.ts";
import { Failure } from "./lib/failure.ts";
import { read, readIfThere, remove, write } from "./lib/files.ts";
import { ROOT } from "./lib/process.ts";
import { execute, pythonTools } from "./lib/python.ts";
import { close } from "./lib/report.ts";
import { restrictedFunctions } from "./lib/restricted.ts";
import { compile, type SolcOutput } from "./lib/solc.ts";

const REQUIREMENTS = [{ name: "halmos", version: "0.3.3" }];
const FOLDER = ".cadastre/prove";
const RESULTS = `${FOLDER}/results.json`;
const TABLE = "docs/assurance/proofs.md";
const SOURCES = "test/proofs/";
/** Theorems that do not hold: if they are proved, the set-up proves anything. */
const FALSE_THEOREMS = "FalseTheorems";
/** Reverts of every restricted function of what is deployed. */
const DENIAL = "DenialProof";
const OUTPUTS = ["abi", "evm.bytecode", "evm.deployedBytecode", "evm.methodIdentifiers", "metadata", "userdoc"];
/** halmos's verdicts, by its exit codes. */
const VERDICTS = ["proved", "refuted", "timed out", "stuck", "always reverts", "failed"] as const;

interface Bytecode {
  readonly object: string;
}

interface Contract {
  readonly abi: readonly unknown[];
  readonly metadata: string;
  readonly userdoc: { readonly methods?: Record<string, { readonly notice?: string }> };
  readonly evm: {
    readonly bytecode: Bytecode;
    readonly deployedBytecode: Bytecode;
    readonly methodIdentifiers: Record<string, string>;
  };
}

interface Output {
  readonly contracts: Record<string, Record<string, Contract>>;
  readonly sources: SolcOutput["sources"];
}

interface Result {
  readonly name: string;
  readonly exitcode: number;
  readonly time: readonly number[] | null;
  readonly num_bounded_loops: number | null;
}

interface Theorem {
  readonly contract: string;
  readonly name: string;
  readonly statement: string;
  readonly verdict: string;
  readonly expected: boolean;
  readonly seconds: number;
}

/** Lays the compiler's output out as forge does, for halmos to read. */
function layOut({ contracts, sources }: Output): void {
  remove(FOLDER);
  for (const [path, byName] of Object.entries(contracts)) {
    for (const [name, { abi, evm, metadata }] of Object.entries(byName)) {
      const artifact = {
        abi,
        bytecode: prefixed(evm.bytecode),
        deployedBytecode: prefixed(evm.deployedBytecode),
        methodIdentifiers: evm.methodIdentifiers,
        metadata: metadata === "" ? {} : JSON.parse(metadata),
        ...sources[path],
      };
      write(`${FOLDER}/out/${path.split("/").at(-1)}/${name}.json`, JSON.stringify(artifact));
    }
  }
  // halmos calls forge first; everything is compiled already.
  write(`${FOLDER}/bin/forge`, "#!/bin/sh\n");
  chmodSync(join(ROOT, FOLDER, "bin/forge"), 0o755);
}

const prefixed = (bytecode: Bytecode) => ({ ...bytecode, object: `0x${bytecode.object}` });

interface Run {
  readonly results: ReadonlyMap<string, readonly Result[]>;
  readonly log: string;
}

async function halmos(bin: string): Promise<Run> {
  const path = [join(ROOT, FOLDER, "bin"), bin, process.env.PATH].join(delimiter);
  const options = ["--root", FOLDER, "--json-output", RESULTS, "--no-status", "--solver", "yices", "--loop", "4"];
  const { status, stdout, stderr } = await execute(join(bin, "halmos"), options, { env: { PATH: path } });
  const log = `${stdout}${stderr}`;
  const results = readIfThere(RESULTS);
  // It ends with 1 when a theorem is not proved, and one at least must not be.
  if (status !== 1 || results === undefined) {
    throw new Failure(`${log}\nhalmos: exit ${status ?? "without start"}`);
  }
  const { test_results } = JSON.parse(results) as { test_results: Record<string, readonly Result[]> };
  return { results: new Map(Object.entries(test_results)), log };
}

function verdictOf({ exitcode, num_bounded_loops }: Result): string {
  const verdict = VERDICTS[exitcode] ?? "failed";
  return verdict === "proved" && num_bounded_loops !== 0 ? "loops cut short" : verdict;
}

function theoremsOf(output: Output, { results }: Run): Theorem[] {
  const inOrder = [...results].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.flatMap(([path, list]) => {
    const [source, contract] = path.split(":") as [string, string];
    const methods = output.contracts[source]?.[contract]?.userdoc.methods ?? {};
    return list.map((result) => {
      const verdict = verdictOf(result);
      return {
        contract,
        name: result.name.replace(/\(.*/, "").replace(/^check_/, ""),
        statement: methods[result.name]?.notice ?? "",
        verdict,
        expected: verdict === (contract === FALSE_THEOREMS ? "refuted" : "proved"),
        seconds: result.time?.[0] ?? 0,
      };
    });
  });
}

const rowStart = ({ contract, name, statement }: Theorem) => `| ${contract} | ${name} | ${statement} |`;

function tableOf(theorems: readonly Theorem[]): string {
  const date = new Date().toISOString().slice(0, "2000-01-01".length);
  const [introduction] = read(TABLE).split("\n|");
  const rows = theorems.map(
    (theorem) => `${rowStart(theorem)} ${theorem.verdict} | ${theorem.seconds.toFixed(1)} | ${date} |`,
  );
  const head = [
    "| contract | theorem | statement | verdict | seconds | date |",
    "| --- | --- | --- | --- | ---: | --- |",
  ];
  return [introduction!.trimEnd(), "", ...head, ...rows, ""].join("\n");
}

/** Theorems that the table lacks, and rows that are of no theorem. */
function faultsOfTable(table: string, theorems: readonly Theorem[]): string[] {
  const rows = [...table.matchAll(/^\| (\w+) \| (\w+) \|/gm)]
    .slice(1)
    .map(([, contract, name]) => `${contract}.${name}`);
  return [
    ...theorems
      .filter((theorem) => !table.includes(rowStart(theorem)))
      .map(({ contract, name }) => `${TABLE} lacks ${contract}.${name}; run this with --update`),
    ...rows
      .filter((row) => !theorems.some(({ contract, name }) => `${contract}.${name}` === row))
      .map((row) => `${TABLE} has ${row}, which is no theorem of this run; run this with --update`),
  ];
}

const { update } = readOptions(
  "npm run prove [-- --update]  proves packing and access rules; --update writes docs/assurance/proofs.md",
  {
    update: { type: "boolean", default: false },
  },
);
await command(async () => {
  const bin = await pythonTools("prove", REQUIREMENTS);
  const output = compile([`${SOURCES}*.sol`], OUTPUTS) as unknown as Output;
  layOut(output);
  const run = await halmos(bin);
  const theorems = theoremsOf(output, run);
  for (const { contract, name, verdict, expected, seconds } of theorems) {
    console.log(`${expected ? "ok    " : "FAILED"} ${contract}.${name}: ${verdict}, ${seconds.toFixed(1)} s`);
  }
  if (update) write(TABLE, tableOf(theorems));
  const unexpected = theorems.filter(({ expected }) => !expected);
  if (unexpected.length > 0) console.error(run.log);
  const faults = [
    ...unexpected.map(({ contract, name, verdict }) => `${contract}.${name}: ${verdict}`),
    ...restrictedFunctions(output.sources)
      .map(({ contract, name }) => `${contract}_${name}`)
      .filter((name) => !theorems.some((theorem) => theorem.contract === DENIAL && theorem.name === name))
      .map((name) => `${DENIAL} has no theorem on ${name}`),
    ...faultsOfTable(read(TABLE), theorems),
  ];
  if (!theorems.some(({ contract }) => contract === FALSE_THEOREMS)) faults.push(`${FALSE_THEOREMS} has no theorem`);
  close("prove", `${theorems.length - unexpected.length} passed, ${faults.length} failed`, faults);
});
