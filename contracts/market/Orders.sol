// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Signatures} from "../types/Signatures.sol";
import {IMarketplace} from "./IMarketplace.sol";
import {Order, Quote} from "./MarketTypes.sol";

/// @title The book of orders
/// @notice Which orders are valid, how much of each is filled, and what their makers took back. Knows nothing of money.
/// Guarantees that no order is filled above its units, after it was cancelled, after it expired, or outside what it states.
abstract contract Orders is IMarketplace, EIP712 {
    bytes32 private constant ORDER_TYPEHASH = keccak256(
        "Order(address maker,address taker,uint256 id,uint8 side,uint64 units,uint64 minFill,uint128 unitPrice,uint32 policyVersion,uint16 maxFeeBps,uint16 maxRoyaltyBps,uint128 maxDue,uint48 expiry,uint32 epoch,uint64 nonce)"
    );
    /// @dev Bytes of an ABI-encoded order: 14 words.
    uint256 private constant ORDER_SIZE = 448;
    uint256 private constant BPS = 10_000;

    /// @dev From the lowest bit: units filled 64, posted 1.
    uint256 private constant POSTED = 1 << 64;

    /// @dev The epoch takes the place of the first 32 bits of a maker's bitmap, so most fills read one word of the maker.
    uint256 private constant EPOCH_BITS = 32;

    mapping(bytes32 orderHash => uint256 status) private _orders;
    mapping(address maker => mapping(uint256 word => uint256 bitmap)) private _makers;

    constructor() EIP712("Cadastre Market", "1") {}

    /// @inheritdoc IMarketplace
    function post(Order calldata order) external returns (bytes32 orderHash) {
        if (order.maker != msg.sender) revert Market_NotMaker(order.maker, msg.sender);
        _checkAlive(order);
        orderHash = hashOrder(order);
        uint256 status = _orders[orderHash];
        if (status & POSTED != 0) revert Market_AlreadyPosted(orderHash);
        _orders[orderHash] = status | POSTED;
        emit OrderPosted(orderHash, msg.sender, order);
    }

    /// @inheritdoc IMarketplace
    function cancel(uint64 nonce) external {
        (uint256 word, uint256 bit) = _positionOf(nonce);
        _makers[msg.sender][word] |= bit;
        emit OrderCancelled(msg.sender, nonce);
    }

    /// @inheritdoc IMarketplace
    function cancelAll() external returns (uint32 epoch) {
        epoch = epochOf(msg.sender) + 1;
        // The checked addition above leaves the other bits of the word alone.
        _makers[msg.sender][0] += 1;
        emit AllOrdersCancelled(msg.sender, epoch);
    }

    /// @inheritdoc IMarketplace
    function isCancelled(address maker, uint64 nonce) public view returns (bool) {
        (uint256 word, uint256 bit) = _positionOf(nonce);
        return _makers[maker][word] & bit != 0;
    }

    /// @inheritdoc IMarketplace
    function epochOf(address maker) public view returns (uint32) {
        // The epoch is the lowest 32 bits, which the cast keeps.
        return uint32(_makers[maker][0]);
    }

    /// @inheritdoc IMarketplace
    function orderStatus(bytes32 orderHash) external view returns (uint64 filled, bool posted) {
        uint256 status = _orders[orderHash];
        // The units filled are the lowest 64 bits, which the cast keeps.
        return (uint64(status), status & POSTED != 0);
    }

    /// @inheritdoc IMarketplace
    function hashOrder(Order calldata order) public view returns (bytes32) {
        bytes32 typeHash = ORDER_TYPEHASH;
        bytes32 structHash;
        // An order has no dynamic fields, so it lies in the calldata as EIP-712 encodes it. Words with dirty upper bits hash to
        // something that nobody signed. Writes to free memory only.
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, typeHash)
            calldatacopy(add(data, 0x20), order, ORDER_SIZE)
            structHash := keccak256(data, add(ORDER_SIZE, 0x20))
        }
        return _hashTypedDataV4(structHash);
    }

    /// @dev Reverts unless `taker` may take `units` of this order on the terms quoted.
    function _checkOrder(
        Order calldata order,
        bytes calldata signature,
        address taker,
        uint64 units,
        Quote memory q
    ) internal view returns (bytes32 hash) {
        if (order.taker != address(0) && order.taker != taker) revert Market_NotTaker(order.taker, taker);
        if (order.maker == taker) revert Market_SelfTrade(taker);
        _checkAlive(order);
        if (q.policyVersion != order.policyVersion) {
            revert Market_PolicyChanged(order.id, order.policyVersion, q.policyVersion);
        }
        if (q.feeBps > order.maxFeeBps) revert Market_FeeAboveOrder(q.feeBps, order.maxFeeBps);
        uint256 royaltyLimit = (q.price * order.maxRoyaltyBps) / BPS;
        if (q.royalty > royaltyLimit) revert Market_RoyaltyAboveOrder(q.royalty, royaltyLimit);
        hash = hashOrder(order);
        uint256 status = _orders[hash];
        _checkUnits(hash, order, status, units);
        if (status & POSTED == 0 && !Signatures.isBy(order.maker, hash, signature)) {
            revert Market_BadSignature(hash, order.maker);
        }
    }

    /// @dev The caller has checked the units against what is left.
    function _takeUnits(bytes32 hash, uint64 units) internal {
        // Filled and posted share the word; what is filled stays at most `order.units`, so it never reaches the flag.
        unchecked {
            _orders[hash] += units;
        }
    }

    function _checkAlive(Order calldata order) private view {
        if (block.timestamp > order.expiry) revert Market_Expired(order.expiry, block.timestamp);
        address maker = order.maker;
        mapping(uint256 word => uint256 bitmap) storage words = _makers[maker];
        uint256 first = words[0];
        // The epoch is the lowest 32 bits, which the cast keeps.
        if (order.epoch != uint32(first)) revert Market_EpochOver(maker, order.epoch, uint32(first));
        (uint256 word, uint256 bit) = _positionOf(order.nonce);
        if ((word == 0 ? first : words[word]) & bit != 0) revert Market_Cancelled(maker, order.nonce);
    }

    function _checkUnits(bytes32 hash, Order calldata order, uint256 status, uint64 units) private pure {
        if (units == 0) revert Market_NoUnits();
        // The units filled are the lowest 64 bits, which the cast keeps.
        uint256 left = order.units - uint64(status);
        if (units > left) revert Market_NotEnoughLeft(hash, left, units);
        if (units < order.minFill && units != left) revert Market_BelowMinimum(order.minFill, units);
    }

    function _positionOf(uint64 nonce) private pure returns (uint256 word, uint256 bit) {
        uint256 position = nonce + EPOCH_BITS;
        return (position >> 8, 1 << (position & 0xff));
    }
}
