// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The Merkle tree hash of RFC 9162 over SHA-256
/// @notice A leaf is hashed from its bytes with prefix 0x00, an inner node from its children with prefix 0x01, so that no
/// inner node can be offered as a leaf.
library TreeHash {
    function leafHash(bytes memory leaf) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), leaf));
    }

    function nodeHash(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x01), left, right));
    }

    /// @notice Whether `leaf` is entry `index` of the tree with `size` entries and root `root` (RFC 9162, 2.1.3.2).
    /// @param leaf the entry's bytes, not their hash
    /// @param path the inclusion proof from the leaf upwards, exactly as long as (index, size) demands
    function includes(
        bytes32 root,
        uint256 size,
        uint256 index,
        bytes memory leaf,
        bytes32[] memory path
    ) internal pure returns (bool) {
        if (index >= size) return false;
        uint256 position = index;
        uint256 last = size - 1;
        bytes32 hash = leafHash(leaf);
        for (uint256 i = 0; i < path.length; ++i) {
            if (last == 0) return false;
            if (position & 1 == 1 || position == last) {
                hash = nodeHash(path[i], hash);
                while (position & 1 == 0 && position != 0) {
                    position >>= 1;
                    last >>= 1;
                }
            } else {
                hash = nodeHash(hash, path[i]);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && hash == root;
    }
}
