// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Uses up all gas of every call
contract BurningMaker {
    fallback() external {
        assembly ("memory-safe") {
            invalid()
        }
    }
}
