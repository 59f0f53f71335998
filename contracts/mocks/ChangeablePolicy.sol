// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Answers whatever it was last told to, to every call: the bytes, a revert with them, or all of its gas used up
contract ChangeablePolicy {
    enum Mood {
        Answers,
        Reverts,
        Burns
    }

    Mood private _mood;
    bytes private _answer;

    constructor(bytes memory answer) {
        _answer = answer;
    }

    function set(Mood mood, bytes calldata answer) external {
        (_mood, _answer) = (mood, answer);
    }

    fallback(bytes calldata) external returns (bytes memory) {
        bytes memory answer = _answer;
        Mood mood = _mood;
        if (mood == Mood.Answers) return answer;
        // Ends the call one way or the other.
        assembly ("memory-safe") {
            if eq(mood, 1) {
                revert(add(answer, 0x20), mload(answer))
            }
            invalid()
        }
    }
}
