"""The curve secp256k1: affine points, None for infinity."""

import secrets

from basics import require, u256

P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def on_curve(point):
    x, y = point
    return x < P and y < P and (y * y - x**3 - 7) % P == 0


def add(a, b):
    if a is None or b is None:
        return a or b
    (ax, ay), (bx, by) = a, b
    if ax == bx and (ay + by) % P == 0:
        return None
    slope = 3 * ax * ax * pow(2 * ay, -1, P) if a == b else (by - ay) * pow(bx - ax, -1, P)
    x = (slope * slope - ax - bx) % P
    return x, (slope * (ax - x) - ay) % P


def multiply(scalar, point):
    result = None
    for bit in f"{scalar:b}":
        result = add(result, result)
        if bit == "1":
            result = add(result, point)
    return result


def negative(point):
    return point[0], P - point[1]


def point(data):
    require(len(data) == 64, "point_invalid")
    result = int.from_bytes(data[:32], "big"), int.from_bytes(data[32:], "big")
    require(on_curve(result) and result[0] < N, "point_invalid")
    return result


def point_bytes(point):
    return u256(point[0]) + u256(point[1])


def secret_number(secret):
    number = int.from_bytes(secret, "big")
    require(len(secret) == 32 and 0 < number < N, "secret_invalid")
    return number


def drawn(given):
    """The number that a vector prescribes, or random ones."""
    if given is not None:
        yield int.from_bytes(given, "big")
    while given is None:
        yield secrets.randbelow(N - 1) + 1
