import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { InterfaceAbi } from "ethers";
import { importsOf } from "../../../scripts/lib/solc.ts";
import { HERE } from "./install.ts";

/** A contract that can be deployed. */
export interface Code {
  readonly name: string;
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
}

interface Compilation {
  /** The alias of the compiler in `package.json`. */
  readonly solc: string;
  readonly settings: object;
  /** Names of sources, and of the contract that is wanted of each. */
  readonly contracts: readonly (readonly [file: string, contract: string])[];
  /** Folders in which sources are looked for first, for packages that bring versions of their own. */
  readonly folders?: readonly string[];
}

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts: Record<
    string,
    Record<string, { readonly abi: InterfaceAbi; readonly evm: { readonly bytecode: { readonly object: string } } }>
  >;
}

const MODULES = join(HERE, "node_modules");
const CACHE = join(HERE, "cache");
const require = createRequire(join(HERE, "package.json"));

/** Compiles contracts of packages. What was compiled before with the same sources and settings is taken from the cache. */
export function compile({ solc, settings, contracts, folders = [] }: Compilation): Code[] {
  const input = JSON.stringify({
    language: "Solidity",
    sources: collect(
      contracts.map(([file]) => file),
      [...folders.map((folder) => join(MODULES, folder)), MODULES, HERE],
    ),
    settings: { ...settings, outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } } },
  });
  const version = versionOf(solc);
  const key = createHash("sha256").update(version).update(input).digest("hex").slice(0, 32);
  const cached = join(CACHE, `${key}.json`);
  if (!existsSync(cached)) {
    console.log(`Compiling ${contracts.map(([, name]) => name).join(", ")} with solc ${version} …`);
    const output = (require(solc) as { compile(input: string): string }).compile(input);
    const failures = ((JSON.parse(output) as Output).errors ?? []).filter(({ severity }) => severity === "error");
    if (failures.length > 0) throw new Error(failures.map(({ formattedMessage }) => formattedMessage).join("\n"));
    mkdirSync(CACHE, { recursive: true });
    writeFileSync(cached, output);
  }
  const output = JSON.parse(readFileSync(cached, "utf8")) as Output;
  return contracts.map(([file, name]) => {
    const { abi, evm } = output.contracts[file]![name]!;
    return { name, abi, bytecode: `0x${evm.bytecode.object}` };
  });
}

/** Code that the peer's makers compiled and published themselves. */
export function published(path: string): Code {
  const { contractName, abi, bytecode } = JSON.parse(readFileSync(join(MODULES, path), "utf8"));
  return { name: contractName as string, abi: abi as InterfaceAbi, bytecode: bytecode as string };
}

function versionOf(solc: string): string {
  return (JSON.parse(readFileSync(join(MODULES, solc, "package.json"), "utf8")) as { version: string }).version;
}

function collect(roots: readonly string[], folders: readonly string[]): Record<string, { content: string }> {
  const sources: Record<string, { content: string }> = {};
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (sources[name] !== undefined) continue;
    const path = folders.map((folder) => join(folder, name!)).find(existsSync);
    if (path === undefined) throw new Error(`${name} is in none of the packages`);
    const content = readFileSync(path, "utf8");
    sources[name] = { content };
    open.push(...importsOf(name, content));
  }
  return Object.fromEntries(Object.entries(sources).sort(([a], [b]) => (a < b ? -1 : 1)));
}
