// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {Check} from "../reference/Check.sol";
import {OrderReference} from "../reference/OrderReference.sol";
import {vm} from "../support/Vm.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Sequences of fills, matches, posts and cancellations, each with the same outcome as in the reference.
contract OrderDifferentialTest is MarketTest {
    uint256 private constant STEPS = 24;
    uint256 private constant ORDERS = 6;

    OrderReference private book;
    Order[] private orders;
    bytes[] private signatures;
    uint64[6] private nonces = [0, 223, 224, 479, 480, type(uint64).max];
    uint256 private dice;

    function setUp() public {
        setUpMarket();
        book = new OrderReference();
        vm.prank(seller);
        assets.safeTransferFrom(seller, holder, token, 300_000, "");
        vm.prank(seller);
        assets.safeTransferFrom(seller, buyer, token, 300_000, "");
    }

    /// @notice MKT-92 Whatever happens in whatever order, each call ends as the reference says, and the book says the same.
    function testFuzz_MKT_92_asTheReferenceSays(uint256 seed) public {
        dice = seed;
        for (uint256 i = 0; i < ORDERS; ++i) _draw(i);
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 deed = _roll(10);
            if (deed < 4) _fill();
            else if (deed < 6) _match();
            else if (deed == 6) _post();
            else if (deed == 7) _cancel();
            else if (deed == 8) vm.warp(block.timestamp + _roll(40));
            else _renew();
            _compare();
        }
    }

    function _fill() private {
        uint256 i = _roll(ORDERS);
        bool signed = _roll(8) != 0;
        address taker = _person(_roll(3));
        uint64 units = uint64(_roll(12));
        Order memory order = orders[i];
        Fill memory f = Fill(order, signed ? signatures[i] : bytes(""), units, order.side == Side.Sell ? NO_LIMIT : 0);
        bytes4 expected = book.fill(taker, order, signed, units, block.timestamp);
        (, bytes4 explained) = market.explainFill(taker, f);
        (bool ok, bytes4 reason) = tryFill(taker, f);
        Check.holds(ok == (expected == 0) && reason == expected, "fill");
        Check.holds(explained == expected, "explanation");
    }

    function _match() private {
        uint256 i = _roll(ORDERS);
        uint256 j = _roll(ORDERS);
        uint64 units = uint64(_roll(12));
        Order memory sell = orders[i];
        Order memory buy = orders[j];
        bytes4 expected = book.matchOrders(sell, buy, true, units, block.timestamp);
        (bool ok, bytes memory answer) = address(market).call(
            abi.encodeCall(market.matchOrders, (sell, signatures[i], buy, signatures[j], units))
        );
        Check.holds(ok == (expected == 0) && (ok || bytes4(answer) == expected), "match");
    }

    function _post() private {
        Order memory order = orders[_roll(ORDERS)];
        address caller = _roll(8) == 0 ? _person(_roll(3)) : order.maker;
        bytes4 expected = book.post(caller, order, block.timestamp);
        vm.prank(caller);
        (bool ok, bytes memory answer) = address(market).call(abi.encodeCall(market.post, (order)));
        Check.holds(ok == (expected == 0) && (ok || bytes4(answer) == expected), "post");
    }

    function _cancel() private {
        Order memory order = orders[_roll(ORDERS)];
        vm.prank(order.maker);
        if (_roll(4) == 0) {
            market.cancelAll();
            book.cancelAll(order.maker);
        } else {
            market.cancel(order.nonce);
            book.cancel(order.maker, order.nonce);
        }
    }

    /// @dev Signs another order in place of one.
    function _renew() private {
        _draw(_roll(ORDERS));
    }

    function _draw(uint256 i) private {
        uint256 person = _roll(3);
        Order memory order = sampleOrder(_person(person), id, Side(_roll(2)));
        order.units = uint64(_roll(20));
        order.minFill = uint64(_roll(8));
        order.unitPrice = uint128(_roll(3));
        order.nonce = nonces[_roll(6)];
        order.expiry = uint48(block.timestamp + _roll(200));
        order.epoch = market.epochOf(order.maker);
        if (_roll(6) == 0) order.epoch = uint32(_roll(3));
        if (_roll(6) == 0) order.taker = _person(_roll(3));
        if (orders.length == i) {
            orders.push();
            signatures.push();
        }
        orders[i] = order;
        uint256[3] memory keys = [HOLDER_KEY, SELLER_KEY, BUYER_KEY];
        signatures[i] = signOrder(keys[person], order);
    }

    function _compare() private view {
        for (uint256 i = 0; i < ORDERS; ++i) {
            (uint64 filled, bool posted) = market.orderStatus(market.hashOrder(orders[i]));
            Check.same(filled, book.filled(orders[i]), "filled");
            Check.holds(posted == book.posted(orders[i]), "posted");
        }
        for (uint256 person = 0; person < 3; ++person) {
            address maker = _person(person);
            Check.same(market.epochOf(maker), book.epochOf(maker), "epoch");
            for (uint256 i = 0; i < 6; ++i) {
                Check.holds(market.isCancelled(maker, nonces[i]) == book.cancelled(maker, nonces[i]), "cancelled");
            }
        }
    }

    function _person(uint256 index) private view returns (address) {
        return [holder, seller, buyer][index];
    }

    function _roll(uint256 sides) private returns (uint256) {
        dice = uint256(keccak256(abi.encode(dice)));
        return dice % sides;
    }
}
