"""Sealed datasets a second time, written from docs/sealed-dataset.md: slow, plain, and for tests only.

Reads a JSON list of {"call": name, "input": {...}} from standard input and writes the list of {"result": ...} or
{"reason": code}. Bytes are texts of 0x and hexadecimal digits. Needs the package `cryptography`, for ChaCha20 alone.
"""

import json
import re
import secrets
import sys
from datetime import date
from decimal import Decimal
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

BLOCK = 4096
MAX_LENGTH = 2**52
P = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


class Refused(Exception):
    """A refusal, with the code of its reason."""


def require(condition, reason):
    if not condition:
        raise Refused(reason)


def H(*parts):
    return sha256(b"".join(parts)).digest()


def u32(n):
    return n.to_bytes(4, "big")


def u64(n):
    return n.to_bytes(8, "big")


def u256(n):
    return n.to_bytes(32, "big")


# Blocks


def is_count(n):
    return type(n) is int and n >= 0


def block_count(length):
    require(is_count(length) and length <= MAX_LENGTH, "length_invalid")
    return max(1, -(-length // BLOCK))


def block_length(index, length):
    require(is_count(index) and index < block_count(length), "index_out_of_range")
    return min(BLOCK, length - index * BLOCK)


def position(index):
    require(is_count(index) and index < MAX_LENGTH // BLOCK, "index_out_of_range")
    return (index >> 26).to_bytes(12, "big"), index % 2**26 * 64


def cipher(key, index, data):
    nonce, counter = position(index)
    return Cipher(ChaCha20(key, counter.to_bytes(4, "little") + nonce), None).encryptor().update(data)


def blind(key, index):
    return H(b"cadastre/blind/v1", key, u64(index))


def commitment(blind, plaintext):
    return H(b"cadastre/block/v1", blind, plaintext)


def key_commitment(key):
    require(len(key) == 32, "key_invalid")
    return H(b"cadastre/key/v1", key)


def seal_block(key, index, plaintext):
    return commitment(blind(key, index), plaintext) + cipher(key, index, plaintext)


def decrypt_block(key, index, block):
    plaintext = cipher(key, index, block[32:])
    require(commitment(blind(key, index), plaintext) == block[:32], "commitment_mismatch")
    return plaintext


def cut(stored, length):
    require(len(stored) == length + 32 * block_count(length), "stored_length")
    return [stored[i * (BLOCK + 32) : (i + 1) * (BLOCK + 32)] for i in range(block_count(length))]


# The tree (RFC 9162, 2.1)


def split(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def tree_hash(leaves):
    if len(leaves) == 1:
        return H(b"\x00", leaves[0])
    k = split(len(leaves))
    return H(b"\x01", tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def path_of(index, leaves):
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if index < k:
        return path_of(index, leaves[:k]) + [tree_hash(leaves[k:])]
    return path_of(index - k, leaves[k:]) + [tree_hash(leaves[:k])]


def root_from(index, size, leaf, path):
    """The definition of a path, read from its end: the sibling of the highest node comes last."""
    if size == 1:
        require(path == [], "path_invalid")
        return H(b"\x00", leaf)
    require(path != [], "path_invalid")
    k = split(size)
    sibling = path[-1]
    if index < k:
        return H(b"\x01", root_from(index, k, leaf, path[:-1]), sibling)
    return H(b"\x01", sibling, root_from(index - k, size - k, leaf, path[:-1]))


def verify_inclusion(root, size, index, leaf, path):
    require(is_count(size), "size_invalid")
    require(is_count(index) and index < size, "index_out_of_range")
    found = root_from(index, size, leaf, path)
    require(all(len(sibling) == 32 for sibling in path), "hash_invalid")
    require(found == root, "root_mismatch")


def verify_block(facts, index, block, path):
    require(len(block) == 32 + block_length(index, facts["length"]), "block_length")
    verify_inclusion(unhex(facts["root"]), block_count(facts["length"]), index, block, path)


def verify_stored(facts, stored):
    blocks = cut(stored, facts["length"])
    require(tree_hash(blocks) == unhex(facts["root"]), "root_mismatch")
    return blocks


def verify_key(facts, key):
    require(key_commitment(key) == unhex(facts["keyCommitment"]), "key_mismatch")


# The manifest

HASH = re.compile(r"0x[0-9a-f]{64}")
BYTES = re.compile(r"0x([0-9a-f]{2})*")
TEXT = re.compile(r".*\S.*", re.DOTALL)
TOKEN = r"[A-Za-z0-9_!#$&^.+-]"
MEDIA_TYPE = re.compile(rf'{TOKEN}{{1,127}}/{TOKEN}{{1,127}}(; ?{TOKEN}+=({TOKEN}+|"[^"\\]*"))*')
# No more of the WHATWG standard than this: a scheme, no white space, a host for the web.
URL = re.compile(r"(?!https?:/*$)[A-Za-z][A-Za-z0-9+.-]*:\S*")
HOUR_MINUTE = r"([01]\d|2[0-3]):[0-5]\d"
TIME = rf"T{HOUR_MINUTE}:[0-5]\d(\.\d+)?(Z|[+-]{HOUR_MINUTE})"
ISSUED = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}})({TIME})?", re.ASCII)


def members(value, required, optional=None):
    """Whether an object has each required member, and no member beside these, each of the form its check demands."""
    checks = {**required, **(optional or {})}
    return (
        type(value) is dict
        and value.keys() >= required.keys()
        and value.keys() <= checks.keys()
        and all(checks[name](member) for name, member in value.items())
    )


def matching(pattern):
    return lambda value: type(value) is str and pattern.fullmatch(value) is not None


def list_of(check, least=0):
    return lambda value: type(value) is list and len(value) >= least and all(map(check, value))


def is_issued(value):
    found = ISSUED.fullmatch(value) if type(value) is str else None
    try:
        # The calendar repeats itself every 400 years; Python's begins with year 1.
        return found is not None and bool(date(2000 + int(found[1]) % 400, int(found[2]), int(found[3])))
    except ValueError:
        return False


def is_dataset(value):
    texts = ["title", "description", "publisher"]
    required = {name: matching(TEXT) for name in texts} | {"issued": is_issued, "license": matching(URL)}
    return members(value, required, {"keyword": list_of(matching(TEXT)), "theme": list_of(matching(URL))})


def is_schema(value):
    return members(value, {"conformsTo": matching(URL)}, {"document": lambda _: True})


def is_sample(value):
    return members(value, {"index": is_count, "blind": matching(HASH), "plaintext": matching(BYTES)})


def samples_fit(length, samples):
    indexes = [sample["index"] for sample in samples]
    return indexes == sorted(set(indexes)) and all(
        sample["index"] < block_count(length)
        and len(unhex(sample["plaintext"])) == block_length(sample["index"], length)
        for sample in samples
    )


def check_manifest(value):
    required = {
        "version": lambda version: type(version) is int and version == 1,
        "length": lambda length: is_count(length) and length <= MAX_LENGTH,
        "root": matching(HASH),
        "keyCommitment": matching(HASH),
        "mediaType": matching(MEDIA_TYPE),
        "dataset": is_dataset,
    }
    optional = {"schema": is_schema, "samples": list_of(is_sample, 1)}
    require(members(value, required, optional), "manifest_invalid")
    require(samples_fit(value["length"], value.get("samples", [])), "manifest_invalid")


def canonical_number(value):
    """ECMAScript's Number::toString of a double: Python finds the same digits and sets them otherwise."""
    number = float(value)
    require(abs(number) != float("inf"), "manifest_invalid")
    if number == 0:
        return "0"
    sign = "-" if number < 0 else ""
    _, digits, exponent = Decimal(repr(abs(number))).normalize().as_tuple()
    text = "".join(map(str, digits))
    point = len(text) + exponent
    if len(text) <= point <= 21:
        return sign + text + "0" * (point - len(text))
    if 0 < point <= 21:
        return sign + text[:point] + "." + text[point:]
    if -6 < point <= 0:
        return sign + "0." + "0" * -point + text
    fraction = "." + text[1:] if len(text) > 1 else ""
    return f"{sign}{text[0]}{fraction}e{point - 1:+d}"


def canonical(value):
    """RFC 8785."""
    if type(value) is dict:
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if type(value) is list:
        return "[" + ",".join(map(canonical, value)) + "]"
    if type(value) in (int, float):
        return canonical_number(value)
    return json.dumps(value, ensure_ascii=False)


def manifest_bytes(manifest):
    try:
        return canonical(manifest).encode()
    except (UnicodeEncodeError, OverflowError):
        raise Refused("manifest_invalid") from None


def not_json(name):
    raise ValueError(name)


def parse_manifest(file, expected):
    require(expected is None or H(file) == expected, "manifest_hash")
    try:
        manifest = json.loads(file.decode(), parse_constant=not_json)
    except ValueError:
        raise Refused("manifest_invalid") from None
    check_manifest(manifest)
    require(manifest_bytes(manifest) == file, "manifest_not_canonical")
    return manifest


# The curve: affine points, None for infinity


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


# Wrapped keys


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


# Calls


def unhex(text):
    return bytes.fromhex(text[2:])


def hex_of(value):
    if type(value) is bytes:
        return "0x" + value.hex()
    if type(value) is dict:
        return {name: hex_of(member) for name, member in value.items()}
    return [hex_of(member) for member in value] if type(value) in (list, tuple) else value


class Input(dict):
    """The input of a call: `data` reads bytes, `path` a list of hashes."""

    def data(self, name):
        return unhex(self[name]) if name in self else None

    def path(self):
        return [unhex(sibling) for sibling in self["path"]]

    def context(self):
        return context_of(self.data("licence"), self["release"], self.data("custodian"))

    def facts(self):
        return self["manifest"]


def call_seal(input):
    key, plaintext = input.data("key"), input.data("plaintext")
    length = len(plaintext)
    pieces = [plaintext[i * BLOCK : (i + 1) * BLOCK] for i in range(block_count(length))]
    stored = [seal_block(key, i, piece) for i, piece in enumerate(pieces)]
    opened = [{"index": i, "blind": blind(key, i), "plaintext": pieces[i]} for i in input["samples"]]
    root, promise = tree_hash(stored), key_commitment(key)
    manifest = hex_of({"version": 1, "length": length, "root": root, "keyCommitment": promise})
    manifest |= input["description"] | ({"samples": hex_of(opened)} if opened else {})
    check_manifest(manifest)
    file = manifest_bytes(manifest)
    return {
        "stored": b"".join(stored),
        "storedHash": H(*stored),
        "root": root,
        "keyCommitment": promise,
        "manifest": file.decode(),
        "manifestHash": H(file),
    }


def call_position(input):
    key, index = input.data("key"), input["index"]
    nonce, counter = position(index)
    return {
        "plaintextStart": index * BLOCK,
        "storedStart": index * (BLOCK + 32),
        "nonce": nonce,
        "counter": counter,
        "blind": blind(key, index),
        "keystreamHash": H(cipher(key, index, bytes(BLOCK))),
    }


def call_parse_manifest(input):
    return H(manifest_bytes(parse_manifest(input["file"].encode(), input.data("expected"))))


def call_prove_block(input):
    blocks = verify_stored(input.facts(), input.data("stored"))
    block_length(input["index"], input.facts()["length"])
    return {"block": blocks[input["index"]], "path": path_of(input["index"], blocks)}


def call_verify_block(input):
    verify_block(input.facts(), input["index"], input.data("block"), input.path())


def call_verify_inclusion(input):
    verify_inclusion(input.data("root"), input["size"], input["index"], input.data("leaf"), input.path())


def call_verify_sample(input):
    call_verify_block(input)
    sample = input["sample"]
    plaintext = unhex(sample["plaintext"])
    expected = input.data("block")[:32]
    require(commitment(unhex(sample["blind"]), plaintext) == expected, "commitment_mismatch")
    return plaintext


def call_open(input):
    key = input.data("key")
    verify_key(input.facts(), key)
    blocks = verify_stored(input.facts(), input.data("stored"))
    return b"".join(decrypt_block(key, i, block) for i, block in enumerate(blocks))


def call_open_block(input):
    key = input.data("key")
    verify_key(input.facts(), key)
    call_verify_block(input)
    return decrypt_block(key, input["index"], input.data("block"))


def call_public_key(input):
    return point_bytes(multiply(secret_number(input.data("secret")), G))


def call_wrap_key(input):
    R, wrapped = wrap_key(input.data("key"), point(input.data("to")), input.context(), input.data("r"))
    return {"R": R, "wrapped": wrapped}


def call_unwrap_key(input):
    wrapped = input.data("wrapped")
    require(len(wrapped) == 32, "wrapped_invalid")
    S = multiply(secret_number(input.data("secret")), point(input.data("R")))
    key = masked(wrapped, S, input.context())
    if "keyCommitment" in input:
        verify_key(input, key)
    return key


def call_prove_wrap(input):
    x, R = secret_number(input.data("secret")), point(input.data("R"))
    return prove_wrap(x, R, input.context(), input.data("k"))


def call_verify_wrap_proof(input):
    proof = {name: unhex(value) for name, value in input["proof"].items()}
    verify_wrap_proof(point(input.data("X")), point(input.data("R")), input.context(), proof)


CALLS = {
    "seal": call_seal,
    "position": call_position,
    "parseManifest": call_parse_manifest,
    "proveBlock": call_prove_block,
    "verifyBlock": call_verify_block,
    "verifyInclusion": call_verify_inclusion,
    "verifySample": call_verify_sample,
    "open": call_open,
    "openBlock": call_open_block,
    "encryptionPublicKey": call_public_key,
    "wrapKey": call_wrap_key,
    "unwrapKey": call_unwrap_key,
    "proveWrap": call_prove_wrap,
    "verifyWrapProof": call_verify_wrap_proof,
}


def answer(request):
    try:
        return {"result": hex_of(CALLS[request["call"]](Input(request["input"])))}
    except Refused as refused:
        return {"reason": str(refused)}


if __name__ == "__main__":
    json.dump([answer(request) for request in json.load(sys.stdin)], sys.stdout)
