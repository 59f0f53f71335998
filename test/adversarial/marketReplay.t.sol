// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order} from "../../contracts/market/MarketTypes.sol";
import {Marketplace} from "../../contracts/market/Marketplace.sol";
import {MarketTest} from "../market/MarketTest.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";

/// @notice Signatures used where, when, or for what they were not given.
contract MarketReplayTest is MarketTest {
    /// @dev The order of the curve secp256k1.
    uint256 private constant CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
    uint256 private constant WORDS = 14;

    function setUp() public {
        setUpMarket();
    }

    /// @notice MKT-42 A signature made for one chain is worth nothing on another, and good again on its own.
    function testFuzz_MKT_42_anotherChain(uint64 otherChain) public {
        uint256 chain = block.chainid;
        if (otherChain == 0 || otherChain == chain) ++otherChain;
        if (otherChain == chain) ++otherChain;
        Fill memory f = fillOf(sellOrder(), 10);
        vm.chainId(otherChain);
        _expectBadSignature(market, f.order);
        fillAs(buyer, f);
        vm.chainId(chain);
        fillAs(buyer, f);
    }

    /// @notice MKT-43 A signature made for one market is worth nothing to another of the same assets.
    function test_MKT_43_anotherMarket() public {
        Fill memory f = fillOf(sellOrder(), 10);
        Marketplace other = new Marketplace(address(manager), assets, FEE_BPS, address(this));
        vm.prank(buyer);
        currency.approve(address(other), type(uint256).max);
        vm.prank(seller);
        assets.setApprovalForAll(address(other), true);
        _expectBadSignature(other, f.order);
        vm.prank(buyer);
        other.fill(f);
    }

    /// @notice MKT-43 Nor is an order that was posted on one of them posted on the other.
    function test_MKT_43_postedElsewhere() public {
        Marketplace other = new Marketplace(address(manager), assets, FEE_BPS, address(this));
        vm.prank(seller);
        other.post(sellOrder());
        Fill memory f = Fill(sellOrder(), "", 10, NO_LIMIT);
        _expectBadSignature(market, f.order);
        fillAs(buyer, f);
    }

    /// @notice MKT-44 Nobody signs for another.
    function testFuzz_MKT_44_anotherSigner(uint256 key) public {
        key = (key % (CURVE_ORDER - 1)) + 1;
        if (key == SELLER_KEY) ++key;
        Fill memory f = fillOf(sellOrder(), 10);
        f.signature = signOrder(key, f.order);
        _expectBadSignature(market, f.order);
        fillAs(buyer, f);
    }

    /// @notice MKT-45 A signed order with any bit of any field altered is another order, which nobody signed.
    function testFuzz_MKT_45_alteredField(uint256 field, uint8 bit) public view {
        Order memory order = sellOrder();
        bytes32 hash = market.hashOrder(order);
        bytes memory call = abi.encodeCall(market.hashOrder, (order));
        call[4 + (field % WORDS) * 32 + bit / 8] ^= bytes1(uint8(1) << (bit % 8));
        (bool ok, bytes memory answer) = address(market).staticcall(call);
        Check.holds(!ok || abi.decode(answer, (bytes32)) != hash, "same hash");
    }

    /// @notice MKT-46 Neither the mirrored signature, nor the short one, nor parts or prolongations of it are accepted.
    function test_MKT_46_otherFormsOfTheSignature() public {
        Fill memory f = fillOf(sellOrder(), 10);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SELLER_KEY, market.hashOrder(f.order));
        bytes32 mirrored = bytes32(CURVE_ORDER - uint256(s));
        bytes32 short = bytes32((uint256(v - 27) << 255) | uint256(s));
        bytes[8] memory forms = [
            abi.encodePacked(r, mirrored, v == 27 ? uint8(28) : uint8(27)),
            abi.encodePacked(r, mirrored, v),
            abi.encodePacked(r, short),
            abi.encodePacked(r, s),
            abi.encodePacked(r, s, v, uint8(0)),
            abi.encodePacked(r, s, uint8(v - 27)),
            abi.encodePacked(v, r, s),
            bytes("")
        ];
        for (uint256 i = 0; i < forms.length; ++i) {
            f.signature = forms[i];
            _expectBadSignature(market, f.order);
            fillAs(buyer, f);
        }
        f.signature = abi.encodePacked(r, s, v);
        fillAs(buyer, f);
    }

    /// @notice MKT-49 An order has one encoding: a word with bits that its type does not have is refused, signed or posted.
    function test_MKT_49_oneEncoding() public {
        uint8[14] memory bits = [160, 160, 0, 8, 64, 64, 128, 32, 16, 16, 128, 48, 32, 64];
        Order memory order = sellOrder();
        vm.prank(seller);
        market.post(order);
        bytes memory good = abi.encodeCall(market.fill, (fillOf(order, 10)));
        bytes memory posting = abi.encodeCall(market.post, (_another(order)));
        for (uint256 i = 0; i < WORDS; ++i) {
            if (bits[i] == 0) continue;
            // The order begins after the selector and the offset of the fill.
            _refused(buyer, _with(good, 4 + 32 + i * 32, bits[i]));
            _refused(seller, _with(posting, 4 + i * 32, bits[i]));
        }
        vm.prank(buyer);
        (bool ok, ) = address(market).call(good);
        Check.holds(ok, "as it was");
    }

    /// @notice MKT-65 A match that was made is not made again beyond what is left of either order.
    function testFuzz_MKT_65_matchesNeverOverfill(uint64 sold, uint64 bought, uint64 first, uint64 second) public {
        Order memory ask = sellOrder();
        Order memory bid = buyOrder();
        ask.units = (sold % 50) + 1;
        bid.units = (bought % 50) + 1;
        uint64 least = ask.units < bid.units ? ask.units : bid.units;
        (bytes memory askSignature, bytes memory bidSignature) = (
            signOrder(SELLER_KEY, ask),
            signOrder(BUYER_KEY, bid)
        );
        first = (first % least) + 1;
        market.matchOrders(ask, askSignature, bid, bidSignature, first);
        second = (second % 60) + 1;
        uint64 soldLeft = ask.units - first;
        uint64 boughtLeft = bid.units - first;
        if (second > soldLeft) _expectNotEnoughLeft(ask, soldLeft, second);
        else if (second > boughtLeft) _expectNotEnoughLeft(bid, boughtLeft, second);
        market.matchOrders(ask, askSignature, bid, bidSignature, second);
        bool made = second <= soldLeft && second <= boughtLeft;
        Check.same(filledOf(ask), made ? first + second : first, "sold");
        Check.same(filledOf(bid), made ? first + second : first, "bought");
        Check.same(assets.balanceOf(buyer, token), made ? first + second : first, "units");
    }

    function _another(Order memory order) private pure returns (Order memory other) {
        other = abi.decode(abi.encode(order), (Order));
        other.nonce = 1;
    }

    function _with(bytes memory call, uint256 word, uint8 bit) private pure returns (bytes memory dirty) {
        dirty = bytes.concat(call);
        dirty[word + 31 - bit / 8] ^= bytes1(uint8(1) << (bit % 8));
    }

    function _refused(address caller, bytes memory call) private {
        vm.prank(caller);
        (bool ok, ) = address(market).call(call);
        Check.holds(!ok, "an odd encoding passed");
    }

    function _expectNotEnoughLeft(Order memory order, uint64 left, uint64 units) private {
        bytes32 hash = market.hashOrder(order);
        vm.expectRevert(abi.encodeWithSelector(IMarketplace.Market_NotEnoughLeft.selector, hash, left, units));
    }

    function _expectBadSignature(Marketplace where, Order memory order) private {
        bytes32 hash = where.hashOrder(order);
        vm.expectRevert(abi.encodeWithSelector(IMarketplace.Market_BadSignature.selector, hash, order.maker));
    }
}
