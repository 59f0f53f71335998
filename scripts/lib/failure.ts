/** What ends a command with a message and no stack: what a program said that failed, or what whoever typed it can put right. */
export class Failure extends Error {
  override readonly name: string = "Failure";
}

/** A check that lacks a tool: it has found nothing wrong, and nothing right. */
export class Skipped extends Failure {
  override readonly name = "Skipped";
}

/** `parseArgs` says well enough what is wrong with an option. */
export function isOptionError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
