// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Reverts where it should answer
contract RevertingPolicy is IPolicy {
    error RevertingPolicy_Always();

    function check(address, address, address, AssetId, uint256) external pure returns (bytes4) {
        revert RevertingPolicy_Always();
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }
}
