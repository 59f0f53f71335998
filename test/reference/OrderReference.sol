// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Order, Side} from "../../contracts/market/MarketTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";

/// @notice A book of orders as a clerk would keep it: a list of all that happened, read from the beginning for each question.
/// @dev Knows nothing of packed words, bitmaps or EIP-712; an order is known by its plain contents. Answers with the selector of
/// the error that the market should give, or zero.
contract OrderReference {
    enum Deed {
        Fill,
        Post,
        Cancel,
        CancelAll
    }

    struct Entry {
        Deed deed;
        address maker;
        bytes32 order;
        uint64 number;
    }

    Entry[] private _journal;

    function cancel(address maker, uint64 nonce) external {
        _journal.push(Entry(Deed.Cancel, maker, 0, nonce));
    }

    function cancelAll(address maker) external {
        _journal.push(Entry(Deed.CancelAll, maker, 0, 0));
    }

    function post(address caller, Order calldata order, uint256 time) external returns (bytes4 reason) {
        if (caller != order.maker) return IMarketplace.Market_NotMaker.selector;
        reason = _dead(order, time);
        if (reason != 0) return reason;
        if (posted(order)) return IMarketplace.Market_AlreadyPosted.selector;
        _journal.push(Entry(Deed.Post, order.maker, _known(order), 0));
    }

    function fill(
        address taker,
        Order calldata order,
        bool signed,
        uint64 units,
        uint256 time
    ) external returns (bytes4 reason) {
        reason = refusal(taker, order, signed, units, time);
        if (reason == 0) _journal.push(Entry(Deed.Fill, order.maker, _known(order), units));
    }

    function matchOrders(
        Order calldata sell,
        Order calldata buy,
        bool signed,
        uint64 units,
        uint256 time
    ) external returns (bytes4 reason) {
        if (sell.side != Side.Sell || buy.side != Side.Buy) return IMarketplace.Market_WrongSide.selector;
        if (AssetId.unwrap(sell.id) != AssetId.unwrap(buy.id) || buy.unitPrice < sell.unitPrice) {
            return IMarketplace.Market_NotCrossing.selector;
        }
        reason = refusal(buy.maker, sell, signed, units, time);
        if (reason == 0) reason = refusal(sell.maker, buy, signed, units, time);
        if (reason != 0) return reason;
        _journal.push(Entry(Deed.Fill, sell.maker, _known(sell), units));
        _journal.push(Entry(Deed.Fill, buy.maker, _known(buy), units));
    }

    function refusal(
        address taker,
        Order calldata order,
        bool signed,
        uint64 units,
        uint256 time
    ) public view returns (bytes4) {
        if (order.taker != address(0) && order.taker != taker) return IMarketplace.Market_NotTaker.selector;
        if (order.maker == taker) return IMarketplace.Market_SelfTrade.selector;
        bytes4 reason = _dead(order, time);
        if (reason != 0) return reason;
        if (units == 0) return IMarketplace.Market_NoUnits.selector;
        uint256 left = order.units - filled(order);
        if (units > left) return IMarketplace.Market_NotEnoughLeft.selector;
        if (units < order.minFill && units < left) return IMarketplace.Market_BelowMinimum.selector;
        if (!signed && !posted(order)) return IMarketplace.Market_BadSignature.selector;
        return 0;
    }

    function filled(Order calldata order) public view returns (uint256 sum) {
        for (uint256 i = 0; i < _journal.length; ++i) {
            if (_journal[i].deed == Deed.Fill && _journal[i].order == _known(order)) sum += _journal[i].number;
        }
    }

    function posted(Order calldata order) public view returns (bool found) {
        for (uint256 i = 0; i < _journal.length; ++i) {
            if (_journal[i].deed == Deed.Post && _journal[i].order == _known(order)) found = true;
        }
    }

    function cancelled(address maker, uint64 nonce) public view returns (bool found) {
        for (uint256 i = 0; i < _journal.length; ++i) {
            Entry storage entry = _journal[i];
            if (entry.deed == Deed.Cancel && entry.maker == maker && entry.number == nonce) found = true;
        }
    }

    function epochOf(address maker) public view returns (uint256 epoch) {
        for (uint256 i = 0; i < _journal.length; ++i) {
            if (_journal[i].deed == Deed.CancelAll && _journal[i].maker == maker) ++epoch;
        }
    }

    function _dead(Order calldata order, uint256 time) private view returns (bytes4) {
        if (time > order.expiry) return IMarketplace.Market_Expired.selector;
        if (order.epoch != epochOf(order.maker)) return IMarketplace.Market_EpochOver.selector;
        return cancelled(order.maker, order.nonce) ? IMarketplace.Market_Cancelled.selector : bytes4(0);
    }

    function _known(Order calldata order) private pure returns (bytes32) {
        return keccak256(abi.encode(order));
    }
}
