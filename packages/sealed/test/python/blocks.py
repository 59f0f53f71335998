"""Blocks: where they lie, how they are encrypted and committed to."""

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20

from basics import H, is_count, require, u64

BLOCK = 4096
MAX_LENGTH = 2**52


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
