import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Failure } from "./failure.ts";

/** The repository. */
export const ROOT = resolve(import.meta.dirname, "../..");

/** Colours carry no information and hinder counting. */
const PLAIN = { NO_COLOR: "1", FORCE_COLOR: undefined };

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Also shows the output while it comes. */
  readonly show?: boolean;
  readonly input?: string;
}

interface Result {
  readonly status: number;
  readonly stdout: string;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

/** Runs a program of `node_modules` with the Node that runs this script. */
export function run(name: keyof typeof PROGRAMS, args: readonly string[], options: Options = {}): Promise<Result> {
  const child = spawn(process.execPath, [program(name), ...args], {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...PLAIN, ...options.env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(options.input ?? "");
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  let output = "";
  let stdout = "";
  const collect = (chunk: string, to: NodeJS.WriteStream) => {
    output += chunk;
    if (options.show === true) to.write(chunk);
  };
  child.stdout.on("data", (chunk: string) => {
    stdout += chunk;
    collect(chunk, process.stdout);
  });
  child.stderr.on("data", (chunk: string) => collect(chunk, process.stderr));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (status) => done({ status: status ?? 1, stdout, output }));
  });
}

/**
 * The same, but a program that fails is an error.
 *
 * @throws Failure with what it said
 */
export async function must(
  name: keyof typeof PROGRAMS,
  args: readonly string[],
  options: Options = {},
): Promise<string> {
  const { status, stdout, output } = await run(name, args, options);
  if (status === 0) return stdout;
  const said = options.show === true ? "" : output;
  throw new Failure(`${said}${name} ${args.join(" ")}: exit ${status}`);
}

const PROGRAMS = { hardhat: "hardhat", biome: "@biomejs/biome", vitest: "vitest", tsc: "typescript" } as const;

function program(name: keyof typeof PROGRAMS): string {
  const folder = join(ROOT, "node_modules", PROGRAMS[name]);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    bin: string | Record<string, string>;
  };
  const path = typeof bin === "string" ? bin : bin[name];
  if (path === undefined) throw new Error(`${PROGRAMS[name]} has no program ${name}`);
  return join(folder, path);
}
