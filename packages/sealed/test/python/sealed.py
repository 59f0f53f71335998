"""Sealed datasets a second time, written from docs/sealed-dataset.md: slow, plain, and for tests only.

Reads a JSON list of {"call": name, "input": {...}} from standard input and writes the list of {"result": ...} or
{"reason": code}. Bytes are texts of 0x and hexadecimal digits. Needs the package `cryptography`, for ChaCha20 alone.
"""

import json
import sys

from basics import H, Refused, require, unhex
from blocks import (
    BLOCK,
    blind,
    block_count,
    block_length,
    cipher,
    commitment,
    decrypt_block,
    key_commitment,
    position,
    seal_block,
)
from curve import G, multiply, point, point_bytes, secret_number
from manifest import check_manifest, manifest_bytes, parse_manifest
from tree import path_of, tree_hash, verify_block, verify_inclusion, verify_key, verify_stored
from wrap import context_of, masked, prove_wrap, verify_wrap_proof, wrap_key


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
