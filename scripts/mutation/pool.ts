import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Answer, Job } from "./worker.ts";

/** A process for mutants, replaced by a fresh one when a test did not end. */
export class Worker {
  readonly #base: string;
  #child: ChildProcess | undefined;

  constructor(base: string) {
    this.#base = base;
  }

  ask(job: Job): Promise<Answer> {
    this.#child ??= fork(join(import.meta.dirname, "worker.ts"), [this.#base]);
    const child = this.#child;
    return new Promise((answer, fail) => {
      const ended = (status: number | null) => fail(new Error(`a worker ended with ${status} at ${job.mutant.id}`));
      child.once("exit", ended);
      child.once("message", (message: Answer) => {
        child.off("exit", ended);
        if (message.verdict === "killed" && message.broken === true) this.#child = undefined;
        answer(message);
      });
      child.send(job);
    });
  }

  close(): void {
    this.#child?.disconnect();
    this.#child = undefined;
  }
}
