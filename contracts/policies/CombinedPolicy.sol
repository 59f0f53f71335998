// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";
import {WordCall} from "../types/WordCall.sol";

/// @title Several policies that must all agree
/// @notice Blocks: what any of them blocks; the first that refuses gives the reason. One that reverts, uses up its gas or
/// answers with anything but four bytes refuses, with the selector of `IPolicy.check` as the reason.
/// Assumes that whoever offers it has read all of them. No roles, nothing can be changed.
/// Costs what all of them cost: where that is more gas than the register or a market gives, it blocks everything.
contract CombinedPolicy is IPolicy {
    uint256 private constant MAX_POLICIES = 8;

    bool private immutable _counts;

    IPolicy[] private _policies;

    error CombinedPolicy_Count(uint256 given, uint256 limit);
    error CombinedPolicy_NotAPolicy(IPolicy policy);

    constructor(IPolicy[] memory policies) {
        if (policies.length == 0 || policies.length > MAX_POLICIES) {
            revert CombinedPolicy_Count(policies.length, MAX_POLICIES);
        }
        bool counts;
        for (uint256 i = 0; i < policies.length; ++i) {
            bytes memory question = abi.encodeCall(IPolicy.countsHolders, ());
            (bool answered, uint256 answer) = WordCall.ask(address(policies[i]), question, gasleft());
            if (!answered || answer > 1) revert CombinedPolicy_NotAPolicy(policies[i]);
            if (answer == 1) counts = true;
        }
        _counts = counts;
        _policies = policies;
    }

    /// @inheritdoc IPolicy
    function check(
        address operator,
        address from,
        address to,
        AssetId id,
        uint256 units
    ) external view returns (bytes4 reason) {
        bytes memory data = abi.encodeCall(IPolicy.check, (operator, from, to, id, units));
        uint256 count = _policies.length;
        for (uint256 i = 0; i < count; ++i) {
            (bool answered, uint256 answer) = WordCall.ask(address(_policies[i]), data, gasleft());
            if (!answered || answer << 32 != 0) return IPolicy.check.selector;
            // All but the first four bytes are zero, as just checked.
            if (answer != 0) return bytes4(bytes32(answer));
        }
    }

    /// @inheritdoc IPolicy
    function countsHolders() external view returns (bool) {
        return _counts;
    }

    /// @notice In the order in which they are asked.
    function combined() external view returns (IPolicy[] memory) {
        return _policies;
    }
}
