// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Questions to contracts that nobody vouches for
library WordCall {
    /// @notice Whether a view answered with exactly one word, and which. Of a longer answer nothing is copied, so it costs the
    /// caller no more than `gasLimit`.
    function ask(
        address target,
        bytes memory question,
        uint256 gasLimit
    ) internal view returns (bool answered, uint256 answer) {
        // Reads the question from memory and writes the answer to scratch space.
        assembly ("memory-safe") {
            let success := staticcall(gasLimit, target, add(question, 0x20), mload(question), 0, 0x20)
            answered := and(success, eq(returndatasize(), 0x20))
            if answered {
                answer := mload(0)
            }
        }
    }
}
