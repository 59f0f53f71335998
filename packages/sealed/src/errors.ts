import { explainReason, type Place, type ReasonCode } from "./reasons.ts";

/** What an error may say beside its code. None of it may hold a key, a blind or plaintext. */
export interface SealedErrorOptions {
  readonly at?: Place;
  readonly details?: string;
  readonly cause?: unknown;
}

/**
 * Every refusal of this package.
 *
 * `code` is for programs, `shortMessage` says what is wrong and where, `details` gives the values compared. For another
 * language call `explainReason(error.code, language, error.at)`.
 */
export class SealedError extends Error {
  override readonly name = "SealedError";
  readonly code: ReasonCode;
  readonly at: Place | undefined;
  readonly shortMessage: string;
  readonly details: string | undefined;

  constructor(code: ReasonCode, options: SealedErrorOptions = {}) {
    const shortMessage = explainReason(code, "en", options.at);
    const message = options.details === undefined ? shortMessage : `${shortMessage} (${options.details})`;
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.at = options.at;
    this.shortMessage = shortMessage;
    this.details = options.details;
  }
}
