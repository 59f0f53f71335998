// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Looks at each of its arguments: one operator, sender, receiver and asset, and a limit of units
contract LimitPolicy is IPolicy {
    error Limit_Operator();
    error Limit_From();
    error Limit_To();
    error Limit_Asset();
    error Limit_Units();

    address private immutable _operator;
    address private immutable _from;
    address private immutable _to;
    AssetId private immutable _id;
    uint256 private immutable _units;

    constructor(address operator, address from, address to, AssetId id, uint256 units) {
        _operator = operator;
        _from = from;
        _to = to;
        _id = id;
        _units = units;
    }

    function check(
        address operator,
        address from,
        address to,
        AssetId id,
        uint256 units
    ) external view returns (bytes4) {
        if (operator != _operator) return Limit_Operator.selector;
        if (from != _from) return Limit_From.selector;
        if (to != _to) return Limit_To.selector;
        if (id != _id) return Limit_Asset.selector;
        return units > _units ? Limit_Units.selector : bytes4(0);
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }
}
