// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ChaCha20} from "../../contracts/types/ChaCha20.sol";
import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {ChaCha20Reference} from "../reference/ChaCha20Reference.sol";
import {equal, isTrue} from "../support/Equal.sol";

/// @notice What whoever has the key of a release can do.
contract SealedBlockKeyTest {
    bytes32 private constant KEY = keccak256("key");
    bytes32 private constant KNOWN_KEY_COMMITMENT = 0x80d01272e00944ad303640f569738c39b462cc6ba878535281538f002686dbe3;
    bytes32 private constant KNOWN_BLIND = 0xbcdaa23dcb7da2e0ac448733f3326de0f5d65dec51c5d8b5dab5b6044bb15422;

    /// @notice TYP-43 Block `index` begins at nonce `index >> 26`, as 12 bytes, and counter `index mod 2^26 · 64`.
    function testFuzz_TYP_43_aBlocksPlaceInTheKeystream(bytes32 key, uint64 index, uint256 seed) public pure {
        bytes memory data = noise(seed % 100, seed);
        uint32 counter = uint32((uint256(index) * 64) % 2 ** 32);
        bytes memory expected = ChaCha20Reference.encrypted(data, key, bytes12(uint96(index / 2 ** 26)), counter);
        equal(keccak256(SealedBlock.decrypt(key, index, data)), keccak256(expected), "decrypted");
    }

    /// @notice TYP-43 The last block under a nonce uses its last counters, the next one starts the next nonce.
    function test_TYP_43_theBoundaryBetweenTwoNonces() public pure {
        uint64 last = 2 ** 26 - 1;
        bytes memory data = noise(4_096, 1);
        equal(
            keccak256(SealedBlock.decrypt(KEY, last, data)),
            inOne(data, 0, 2 ** 32 - 64),
            "the last of the first nonce"
        );
        equal(keccak256(SealedBlock.decrypt(KEY, last + 1, data)), inOne(data, 1, 0), "the first of the second nonce");
        equal(keccak256(SealedBlock.decrypt(KEY, last + 2, data)), inOne(data, 1, 64), "the second");
        equal(keccak256(SealedBlock.decrypt(KEY, 2 * last + 1, data)), inOne(data, 1, 2 ** 32 - 64), "its last");
        equal(
            keccak256(SealedBlock.decrypt(KEY, 2 ** 52 - 1, data)),
            inOne(data, 2 ** 26 - 1, 2 ** 32 - 64),
            "far out"
        );
        equal(
            keccak256(SealedBlock.decrypt(KEY, type(uint64).max, data)),
            inOne(data, 2 ** 38 - 1, 2 ** 32 - 64),
            "the last of all"
        );
    }

    /// @notice TYP-43 Blocks decrypted one by one are the file decrypted in one.
    function testFuzz_TYP_43_blocksMakeUpOneStream(bytes32 key, uint32 index, uint256 seed) public pure {
        uint64 block_ = index % (2 ** 26 - 2);
        (bytes memory first, bytes memory second) = (noise(4_096, seed), noise(seed % 4_097, ~seed));
        bytes memory whole = ChaCha20.xorKeystream(bytes.concat(first, second), key, 0, uint32(block_ * 64));
        first = SealedBlock.decrypt(key, block_, first);
        second = SealedBlock.decrypt(key, block_ + 1, second);
        equal(keccak256(bytes.concat(first, second)), keccak256(whole), "one stream");
    }

    function test_TYP_46_aBlockOfAnyLengthKeepsItsCommitment() public pure {
        uint16[9] memory lengths = [0, 1, 63, 64, 65, 4_031, 4_032, 4_095, 4_096];
        for (uint64 i = 0; i < 9; ++i) {
            bytes memory plaintext = noise(lengths[i], i);
            bytes32 commitment = SealedBlock.commitment(SealedBlock.blindOf(KEY, i), plaintext);
            bytes memory ciphertext = SealedBlock.decrypt(KEY, i, plaintext);
            isTrue(SealedBlock.keeps(KEY, i, commitment, ciphertext), "kept");
            isTrue(!SealedBlock.keeps(KEY, i, commitment, bytes.concat(ciphertext, hex"00")), "one byte more");
            if (lengths[i] == 0) continue;
            isTrue(
                !SealedBlock.keeps(KEY, i, commitment, part(ciphertext, 0, uint256(lengths[i]) - 1)),
                "one byte less"
            );
            isTrue(!SealedBlock.keeps(KEY, i, commitment, plaintext), "not encrypted");
        }
    }

    /// @notice TYP-46 One changed bit anywhere, and the commitment is not kept.
    function testFuzz_TYP_46_refusesAnyFlippedBit(bytes32 key, uint64 index, uint256 seed, uint8 bit) public pure {
        bytes memory plaintext = noise(1 + (seed % 300), seed);
        bytes32 commitment = SealedBlock.commitment(SealedBlock.blindOf(key, index), plaintext);
        bytes memory ciphertext = SealedBlock.decrypt(key, index, plaintext);
        bytes32 flip = bytes32(1 << bit);
        isTrue(SealedBlock.keeps(key, index, commitment, ciphertext), "kept");
        isTrue(!SealedBlock.keeps(key ^ flip, index, commitment, ciphertext), "another key");
        isTrue(!SealedBlock.keeps(key, index ^ uint64(1 << (bit % 64)), commitment, ciphertext), "another index");
        isTrue(!SealedBlock.keeps(key, index, commitment ^ flip, ciphertext), "another commitment");
        ciphertext[seed % ciphertext.length] ^= bytes1(uint8(1 << (bit % 8)));
        isTrue(!SealedBlock.keeps(key, index, commitment, ciphertext), "another ciphertext");
    }

    function testFuzz_TYP_47_keyCommitmentAndBlind(bytes32 key, uint64 index) public pure {
        equal(SealedBlock.keyCommitment(key), sha256(bytes.concat("cadastre/key/v1", key)), "key commitment");
        equal(SealedBlock.blindOf(key, index), sha256(bytes.concat("cadastre/blind/v1", key, bytes8(index))), "blind");
    }

    /// @notice TYP-47 The same values as `packages/sealed` has.
    function test_TYP_47_knownValues() public pure {
        equal(SealedBlock.keyCommitment(bytes32(uint256(1))), KNOWN_KEY_COMMITMENT, "key commitment");
        equal(SealedBlock.blindOf(bytes32(uint256(1)), 3), KNOWN_BLIND, "blind");
    }

    function inOne(bytes memory data, uint96 nonce, uint32 counter) private pure returns (bytes32) {
        return keccak256(ChaCha20Reference.encrypted(data, KEY, bytes12(nonce), counter));
    }

    function part(bytes memory data, uint256 from, uint256 to) private pure returns (bytes memory slice) {
        slice = new bytes(to - from);
        for (uint256 i = from; i < to; ++i) slice[i - from] = data[i];
    }

    /// @dev Words of noise, the last one whole, so that there is noise behind the data too.
    function noise(uint256 length, uint256 seed) private pure returns (bytes memory data) {
        data = new bytes(length);
        for (uint256 i = 0; i < length; i += 32) {
            bytes32 word = keccak256(abi.encode(seed, i));
            // Safe for memory: an array takes whole words of it.
            assembly ("memory-safe") {
                mstore(add(add(data, 0x20), i), word)
            }
        }
    }
}
