import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EXIT_WITH_PARENT, HARDHAT } from "./build.ts";
import { Problem } from "./problem.ts";

const ROOT = join(import.meta.dirname, "../..");
const HOST = "127.0.0.1";
const READY_WITHIN_MS = 60_000;
const POLLING_MS = 100;
const STOPS_WITHIN_MS = 5_000;
const LINES_KEPT = 20;

/** A Hardhat node that runs as a child of this process. */
export interface RunningNode {
  readonly url: string;
  readonly pid: number | undefined;
  /** Resolves once the node is gone, with what it said last; never rejects. */
  readonly gone: Promise<string>;
  /** Ends the node and waits until it is gone. */
  stop(): Promise<void>;
}

/** Refuses a port on which something listens already. */
export async function checkPortFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((done, fail) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "is in use" : `cannot be used (${error.code ?? error.message})`;
      fail(
        new Problem(
          `Port ${port} on ${HOST} ${why}. Stop what runs there, or choose another: npm start -- --port ${port + 1}`,
        ),
      );
    });
    server.listen(port, HOST, done);
  });
  await new Promise((done) => server.close(done));
}

/** Starts a node directly, so that ending it leaves nothing behind, and with a channel, so that it ends with this process. */
export function startNode(port: number): RunningNode {
  const child = spawn(
    process.execPath,
    ["--import", EXIT_WITH_PARENT, HARDHAT, "node", "--hostname", HOST, "--port", String(port)],
    {
      cwd: ROOT,
      env: { ...process.env, CADASTRE_BUILD: "production" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // In a group of its own, so that Ctrl-C reaches this process alone, which then ends the node in good order.
      detached: process.platform !== "win32",
    },
  );
  let tail: string[] = [];
  const keep = (chunk: Buffer) => {
    tail = [...tail, ...chunk.toString().split("\n")].filter((line) => line.trim() !== "").slice(-LINES_KEPT);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const gone = new Promise<string>((done) => {
    child.once("error", (error) => done(error.message));
    child.once("close", () => done(tail.join("\n")));
  });
  return { url: `http://${HOST}:${port}`, pid: child.pid, gone, stop: () => stop(child, gone) };
}

/** Waits until the node answers. */
export async function waitUntilReady({ url, gone }: RunningNode): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  let dead: string | undefined;
  void gone.then((said) => {
    dead = said;
  });
  while (!(await answers(url))) {
    if (dead !== undefined) throw new Problem(`The node ended before it was ready.\n${dead}`);
    if (Date.now() > deadline)
      throw new Problem(`The node at ${url} did not answer within ${READY_WITHIN_MS / 1_000} seconds.`);
    await delay(POLLING_MS);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return response.ok;
  } catch {
    return false;
  }
}

async function stop(child: ChildProcess, gone: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOPS_WITHIN_MS);
  await gone;
  clearTimeout(timer);
}
