import { createRequire } from "node:module";
import { list } from "../lib/files.ts";
import { collect, importsOf, inputOf, type SolcMessage } from "../lib/solc.ts";

/** Texts by the names under which they are imported. */
export type Sources = Readonly<Record<string, string>>;

/** A node of solc's syntax tree; what it holds depends on its type. */
export interface Node {
  readonly id: number;
  readonly nodeType: string;
  /** `offset:length:file`, in bytes. */
  readonly src: string;
  readonly [key: string]: unknown;
}

/** What a test runner needs of a compiled contract. */
export interface Code {
  readonly abi: readonly { readonly type: string; readonly name?: string }[];
  readonly creation: string;
  readonly runtime: string;
}

/** Compiled contracts of a file by name. */
export type FileCode = Readonly<Record<string, Code>>;

/** Contracts by file, or what the compiler says against them. */
export type Compiled =
  | { readonly codes: ReadonlyMap<string, FileCode>; readonly failures?: never }
  | { readonly failures: readonly string[] };

interface RawContract {
  readonly abi: Code["abi"];
  readonly evm: {
    readonly bytecode: { readonly object: string };
    readonly deployedBytecode: { readonly object: string };
  };
}

interface RawOutput {
  readonly errors?: readonly SolcMessage[];
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, RawContract>>>>;
  readonly sources: Readonly<Record<string, { readonly ast: Node }>>;
}

const require = createRequire(import.meta.url);

/** Contracts and Solidity tests with all that they import, as they are now. */
export function readSources(): Sources {
  return collect([...list("contracts/**/*.sol"), ...list("test/**/*.sol")]);
}

/** Syntax trees by file. */
export function parse(sources: Sources): ReadonlyMap<string, Node> {
  const output = solc(sources, { "*": { "": ["ast"] } }, false);
  const failures = failuresOf(output);
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return new Map(Object.entries(output.sources).map(([file, { ast }]) => [file, ast]));
}

/** The contracts of `files`; without the optimiser, which takes three times as long. */
export function compile(sources: Sources, files: readonly string[], optimised = false): Compiled {
  const outputs = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"];
  const output = solc(
    closureOf(sources, files),
    Object.fromEntries(files.map((file) => [file, { "*": outputs }])),
    optimised,
  );
  const failures = failuresOf(output);
  if (failures.length > 0) return { failures };
  const codes = new Map(
    files.map((file) => [
      file,
      Object.fromEntries(
        Object.entries(output.contracts?.[file] ?? {}).map(([name, { abi, evm }]) => [
          name,
          { abi, creation: evm.bytecode.object, runtime: evm.deployedBytecode.object },
        ]),
      ),
    ]),
  );
  return { codes };
}

function solc(sources: Sources, outputSelection: object, optimised: boolean): RawOutput {
  const input = {
    language: "Solidity",
    sources: inputOf(sources),
    settings: {
      evmVersion: "prague",
      metadata: { bytecodeHash: "none" },
      optimizer: { enabled: optimised, runs: 200 },
      outputSelection,
    },
  };
  const { compile } = require("solc") as { compile(input: string): string };
  return JSON.parse(compile(JSON.stringify(input))) as RawOutput;
}

const failuresOf = ({ errors = [] }: RawOutput) =>
  errors.filter(({ severity }) => severity === "error").map(({ formattedMessage }) => formattedMessage);

function closureOf(sources: Sources, files: readonly string[]): Sources {
  const closure: Record<string, string> = {};
  const open = [...files];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (closure[name] !== undefined) continue;
    const content = sources[name];
    if (content === undefined) throw new Error(`${name} is imported and was not read`);
    closure[name] = content;
    open.push(...importsOf(name, content));
  }
  return closure;
}
