// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Tries to write while it is asked, and would let everything pass
contract WritingPolicy {
    uint256 public asked;

    fallback(bytes calldata) external returns (bytes memory) {
        ++asked;
        return abi.encode(bytes4(0));
    }
}
