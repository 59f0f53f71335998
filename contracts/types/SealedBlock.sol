// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TreeHash} from "./TreeHash.sol";

/// @title Blocks of a sealed dataset
/// @notice A release stores `commitment ‖ ciphertext`, block after block, under one RFC 9162 tree. The commitment says what
/// the plaintext is without saying it: whoever knows the block's blind can open that block alone, and give no key away.
library SealedBlock {
    uint256 internal constant BLOCK_SIZE = 4_096;

    /// @notice SHA-256 of the domain tag, the blind (32 bytes) and the plaintext of the block.
    function commitment(bytes32 blind, bytes memory plaintext) internal pure returns (bytes32) {
        return sha256(abi.encodePacked("cadastre/block/v1", blind, plaintext));
    }

    /// @notice Blocks in a dataset of `length` bytes, at least 1.
    function count(uint256 length) internal pure returns (uint256) {
        return length == 0 ? 1 : (length - 1) / BLOCK_SIZE + 1;
    }

    /// @notice Bytes of plaintext in block `index`, which is below `count(length)`; only the last may be shorter.
    function size(uint256 length, uint256 index) internal pure returns (uint256) {
        uint256 start = index * BLOCK_SIZE;
        return length - start < BLOCK_SIZE ? length - start : BLOCK_SIZE;
    }

    /// @notice Whether `plaintext` is block `index` of the dataset with this root and length, by the publisher's commitment.
    function opens(
        bytes32 root,
        uint256 length,
        uint256 index,
        bytes32 blind,
        bytes memory plaintext,
        bytes memory ciphertext,
        bytes32[] memory path
    ) internal pure returns (bool) {
        uint256 blocks = count(length);
        if (index >= blocks) return false;
        uint256 expected = size(length, index);
        if (plaintext.length != expected || ciphertext.length != expected) return false;
        bytes memory leaf = abi.encodePacked(commitment(blind, plaintext), ciphertext);
        return TreeHash.includes(root, blocks, index, leaf, path);
    }
}
