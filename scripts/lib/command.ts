import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { Failure, isOptionError, Skipped } from "./failure.ts";

/** The exit code of a check that lacks a tool. */
const SKIPPED = 2;

type Values<T extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

/** The options of a command that has done nothing yet: `--help` prints `help`, what is unknown ends it with a line and code 1. */
export function readOptions<const T extends ParseArgsOptionsConfig>(help: string, options: T): Values<T> {
  try {
    const config: ParseArgsOptionsConfig = { ...options, help: { type: "boolean" } };
    const { values } = parseArgs({ options: config });
    if (values.help !== true) return values as Values<T>;
    console.log(help);
    process.exit(0);
  } catch (error) {
    if (!isOptionError(error)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** Runs a command: a failure is printed as its message and sets the exit code, once all that was begun has been cleared away. */
export async function command(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const skipped = error instanceof Skipped;
    console[skipped ? "log" : "error"](error.message);
    process.exitCode = skipped ? SKIPPED : 1;
  }
}

/** A whole number above zero that an option gives. */
export function positive(option: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  console.error(`--${option}: ${text} is not a whole number above zero`);
  process.exit(1);
}
