// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order} from "../../contracts/market/MarketTypes.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Nonces and epochs, which share a word.
contract CancellationTest is MarketTest {
    /// @dev Where Marketplace keeps its makers' words, after EIP712's two slots and the orders.
    uint256 private constant MAKERS_SLOT = 3;

    /// @dev The first and last numbers of words: the first word has 224 of them.
    uint64[12] private boundaries = [
        0,
        1,
        31,
        32,
        223,
        224,
        255,
        256,
        479,
        480,
        type(uint64).max - 1,
        type(uint64).max
    ];

    function setUp() public {
        setUpMarket();
    }

    /// @notice MKT-30 Around the boundaries of words, a cancelled number is that number and no other.
    function test_MKT_30_boundariesOfWords() public {
        for (uint256 i = 0; i < boundaries.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            vm.prank(seller);
            market.cancel(boundaries[i]);
            for (uint256 j = 0; j < boundaries.length; ++j) {
                Check.holds(market.isCancelled(seller, boundaries[j]) == (i == j), "cancelled");
                Check.holds(!market.isCancelled(buyer, boundaries[j]), "somebody else's");
                Order memory order = sellOrder();
                order.nonce = boundaries[j];
                Fill memory f = fillOf(order, 10);
                if (i == j) {
                    vm.expectRevert(
                        abi.encodeWithSelector(IMarketplace.Market_Cancelled.selector, seller, boundaries[j])
                    );
                }
                fillAs(buyer, f);
            }
            vm.revertToState(snapshot);
        }
    }

    /// @notice MKT-30 No number's cancellation reaches another number.
    function testFuzz_MKT_30_oneNumberAtATime(uint64 cancelled, uint64 other) public {
        if (cancelled == other) other = ~cancelled;
        vm.prank(seller);
        market.cancel(cancelled);
        Check.holds(market.isCancelled(seller, cancelled), "cancelled");
        Check.holds(!market.isCancelled(seller, other), "other");
    }

    /// @notice MKT-31 Cancelling numbers leaves the epoch alone, and raising the epoch leaves the numbers alone.
    function testFuzz_MKT_31_epochAndNumbersAreApart(uint64[8] memory numbers, uint8 raises) public {
        for (uint256 i = 0; i < 8; ++i) {
            // Half of them from the word that holds the epoch.
            if (i % 2 == 0) numbers[i] %= 224;
            vm.prank(seller);
            market.cancel(numbers[i]);
            Check.same(market.epochOf(seller), 0, "epoch by a cancellation");
        }
        for (uint32 epoch = 1; epoch <= raises; ++epoch) {
            vm.prank(seller);
            Check.same(market.cancelAll(), epoch, "answer");
            Check.same(market.epochOf(seller), epoch, "epoch");
        }
        for (uint64 number = 0; number < 224; ++number) {
            bool expected;
            for (uint256 i = 0; i < 8; ++i) if (numbers[i] == number) expected = true;
            Check.holds(market.isCancelled(seller, number) == expected, "number by an epoch");
        }
        for (uint256 i = 0; i < 8; ++i) Check.holds(market.isCancelled(seller, numbers[i]), "number forgotten");
    }

    /// @notice MKT-34 The last epoch stays the last: it neither starts again nor spills into the numbers.
    function test_MKT_34_lastEpochStays() public {
        bytes32 slot = keccak256(abi.encode(0, keccak256(abi.encode(seller, MAKERS_SLOT))));
        vm.store(address(market), slot, bytes32(uint256(type(uint32).max - 1)));
        vm.prank(seller);
        Check.same(market.cancelAll(), type(uint32).max, "last");
        Check.same(market.epochOf(seller), type(uint32).max, "epoch");
        Check.holds(!market.isCancelled(seller, 0), "first number");
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        vm.prank(seller);
        market.cancelAll();
        Check.same(market.epochOf(seller), type(uint32).max, "epoch afterwards");
    }

    /// @notice MKT-32 Orders of an earlier epoch and of a later one cannot be filled, those of this one can.
    function testFuzz_MKT_32_onlyThisEpoch(uint8 raises, uint32 signed) public {
        raises %= 8;
        if (signed & 1 == 0) signed %= 8;
        for (uint256 i = 0; i < raises; ++i) {
            vm.prank(seller);
            market.cancelAll();
        }
        Order memory order = sellOrder();
        order.epoch = signed;
        Fill memory f = fillOf(order, 10);
        if (signed != raises) {
            vm.expectRevert(
                abi.encodeWithSelector(IMarketplace.Market_EpochOver.selector, seller, signed, uint32(raises))
            );
        }
        fillAs(buyer, f);
    }
}
