// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ChaCha20} from "./ChaCha20.sol";
import {TreeHash} from "./TreeHash.sol";

/// @title Blocks of a sealed dataset
/// @notice A release stores `commitment ‖ ciphertext`, block after block, under one RFC 9162 tree. The commitment says what
/// the plaintext is without saying it: whoever knows the block's blind can open that block alone, and give no key away.
library SealedBlock {
    uint256 internal constant BLOCK_SIZE = 4_096;
    /// @dev Blocks under one nonce, 2^26 of them: as far as a counter of 32 bits reaches in units of 64 bytes.
    uint64 private constant BLOCKS_PER_NONCE = 1 << 26;

    /// @notice What a release says about its key: SHA-256 of the domain tag and the key.
    function keyCommitment(bytes32 key) internal pure returns (bytes32) {
        return sha256(abi.encodePacked("cadastre/key/v1", key));
    }

    /// @notice The blind of block `index`: SHA-256 of the domain tag, the key and the index (8 bytes).
    function blindOf(bytes32 key, uint64 index) internal pure returns (bytes32) {
        return sha256(abi.encodePacked("cadastre/blind/v1", key, index));
    }

    /// @notice SHA-256 of the domain tag, the blind (32 bytes) and the plaintext of the block.
    function commitment(bytes32 blind, bytes memory plaintext) internal pure returns (bytes32) {
        return sha256(abi.encodePacked("cadastre/block/v1", blind, plaintext));
    }

    /// @notice Decrypts block `index`, at most `BLOCK_SIZE` bytes: its keystream begins at the nonce `index >> 26`,
    /// big-endian, and the counter `index mod 2^26 · 64`.
    function decrypt(bytes32 key, uint64 index, bytes memory ciphertext) internal pure returns (bytes memory) {
        // Below 2^26, times 64: the cast keeps all of it.
        uint32 counter = uint32((index % BLOCKS_PER_NONCE) * 64);
        return ChaCha20.xorKeystream(ciphertext, key, index / BLOCKS_PER_NONCE, counter);
    }

    /// @notice Whether block `index`, decrypted with the key, is what the publisher's commitment says it is.
    /// @param expected the commitment that is stored before the ciphertext
    function keeps(bytes32 key, uint64 index, bytes32 expected, bytes memory ciphertext) internal pure returns (bool) {
        return commitment(blindOf(key, index), decrypt(key, index, ciphertext)) == expected;
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
