// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Release} from "../../contracts/assets/AssetTypes.sol";
import {OpenedBlock} from "../../contracts/assets/NoticeTypes.sol";
import {TreeReference} from "../types/TreeReference.sol";

/// @notice A sealed dataset as its publisher has it: what the stored blocks are, and what opens them.
struct SealedData {
    bytes32 key;
    bytes data;
    bytes[] stored;
}

/// @notice Sealed datasets as the format defines them, but for the cipher: what the ciphertext is, no opening looks at.
library Sealing {
    uint256 internal constant BLOCK = 4_096;

    function seal(bytes memory data, bytes32 key) internal pure returns (SealedData memory sealedData) {
        uint256 blocks = data.length == 0 ? 1 : (data.length + BLOCK - 1) / BLOCK;
        sealedData.key = key;
        sealedData.data = data;
        sealedData.stored = new bytes[](blocks);
        for (uint256 i = 0; i < blocks; ++i) {
            bytes memory plaintext = blockAt(data, i);
            bytes32 commitment = sha256(bytes.concat("cadastre/block/v1", blindOf(key, i), plaintext));
            sealedData.stored[i] = bytes.concat(commitment, encrypted(plaintext, key, i));
        }
    }

    /// @notice The release that states this dataset.
    function releaseOf(SealedData memory s) internal pure returns (Release memory release) {
        release.root = TreeReference.mth(s.stored);
        release.keyCommitment = sha256(bytes.concat("cadastre/key/v1", s.key));
        release.length = uint64(s.data.length);
        release.manifestHash = keccak256(abi.encode("manifest", release.root));
        release.manifestUri = "https://data.example/sealed.json";
    }

    function opened(SealedData memory s, uint32 number, uint64 index) internal pure returns (OpenedBlock memory) {
        return
            OpenedBlock({
                number: number,
                release: releaseOf(s),
                index: index,
                blind: blindOf(s.key, index),
                ciphertext: encrypted(blockAt(s.data, index), s.key, index),
                path: TreeReference.path(index, s.stored)
            });
    }

    function blindOf(bytes32 key, uint256 index) internal pure returns (bytes32) {
        return sha256(bytes.concat("cadastre/blind/v1", key, bytes8(uint64(index))));
    }

    function blockAt(bytes memory data, uint256 index) internal pure returns (bytes memory plaintext) {
        uint256 start = index * BLOCK;
        uint256 end = start + BLOCK < data.length ? start + BLOCK : data.length;
        plaintext = new bytes(end - start);
        for (uint256 i = 0; i < plaintext.length; ++i) plaintext[i] = data[start + i];
    }

    function encrypted(bytes memory plaintext, bytes32 key, uint256 index) internal pure returns (bytes memory c) {
        bytes32 pad = keccak256(abi.encode(key, index));
        c = new bytes(plaintext.length);
        for (uint256 i = 0; i < c.length; ++i) c[i] = plaintext[i] ^ pad[i % 32];
    }
}
