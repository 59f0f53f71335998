// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {AssetBase} from "./AssetBase.sol";
import {Parent} from "./AssetTypes.sol";
import {IDerivationGate} from "./IDerivationGate.sol";
import {IDataAsset} from "./IDataAsset.sol";

/// @title Which assets an asset was derived from
/// @notice Parents are registered before their children and never change: so the graph has no cycle.
abstract contract Parents is AssetBase {
    uint256 private constant MAX_PARENTS = 8;
    uint256 private constant MAX_SHARE_BPS = 5_000;

    mapping(AssetId id => Parent[]) internal _parents;
    mapping(AssetId id => AssetId[]) private _children;
    IDerivationGate private _gate;

    /// @inheritdoc IDataAsset
    function setDerivationGate(IDerivationGate gate) external restricted {
        _setGate(gate);
    }

    /// @inheritdoc IDataAsset
    function derivationGate() external view returns (IDerivationGate) {
        return _gate;
    }

    /// @inheritdoc IDataAsset
    function parentsOf(AssetId id) external view returns (Parent[] memory) {
        return _parents[id];
    }

    /// @inheritdoc IDataAsset
    function childCountOf(AssetId id) external view returns (uint256) {
        return _children[id].length;
    }

    /// @inheritdoc IDataAsset
    function childrenOf(AssetId id, uint256 from, uint256 limit) external view returns (AssetId[] memory page) {
        AssetId[] storage children = _children[id];
        if (from >= children.length) return page;
        uint256 size = children.length - from;
        if (size > limit) size = limit;
        page = new AssetId[](size);
        for (uint256 i = 0; i < size; ++i) page[i] = children[from + i];
    }

    function _setGate(IDerivationGate gate) internal {
        emit DerivationGateChanged(_gate, gate);
        _gate = gate;
    }

    function _setParents(
        AssetId child,
        address holder,
        address currency,
        Parent[] calldata parents,
        bytes calldata evidence
    ) internal {
        if (parents.length == 0) return;
        if (parents.length > MAX_PARENTS) revert Assets_TooManyParents(parents.length, MAX_PARENTS);
        uint256 shareBps;
        for (uint256 i = 0; i < parents.length; ++i) {
            AssetId parent = parents[i].id;
            Record storage record = _inForce(parent);
            if (_isUnderNotice(parent, record.word)) revert Assets_UnderNotice(parent);
            address expected = record.currency;
            if (expected != currency) revert Assets_ParentCurrency(parent, expected, currency);
            for (uint256 j = 0; j < i; ++j) if (parents[j].id == parent) revert Assets_ParentTwice(parent);
            shareBps += parents[i].shareBps;
            _parents[child].push(parents[i]);
            _children[parent].push(child);
        }
        if (shareBps > MAX_SHARE_BPS) revert Assets_ParentsShareTooHigh(shareBps, MAX_SHARE_BPS);
        _gate.checkDerivation(child, holder, parents, evidence);
    }
}
