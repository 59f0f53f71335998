// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155Utils} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Utils.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetStatus} from "../types/AssetWord.sol";
import {HoldingLib} from "../types/Holding.sol";
import {AssetBase} from "./AssetBase.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {IERC7943MultiToken} from "./IERC7943MultiToken.sol";

/// @title What an authority may do to assets and units
/// @notice A suspension stops transfers, releases and derivations of an asset; a freeze stops units of one holder; a forced
/// transfer moves units. None of them touches revenue: it stays with whoever held when it was distributed.
abstract contract Supervision is AssetBase {
    mapping(uint256 id => mapping(address account => uint256 units)) private _frozen;

    /// @inheritdoc IDataAsset
    function retire(AssetId id) external {
        Record storage record = _inForce(id);
        if (record.holder != msg.sender) revert Assets_NotHolder(record.holder, msg.sender);
        _setStatus(id, record, AssetStatus.Retired, 0);
    }

    /// @inheritdoc IDataAsset
    function suspendAsset(AssetId id, bytes32 reason) external restricted {
        _setStatus(id, _inForce(id), AssetStatus.Suspended, reason);
    }

    /// @inheritdoc IDataAsset
    function reinstateAsset(AssetId id, bytes32 reason) external restricted {
        Record storage record = _known(id);
        AssetStatus status = record.word.status();
        if (status != AssetStatus.Suspended) revert Assets_NotSuspended(id, status);
        _setStatus(id, record, AssetStatus.Registered, reason);
    }

    /// @inheritdoc IERC7943MultiToken
    function setFrozenTokens(address account, uint256 id, uint256 units) external restricted returns (bool) {
        _known(AssetId.wrap(id));
        _setFrozen(account, id, units);
        return true;
    }

    /// @inheritdoc IERC7943MultiToken
    function forcedTransfer(address from, address to, uint256 id, uint256 units) external restricted returns (bool) {
        _known(AssetId.wrap(id));
        if (!_participants.isActive(to)) revert ERC7943CannotReceive(to);
        uint256 held = balanceOf(from, id);
        if (units > held) revert ERC1155InsufficientBalance(from, held, units, id);
        if (from != to) {
            if (_frozen[id][from] > held - units) _setFrozen(from, id, held - units);
            (uint256 total, uint256 supply) = _revenueOf(id);
            _move(from, to, id, units, total, supply);
        }
        emit TransferSingle(msg.sender, from, to, id, units);
        emit ForcedTransfer(from, to, id, units);
        ERC1155Utils.checkOnERC1155Received(msg.sender, from, to, id, units, "");
        return true;
    }

    /// @inheritdoc IERC7943MultiToken
    function getFrozenTokens(address account, uint256 id) external view returns (uint256) {
        return _frozen[id][account];
    }

    /// @inheritdoc IERC7943MultiToken
    function canSend(address account) external view returns (bool) {
        return _participants.isActive(account);
    }

    /// @inheritdoc IERC7943MultiToken
    function canReceive(address account) external view returns (bool) {
        return _participants.isActive(account);
    }

    /// @dev How many of the units held are not frozen; a freeze may exceed them.
    function _unfrozen(address account, uint256 id, uint256 held) internal view returns (uint256) {
        uint256 frozen = _frozen[id][account];
        return frozen < held ? held - frozen : 0;
    }

    function _setFrozen(address account, uint256 id, uint256 units) private {
        _frozen[id][account] = units;
        _setFlag(account, id, HoldingLib.FLAG_FROZEN, units != 0);
        emit Frozen(account, id, units);
    }

    function _setStatus(AssetId id, Record storage record, AssetStatus status, bytes32 reason) private {
        record.word = record.word.withStatus(status);
        emit AssetStatusChanged(id, status, msg.sender, reason);
    }
}
