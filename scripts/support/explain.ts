import { explainError } from "@cadastre/abi";
import { BaseError, type Hex, isHex } from "viem";

/** A contract's refusal: in words, and as the error with its values. */
export interface Refusal {
  readonly name: string;
  readonly signature: string;
  readonly en: string;
  readonly zh: string;
}

/** The refusal behind a failed call or transaction; `undefined` where it failed for another reason. */
export function explainFailure(error: unknown): Refusal | undefined {
  const data = revertDataOf(error);
  return data === undefined ? undefined : explainRevert(data);
}

/** What revert data, or the selector that an explaining view gives, means. */
export function explainRevert(data: Hex): Refusal | undefined {
  const explained = explainError(data);
  if (explained === undefined) return undefined;
  const { name, args, en, zh } = explained;
  return { name, en, zh, signature: args.length === 0 ? name : `${name}(${args.map(String).join(", ")})` };
}

/** Clients and nodes put the revert data at different depths: `raw` in viem's errors, `data` in JSON-RPC errors. */
function revertDataOf(error: unknown): Hex | undefined {
  const seen = new Set<unknown>();
  let next = error;
  while (typeof next === "object" && next !== null && !seen.has(next)) {
    seen.add(next);
    const { raw, data, cause } = next as { raw?: unknown; data?: unknown; cause?: unknown };
    for (const candidate of [raw, data, (data as { data?: unknown } | undefined)?.data]) {
      if (isHex(candidate) && candidate.length >= 10) return candidate;
    }
    next = cause;
  }
  return undefined;
}

/** A short line for failures that are no refusals. */
export function shortMessage(error: unknown): string {
  if (error instanceof BaseError) return error.shortMessage;
  return error instanceof Error ? error.message : String(error);
}
