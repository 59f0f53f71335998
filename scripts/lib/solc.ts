import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { list } from "./files.ts";
import { ROOT } from "./process.ts";

/** What the scripts read of solc's standard JSON output. */
export interface SolcOutput {
  readonly errors?: readonly SolcMessage[];
  readonly contracts: Readonly<Record<string, Readonly<Record<string, SolcContract>>>>;
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
}

export interface SolcMessage {
  readonly severity: "error" | "warning" | "info";
  readonly formattedMessage: string;
  readonly errorCode: string;
  readonly sourceLocation?: { readonly file: string };
}

interface Documentation {
  readonly notice?: string;
  readonly details?: string;
  readonly params?: Readonly<Record<string, string>>;
}

export interface SolcContract {
  readonly abi: readonly AbiItem[];
  readonly userdoc: {
    readonly events?: Record<string, Documentation>;
    readonly errors?: Record<string, Documentation[]>;
  };
  readonly devdoc: {
    readonly events?: Record<string, Documentation>;
    readonly errors?: Record<string, Documentation[]>;
  };
  readonly storageLayout: {
    readonly storage: readonly StorageItem[];
    readonly types: Record<string, StorageType> | null;
  };
}

export interface AbiParameter {
  readonly name: string;
  readonly type: string;
  readonly indexed?: boolean;
  readonly internalType?: string;
  readonly components?: readonly AbiParameter[];
}

export interface AbiItem {
  readonly type: "constructor" | "error" | "event" | "fallback" | "function" | "receive";
  readonly name: string;
  readonly inputs: readonly AbiParameter[];
}

export interface StorageItem {
  readonly label: string;
  readonly slot: string;
  readonly offset: number;
  readonly type: string;
}

export interface StorageType {
  readonly label: string;
  readonly numberOfBytes: string;
  readonly members?: readonly StorageItem[];
}

export interface AstNode {
  readonly id: number;
  readonly nodeType: string;
  readonly name?: string;
  readonly nodes?: readonly AstNode[];
  readonly functionSelector?: string;
  readonly linearizedBaseContracts?: readonly number[];
  readonly modifiers?: readonly { readonly modifierName: { readonly name: string } }[];
}

const require = createRequire(import.meta.url);

/** Texts of sources by the name under which they are imported, with all that they import. */
export function collect(roots: readonly string[]): Record<string, string> {
  const sources: Record<string, string> = {};
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (sources[name] !== undefined) continue;
    const local = join(ROOT, name);
    const content = readFileSync(existsSync(local) ? local : join(ROOT, "node_modules", name), "utf8");
    sources[name] = content;
    open.push(...importsOf(name, content));
  }
  return Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Sources as solc's standard JSON input has them. */
export function inputOf(sources: Readonly<Record<string, string>>): Record<string, { readonly content: string }> {
  return Object.fromEntries(Object.entries(sources).map(([name, content]) => [name, { content }]));
}

/** The sources that a source imports. */
export function importsOf(name: string, content: string): string[] {
  const code = content.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  return [...code.matchAll(/^\s*import\s[^;]*?["']([^"']+)["']\s*;/gm)].map(([, path]) =>
    path!.startsWith(".") ? posix.join(posix.dirname(name), path!) : path!,
  );
}

/** Compiles with the compiler and the settings of the default profile; without `bytecode`, only analyses, which is quick. */
export function compile(
  patterns: readonly string[],
  outputs: readonly string[],
  extra: readonly string[] = [],
): SolcOutput {
  const roots = [...patterns.flatMap(list), ...extra];
  const input = {
    language: "Solidity",
    sources: inputOf(collect(roots)),
    settings: {
      evmVersion: "prague",
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { "*": { "*": outputs, "": ["ast"] } },
    },
  };
  const solc = require("solc") as { compile(input: string): string };
  const output = JSON.parse(solc.compile(JSON.stringify(input))) as SolcOutput;
  const failures = (output.errors ?? []).filter(({ severity }) => severity === "error");
  if (failures.length > 0) throw new Error(failures.map(({ formattedMessage }) => formattedMessage).join("\n"));
  return output;
}
