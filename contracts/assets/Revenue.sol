// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetWord, AssetWordLib} from "../types/AssetWord.sol";
import {Pull} from "../types/Pull.sol";
import {AssetBase} from "./AssetBase.sol";
import {Parent} from "./AssetTypes.sol";
import {Parents} from "./Parents.sol";
import {IDataAsset} from "./IDataAsset.sol";

/// @title Revenue of fractions
/// @notice Revenue belongs to whoever holds when it is distributed. The number of fractions is fixed, so one total for each
/// asset is enough. Guarantees that all that can be claimed, is due or is in excess never exceeds what this contract holds;
/// each settlement of a holding loses less than one base unit to rounding.
/// What would overflow an asset's total is credited to its holder. Assumes that currencies have at most 9 decimals, as those
/// admitted do: the total then holds almost five billion billion whole units, which nobody can fill by paying itself.
abstract contract Revenue is AssetBase, Parents, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant BPS = 10_000;

    mapping(AssetId id => uint256 amount) private _due;
    mapping(address account => mapping(address currency => uint256 amount)) private _excess;

    /// @inheritdoc IDataAsset
    function distribute(AssetId id, uint256 amount) external nonReentrant {
        Record storage record = _known(id);
        if (amount == 0) revert Assets_NothingToDistribute(id);
        uint256 received = Pull.fromCaller(IERC20(record.currency), amount);
        if (received != amount) revert Assets_CurrencyShort(record.currency, amount, received);
        _spread(id, record, amount);
    }

    /// @inheritdoc IDataAsset
    function pushDue(AssetId id) external nonReentrant returns (uint256 amount) {
        Record storage record = _known(id);
        amount = _due[id];
        if (amount == 0) revert Assets_NothingToDistribute(id);
        _due[id] = 0;
        emit DuePushed(id, amount);
        _spread(id, record, amount);
    }

    /// @inheritdoc IDataAsset
    function claim(AssetId[] calldata ids, address to) external nonReentrant {
        _checkBothActive(msg.sender, to);
        address currency;
        uint256 payout;
        uint256 claimed;
        for (uint256 i = 0; i < ids.length; ++i) {
            AssetId id = ids[i];
            uint256 credit = _takeCredit(msg.sender, AssetId.unwrap(id));
            if (credit == 0) continue;
            emit RevenueClaimed(id, msg.sender, to, credit);
            claimed += credit;
            address next = _records[id].currency;
            if (next != currency) {
                if (payout != 0) IERC20(currency).safeTransfer(to, payout);
                (currency, payout) = (next, 0);
            }
            payout += credit;
        }
        if (claimed == 0) revert Assets_NothingToClaim(msg.sender);
        IERC20(currency).safeTransfer(to, payout);
    }

    /// @inheritdoc IDataAsset
    function withdrawExcess(
        address account,
        address currency,
        address to
    ) external nonReentrant returns (uint256 amount) {
        if (msg.sender != account && msg.sender != _participants.successorOf(account)) {
            revert Assets_NotPayee(account, msg.sender);
        }
        _checkBothActive(msg.sender, to);
        amount = _excess[account][currency];
        if (amount == 0) revert Assets_NothingToWithdraw(account, currency);
        _excess[account][currency] = 0;
        emit ExcessWithdrawn(account, currency, to, amount);
        IERC20(currency).safeTransfer(to, amount);
    }

    /// @inheritdoc IDataAsset
    function claimable(AssetId id, address account) external view returns (uint256) {
        return _settled(account, AssetId.unwrap(id)).credit();
    }

    /// @inheritdoc IDataAsset
    function due(AssetId id) external view returns (uint256) {
        return _due[id];
    }

    /// @inheritdoc IDataAsset
    function excessOf(address account, address currency) external view returns (uint256) {
        return _excess[account][currency];
    }

    /// @dev Gives parents their shares and raises the total by the rest. Work is bounded by the number of parents.
    function _spread(AssetId id, Record storage record, uint256 amount) private {
        AssetWord word = record.word;
        if (word.has(AssetWordLib.FLAG_PARENTS)) amount -= _creditParents(id, amount);
        uint256 room = AssetWordLib.MAX_TOTAL - word.total();
        if (amount > room) {
            uint256 excess = amount - room;
            amount = room;
            _excess[record.holder][record.currency] += excess;
            emit ExcessCredited(id, record.holder, record.currency, excess);
        }
        record.word = word.addRevenue(amount);
        emit RevenueDistributed(id, msg.sender, amount);
    }

    function _creditParents(AssetId id, uint256 amount) private returns (uint256 credited) {
        Parent[] storage parents = _parents[id];
        uint256 count = parents.length;
        for (uint256 i = 0; i < count; ++i) {
            AssetId parent = parents[i].id;
            uint256 share = (amount * parents[i].shareBps) / BPS;
            credited += share;
            _due[parent] += share;
            emit ParentShareCredited(parent, id, share);
        }
    }
}
