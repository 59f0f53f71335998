import type { Hex } from "./bytes.ts";
import { KEY_BYTES, verifyKey } from "./commitments.ts";
import { SealedError } from "./errors.ts";
import { pointFromBytes, secretToScalar } from "./points.ts";
import { contextOf, type Delivery, maskKey, type WrappedKey } from "./wrapKey.ts";

/** A wrapped key as it was delivered, and the licensee's secret. */
export interface UnwrapKeyParameters extends WrappedKey, Delivery {
  /** `x`, 32 bytes. */
  readonly secret: Uint8Array;
  /** Of the release's manifest. Without it whatever was wrapped comes out. */
  readonly keyCommitment?: Hex;
}

/**
 * Unwraps a key.
 *
 * @returns 32 bytes
 * @throws SealedError `secret_invalid`, `point_invalid`, `wrapped_invalid`, `delivery_invalid`, and with a commitment
 * `key_mismatch`: `proveWrap` then shows to anybody what was delivered
 *
 * @example
 * ```ts
 * const key = unwrapKey({ secret, R, wrapped, licence, release: 1, custodian, keyCommitment: manifest.keyCommitment });
 * ```
 */
export function unwrapKey({ secret, R, wrapped, keyCommitment, ...delivery }: UnwrapKeyParameters): Uint8Array {
  if (wrapped.length !== KEY_BYTES) throw new SealedError("wrapped_invalid", { details: `${wrapped.length} bytes` });
  const S = pointFromBytes(R, "R").multiply(secretToScalar(secret));
  const key = maskKey(wrapped, S, contextOf(delivery));
  try {
    if (keyCommitment !== undefined) verifyKey(key, keyCommitment);
    return key;
  } catch (error) {
    key.fill(0);
    throw error;
  }
}
