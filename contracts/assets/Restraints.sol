// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155Utils} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Utils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {AssetId} from "../types/AssetId.sol";
import {HoldingLib} from "../types/Holding.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {IERC7943MultiToken} from "./IERC7943MultiToken.sol";
import {Rules} from "./Rules.sol";

/// @title Units that may not leave their holder, and units that must
/// @notice Of the units held, those frozen stay, and those locked. A freeze ends by itself after the freeze term.
/// A forced transfer releases locks first, then frozen units. None of it touches revenue: it stays with whoever held when it
/// was distributed.
abstract contract Restraints is Rules {
    struct Freeze {
        uint256 units;
        uint48 until;
    }

    mapping(uint256 id => mapping(address account => Freeze)) private _freezes;

    /// @inheritdoc IERC7943MultiToken
    function setFrozenTokens(address account, uint256 id, uint256 units) external returns (bool) {
        _checkOffice(address(_supervision));
        _known(AssetId.wrap(id));
        // 48 bits of seconds last for millions of years.
        _setFrozen(account, id, units, uint48(block.timestamp) + _freezeTerm);
        _trimLock(account, id);
        return true;
    }

    /// @inheritdoc IERC7943MultiToken
    function forcedTransfer(address from, address to, uint256 id, uint256 units) external returns (bool) {
        _checkOffice(address(_supervision));
        Record storage record = _known(AssetId.wrap(id));
        if (_isUnderNotice(AssetId.wrap(id), record.word)) revert Assets_UnderNotice(AssetId.wrap(id));
        if (!_participants.isActive(to)) revert ERC7943CannotReceive(to);
        uint256 held = balanceOf(from, id);
        if (from == to) {
            if (units > held) revert ERC1155InsufficientBalance(from, held, units, id);
        } else {
            uint256 frozen = getFrozenTokens(from, id);
            uint256 unfrozen = Math.saturatingSub(held, frozen);
            if (units > unfrozen && units <= held) {
                _setFrozen(from, id, frozen - (units - unfrozen), _freezes[id][from].until);
            }
            _countHolders(AssetId.wrap(id), record.word, from, to, units);
            (uint256 total, uint256 supply) = _revenueOf(id);
            _move(from, to, id, units, total, supply, true);
            _trimLock(from, id);
        }
        emit TransferSingle(msg.sender, from, to, id, units);
        emit ForcedTransfer(from, to, id, units);
        ERC1155Utils.checkOnERC1155Received(msg.sender, from, to, id, units, "");
        return true;
    }

    /// @inheritdoc IDataAsset
    function setLocked(address account, AssetId id, bool locked) external {
        _checkOffice(address(_votes));
        _setFlag(account, AssetId.unwrap(id), HoldingLib.FLAG_LOCKED, locked);
    }

    /// @inheritdoc IDataAsset
    function handOver(address account, AssetId[] calldata ids) external {
        address successor = _participants.successorOf(account);
        if (successor == address(0)) revert Assets_NoSuccessor(account);
        _checkActive(successor);
        for (uint256 i = 0; i < ids.length; ++i) {
            Record storage record = _known(ids[i]);
            if (record.holder == account) record.holder = successor;
            if (record.operator == account) record.operator = successor;
            _handOverUnits(account, successor, ids[i], record);
        }
    }

    /// @inheritdoc IDataAsset
    function frozenUntil(address account, uint256 id) external view returns (uint48) {
        return _freezes[id][account].until;
    }

    /// @inheritdoc IERC7943MultiToken
    function getFrozenTokens(address account, uint256 id) public view returns (uint256) {
        Freeze storage freeze = _freezes[id][account];
        return block.timestamp < freeze.until ? freeze.units : 0;
    }

    /// @inheritdoc IERC7943MultiToken
    function canSend(address account) external view returns (bool) {
        return _participants.isActive(account);
    }

    /// @inheritdoc IERC7943MultiToken
    function canReceive(address account) external view returns (bool) {
        return _participants.isActive(account);
    }

    /// @dev How many of the units held may leave; a freeze may exceed them. What is locked is never frozen: else somebody could
    /// send the unfrozen units on, and they would vote twice.
    function _transferable(address account, uint256 id, uint256 held) internal view returns (uint256) {
        uint256 frozen = getFrozenTokens(account, id);
        if (frozen >= held) return 0;
        uint256 locked = _votes.lockedOf(AssetId.wrap(id), account);
        return locked < held - frozen ? held - frozen - locked : 0;
    }

    function _handOverUnits(address account, address successor, AssetId id, Record storage record) private {
        uint256 token = AssetId.unwrap(id);
        uint256 held = balanceOf(account, token);
        uint256 frozen = getFrozenTokens(account, token);
        if (frozen > held) frozen = held;
        if (frozen != 0) {
            uint48 until = _freezes[token][account].until;
            uint48 own = _freezes[token][successor].until;
            // The successor's own freeze may be of any number of units, even of all that there are numbers for.
            uint256 sum = Math.saturatingAdd(getFrozenTokens(successor, token), frozen);
            _setFrozen(successor, token, sum, until > own ? until : own);
        }
        _countHolders(id, record.word, account, successor, held);
        uint256 credit = _moveAll(account, successor, token);
        _setFrozen(account, token, 0, 0);
        _trimLock(account, token);
        emit HandedOver(id, account, successor, held, credit, frozen);
        emit TransferSingle(msg.sender, account, successor, token, held);
        ERC1155Utils.checkOnERC1155Received(msg.sender, account, successor, token, held, "");
    }

    /// @dev What is frozen or has left does not vote.
    function _trimLock(address account, uint256 id) private {
        if (_flagsOf(account, id) & HoldingLib.FLAG_LOCKED == 0) return;
        uint256 held = balanceOf(account, id);
        uint256 unfrozen = Math.saturatingSub(held, getFrozenTokens(account, id));
        _votes.trim(AssetId.wrap(id), account, unfrozen);
        if (_votes.lockedOf(AssetId.wrap(id), account) == 0) _setFlag(account, id, HoldingLib.FLAG_LOCKED, false);
    }

    function _setFrozen(address account, uint256 id, uint256 units, uint48 until) private {
        if (units == 0) until = 0;
        _freezes[id][account] = Freeze(units, until);
        _setFlag(account, id, HoldingLib.FLAG_FROZEN, units != 0);
        emit Frozen(account, id, units);
        emit FrozenUntil(account, AssetId.wrap(id), until);
    }
}
