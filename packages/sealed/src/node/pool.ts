import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { SealedError, type SealedErrorOptions } from "../errors.ts";
import type { ReasonCode } from "../reasons.ts";
import { type FileRun, fileRunner } from "./fileRun.ts";

/** Works on runs of files, several at a time. */
export interface Pool extends AsyncDisposable {
  /** How many runs keep it busy. */
  readonly atOnce: number;
  /** Gives the hashes of the run, unless it was opened. Takes what was expected of it away. */
  run(work: FileRun): Promise<Uint8Array>;
}

/** What a thread answers. */
export type Answer =
  | { readonly hashes: Uint8Array }
  | { readonly refusal: SealedErrorOptions & { readonly code: ReasonCode } }
  | { readonly failure: unknown };

/** A pool of so many threads. With none, it works on the calling one, which gets its turn between runs. */
export function poolOf(threads: number): Pool {
  if (threads < 1) {
    const work = fileRunner();
    return {
      atOnce: 1,
      run: (run) => setImmediate().then(() => work(run)),
      [Symbol.asyncDispose]: async () => {},
    };
  }
  const crew = Array.from({ length: threads }, startThread);
  return {
    atOnce: 2 * threads,
    run: (work) => crew.reduce((idlest, thread) => (thread.load < idlest.load ? thread : idlest)).run(work),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(crew.map((thread) => thread.stop()));
    },
  };
}

function startThread() {
  // To run TypeScript, each thread would need 15 MB and a fifth of a second more.
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    // Hashes are short-lived: with more room for them, threads only take more memory.
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
  const waiting: { resolve: (hashes: Uint8Array) => void; reject: (error: unknown) => void }[] = [];
  let broken: unknown;
  worker.on("error", (error) => {
    broken = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  worker.on("message", (answer: Answer) => {
    const asked = waiting.shift();
    if ("hashes" in answer) asked?.resolve(answer.hashes);
    else if ("failure" in answer) asked?.reject(answer.failure);
    else asked?.reject(new SealedError(answer.refusal.code, answer.refusal));
  });
  return {
    get load() {
      return waiting.length;
    },
    run: (work: FileRun) =>
      new Promise<Uint8Array>((resolve, reject) => {
        if (broken !== undefined) return reject(broken);
        waiting.push({ resolve, reject });
        // Copies that stay here would wait for the collector, which here has little else to do.
        worker.postMessage(work, work.operation === "open" ? [work.expected.buffer as ArrayBuffer] : []);
      }),
    stop: () => worker.terminate(),
  };
}
