import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");
const POLLING_MS = 50;

/** A script that runs as a process of its own, as a user would start it. */
export interface Script {
  readonly pid: number;
  readonly child: ChildProcess;
  output(): string;
  /** Resolves once the output matches; rejects if the script ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

export function startScript(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Script {
  const child = spawn(process.execPath, [script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let over = false;
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watch of watchers) watch();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      changed();
    });
  }
  const ended = new Promise<number | string>((done) => {
    child.once("close", (code, signal) => {
      over = true;
      changed();
      done(code ?? signal ?? "gone");
    });
  });
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((done, fail) => {
      const watch = () => {
        const match = pattern.exec(output);
        if (match === null && !over) return;
        watchers.delete(watch);
        if (match !== null) done(match);
        else fail(new Error(`${script} ended without ${pattern}:\n${output}`));
      };
      watchers.add(watch);
      watch();
    });
  return { pid: child.pid!, child, output: () => output, says, ended };
}

/** Ends a script that a failed test may have left, by its own id. */
export async function endScript({ child, ended }: Script): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
  await ended;
}

/** Resolves once there is no such process, rejects if it lives on. */
export async function processGone(pid: number, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} is still there`);
    await new Promise((done) => setTimeout(done, POLLING_MS));
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A port that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
