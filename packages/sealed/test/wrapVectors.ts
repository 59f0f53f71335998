import { fromHex, type Hex, toHex } from "../src/bytes.ts";
import {
  encryptionPublicKey,
  Fn,
  numberFromBytes,
  numberToBytes,
  pointFromBytes,
  pointToBytes,
} from "../src/points.ts";
import { proveWrapBy } from "../src/proveWrap.ts";
import { challenge } from "../src/verifyWrapProof.ts";
import { contextOf, wrapKeyBy } from "../src/wrapKey.ts";
import { BAD_POINTS, drawing, N, UNRECOVERABLE } from "./delivery.ts";
import { FORGED_STEPS, forgedProof } from "./forgedProof.ts";
import { H } from "./reference.ts";
import { type RefusedCall, refused } from "./refusedCall.ts";

/** What stands in `vectors/wrap.json`. */
export function wrapVectors() {
  const wraps = [
    wrap("one", 1),
    wrap("two", 2 ** 32 - 1),
    wrap("secret 1", 0, 1n),
    wrap("secret N - 1", 3, N - 1n),
    wrap("r 1, k 1", 4, undefined, 1n, 1n),
    wrap("r N - 1, k N - 1", 5, undefined, N - 1n, N - 1n),
  ];
  return { wraps, refused: wrapRefusals(wraps[0] as Wrap, wraps[1] as Wrap) };
}

type Wrap = ReturnType<typeof wrap>;

function wrap(name: string, release: number, x = scalar("x", name), r = scalar("r", name), k = scalar("k", name)) {
  const secret = numberToBytes(x);
  const X = encryptionPublicKey(secret);
  const delivery = {
    licence: H("cadastre/vectors/licence", name),
    release,
    custodian: H("cadastre/vectors/custodian", name).subarray(0, 20),
  };
  const key = H("cadastre/vectors/key", name);
  const { R, wrapped } = wrapKeyBy(drawing(r), { key, to: X, ...delivery });
  const proof = proveWrapBy(drawing(k), { secret, R, ...delivery });
  const points = [X, R, proof.S, proof.A, proof.B].map((bytes) => pointFromBytes(bytes, ""));
  const e = challenge(contextOf(delivery), points as unknown as Parameters<typeof challenge>[1]);
  return {
    name,
    licence: toHex(delivery.licence),
    release,
    custodian: toHex(delivery.custodian),
    key: toHex(key),
    keyCommitment: toHex(H("cadastre/key/v1", key)),
    secret: toHex(secret),
    X: toHex(X),
    r: toHex(numberToBytes(r)),
    R: toHex(R),
    wrapped: toHex(wrapped),
    k: toHex(numberToBytes(k)),
    e: toHex(numberToBytes(e)),
    proof: hexOf(proof),
  };
}

