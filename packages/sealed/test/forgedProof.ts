import { Fn, Fp, G, numberToBytes, type Point, pointToBytes } from "../src/points.ts";
import { challenge, type WrapProof } from "../src/verifyWrapProof.ts";
import { contextOf, type Delivery } from "../src/wrapKey.ts";

/** The numbers of the specification's list of what must hold: the one that a forged proof fails in. */
export const FORGED_STEPS = [2, 3, 5] as const;

/** A proof by the holder of `x` about a false `S`, right in every step but one. */
export function forgedProof(
  step: (typeof FORGED_STEPS)[number],
  x: bigint,
  k: bigint,
  R: Point,
  delivery: Delivery,
): WrapProof {
  const [X, A, B] = [G.multiply(x), G.multiply(k), R.multiply(k)];
  const S = R.multiply(x).add(step === 2 ? R : G);
  const e = challenge(contextOf(delivery), [X, R, S, A, B]);
  const z = Fn.create(k + e * (step === 2 ? x + 1n : x));
  const T = step === 3 ? R.multiply(z).subtract(B) : S.multiply(e);
  return {
    S: pointToBytes(S),
    A: pointToBytes(A),
    B: pointToBytes(B),
    T: pointToBytes(T),
    z: numberToBytes(z),
    inverse: numberToBytes(Fp.inv(Fp.create(T.x - B.x))),
  };
}
