// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Comparisons that revert with what was compared.
library Check {
    error Check_Differs(string what, uint256 actual, uint256 expected);
    error Check_AboveLimit(string what, uint256 actual, uint256 limit);
    error Check_Refuted(string what);

    function same(uint256 actual, uint256 expected, string memory what) internal pure {
        if (actual != expected) revert Check_Differs(what, actual, expected);
    }

    function atMost(uint256 actual, uint256 limit, string memory what) internal pure {
        if (actual > limit) revert Check_AboveLimit(what, actual, limit);
    }

    function holds(bool condition, string memory what) internal pure {
        if (!condition) revert Check_Refuted(what);
    }
}
