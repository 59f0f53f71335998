// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Reverts every call with the bytes that it was given, perhaps none
contract RevertingReceiver {
    bytes private _reason;

    constructor(bytes memory reason) {
        _reason = reason;
    }

    fallback() external {
        bytes memory reason = _reason;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }
}
