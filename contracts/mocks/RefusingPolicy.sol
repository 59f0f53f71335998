// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Refuses with the reason it was given, or lets everything pass where that is zero
contract RefusingPolicy is IPolicy {
    bytes4 private _reason;

    constructor(bytes4 reason) {
        _reason = reason;
    }

    function setReason(bytes4 reason) external {
        _reason = reason;
    }

    function check(address, address, address, AssetId, uint256) external view returns (bytes4) {
        return _reason;
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }
}
