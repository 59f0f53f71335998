// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Answers every call with the bytes that it was given
contract NonsensePolicy {
    bytes private _answer;

    constructor(bytes memory answer) {
        _answer = answer;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return _answer;
    }
}
