"""Wrapped keys, and the proof of what was wrapped."""

from basics import H, is_count, require, u32, u256
from curve import G, N, P, add, drawn, multiply, negative, point, point_bytes


def context_of(licence, release, custodian):
    require(len(licence) == 32 and len(custodian) == 20 and is_count(release) and release < 2**32, "delivery_invalid")
    return licence + u32(release) + custodian


def masked(key, S, context):
    mask = H(b"cadastre/wrap/v1", u256(S[0]), context)
    return bytes(a ^ b for a, b in zip(key, mask))


def wrap_key(key, X, context, given):
    require(len(key) == 32, "key_invalid")
    for r in drawn(given):
        R, S = multiply(r, G), multiply(r, X)
        if R[0] < N and S[0] < N:
            return point_bytes(R), masked(key, S, context)


def challenge(context, *points):
    return int.from_bytes(H(b"cadastre/proof/v1", context, *map(point_bytes, points)), "big") % N


def prove_wrap(x, R, context, given):
    X, S = multiply(x, G), multiply(x, R)
    require(S[0] < N, "proof_impossible")
    for k in drawn(given):
        A, B = multiply(k, G), multiply(k, R)
        e = challenge(context, X, R, S, A, B)
        z = (k + e * x) % N
        T = multiply(e, S)
        if e != 0 and z != 0 and max(A[0], B[0], T[0]) < N and T[0] != B[0]:
            names = {name: point_bytes(value) for name, value in [("S", S), ("A", A), ("B", B), ("T", T)]}
            return names | {"z": u256(z), "inverse": u256(pow(T[0] - B[0], -1, P))}


def verify_wrap_proof(X, R, context, proof):
    S, A, B, T = (point(proof[name]) for name in "SABT")
    require(len(proof["z"]) == 32 and len(proof["inverse"]) == 32, "proof_invalid")
    z, inverse = (int.from_bytes(proof[name], "big") for name in ("z", "inverse"))
    e = challenge(context, X, R, S, A, B)
    require(0 < z < N and e != 0, "proof_invalid")
    require(add(multiply(z, G), negative(multiply(e, X))) == A, "proof_invalid")
    require(multiply(e, S) == T, "proof_invalid")
    require(inverse * (T[0] - B[0]) % P == 1, "proof_invalid")
    require(add(B, T) == multiply(z, R), "proof_invalid")
