// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../assets/IDataAsset.sol";
import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title No transfer raises the number of holders above a cap
/// @notice Blocks: transfers to somebody who holds none, where the cap is reached and the sender keeps some. Never blocks one
/// among holders, nor one by which the sender leaves and makes room: so it holds nobody fast, and an asset that was above the
/// cap when it chose this policy does not grow. Forced transfers ask no policy and may exceed the cap.
/// Assumes that the register counts holders. No roles, nothing can be changed.
contract HolderCapPolicy is IPolicy {
    IDataAsset private immutable _register;
    uint64 private immutable _cap;

    error HolderCapPolicy_Full(uint64 holders, uint64 cap);

    constructor(IDataAsset register, uint64 limit) {
        _register = register;
        _cap = limit;
    }

    /// @inheritdoc IPolicy
    function check(address, address from, address to, AssetId id, uint256 units) external view returns (bytes4 reason) {
        if (units == 0) return 0;
        if (_register.holderCountOf(id) < _cap) return 0;
        uint256 token = AssetId.unwrap(id);
        if (_register.balanceOf(to, token) != 0 || _register.balanceOf(from, token) == units) return 0;
        return HolderCapPolicy_Full.selector;
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return true;
    }

    /// @notice Above which no transfer raises the number of holders.
    function cap() external view returns (uint64) {
        return _cap;
    }
}
