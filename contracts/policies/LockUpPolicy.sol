// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Nothing moves before a date
/// @notice Blocks: every transfer before that second of block time, none from then on. The date is at most four years after
/// this contract was made. No roles, nothing can be changed.
contract LockUpPolicy is IPolicy {
    uint48 private constant MAX_TERM = 1_461 days;

    uint48 private immutable _until;

    error LockUpPolicy_Running(uint48 until);
    error LockUpPolicy_TooLong(uint48 until, uint48 limit);

    constructor(uint48 first) {
        // 48 bits of seconds last for millions of years.
        uint48 limit = uint48(block.timestamp) + MAX_TERM;
        if (first > limit) revert LockUpPolicy_TooLong(first, limit);
        _until = first;
    }

    /// @inheritdoc IPolicy
    function check(address, address, address, AssetId, uint256) external view returns (bytes4 reason) {
        return block.timestamp < _until ? LockUpPolicy_Running.selector : bytes4(0);
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }

    /// @notice The first second at which units move.
    function until() external view returns (uint48) {
        return _until;
    }
}