function wrapRefusals(one: Wrap, two: Wrap): RefusedCall[] {
  const { key, keyCommitment, secret, X, R, wrapped, licence, release, custodian, k, proof } = one;
  const delivery = { licence, release, custodian };
  const unwrapping = { secret, R, wrapped, ...delivery, keyCommitment };
  const proving = { secret, R, ...delivery };
  const claim = { X, R, ...delivery, proof };
  const wrapKey = refused("wrapKey", { key, to: X, ...delivery });
  const unwrapKey = refused("unwrapKey", unwrapping);
  const proveWrap = refused("proveWrap", proving);
  const verifyWrapProof = refused("verifyWrapProof", claim);
  const unproved = (why: string, change: RefusedCall["input"]) => verifyWrapProof(why, change, "proof_invalid");
  const publicKey = refused("encryptionPublicKey", {});
  const proofWith = (change: Partial<typeof proof>) => ({ proof: { ...proof, ...change } });
  const negated = (point: Hex) => toHex(pointToBytes(pointFromBytes(fromHex(point), "").negate()));
  const number = (n: bigint) => toHex(numberToBytes(n));
  const fatal = toHex(pointToBytes(UNRECOVERABLE.multiply(Fn.inv(BigInt(secret)))));

  const forged = (step: (typeof FORGED_STEPS)[number]) => {
    const named = { licence: fromHex(licence), release, custodian: fromHex(custodian) };
    return { proof: hexOf(forgedProof(step, BigInt(secret), BigInt(k), pointFromBytes(fromHex(R), ""), named)) };
  };

  return [
    publicKey("secret 0", { secret: number(0n) }, "secret_invalid"),
    publicKey("secret N", { secret: number(N) }, "secret_invalid"),
    publicKey("secret of 31 bytes", { secret: secret.slice(0, -2) }, "secret_invalid"),
    ...BAD_POINTS.map(([why, bytes]) => wrapKey(`to ${why}`, { to: toHex(bytes) }, "point_invalid")),
    wrapKey("a key of 31 bytes", { key: key.slice(0, -2) }, "key_invalid"),
    wrapKey("a release of 2^32", { release: 2 ** 32 }, "delivery_invalid"),
    ...BAD_POINTS.map(([why, bytes]) => unwrapKey(`R is ${why}`, { R: toHex(bytes) }, "point_invalid")),
    unwrapKey("another key was promised", { keyCommitment: two.keyCommitment }, "key_mismatch"),
    unwrapKey("another licence", { licence: two.licence }, "key_mismatch"),
    unwrapKey("another release", { release: 2 }, "key_mismatch"),
    unwrapKey("another custodian", { custodian: two.custodian }, "key_mismatch"),
    unwrapKey("another secret", { secret: two.secret }, "key_mismatch"),
    unwrapKey("secret 0", { secret: number(0n) }, "secret_invalid"),
    unwrapKey("31 bytes wrapped", { wrapped: wrapped.slice(0, -2) }, "wrapped_invalid"),
    unwrapKey("a licence of 31 bytes", { licence: licence.slice(0, -2) }, "delivery_invalid"),
    unwrapKey("a custodian of 32 bytes", { custodian: licence }, "delivery_invalid"),
    proveWrap("S.x of N or more", { R: fatal }, "proof_impossible"),
    proveWrap("secret N", { secret: number(N) }, "secret_invalid"),
    unproved("for another licence", { licence: two.licence }),
    unproved("for another release", { release: 2 }),
    unproved("for another custodian", { custodian: two.custodian }),
    unproved("for another R", { R: two.R }),
    unproved("for another X", { X: two.X }),
    unproved("for the negative of R", { R: negated(R) }),
    unproved("another S, A, B, T, z and inverse", { proof: two.proof }),
    unproved("S of another sign", proofWith({ S: negated(proof.S) })),
    unproved("T of another sign", proofWith({ T: negated(proof.T) })),
    unproved("z is 0", proofWith({ z: number(0n) })),
    unproved("z is N", proofWith({ z: number(N) })),
    unproved("z is another", proofWith({ z: two.proof.z })),
    unproved("inverse is another", proofWith({ inverse: two.proof.inverse })),
    ...FORGED_STEPS.map((step) => unproved(`about another S, where only step ${step} fails`, forged(step))),
    ...BAD_POINTS.map(([why, bytes]) =>
      verifyWrapProof(`S is ${why}`, proofWith({ S: toHex(bytes) }), "point_invalid"),
    ),
    ...BAD_POINTS.map(([why, bytes]) =>
      verifyWrapProof(`B is ${why}`, proofWith({ B: toHex(bytes) }), "point_invalid"),
    ),
  ];
}

function hexOf<Name extends string>(parts: Readonly<Record<Name, Uint8Array>>): Record<Name, Hex> {
  const entries = Object.entries<Uint8Array>(parts).map(([name, bytes]) => [name, toHex(bytes)]);
  return Object.fromEntries(entries) as Record<Name, Hex>;
}

function scalar(...names: string[]): bigint {
  return Fn.create(numberFromBytes(H("cadastre/vectors/scalar", ...names)));
}
