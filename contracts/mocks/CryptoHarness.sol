// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KeyWrap, WrapProof} from "../types/KeyWrap.sol";
import {Point} from "../types/Secp256k1.sol";
import {SealedBlock} from "../types/SealedBlock.sol";

/// @title The cryptography of sealed datasets, many cases a call, and what one case costs
contract CryptoHarness {
    function decrypt(
        bytes32[] calldata keys,
        uint64[] calldata indexes,
        bytes[] calldata ciphertexts
    ) external pure returns (bytes[] memory plaintexts) {
        plaintexts = new bytes[](keys.length);
        for (uint256 i = 0; i < keys.length; ++i) {
            plaintexts[i] = SealedBlock.decrypt(keys[i], indexes[i], ciphertexts[i]);
        }
    }

    function combine(
        Point[] calldata points,
        uint256[] calldata a,
        uint256[] calldata b
    ) external pure returns (address[] memory sums) {
        sums = new address[](points.length);
        for (uint256 i = 0; i < points.length; ++i) sums[i] = points[i].combine(a[i], b[i]);
    }

    function add(
        Point[] calldata p,
        Point[] calldata q,
        uint256[] calldata inverses
    ) external pure returns (bool[] memory ok, Point[] memory sums) {
        (ok, sums) = (new bool[](p.length), new Point[](p.length));
        for (uint256 i = 0; i < p.length; ++i) (ok[i], sums[i]) = p[i].add(q[i], inverses[i]);
    }

    function prove(
        WrapProof[] calldata proofs,
        Point[] calldata publicKeys,
        Point[] calldata ephemerals,
        bytes[] calldata contexts
    ) external pure returns (bool[] memory ok) {
        ok = new bool[](proofs.length);
        for (uint256 i = 0; i < proofs.length; ++i) {
            ok[i] = KeyWrap.proves(proofs[i], publicKeys[i], ephemerals[i], contexts[i]);
        }
    }

    function keyCommitment(bytes32 key) external pure returns (bytes32) {
        return SealedBlock.keyCommitment(key);
    }

    function blindOf(bytes32 key, uint64 index) external pure returns (bytes32) {
        return SealedBlock.blindOf(key, index);
    }

    function contextOf(bytes32 licence, uint32 release, address custodian) external pure returns (bytes memory) {
        return KeyWrap.contextOf(licence, release, custodian);
    }

    function unwrap(bytes32 wrapped, uint256 sharedX, bytes calldata context) external pure returns (bytes32) {
        return KeyWrap.unwrap(wrapped, sharedX, context);
    }

    function costOfDecryption(bytes32 key, uint64 index, bytes memory ciphertext) external view returns (uint256) {
        uint256 before = gasleft();
        SealedBlock.decrypt(key, index, ciphertext);
        return before - gasleft();
    }

    function costOfKeeping(
        bytes32 key,
        uint64 index,
        bytes32 commitment,
        bytes memory ciphertext
    ) external view returns (uint256, bool kept) {
        uint256 before = gasleft();
        kept = SealedBlock.keeps(key, index, commitment, ciphertext);
        return (before - gasleft(), kept);
    }

    function costOfProof(
        WrapProof calldata proof,
        Point calldata publicKey,
        Point calldata ephemeral,
        bytes calldata context
    ) external view returns (uint256, bool proven) {
        uint256 before = gasleft();
        proven = KeyWrap.proves(proof, publicKey, ephemeral, context);
        return (before - gasleft(), proven);
    }
}
