import { keccak_256 } from "@noble/hashes/sha3.js";
import { describe, expect, test } from "vitest";
import { BAD_POINTS, deliveryFrom, N, P } from "../test/delivery.ts";
import { refusal } from "../test/fixtures.ts";
import { FORGED_STEPS, forgedProof } from "../test/forgedProof.ts";
import { flipped, randomFrom } from "../test/random.ts";
import {
  encryptionPublicKey,
  Fn,
  G,
  numberFromBytes,
  numberToBytes,
  type Point,
  pointFromBytes,
  pointToBytes,
} from "./points.ts";
import { proveWrap } from "./proveWrap.ts";
import type { ReasonCode } from "./reasons.ts";
import { challenge, type VerifyWrapProofParameters, verifyWrapProof, type WrapProof } from "./verifyWrapProof.ts";
import { contextOf, wrapKey } from "./wrapKey.ts";

const random = randomFrom(24);

function honest(): VerifyWrapProofParameters {
  const secret = random.bytes(32);
  const X = encryptionPublicKey(secret);
  const delivery = { ...deliveryFrom(random), release: 7 };
  const { R } = wrapKey({ key: random.bytes(32), to: X, ...delivery });
  return { X, R, ...delivery, proof: proveWrap({ secret, R, ...delivery }) };
}

/** What a contract does: three calls of `ecrecover` and one addition, each compared by address. */
function contractAccepts({ X, R, proof, ...delivery }: VerifyWrapProofParameters): boolean {
  const read = (bytes: Uint8Array) => ({
    x: numberFromBytes(bytes.subarray(0, 32)),
    y: numberFromBytes(bytes.subarray(32)),
  });
  const usable = ({ x, y }: Affine) => x > 0n && x < N && y < P && (y * y - x ** 3n - 7n) % P === 0n;
  const points = [X, R, proof.S, proof.A, proof.B, proof.T].map(read);
  if (!points.every(usable)) return false;
  const [pX, pR, pS, , pB, pT] = points as [Affine, Affine, Affine, Affine, Affine, Affine];
  const [z, inverse] = [numberFromBytes(proof.z), numberFromBytes(proof.inverse)];
  if (z >= N) return false;
  const all = [X, R, proof.S, proof.A, proof.B].map((bytes) => pointFromBytes(bytes, ""));
  const e = challenge(contextOf(delivery), all as [Point, Point, Point, Point, Point]);
  if ((inverse * (P + pT.x - pB.x)) % P !== 1n) return false;
  const slope = (inverse * (P + pT.y - pB.y)) % P;
  const x = (slope * slope - pB.x - pT.x + 2n * P) % P;
  const y = (slope * (pB.x - x + P) - pB.y + P) % P;
  const sum = Uint8Array.of(...numberToBytes(x), ...numberToBytes(y));
  return (
    recovered((N - z) * pX.x, pX, (N - e) * pX.x) === addressOf(proof.A) &&
    recovered(0n, pS, e * pS.x) === addressOf(proof.T) &&
    recovered(0n, pR, z * pR.x) === addressOf(sum)
  );
}

interface Affine {
  readonly x: bigint;
  readonly y: bigint;
}

/** `ecrecover`: the address of `(s·Q − hash·G) / Q.x`, for `Q` with this `x` and the parity of this `y`. */
function recovered(hash: bigint, { x, y }: Affine, s: bigint): string | undefined {
  if (Fn.create(s) === 0n) return undefined;
  const [Q, inverse] = [pointFromBytes(Uint8Array.of(...numberToBytes(x), ...numberToBytes(y)), ""), Fn.inv(x)];
  const result = Q.multiplyUnsafe(Fn.create(s * inverse)).subtract(G.multiplyUnsafe(Fn.create(hash * inverse)));
  return result.is0() ? undefined : addressOf(pointToBytes(result));
}

function addressOf(point: Uint8Array): string {
  return Buffer.from(keccak_256(point).subarray(12)).toString("hex");
}

/** Refused here, and by a contract. */
function refused(claim: VerifyWrapProofParameters, code: ReasonCode = "proof_invalid"): void {
  expect(contractAccepts(claim)).toBe(false);
  refusal(() => verifyWrapProof(claim), code);
}

