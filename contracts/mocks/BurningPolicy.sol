// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Uses up all gas that it is given
contract BurningPolicy is IPolicy {
    function check(address, address, address, AssetId, uint256) external pure returns (bytes4) {
        assembly ("memory-safe") {
            invalid()
        }
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }
}
