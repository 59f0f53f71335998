import { SealedError } from "./errors.ts";
import {
  Fn,
  Fp,
  G,
  isRecoverable,
  isScalar,
  numberToBytes,
  pointFromBytes,
  pointToBytes,
  randomScalar,
  secretToScalar,
} from "./points.ts";
import { challenge, type WrapProof } from "./verifyWrapProof.ts";
import { contextOf, type Delivery } from "./wrapKey.ts";

/** A delivery, and the licensee's secret. */
export interface ProveWrapParameters extends Delivery {
  /** `x`, 32 bytes. */
  readonly secret: Uint8Array;
  /** Of the wrapped key, 64 bytes. */
  readonly R: Uint8Array;
}

/**
 * Proves what a wrapped key unwraps to, without giving the secret away: whoever has the proof can unwrap this delivery.
 *
 * @throws SealedError `secret_invalid`, `point_invalid`, `delivery_invalid`, and `proof_impossible` where the shared
 * point has `x ≥ N`, which nobody can bring about who does not know the secret
 *
 * @example
 * ```ts
 * const proof = proveWrap({ secret, R, licence, release: 1, custodian });
 * ```
 */
export function proveWrap(parameters: ProveWrapParameters): WrapProof {
  return proveWrapBy(randomScalar, parameters);
}

/** `proveWrap` with a source of numbers from 1 to N − 1. Exported for tests and vectors, not from the package. */
export function proveWrapBy(draw: () => bigint, { secret, ...parameters }: ProveWrapParameters): WrapProof {
  const context = contextOf(parameters);
  const x = secretToScalar(secret);
  const R = pointFromBytes(parameters.R, "R");
  const X = G.multiply(x);
  const S = R.multiply(x);
  if (!isRecoverable(S)) throw new SealedError("proof_impossible");
  for (;;) {
    const k = draw();
    const A = G.multiply(k);
    const B = R.multiply(k);
    const e = challenge(context, [X, R, S, A, B]);
    const z = Fn.create(k + e * x);
    if (!isScalar(e) || !isScalar(z)) continue;
    const T = S.multiplyUnsafe(e);
    if (![A, B, T].every(isRecoverable) || T.x === B.x) continue;
    return {
      S: pointToBytes(S),
      A: pointToBytes(A),
      B: pointToBytes(B),
      T: pointToBytes(T),
      z: numberToBytes(z),
      inverse: numberToBytes(Fp.inv(Fp.create(T.x - B.x))),
    };
  }
}
