// A thread of a pool: it answers each run in turn.
import { parentPort } from "node:worker_threads";
import { SealedError } from "../errors.ts";
import { type FileRun, fileRunner } from "./fileRun.ts";
import type { Answer } from "./pool.ts";

const work = fileRunner();

parentPort?.on("message", (run: FileRun) => parentPort?.postMessage(answerTo(run)));

function answerTo(run: FileRun): Answer {
  try {
    return { hashes: work(run) };
  } catch (error) {
    if (!(error instanceof SealedError)) return { failure: error };
    const { code, at, details } = error;
    return { refusal: { code, ...(at === undefined ? {} : { at }), ...(details === undefined ? {} : { details }) } };
  }
}
