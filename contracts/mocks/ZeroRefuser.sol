// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";

/// @title Calls every order its own, and refuses units with as many zero bytes as it was told to
contract ZeroRefuser is IERC1271 {
    uint256 private immutable _size;

    constructor(uint256 size) {
        _size = size;
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external view returns (bytes4) {
        bytes memory zeros = new bytes(_size);
        // Reads memory alone.
        assembly ("memory-safe") {
            revert(add(zeros, 0x20), mload(zeros))
        }
    }
}
