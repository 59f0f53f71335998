// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Answers every call with the four bytes that it was given
contract AnsweringReceiver {
    bytes4 private immutable _answer;

    constructor(bytes4 answer) {
        _answer = answer;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return abi.encode(_answer);
    }
}
