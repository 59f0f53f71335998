"""What everything else is written with."""

from hashlib import sha256


class Refused(Exception):
    """A refusal, with the code of its reason."""


def require(condition, reason):
    if not condition:
        raise Refused(reason)


def H(*parts):
    return sha256(b"".join(parts)).digest()


def is_count(n):
    return type(n) is int and n >= 0


def u32(n):
    return n.to_bytes(4, "big")


def u64(n):
    return n.to_bytes(8, "big")


def u256(n):
    return n.to_bytes(32, "big")


def unhex(text):
    return bytes.fromhex(text[2:])
