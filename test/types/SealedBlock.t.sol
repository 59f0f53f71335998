// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SealedData, Sealing} from "../support/Sealing.sol";
import {TreeReference} from "./TreeReference.sol";

contract SealedBlockTest {
    /// @dev Everything that an opening states.
    struct Opening {
        bytes32 root;
        uint256 length;
        uint256 index;
        bytes32 blind;
        bytes plaintext;
        bytes ciphertext;
        bytes32[] path;
    }

    bytes32 private constant KEY = keccak256("key");
    bytes32 private constant KNOWN_BLIND = 0xbcdaa23dcb7da2e0ac448733f3326de0f5d65dec51c5d8b5dab5b6044bb15422;
    bytes32 private constant KNOWN_COMMITMENT = 0x626fd139d3364b8938f40ec07a7fae3b2e7024015ad1c6d5c1d250014a360d42;

    function testFuzz_TYP_28_aCommitmentHashesTagBlindAndPlaintext(bytes32 blind, bytes memory plaintext) public pure {
        bytes32 expected = sha256(bytes.concat("cadastre/block/v1", blind, plaintext));
        equal(SealedBlock.commitment(blind, plaintext), expected, "commitment");
    }

    /// @notice TYP-28 The same value as `packages/sealed` has for this key, block and text.
    function test_TYP_28_theKnownCommitment() public pure {
        bytes32 blind = Sealing.blindOf(bytes32(uint256(1)), 3);
        equal(blind, KNOWN_BLIND, "blind");
        equal(SealedBlock.commitment(blind, "city,pm25\n"), KNOWN_COMMITMENT, "commitment");
    }

    function test_TYP_29_blocksAtTheEdges() public pure {
        uint16[8] memory lengths = [0, 1, 4_095, 4_096, 4_097, 8_191, 8_192, 8_193];
        uint8[8] memory counts = [1, 1, 1, 1, 2, 2, 2, 3];
        uint16[8] memory lasts = [0, 1, 4_095, 4_096, 1, 4_095, 4_096, 1];
        for (uint256 i = 0; i < 8; ++i) {
            equal(SealedBlock.count(lengths[i]), counts[i], "count");
            equal(SealedBlock.size(lengths[i], counts[i] - 1), lasts[i], "the last");
            if (counts[i] > 1) equal(SealedBlock.size(lengths[i], 0), 4_096, "the first");
        }
    }

    /// @notice TYP-29 The blocks of a dataset are all full but the last, which has the rest.
    function testFuzz_TYP_29_blocksFillTheDataset(uint64 length, uint64 index) public pure {
        uint256 blocks = SealedBlock.count(length);
        isTrue(blocks != 0, "one at least");
        isTrue(blocks * 4_096 >= length && (blocks - 1) * 4_096 <= length, "as many as it takes");
        equal((blocks - 1) * 4_096 + SealedBlock.size(length, blocks - 1), length, "no byte too many");
        uint256 other = index % blocks;
        if (other != blocks - 1) equal(SealedBlock.size(length, other), 4_096, "full");
    }

    function test_TYP_30_everyBlockOpens() public pure {
        uint16[7] memory lengths = [0, 1, 4_095, 4_096, 4_097, 8_192, 12_300];
        for (uint256 i = 0; i < 7; ++i) {
            bytes memory data = noise(lengths[i], i);
            for (uint256 index = 0; index < SealedBlock.count(lengths[i]); ++index) {
                isTrue(opens(openingOf(data, index)), "opens");
            }
        }
    }

    function testFuzz_TYP_30_anyBlockOpens(uint16 length, uint8 index, uint256 seed) public pure {
        uint256 size = length % 13_000;
        bytes memory data = noise(size, seed);
        isTrue(opens(openingOf(data, index % SealedBlock.count(size))), "opens");
    }

    /// @notice TYP-31 An opening holds at its own index only, and at no index outside the dataset.
    function testFuzz_TYP_31_noOtherIndex(uint16 length, uint256 index, uint256 seed) public pure {
        uint256 size = length % 13_000;
        uint256 blocks = SealedBlock.count(size);
        bytes memory data = noise(size, seed);
        uint256 right = seed % blocks;
        Opening memory o = openingOf(data, right);
        for (uint256 wrong = 0; wrong < blocks + 2; ++wrong) {
            if (wrong == right) continue;
            o.index = wrong;
            isTrue(!opens(o), "elsewhere");
        }
        if (index == right) return;
        o.index = index;
        isTrue(!opens(o), "anywhere");
        o.index = type(uint256).max;
        isTrue(!opens(o), "the greatest");
    }

    /// @notice TYP-32 A block is as long as its place in the dataset says.
    function test_TYP_32_refusesAnyOtherLength() public pure {
        bytes memory data = noise(5_000, 1);
        for (uint256 index = 0; index < 2; ++index) {
            Opening memory o = openingOf(data, index);
            (bytes memory plaintext, bytes memory ciphertext) = (o.plaintext, o.ciphertext);
            o.plaintext = bytes.concat(plaintext, hex"00");
            isTrue(!opens(o), "a longer plaintext");
            o.ciphertext = bytes.concat(ciphertext, hex"00");
            isTrue(!opens(o), "both longer");
            o.plaintext = plaintext;
            isTrue(!opens(o), "a longer ciphertext");
            (o.plaintext, o.ciphertext) = ("", "");
            isTrue(!opens(o), "nothing");
        }
    }

    /// @notice TYP-32 A tree over blocks of odd lengths has no openings: its leaves are no blocks.
    function test_TYP_32_refusesLeavesThatAreNoBlocks() public pure {
        SealedData memory s = Sealing.seal(noise(9_000, 2), KEY);
        bytes memory plaintext = noise(100, 3);
        bytes32 blind = Sealing.blindOf(KEY, 1);
        s.stored[1] = bytes.concat(SealedBlock.commitment(blind, plaintext), plaintext);
        bytes32 root = TreeReference.mth(s.stored);
        Opening memory o = Opening(root, 9_000, 1, blind, plaintext, plaintext, TreeReference.path(1, s.stored));
        isTrue(!opens(o), "a short block in the middle");
        s.stored[2] = s.stored[1];
        o = Opening(
            TreeReference.mth(s.stored),
            9_000,
            2,
            blind,
            plaintext,
            plaintext,
            TreeReference.path(2, s.stored)
        );
        isTrue(!opens(o), "a last block that is too short");
        o.length = 8_192 + 100;
        isTrue(opens(o), "as it should have been stated");
    }

    /// @notice TYP-32 One of the two is enough, also where the tree holds just that.
    function test_TYP_32_refusesOneWrongLengthThatTheTreeHolds() public pure {
        (bytes memory whole, bytes memory short) = (noise(4_096, 3), noise(4_095, 4));
        isTrue(opensItsLeaf(whole, whole), "both whole");
        isTrue(!opensItsLeaf(short, whole), "a short plaintext");
        isTrue(!opensItsLeaf(whole, short), "a short ciphertext");
    }

    /// @notice TYP-33 One changed bit anywhere, and nothing opens.
    function testFuzz_TYP_33_refusesAnyFlippedBit(uint16 length, uint256 seed, uint256 bit) public pure {
        uint256 size = 4_097 + (length % 9_000);
        bytes memory data = noise(size, seed);
        Opening memory o = openingOf(data, seed % SealedBlock.count(size));
        bytes32 flip = bytes32(1 << (bit % 256));
        o.root ^= flip;
        isTrue(!opens(o), "in the root");
        o.root ^= flip;
        o.blind ^= flip;
        isTrue(!opens(o), "in the blind");
        o.blind ^= flip;
        o.path[bit % o.path.length] ^= flip;
        isTrue(!opens(o), "in the path");
        o.path[bit % o.path.length] ^= flip;
        uint256 place = uint256(keccak256(abi.encode(bit))) % o.plaintext.length;
        bytes1 small = bytes1(uint8(1 << (bit % 8)));
        o.plaintext[place] ^= small;
        isTrue(!opens(o), "in the plaintext");
        o.plaintext[place] ^= small;
        o.ciphertext[place] ^= small;
        isTrue(!opens(o), "in the ciphertext");
        o.ciphertext[place] ^= small;
        isTrue(opens(o), "whole again");
    }

    /// @notice TYP-33 Bytes that only change places between blind, plaintext and ciphertext are refused.
    function test_TYP_33_refusesShiftedBytes() public pure {
        Opening memory o = openingOf(noise(4_096, 4), 0);
        bytes memory plaintext = o.plaintext;
        o.plaintext = o.ciphertext;
        isTrue(!opens(o), "the ciphertext as plaintext");
        (o.plaintext, o.ciphertext) = (plaintext, plaintext);
        isTrue(!opens(o), "the plaintext as ciphertext");
        o = openingOf(noise(4_096, 4), 0);
        o.blind = SealedBlock.commitment(o.blind, o.plaintext);
        isTrue(!opens(o), "the commitment as blind");
    }

    /// @notice TYP-34 The length that a release states is part of what an opening is checked against.
    function testFuzz_TYP_34_refusesAnotherLengthOfTheDataset(uint16 stated, uint256 seed) public pure {
        bytes memory data = noise(9_000, seed);
        Opening memory o = openingOf(data, seed % 3);
        uint256 blocks = SealedBlock.count(stated);
        // The paths of blocks 0 and 1 are the same in trees of three and of four, and what follows them is not opened.
        if (stated == 9_000 || (o.index != 2 && (blocks == 3 || blocks == 4))) return;
        o.length = stated;
        isTrue(!opens(o), "another length");
    }

    function opens(Opening memory o) private pure returns (bool) {
        return SealedBlock.opens(o.root, o.length, o.index, o.blind, o.plaintext, o.ciphertext, o.path);
    }

    /// @dev In a tree that holds exactly these as its second block of three.
    function opensItsLeaf(bytes memory plaintext, bytes memory ciphertext) private pure returns (bool) {
        SealedData memory s = Sealing.seal(noise(9_000, 2), KEY);
        bytes32 blind = Sealing.blindOf(KEY, 1);
        s.stored[1] = bytes.concat(SealedBlock.commitment(blind, plaintext), ciphertext);
        bytes32[] memory path = TreeReference.path(1, s.stored);
        return opens(Opening(TreeReference.mth(s.stored), 9_000, 1, blind, plaintext, ciphertext, path));
    }

    function openingOf(bytes memory data, uint256 index) private pure returns (Opening memory o) {
        SealedData memory s = Sealing.seal(data, KEY);
        bytes memory plaintext = Sealing.blockAt(data, index);
        o.root = TreeReference.mth(s.stored);
        o.length = data.length;
        o.index = index;
        o.blind = Sealing.blindOf(KEY, index);
        o.plaintext = plaintext;
        o.ciphertext = Sealing.encrypted(plaintext, KEY, index);
        o.path = TreeReference.path(index, s.stored);
    }

    /// @dev Words of noise, so that no two blocks are alike.
    function noise(uint256 length, uint256 seed) private pure returns (bytes memory data) {
        data = new bytes(length);
        bytes32 word;
        for (uint256 i = 0; i < length; ++i) {
            if (i % 32 == 0) word = keccak256(abi.encode(seed, i));
            data[i] = word[i % 32];
        }
    }
}
