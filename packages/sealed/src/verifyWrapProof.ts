import { utf8ToBytes } from "@noble/hashes/utils.js";
import { hashOf } from "./bytes.ts";
import { SealedError } from "./errors.ts";
import {
  Fn,
  Fp,
  G,
  isScalar,
  NUMBER_BYTES,
  numberFromBytes,
  type Point,
  pointFromBytes,
  pointToBytes,
} from "./points.ts";
import { contextOf, type Delivery } from "./wrapKey.ts";

/**
 * That `S` is the shared point of `X` and `R`: `log_G X = log_R S` (Chaum and Pedersen). `T` and `inverse` follow from
 * the rest and spare a contract the work of finding them. It gives this delivery's key away, and no other.
 */
export interface WrapProof {
  /** The shared point `x·R`, 64 bytes, as all points. */
  readonly S: Uint8Array;
  /** `k·G` */
  readonly A: Uint8Array;
  /** `k·R` */
  readonly B: Uint8Array;
  /** `e·S` */
  readonly T: Uint8Array;
  /** `k + e·x mod N`, 32 bytes. */
  readonly z: Uint8Array;
  /** `(T.x − B.x)^-1 mod P`, 32 bytes. */
  readonly inverse: Uint8Array;
}

/** A proof, and what it is about. */
export interface VerifyWrapProofParameters extends Delivery {
  /** The licensee's public key, 64 bytes. */
  readonly X: Uint8Array;
  /** Of the wrapped key, 64 bytes. */
  readonly R: Uint8Array;
  readonly proof: WrapProof;
}

const PROOF_TAG = utf8ToBytes("cadastre/proof/v1");

/**
 * Refuses what a contract refuses: a point that is not on the curve or has `x ≥ N`, and every proof but one that was
 * made with the secret of `X` for this delivery.
 *
 * @throws SealedError `delivery_invalid`, `point_invalid`, `proof_invalid`
 *
 * @example
 * ```ts
 * verifyWrapProof({ X, R, licence, release: 1, custodian, proof });
 * ```
 */
export function verifyWrapProof({ proof, ...parameters }: VerifyWrapProofParameters): void {
  const context = contextOf(parameters);
  const X = pointFromBytes(parameters.X, "X");
  const R = pointFromBytes(parameters.R, "R");
  const S = pointFromBytes(proof.S, "S");
  const A = pointFromBytes(proof.A, "A");
  const B = pointFromBytes(proof.B, "B");
  const T = pointFromBytes(proof.T, "T");
  if (proof.z.length !== NUMBER_BYTES || proof.inverse.length !== NUMBER_BYTES) throw new SealedError("proof_invalid");
  const z = numberFromBytes(proof.z);
  const inverse = numberFromBytes(proof.inverse);
  const e = challenge(context, [X, R, S, A, B]);
  const holds =
    isScalar(e) &&
    isScalar(z) &&
    G.multiplyUnsafe(z).subtract(X.multiplyUnsafe(e)).equals(A) &&
    S.multiplyUnsafe(e).equals(T) &&
    Fp.create(inverse * (T.x - B.x)) === 1n &&
    B.add(T).equals(R.multiplyUnsafe(z));
  if (!holds) throw new SealedError("proof_invalid");
}

/** `H("cadastre/proof/v1" ‖ context ‖ X ‖ R ‖ S ‖ A ‖ B) mod N` */
export function challenge(
  context: Uint8Array,
  points: readonly [X: Point, R: Point, S: Point, A: Point, B: Point],
): bigint {
  return Fn.create(numberFromBytes(hashOf(PROOF_TAG, context, ...points.map(pointToBytes))));
}
