import { spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join } from "node:path";
import { Failure, Skipped } from "./failure.ts";
import { ROOT } from "./process.ts";

const VENV = join(ROOT, ".cadastre/venv");

/** A package of PyPI, with its version. */
export interface Requirement {
  readonly name: string;
  readonly version: string;
}

interface Answer {
  /** `undefined` if there is no such program. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program that is not of `node_modules`. */
export function execute(
  program: string,
  args: readonly string[],
  { cwd = ROOT, env }: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Answer> {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  return new Promise((done) => {
    child.on("error", ({ message }) => done({ status: undefined, stdout, stderr: message }));
    child.on("close", (status) => done({ status: status ?? 1, stdout, stderr }));
  });
}

/**
 * The folder of the programs of these packages, installed into an environment of their own.
 *
 * @throws Skipped where there is no Python 3.10 with venv
 */
export async function pythonTools(name: string, requirements: readonly Requirement[]): Promise<string> {
  const { status } = await execute("python3", ["-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"]);
  if (status !== 0) {
    throw new Skipped(`SKIPPED ${name}: needs Python 3.10 or newer with venv`);
  }
  const bin = join(VENV, "bin");
  if (!existsSync(join(bin, "pip"))) await mustExecute("python3", ["-m", "venv", VENV]);
  const missing = requirements.filter((requirement) => !isInstalled(requirement));
  if (missing.length > 0) {
    const names = missing.map((requirement) => `${requirement.name}==${requirement.version}`);
    await mustExecute(join(bin, "pip"), ["install", "--quiet", "--disable-pip-version-check", ...names]);
  }
  return bin;
}

function isInstalled({ name, version }: Requirement): boolean {
  const folder = `lib/python3.*/site-packages/${name.replaceAll("-", "_")}-${version}.dist-info`;
  return globSync(folder, { cwd: VENV }).length > 0;
}

async function mustExecute(program: string, args: readonly string[]): Promise<void> {
  const { status, stdout, stderr } = await execute(program, args);
  if (status === 0) return;
  throw new Failure(`${stdout}${stderr}\n${program} ${args.join(" ")}: exit ${status ?? "without start"}`);
}
