import { Problem } from "../support/problem.ts";
import { REASONS, type ReasonCode } from "./reasons.ts";

/**
 * Every refusal of a document, a claim or a key. `details` gives the values compared, never anything of a private key.
 *
 * The message is what a command shows: the sentence in both languages, and the code.
 */
export class DocumentError extends Problem {
  readonly code: ReasonCode;
  readonly shortMessage: string;
  readonly details: string | undefined;

  constructor(code: ReasonCode, details?: string) {
    const { en, zh } = REASONS[code];
    super(`refused: ${en}${details === undefined ? "" : ` (${details})`}\n         ${zh}\n         ${code}`);
    this.code = code;
    this.shortMessage = en;
    this.details = details;
  }
}
