// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Quote, Side} from "../../contracts/market/MarketTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice What a fill moves, to the base unit.
contract SettlementTest is MarketTest {
    address private treasury = address(0x7EA);

    function setUp() public {
        setUpMarket();
    }

    /// @notice MKT-03 Whoever takes, the price is unit price × units, and fee, royalty and proceeds are all of it.
    function testFuzz_MKT_03_priceIsFeeRoyaltyAndProceeds(
        uint64 units,
        uint128 unitPrice,
        uint16 feeBps,
        uint16 royaltyBps,
        bool selling
    ) public {
        units = uint64(units % SELLER_UNITS) + 1;
        feeBps = feeBps % 501;
        royaltyBps = royaltyBps % 1_001;
        market.setFee(feeBps, treasury);
        AssetId traded = _assetWith(royaltyBps);
        uint256 price = uint256(units) * unitPrice;
        currency.mint(buyer, price);
        Order memory order = selling ? sellOrder() : buyOrder();
        (order.id, order.units, order.unitPrice) = (traded, units, unitPrice);
        uint256[4] memory before = _balances();
        fillAs(selling ? buyer : seller, fillOf(order, units));
        uint256[4] memory afterwards = _balances();
        uint256 fee = (price * feeBps) / 10_000;
        uint256 royalty = (price * royaltyBps) / 10_000;
        Check.same(before[0] - afterwards[0], price, "paid");
        Check.same(afterwards[1] - before[1], price - fee - royalty, "proceeds");
        Check.same(afterwards[2] - before[2], royalty, "royalty");
        Check.same(afterwards[3] - before[3], fee, "fee");
        Check.same(assets.balanceOf(buyer, AssetId.unwrap(traded)), units, "delivered");
        Check.same(assets.balanceOf(seller, AssetId.unwrap(traded)), SELLER_UNITS - units, "given");
        Check.same(currency.balanceOf(address(market)), 0, "money left");
        Check.same(assets.balanceOf(address(market), AssetId.unwrap(traded)), 0, "units left");
    }

    /// @notice MKT-04 A holder who sells, by order or as taker, pays no royalty; its buyer owes none either.
    function testFuzz_MKT_04_sellingHolderPaysNoRoyalty(uint64 units, uint128 unitPrice, bool selling) public {
        units = uint64(units % (SUPPLY - SELLER_UNITS)) + 1;
        uint256 price = uint256(units) * unitPrice;
        currency.mint(buyer, price);
        Order memory order = selling ? sampleOrder(holder, id, Side.Sell) : buyOrder();
        (order.units, order.unitPrice, order.maxRoyaltyBps) = (units, unitPrice, 0);
        Fill memory f = fillOf(order, units);
        if (selling) f.signature = signOrder(HOLDER_KEY, order);
        uint256 before = currency.balanceOf(holder);
        vm.prank(selling ? buyer : holder);
        Quote memory q = market.fill(f);
        Check.same(q.royalty, 0, "royalty");
        Check.same(uint160(q.royaltyReceiver), 0, "royalty receiver");
        Check.same(currency.balanceOf(holder) - before, price - (price * FEE_BPS) / 10_000, "proceeds");
    }

    /// @notice MKT-18 The greatest order (2^64 − 1 units at 2^128 − 1) is priced and filled without overflow.
    function test_MKT_18_greatestValues() public {
        Registration memory registration = sampleRegistration(seller, type(uint64).max, "great");
        registration.royaltyBps = 1_000;
        vm.prank(seller);
        AssetId great = assets.register(registration);
        vm.prank(seller);
        assets.safeTransferFrom(seller, holder, AssetId.unwrap(great), type(uint64).max, "");
        market.setFee(500, treasury);
        Order memory order = sampleOrder(holder, great, Side.Sell);
        (order.units, order.unitPrice) = (type(uint64).max, type(uint128).max);
        order.maxRoyaltyBps = type(uint16).max;
        uint256 price = uint256(type(uint64).max) * type(uint128).max;
        currency.mint(buyer, price);
        Fill memory f = Fill(order, signOrder(HOLDER_KEY, order), order.units, price);
        uint256 before = currency.balanceOf(holder);
        vm.prank(buyer);
        Quote memory q = market.fill(f);
        Check.same(q.price, price, "price");
        Check.same(q.royalty, price / 10, "royalty");
        Check.same(currency.balanceOf(treasury), price / 20, "fee");
        Check.same(currency.balanceOf(holder) - before, price - price / 10 - price / 20, "proceeds");
        Check.same(assets.balanceOf(buyer, AssetId.unwrap(great)), type(uint64).max, "units");
        Check.same(filledOf(order), type(uint64).max, "filled");
        (, bool posted) = market.orderStatus(market.hashOrder(order));
        Check.holds(!posted, "filling to the brim does not post");
        f.units = 1;
        vm.expectRevert(
            abi.encodeWithSelector(IMarketplace.Market_NotEnoughLeft.selector, market.hashOrder(order), 0, 1)
        );
        fillAs(buyer, f);
    }

    /// @notice MKT-26 A quote says what the fill then does, and changes with nothing but fee and terms.
    function testFuzz_MKT_26_quoteIsTheFill(uint64 units, uint128 unitPrice, uint16 feeBps, bool selling) public {
        units = uint64(units % 100) + 1;
        market.setFee(feeBps % 501, treasury);
        Order memory order = selling ? sellOrder() : buyOrder();
        order.unitPrice = unitPrice;
        currency.mint(buyer, uint256(units) * unitPrice);
        Quote memory quoted = market.quote(order, units);
        Fill memory f = fillOf(order, units);
        vm.prank(selling ? buyer : seller);
        Quote memory made = market.fill(f);
        Check.holds(keccak256(abi.encode(quoted)) == keccak256(abi.encode(made)), "quote");
        Check.same(quoted.price, quoted.fee + quoted.royalty + quoted.proceeds, "sum");
    }

    function _assetWith(uint16 royaltyBps) private returns (AssetId traded) {
        Registration memory registration = sampleRegistration(holder, SUPPLY, bytes32(uint256(royaltyBps)));
        registration.royaltyBps = royaltyBps;
        vm.prank(holder);
        traded = assets.register(registration);
        vm.prank(holder);
        assets.safeTransferFrom(holder, seller, AssetId.unwrap(traded), SELLER_UNITS, "");
    }

    function _balances() private view returns (uint256[4] memory) {
        return
            [
                currency.balanceOf(buyer),
                currency.balanceOf(seller),
                currency.balanceOf(holder),
                currency.balanceOf(treasury)
            ];
    }
}
