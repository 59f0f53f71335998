// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Lets everything pass, and says of counting whatever it was last told to
contract CountingPolicy is IPolicy {
    bool private _counts;

    constructor(bool counts) {
        _counts = counts;
    }

    function setCounts(bool counts) external {
        _counts = counts;
    }

    function check(address, address, address, AssetId, uint256) external pure returns (bytes4) {
        return 0;
    }

    /// @inheritdoc IPolicy
    function countsHolders() external view returns (bool) {
        return _counts;
    }
}
