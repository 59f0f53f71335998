"""The tree of RFC 9162, 2.1, and what lies under its root."""

from basics import H, is_count, require, unhex
from blocks import block_count, block_length, cut, key_commitment


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