test("proofs are accepted, here and as contracts compute", () => {
  for (let i = 0; i < 10; i++) {
    const claim = honest();
    verifyWrapProof(claim);
    expect(contractAccepts(claim)).toBe(true);
  }
});

describe("a flipped byte is refused", () => {
  const claim = honest();
  const each = (bytes: Uint8Array) => Array.from(bytes, (_, i) => flipped(bytes, 8 * i + random.below(8)));

  test.each(["X", "R"] as const)("of %s", (name) => {
    for (const bytes of each(claim[name])) refused({ ...claim, [name]: bytes }, "point_invalid");
  });

  test.each(["S", "A", "B", "T"] as const)("of %s", (name) => {
    for (const bytes of each(claim.proof[name])) {
      refused({ ...claim, proof: { ...claim.proof, [name]: bytes } }, "point_invalid");
    }
  });

  test.each(["z", "inverse"] as const)("of %s", (name) => {
    for (const bytes of each(claim.proof[name])) refused({ ...claim, proof: { ...claim.proof, [name]: bytes } });
  });

  test.each(["licence", "custodian"] as const)("of the %s", (name) => {
    for (const bytes of each(claim[name])) refused({ ...claim, [name]: bytes });
  });

  test("of the release", () => {
    for (let bit = 0; bit < 32; bit++) refused({ ...claim, release: (claim.release ^ (1 << bit)) >>> 0 });
  });
});

test("a proof counts for no other delivery, wrapping or licensee", () => {
  const [claim, other] = [honest(), honest()];
  for (const name of ["X", "R", "licence", "custodian"] as const) {
    refused({ ...claim, [name]: other[name] });
  }
  for (const name of ["S", "A", "B", "T", "z", "inverse"] as const) {
    refused({ ...claim, proof: { ...claim.proof, [name]: other.proof[name] } });
  }
  refused({ ...claim, proof: other.proof });
});

describe("a false proof is refused", () => {
  const [x, k, r] = [1, 2, 3].map(() => numberFromBytes(random.bytes(32))) as [bigint, bigint, bigint];
  const R = G.multiply(r);
  const delivery = deliveryFrom(random);
  const about = { X: pointToBytes(G.multiply(x)), R: pointToBytes(R), ...delivery };

  test.each(FORGED_STEPS)("about another S, where only step %i of the specification fails", (step) => {
    refused({ ...about, proof: forgedProof(step, x, k, R, delivery) });
  });

  test.each(["S", "A", "B", "T"] as const)("with %s of another sign", (name) => {
    const claim = honest();
    const negated = pointToBytes(pointFromBytes(claim.proof[name], "").negate());
    refused({ ...claim, proof: { ...claim.proof, [name]: negated } });
  });
});

test("each point must be one that contracts can compute with", () => {
  const claim = honest();
  for (const [, bytes] of BAD_POINTS) {
    for (const name of ["X", "R"] as const) {
      expect(refusal(() => verifyWrapProof({ ...claim, [name]: bytes }), "point_invalid").details).toBe(name);
    }
    for (const name of ["S", "A", "B", "T"] as const) {
      const proof = { ...claim.proof, [name]: bytes };
      expect(refusal(() => verifyWrapProof({ ...claim, proof }), "point_invalid").details).toBe(name);
    }
  }
});

test("z is a number from 1 to N - 1, and both numbers have 32 bytes", () => {
  const claim = honest();
  const refuse = (change: Partial<WrapProof>) =>
    refusal(() => verifyWrapProof({ ...claim, proof: { ...claim.proof, ...change } }), "proof_invalid");
  refuse({ z: numberToBytes(0n) });
  refuse({ z: numberToBytes(N) });
  refuse({ z: Uint8Array.of(0, ...claim.proof.z) });
  refuse({ z: claim.proof.z.subarray(1) });
  refuse({ inverse: numberToBytes(0n) });
  refuse({ inverse: Uint8Array.of(0, ...claim.proof.inverse) });
  refusal(() => verifyWrapProof({ ...claim, licence: new Uint8Array(31) }), "delivery_invalid");
});
