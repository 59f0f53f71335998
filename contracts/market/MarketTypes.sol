// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";

/// @notice What the maker of an order does.
enum Side {
    Sell,
    Buy
}

/// @notice A signed intent to buy or sell fractions, in the asset's currency. Off chain: EIP-712, type `Order` of the same fields.
/// @param taker who may fill it, zero for anyone
/// @param units how many at most, over all fills
/// @param minFill least units of one fill, unless fewer remain
/// @param unitPrice base units of the currency for one unit; the price of a fill is exactly units × unitPrice
/// @param policyVersion the version of the asset's policy that the maker knows
/// @param maxFeeBps highest market fee that the maker accepts, in basis points
/// @param maxRoyaltyBps highest royalty that the maker accepts, in basis points
/// @param maxDue highest revenue that may wait for distribution, in base units; `type(uint128).max` for any
/// @param expiry last second at which it may be filled
/// @param epoch the maker's epoch; raising it cancels all orders of earlier ones
/// @param nonce the maker's number for this order; cancelling a number cancels every order that bears it
struct Order {
    address maker;
    address taker;
    AssetId id;
    Side side;
    uint64 units;
    uint64 minFill;
    uint128 unitPrice;
    uint32 policyVersion;
    uint16 maxFeeBps;
    uint16 maxRoyaltyBps;
    uint128 maxDue;
    uint48 expiry;
    uint32 epoch;
    uint64 nonce;
}

/// @notice What a taker takes of an order.
/// @param signature the maker's; empty for an order that was posted
/// @param units how many to take
/// @param limit the most that a buying taker pays, or the least that a selling taker receives, in base units
struct Fill {
    Order order;
    bytes signature;
    uint64 units;
    uint256 limit;
}

/// @notice What a fill costs and where the money goes: price = fee + royalty + proceeds, in base units of the currency.
struct Quote {
    address currency;
    uint256 price;
    uint256 fee;
    address feeReceiver;
    uint256 royalty;
    address royaltyReceiver;
    uint256 proceeds;
    uint16 feeBps;
    uint32 policyVersion;
}

/// @notice What became of one fill out of many.
/// @param reason 0 if it was filled, else the selector of the error
struct Outcome {
    bytes32 orderHash;
    uint64 units;
    bytes4 reason;
}
