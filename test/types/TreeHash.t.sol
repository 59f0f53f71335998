// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TreeHash} from "../../contracts/types/TreeHash.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {TreeReference} from "./TreeReference.sol";

/// @notice Inclusion proofs against the recursive definitions of RFC 9162.
contract TreeHashTest {
    function test_TYP_16_rootsOfTheKnownVectors() public pure {
        bytes32[8] memory roots = [
            bytes32(0x6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d),
            0xfac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125,
            0xaeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77,
            0xd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7,
            0x4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4,
            0x76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef,
            0xddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c,
            0x5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328
        ];
        bytes[] memory known = knownLeaves();
        for (uint256 size = 1; size <= 8; ++size) {
            bytes[] memory d = TreeReference.part(known, 0, size);
            equal(TreeReference.mth(d), roots[size - 1], "root");
            for (uint256 i = 0; i < size; ++i) {
                isTrue(TreeHash.includes(roots[size - 1], size, i, d[i], TreeReference.path(i, d)), "included");
            }
        }
    }

    function test_TYP_16_pathsOfTheKnownVectors() public pure {
        bytes[] memory known = knownLeaves();
        bytes32 root = 0x5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328;
        bytes32[] memory path = new bytes32[](3);
        path[0] = 0x96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7;
        path[1] = 0x5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e;
        path[2] = 0x6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4;
        isTrue(TreeHash.includes(root, 8, 0, known[0], path), "first of eight");
        path[0] = 0xbc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b;
        path[1] = 0xca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0;
        path[2] = 0xd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7;
        isTrue(TreeHash.includes(root, 8, 5, known[5], path), "sixth of eight");
        root = 0xaeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77;
        path = new bytes32[](1);
        path[0] = 0xfac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125;
        isTrue(TreeHash.includes(root, 3, 2, known[2], path), "third of three");
    }

    function test_TYP_17_everyIndexOfSmallTrees() public pure {
        for (uint256 size = 1; size <= 33; ++size) {
            bytes[] memory d = leaves(size, size);
            bytes32 root = TreeReference.mth(d);
            for (uint256 i = 0; i < size; ++i) {
                bytes32[] memory path = TreeReference.path(i, d);
                isTrue(TreeHash.includes(root, size, i, d[i], path), "included");
                isTrue(!TreeHash.includes(root, size, (i + 1) % (size + 1), d[i], path), "at its own index only");
            }
        }
    }

    function testFuzz_TYP_17_anyTree(uint8 size, uint8 index, uint256 seed) public pure {
        uint256 n = 1 + (size % 100);
        uint256 i = index % n;
        bytes[] memory d = leaves(n, seed);
        isTrue(TreeHash.includes(TreeReference.mth(d), n, i, d[i], TreeReference.path(i, d)), "included");
    }

    function testFuzz_TYP_17_treesTooLargeToBuild(uint64 size, uint64 index, uint8 shift, uint256 seed) public pure {
        uint256 n = size >> (shift % 64);
        if (n == 0) n = 1;
        uint256 i = index % n;
        (bytes32 root, bytes32[] memory path) = TreeReference.imagined("leaf", i, n, seed);
        isTrue(TreeHash.includes(root, n, i, "leaf", path), "included");
        isTrue(!TreeHash.includes(root, n, i, "Leaf", path), "another leaf");
        isTrue(!TreeHash.includes(root, n, i, "leaf", TreeReference.appended(path, root)), "too long");
    }

    function test_TYP_18_refusesAPathOfAnyOtherLength() public pure {
        for (uint256 size = 1; size <= 17; ++size) {
            bytes[] memory d = leaves(size, 1);
            bytes32 root = TreeReference.mth(d);
            for (uint256 i = 0; i < size; ++i) {
                bytes32[] memory path = TreeReference.path(i, d);
                for (uint256 step = 0; step < path.length; ++step) {
                    isTrue(!TreeHash.includes(root, size, i, d[i], without(path, step)), "too short");
                }
                isTrue(!TreeHash.includes(root, size, i, d[i], TreeReference.appended(path, 0)), "too long");
                isTrue(!TreeHash.includes(root, size, i, d[i], TreeReference.appended(path, root)), "with the root");
            }
        }
    }

    /// @dev A leaf hash or an inner node is a root of its own; claimed to be a larger tree's root, its short path is refused.
    function test_TYP_18_refusesTheRootOfASubtree() public pure {
        bytes[] memory d = leaves(8, 1);
        bytes32 subtree = TreeReference.mth(TreeReference.part(d, 0, 4));
        bytes32[] memory path = TreeReference.path(2, TreeReference.part(d, 0, 4));
        isTrue(TreeHash.includes(subtree, 4, 2, d[2], path), "included in the subtree");
        isTrue(!TreeHash.includes(subtree, 8, 2, d[2], path), "not in the tree");
    }

    /// @dev Claimed to be smaller than it is, a tree must not include its entries at other indexes.
    function test_TYP_18_refusesAPathBeyondTheRoot() public pure {
        bytes[] memory d = leaves(8, 1);
        bytes32 root = TreeReference.mth(d);
        for (uint256 i = 0; i < 8; ++i) {
            bytes32[] memory path = TreeReference.path(i, d);
            isTrue(!TreeHash.includes(root, 1, 0, d[i], path), "as a tree of one");
            isTrue(!TreeHash.includes(root, 2, i % 2, d[i], path), "as a tree of two");
            isTrue(!TreeHash.includes(root, 4, i % 4, d[i], path), "as a tree of four");
        }
    }

    function testFuzz_TYP_19_refusesAnIndexOutOfRange(uint8 size, uint256 index) public pure {
        uint256 n = 1 + (size % 20);
        bytes[] memory d = leaves(n, index);
        if (index < n) index += n;
        bytes32 root = TreeReference.mth(d);
        for (uint256 i = 0; i < n; ++i) {
            bytes32[] memory path = TreeReference.path(i, d);
            isTrue(!TreeHash.includes(root, n, index, d[i], path), "anywhere");
            isTrue(!TreeHash.includes(root, n, n, d[i], path), "just after the last");
            isTrue(!TreeHash.includes(root, n, type(uint256).max, d[i], path), "the greatest");
        }
    }

    function test_TYP_19_anEmptyTreeIncludesNothing() public pure {
        bytes32[] memory none = new bytes32[](0);
        isTrue(!TreeHash.includes(sha256(""), 0, 0, "", none), "nothing");
        isTrue(!TreeHash.includes(sha256(hex"00"), 0, 0, "", none), "a leaf");
        isTrue(TreeHash.includes(sha256(hex"00"), 1, 0, "", none), "one empty leaf is a tree");
    }

    function test_TYP_20_refusesAnInnerNodeAsALeaf() public pure {
        bytes[] memory d = leaves(4, 2);
        bytes32 root = TreeReference.mth(d);
        bytes32 left = TreeReference.mth(TreeReference.part(d, 0, 2));
        bytes32 right = TreeReference.mth(TreeReference.part(d, 2, 4));
        bytes memory children = abi.encodePacked(TreeHash.leafHash(d[0]), TreeHash.leafHash(d[1]));
        equal(TreeHash.nodeHash(TreeHash.leafHash(d[0]), TreeHash.leafHash(d[1])), left, "the inner node");
        bytes32[] memory path = new bytes32[](1);
        path[0] = right;
        isTrue(!TreeHash.includes(root, 2, 0, children, path), "its children");
        isTrue(!TreeHash.includes(root, 2, 0, bytes.concat(hex"01", children), path), "its children with their prefix");
        isTrue(!TreeHash.includes(root, 2, 0, abi.encodePacked(left), path), "its hash");
        isTrue(!TreeHash.includes(root, 1, 0, abi.encodePacked(left, right), new bytes32[](0)), "the root's children");
    }

    function testFuzz_TYP_21_refusesAnyFlippedBit(uint8 size, uint8 index, uint256 seed, uint256 bit) public pure {
        uint256 n = 2 + (size % 40);
        uint256 i = index % n;
        bytes[] memory d = leaves(n, seed);
        bytes32 root = TreeReference.mth(d);
        bytes32[] memory path = TreeReference.path(i, d);
        bytes32 flip = bytes32(1 << (bit % 256));
        isTrue(!TreeHash.includes(root ^ flip, n, i, d[i], path), "in the root");
        for (uint256 step = 0; step < path.length; ++step) {
            path[step] ^= flip;
            isTrue(!TreeHash.includes(root, n, i, d[i], path), "in the path");
            path[step] ^= flip;
        }
        bytes memory leaf = d[i];
        isTrue(TreeHash.includes(root, n, i, leaf, path), "whole");
        isTrue(!TreeHash.includes(root, n, i, bytes.concat(leaf, hex"00"), path), "a longer leaf");
        leaf[bit % leaf.length] ^= bytes1(uint8(1 << (seed % 8)));
        isTrue(!TreeHash.includes(root, n, i, leaf, path), "in the leaf");
    }

    function testFuzz_TYP_22_hashesAsDefined(bytes memory leaf, bytes32 left, bytes32 right) public pure {
        equal(TreeHash.leafHash(leaf), sha256(bytes.concat(hex"00", leaf)), "leaf");
        equal(TreeHash.nodeHash(left, right), sha256(bytes.concat(hex"01", left, right)), "node");
    }

    /// @dev Leaves of different lengths, each of at least one byte, no two alike.
    function leaves(uint256 count, uint256 seed) private pure returns (bytes[] memory d) {
        d = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            bytes memory noise = abi.encodePacked(i, keccak256(abi.encode(seed, i)));
            d[i] = bytes.concat(noise, new bytes((seed % 50) + i));
        }
    }

    function without(bytes32[] memory path, uint256 step) private pure returns (bytes32[] memory shorter) {
        shorter = new bytes32[](path.length - 1);
        for (uint256 i = 0; i < shorter.length; ++i) shorter[i] = path[i < step ? i : i + 1];
    }

    /// @dev The eight leaves that implementations of Certificate Transparency are tested with.
    function knownLeaves() private pure returns (bytes[] memory d) {
        d = new bytes[](8);
        (d[0], d[1], d[2], d[3]) = ("", hex"00", hex"10", hex"2021");
        (d[4], d[5], d[6]) = (hex"3031", hex"40414243", hex"5051525354555657");
        d[7] = hex"606162636465666768696a6b6c6d6e6f";
    }
}
