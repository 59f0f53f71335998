// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SaleTerms} from "../assets/AssetTypes.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {AssetId} from "../types/AssetId.sol";
import {Permit} from "../types/Permit.sol";
import {IMarketplace} from "./IMarketplace.sol";
import {Fill, Order, Outcome, Quote, Side} from "./MarketTypes.sol";
import {Orders} from "./Orders.sol";

/// @title Marketplace
/// @notice Fills signed and posted orders. Assumes that the register's currencies were admitted without transfer fee. Role:
/// STEWARD sets the fee, up to 5 %; orders and quotes state it, so a change cannot surprise a maker. Holds neither money nor
/// fractions at any time. Does not guarantee that a signed order can be filled: makers may have moved on.
contract Marketplace is IMarketplace, Orders, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /// @notice Gas that `fillMany` gives to each fill.
    uint256 public constant FILL_GAS = 600_000;
    uint256 private constant BPS = 10_000;
    uint256 private constant MAX_FEE_BPS = 500;

    struct Fee {
        uint16 bps;
        address receiver;
    }

    IDataAsset private immutable _assets;

    Fee private _fee;

    constructor(address authority, IDataAsset assets, uint16 feeBps, address feeReceiver) AccessManaged(authority) {
        _assets = assets;
        _setFee(feeBps, feeReceiver);
    }

    /// @inheritdoc IMarketplace
    function fill(Fill calldata f) external nonReentrant returns (Quote memory) {
        return _fill(msg.sender, f);
    }

    /// @inheritdoc IMarketplace
    function fillWithPermit(Fill calldata f, Permit calldata permit) external nonReentrant returns (Quote memory) {
        permit.submit(_assets.termsOfSale(f.order.id, 0).currency);
        return _fill(msg.sender, f);
    }

    /// @inheritdoc IMarketplace
    function fillMany(Fill[] calldata fills) external nonReentrant returns (Outcome[] memory outcomes) {
        outcomes = new Outcome[](fills.length);
        bool any;
        for (uint256 i = 0; i < fills.length; ++i) {
            Fill calldata f = fills[i];
            Outcome memory outcome = outcomes[i];
            outcome.orderHash = hashOrder(f.order);
            // A call gets at most 63/64 of what is left: with less than this, it would fail for want of the taker's gas.
            uint256 needed = FILL_GAS + FILL_GAS / 32;
            if (gasleft() < needed) revert Market_GasTooLow(gasleft(), needed);
            bool filled = _tryFill(abi.encodeCall(this.fillFor, (msg.sender, f)));
            if (filled) {
                outcome.units = f.units;
                any = true;
            } else {
                outcome.reason = _reasonOfFailure();
                emit OrderNotFilled(outcome.orderHash, msg.sender, outcome.reason);
            }
        }
        if (!any) revert Market_NothingFilled();
    }

    /// @notice One fill of `fillMany`; only this contract calls it.
    function fillFor(address taker, Fill calldata f) external {
        if (msg.sender != address(this)) revert Market_OnlyItself(msg.sender);
        _fill(taker, f);
    }

    /// @inheritdoc IMarketplace
    function matchOrders(
        Order calldata sell,
        bytes calldata sellSignature,
        Order calldata buy,
        bytes calldata buySignature,
        uint64 units
    ) external nonReentrant returns (Quote memory q) {
        if (sell.side != Side.Sell || buy.side != Side.Buy) revert Market_WrongSide();
        if (sell.id != buy.id || sell.unitPrice > buy.unitPrice) {
            revert Market_NotCrossing(sell.id, buy.id, sell.unitPrice, buy.unitPrice);
        }
        q = _quote(sell.id, sell.maker, units, sell.unitPrice);
        bytes32 sellHash = _checkOrder(sell, sellSignature, buy.maker, units, q);
        bytes32 buyHash = _checkOrder(buy, buySignature, sell.maker, units, q);
        _checkDue(sell);
        _checkDue(buy);
        _takeUnits(sellHash, units);
        _takeUnits(buyHash, units);
        emit OrderFilled(sellHash, sell.maker, buy.maker, sell.id, units, q.price, q.fee, q.royalty);
        emit OrderFilled(buyHash, buy.maker, sell.maker, sell.id, units, q.price, q.fee, q.royalty);
        _exchange(sell.maker, buy.maker, sell.id, units, q);
    }

    /// @inheritdoc IMarketplace
    function setFee(uint16 feeBps, address receiver) external restricted {
        _setFee(feeBps, receiver);
    }

    /// @inheritdoc IMarketplace
    function feeOf() external view returns (uint16 feeBps, address receiver) {
        return (_fee.bps, _fee.receiver);
    }

    /// @inheritdoc IMarketplace
    function quote(Order calldata order, uint64 units) external view returns (Quote memory) {
        address seller = order.side == Side.Sell ? order.maker : order.taker;
        return _quote(order.id, seller, units, order.unitPrice);
    }

    /// @inheritdoc IMarketplace
    function explainFill(address taker, Fill calldata f) external view returns (bool ok, bytes4 reason) {
        (ok, ) = address(this).staticcall(abi.encodeCall(this.checkFill, (taker, f)));
        if (!ok) reason = _reasonOfFailure();
    }

    /// @notice Reverts as a fill by `taker` would revert now; what `explainFill` asks.
    function checkFill(address taker, Fill calldata f) external view {
        (Quote memory q, , address seller, address buyer) = _check(taker, f);
        uint256 amount = q.price;
        if (q.feeReceiver == buyer) amount -= q.fee;
        if (q.royaltyReceiver == buyer) amount -= q.royalty;
        IERC20 currency = IERC20(q.currency);
        if (currency.balanceOf(buyer) < amount || currency.allowance(buyer, address(this)) < amount) {
            revert Market_PaymentFailed(q.currency, buyer, seller, amount);
        }
        (bool ok, bytes4 reason) = _assets.explainTransfer(
            address(this),
            seller,
            buyer,
            AssetId.unwrap(f.order.id),
            f.units
        );
        if (!ok) _revertWith(reason);
    }

    function _fill(address taker, Fill calldata f) private returns (Quote memory q) {
        bytes32 hash;
        address seller;
        address buyer;
        (q, hash, seller, buyer) = _check(taker, f);
        _takeUnits(hash, f.units);
        emit OrderFilled(hash, f.order.maker, taker, f.order.id, f.units, q.price, q.fee, q.royalty);
        _exchange(seller, buyer, f.order.id, f.units, q);
    }

    function _check(
        address taker,
        Fill calldata f
    ) private view returns (Quote memory q, bytes32 hash, address seller, address buyer) {
        Order calldata order = f.order;
        bool selling = order.side == Side.Sell;
        (seller, buyer) = selling ? (order.maker, taker) : (taker, order.maker);
        q = _quote(order.id, seller, f.units, order.unitPrice);
        hash = _checkOrder(order, f.signature, taker, f.units, q);
        _checkDue(order);
        if (selling) {
            if (q.price > f.limit) revert Market_PriceAboveLimit(q.price, f.limit);
        } else if (q.proceeds < f.limit) {
            revert Market_ProceedsBelowLimit(q.proceeds, f.limit);
        }
    }

    function _quote(AssetId id, address seller, uint64 units, uint128 unitPrice) private view returns (Quote memory q) {
        // 64 + 128 bits.
        q.price = uint256(units) * unitPrice;
        SaleTerms memory terms = _assets.termsOfSale(id, q.price);
        (q.currency, q.policyVersion) = (terms.currency, terms.policyVersion);
        // A holder who sells pays no royalty to itself.
        if (terms.royaltyReceiver != seller) (q.royalty, q.royaltyReceiver) = (terms.royalty, terms.royaltyReceiver);
        (q.feeBps, q.feeReceiver) = (_fee.bps, _fee.receiver);
        q.fee = (q.price * q.feeBps) / BPS;
        q.proceeds = q.price - q.fee - q.royalty;
    }

    /// @dev Payment first, then the fractions; either fails, both fail.
    function _exchange(address seller, address buyer, AssetId id, uint64 units, Quote memory q) private {
        _pay(q.currency, buyer, q.feeReceiver, q.fee);
        _pay(q.currency, buyer, q.royaltyReceiver, q.royalty);
        _pay(q.currency, buyer, seller, q.proceeds);
        _assets.safeTransferFrom(seller, buyer, AssetId.unwrap(id), units, "");
    }

    function _pay(address currency, address from, address to, uint256 amount) private {
        if (amount == 0 || from == to) return;
        if (!IERC20(currency).trySafeTransferFrom(from, to, amount)) {
            revert Market_PaymentFailed(currency, from, to, amount);
        }
    }

    function _checkDue(Order calldata order) private view {
        if (order.maxDue == type(uint128).max) return;
        uint256 due = _assets.due(order.id);
        if (due > order.maxDue) revert Market_DueAboveOrder(order.id, due, order.maxDue);
    }

    function _setFee(uint16 feeBps, address receiver) private {
        if (feeBps > MAX_FEE_BPS) revert Market_FeeTooHigh(feeBps, MAX_FEE_BPS);
        if (receiver == address(0)) revert Market_ZeroAddress();
        _fee = Fee(feeBps, receiver);
        emit FeeChanged(feeBps, receiver);
    }

    /// @dev Calls this contract and leaves the answer where it is: Solidity's own call would copy all of it, and a maker's
    /// contract could make that long at the taker's expense.
    function _tryFill(bytes memory data) private returns (bool filled) {
        uint256 gasLimit = FILL_GAS;
        // Reads the call's data from memory and writes none.
        assembly ("memory-safe") {
            filled := call(gasLimit, address(), 0, add(data, 0x20), mload(data), 0, 0)
        }
    }

    /// @dev The selector of the error that the last call reverted with; never 0, which stands for success.
    function _reasonOfFailure() private pure returns (bytes4 reason) {
        // Reads the first four bytes of the answer into scratch space.
        assembly ("memory-safe") {
            if gt(returndatasize(), 3) {
                returndatacopy(0, 0, 4)
                reason := and(mload(0), shl(224, 0xffffffff))
            }
        }
        if (reason == 0) reason = Market_Unexplained.selector;
    }

    function _revertWith(bytes4 reason) private pure {
        // Writes to scratch space only.
        assembly ("memory-safe") {
            mstore(0, reason)
            revert(0, 4)
        }
    }
}
