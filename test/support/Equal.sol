// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

error NotEqual(string what, uint256 actual, uint256 expected);
error NotTrue(string what);

function equal(uint256 actual, uint256 expected, string memory what) pure {
    if (actual != expected) revert NotEqual(what, actual, expected);
}

function equal(address actual, address expected, string memory what) pure {
    equal(uint160(actual), uint160(expected), what);
}

function equal(bytes32 actual, bytes32 expected, string memory what) pure {
    equal(uint256(actual), uint256(expected), what);
}

function isTrue(bool condition, string memory what) pure {
    if (!condition) revert NotTrue(what);
}
