// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {Permit} from "../types/Permit.sol";
import {Fill, Order, Outcome, Quote} from "./MarketTypes.sol";

/// @title The market for fractions
/// @notice Orders are signed off chain or posted on chain; each fill is delivery versus payment in one transaction.
interface IMarketplace {
    /// @notice A match emits it for each of the two orders; the payment is one.
    /// @param price what the buyer paid; `fee` and `royalty` are parts of it, the seller received the rest
    event OrderFilled(
        bytes32 indexed orderHash,
        address indexed maker,
        address indexed taker,
        AssetId id,
        uint256 units,
        uint256 price,
        uint256 fee,
        uint256 royalty
    );
    event OrderPosted(bytes32 indexed orderHash, address indexed maker, Order order);
    event OrderCancelled(address indexed maker, uint64 indexed nonce);
    event AllOrdersCancelled(address indexed maker, uint32 epoch);
    event OrderNotFilled(bytes32 indexed orderHash, address indexed taker, bytes4 reason);
    event FeeChanged(uint16 feeBps, address receiver);

    error Market_ZeroAddress();
    error Market_FeeTooHigh(uint256 feeBps, uint256 limitBps);
    error Market_NotMaker(address maker, address caller);
    error Market_NotTaker(address taker, address caller);
    error Market_SelfTrade(address account);
    error Market_Expired(uint48 expiry, uint256 time);
    error Market_EpochOver(address maker, uint32 orderEpoch, uint32 epoch);
    error Market_Cancelled(address maker, uint64 nonce);
    error Market_AlreadyPosted(bytes32 orderHash);
    error Market_BadSignature(bytes32 orderHash, address maker);
    error Market_NoUnits();
    error Market_NotEnoughLeft(bytes32 orderHash, uint256 left, uint256 units);
    error Market_BelowMinimum(uint256 minimum, uint256 units);
    error Market_PolicyChanged(AssetId id, uint32 signed, uint32 current);
    error Market_FeeAboveOrder(uint256 feeBps, uint256 limitBps);
    error Market_RoyaltyAboveOrder(uint256 royalty, uint256 limit);
    error Market_DueAboveOrder(AssetId id, uint256 due, uint256 limit);
    error Market_PriceAboveLimit(uint256 price, uint256 limit);
    error Market_ProceedsBelowLimit(uint256 proceeds, uint256 limit);
    error Market_PaymentFailed(address currency, address from, address to, uint256 amount);
    error Market_NothingFilled();
    error Market_GasTooLow(uint256 gasLeft, uint256 needed);
    error Market_OnlyItself(address caller);
    error Market_NotCrossing(AssetId sold, AssetId bought, uint256 ask, uint256 bid);
    error Market_WrongSide();
    /// @notice A fill failed without a reason: out of its share of gas, or by a contract that gives none.
    error Market_Unexplained();

    /// @notice Fills part or all of one order. The caller is the taker.
    /// @dev `fill(Fill(order, signature, 10, 10 * order.unitPrice))` buys ten units from a sell order; buyers approve the
    /// market in the currency, sellers as an operator of their fractions. Reverts with the error whose selector
    /// `explainFill` gives beforehand.
    function fill(Fill calldata f) external returns (Quote memory);

    /// @notice The same, with the taker's allowance in the same call. A permit that was already used is no hindrance as long
    /// as the allowance is there.
    /// @dev `fillWithPermit(Fill(order, signature, 10, limit), Permit(limit, deadline, v, r, s))`, signed by the caller for
    /// the market as spender. A permit that fails is passed over: without the allowance the fill reverts with
    /// `Market_PaymentFailed`.
    function fillWithPermit(Fill calldata f, Permit calldata permit) external returns (Quote memory);

    /// @notice Fills what can be filled and says for each other order why not; reverts if nothing can.
    /// @dev `fillMany([Fill(signed, signature, 10, limit), Fill(posted, "", 5, limit)])`. Each fill has `FILL_GAS` to its
    /// own: a maker's contract can waste that much and no more. Reverts with `Market_NothingFilled`, `Market_GasTooLow`.
    function fillMany(Fill[] calldata fills) external returns (Outcome[] memory);

    /// @notice Lets a sell order and a buy order that cross fill each other, at the ask. Anyone.
    /// @dev `matchOrders(sell, sellSignature, buy, "", 10)` where the buy order was posted. Reverts with `Market_WrongSide`,
    /// `Market_NotCrossing` for two assets or a bid below the ask, or as a fill of either order does.
    function matchOrders(
        Order calldata sell,
        bytes calldata sellSignature,
        Order calldata buy,
        bytes calldata buySignature,
        uint64 units
    ) external returns (Quote memory);

    /// @notice Publishes an order on chain in place of a signature. Only its maker.
    /// @dev `post(Order(maker, address(0), id, Side.Sell, 100, 1, unitPrice, policyVersion, 500, 1000, type(uint128).max,
    /// expiry, epochOf(maker), 7))` offers 100 units to anyone, at a fee of up to 5 % and a royalty of up to 10 %; 7 is the
    /// number to cancel it by. Reverts with `Market_AlreadyPosted`, `Market_Expired`, `Market_EpochOver`,
    /// `Market_Cancelled`.
    function post(Order calldata order) external returns (bytes32 orderHash);

    /// @notice Cancels every order of the caller with this nonce, for good.
    function cancel(uint64 nonce) external;

    /// @notice Cancels every order of the caller that was signed so far.
    function cancelAll() external returns (uint32 epoch);

    /// @notice Sets the market fee and who receives it. Requires the role STEWARD.
    /// @dev Reverts with `Market_FeeTooHigh` above 5 %.
    function setFee(uint16 feeBps, address receiver) external;

    /// @notice The market fee, in basis points, and who receives it.
    function feeOf() external view returns (uint16 feeBps, address receiver);

    /// @notice The epoch that an order of this maker has to state; 0 before its first `cancelAll`.
    function epochOf(address maker) external view returns (uint32);

    /// @notice Whether the maker has cancelled this nonce; says nothing of epochs.
    function isCancelled(address maker, uint64 nonce) external view returns (bool);

    /// @notice How many units of an order are filled, and whether it was posted; 0 and false for an unknown one.
    function orderStatus(bytes32 orderHash) external view returns (uint64 filled, bool posted);

    /// @notice What a maker signs, and what an order is known by.
    function hashOrder(Order calldata order) external view returns (bytes32);

    /// @notice What a fill of this order would cost now, whether or not it can be filled. Reverts with `Assets_Unknown`.
    function quote(Order calldata order, uint64 units) external view returns (Quote memory);

    /// @notice Whether `taker` could make this fill now, and if not, the selector of the error that it would revert with.
    /// @dev Does not foresee what a receiver's own hook does.
    function explainFill(address taker, Fill calldata f) external view returns (bool ok, bytes4 reason);
}
