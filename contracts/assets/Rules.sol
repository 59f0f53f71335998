// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {AssetStatus, AssetWord, AssetWordLib} from "../types/AssetWord.sol";
import {AssetBase} from "./AssetBase.sol";
import {IDataAsset} from "./IDataAsset.sol";

/// @title Whether the state of an asset lets its units move
/// @notice State, public notice, suspension and policy, in this order. Assets with none of them never come here: a transfer
/// sees that in the one word that it reads anyway.
abstract contract Rules is AssetBase {
    mapping(AssetId id => uint64 count) private _holderCounts;

    /// @inheritdoc IDataAsset
    function retire(AssetId id) external {
        Record storage record = _inForce(id);
        if (record.holder != msg.sender) revert Assets_NotHolder(record.holder, msg.sender);
        _checkActive(msg.sender);
        _setStatus(id, record, AssetStatus.Retired, 0);
    }

    /// @inheritdoc IDataAsset
    function setSuspended(AssetId id, bool suspended) external {
        _checkOffice(address(_supervision));
        Record storage record = _known(id);
        // 48 bits of seconds last for millions of years.
        uint48 until = suspended ? uint48(block.timestamp) + _freezeTerm : 0;
        _suspendedUntil[id] = until;
        record.word = record.word.withFlag(AssetWordLib.FLAG_SUSPENDED, suspended);
        emit AssetSuspended(id, until);
    }

    /// @inheritdoc IDataAsset
    function endNotice(AssetId id) external {
        _checkOffice(address(_notice));
        Record storage record = _known(id);
        record.word = record.word.withFlag(AssetWordLib.FLAG_NOTICE, false);
        emit NoticeEnded(id);
    }

    /// @inheritdoc IDataAsset
    function strike(AssetId id, bytes32 reason) external {
        _checkOffice(address(_notice));
        _setStatus(id, _known(id), AssetStatus.Struck, reason);
    }

    /// @inheritdoc IDataAsset
    function setPolicy(AssetId id, uint56 policy, bool counted, uint256 holders) external {
        _checkOffice(address(_policies));
        Record storage record = _known(id);
        uint32 version = record.word.policyVersion() + 1;
        record.word = record.word.withPolicy(policy, version).withFlag(AssetWordLib.FLAG_COUNTED, counted);
        emit PolicyChanged(id, policy, version);
        // Each holder has a unit at least, and there are fewer than 2^64 units.
        _setHolderCount(id, uint64(holders));
    }

    /// @inheritdoc IDataAsset
    function holderCountOf(AssetId id) external view returns (uint64) {
        return _holderCounts[id];
    }

    /// @inheritdoc IDataAsset
    function suspendedUntil(AssetId id) external view returns (uint48) {
        return _suspendedUntil[id];
    }

    function _setStatus(AssetId id, Record storage record, AssetStatus status, bytes32 reason) private {
        record.word = record.word.withStatus(status);
        emit AssetStatusChanged(id, status, msg.sender, reason);
    }

    function _setHolderCount(AssetId id, uint64 count) internal {
        if (_holderCounts[id] == count) return;
        _holderCounts[id] = count;
        emit HoldersCounted(id, count);
    }

    /// @dev To be called before the units move.
    function _countHolders(AssetId id, AssetWord word, address from, address to, uint256 units) internal {
        if (units == 0 || from == to || !word.has(AssetWordLib.FLAG_COUNTED)) return;
        uint256 token = AssetId.unwrap(id);
        uint64 count = _holderCounts[id];
        if (balanceOf(to, token) == 0) ++count;
        if (balanceOf(from, token) == units) --count;
        _setHolderCount(id, count);
    }

    /// @dev Whether the rules of the asset let these units move, apart from balances, freezes and locks.
    function _explainRules(
        AssetId id,
        AssetWord word,
        address operator,
        address from,
        address to,
        uint256 units
    ) internal view returns (bytes4 refusal, bytes4 reason) {
        AssetStatus status = word.status();
        if (status == AssetStatus.None) return (Assets_Unknown.selector, 0);
        if (status == AssetStatus.Struck) return (Assets_NotInForce.selector, 0);
        if (_isUnderNotice(id, word)) return (Assets_UnderNotice.selector, 0);
        if (_isSuspended(id, word)) return (Assets_Suspended.selector, 0);
        reason = _policies.check(word.policy(), operator, from, to, id, units);
        return (reason == 0 ? bytes4(0) : Assets_PolicyRefused.selector, reason);
    }
}
