import type { ReasonCode } from "../src/reasons.ts";

/** A call that must be refused, with its input and the code of the reason. */
export interface RefusedCall {
  readonly why: string;
  readonly call: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly reason: ReasonCode;
}

/** Writes calls of one function down: what is wrong with each, in what its input differs, and why it is refused. */
export function refused(call: string, input: RefusedCall["input"]) {
  return (why: string, change: RefusedCall["input"], reason: ReasonCode): RefusedCall => ({
    why,
    call,
    input: { ...input, ...change },
    reason,
  });
}
