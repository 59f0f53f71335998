import { Failure, isOptionError } from "../lib/failure.ts";
import { explainFailure } from "./explain.ts";

/** Something that the person at the keyboard can put right: shown as its message, without a stack. */
export class Problem extends Failure {
  override readonly name = "Problem";
}

/** What to show of a failure: a problem's message, a contract's refusal in plain words, or else the whole error. */
export function messageOf(error: unknown): string {
  if (error instanceof Failure || isOptionError(error)) return error.message;
  const refusal = explainFailure(error);
  if (refusal !== undefined) return `refused: ${refusal.en}\n         ${refusal.zh}\n         ${refusal.signature}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs a script's main function; a failure ends the process with code 1, once its output is written. */
export async function main(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    console.error(messageOf(error));
    process.exitCode = 1;
  }
}
