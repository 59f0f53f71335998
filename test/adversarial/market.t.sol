// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Outcome, Side} from "../../contracts/market/MarketTypes.sol";
import {Permit} from "../../contracts/types/Permit.sol";
import {AnsweringReceiver} from "../../contracts/mocks/AnsweringReceiver.sol";
import {HookCurrency} from "../../contracts/mocks/HookCurrency.sol";
import {MoodyCurrency} from "../../contracts/mocks/MoodyCurrency.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {MarketTest} from "../market/MarketTest.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";

/// @notice Currencies that misbehave after their admission, and parties that call back in the middle of a deal.
contract MarketAdversaryTest is MarketTest {
    bytes4 private constant ENTERED = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;

    MoodyCurrency private moody;
    HookCurrency private hooked;
    Reenterer private attacker;
    Order private moodyOrder;
    Order private hookedOrder;

    function setUp() public {
        setUpMarket();
        moody = new MoodyCurrency();
        moody.mint(address(this), 1);
        moody.mint(buyer, 1e12);
        admitCurrency(address(moody));
        hooked = new HookCurrency();
        hooked.mint(address(this), 1);
        hooked.mint(buyer, 1e12);
        admitCurrency(address(hooked));
        moodyOrder = sellOrder();
        (moodyOrder.id, ) = listAsset(address(moody), "moody");
        hookedOrder = sellOrder();
        (hookedOrder.id, ) = listAsset(address(hooked), "hooked");

        attacker = new Reenterer();
        address account = address(attacker);
        admitContract(account, 100);
        hooked.mint(account, 1e12);
        currency.mint(account, 1e12);
        vm.startPrank(account);
        hooked.approve(address(market), type(uint256).max);
        currency.approve(address(market), type(uint256).max);
        assets.setApprovalForAll(address(market), true);
        vm.stopPrank();
    }

    /// @notice MKT-80 A currency that answers nothing works, on all three legs.
    function test_MKT_80_muteCurrencyWorks() public {
        moody.setMood(MoodyCurrency.Mood.Mute);
        fillAs(buyer, fillOf(moodyOrder, 100));
        Check.same(1e12 - moody.balanceOf(buyer), 500e6, "paid");
        Check.same(moody.balanceOf(seller), 500e6 - 5e6 - 125e5, "proceeds");
        Check.same(moody.balanceOf(holder), 125e5, "royalty");
        Check.same(moody.balanceOf(address(this)), 1 + 5e6, "fee");
    }

    /// @notice MKT-81 A currency that answers false or reverts stops the deal on its first leg, and nothing has moved.
    function test_MKT_81_failingCurrencyStopsTheDeal() public {
        MoodyCurrency.Mood[2] memory moods = [MoodyCurrency.Mood.AnswersFalse, MoodyCurrency.Mood.Reverts];
        Fill memory f = fillOf(moodyOrder, 100);
        for (uint256 i = 0; i < 2; ++i) {
            moody.setMood(moods[i]);
            _expectPaymentFailed(address(moody), buyer, address(this), 5e6);
            fillAs(buyer, f);
        }
        Check.same(filledOf(moodyOrder), 0, "filled");
        moody.setMood(MoodyCurrency.Mood.Honest);
        fillAs(buyer, f);
        Check.same(filledOf(moodyOrder), 100, "filled afterwards");
    }

    /// @notice MKT-81 It stops no deal in another currency that was asked for in the same call.
    function test_MKT_81_failingCurrencyStopsNoOtherDeal() public {
        moody.setMood(MoodyCurrency.Mood.Reverts);
        Fill[] memory fills = new Fill[](2);
        (fills[0], fills[1]) = (fillOf(moodyOrder, 100), fillOf(sellOrder(), 100));
        vm.prank(buyer);
        Outcome[] memory outcomes = market.fillMany(fills);
        Check.holds(outcomes[0].reason == IMarketplace.Market_PaymentFailed.selector, "reason");
        Check.same(outcomes[1].units, 100, "other");
    }

    /// @notice MKT-82 A currency that calls back on each of the three payments enters no deal.
    function test_MKT_82_currencyCannotEnter() public {
        attacker.prepare(_allDoors(hookedOrder));
        hooked.setHook(address(attacker));
        attacker.execute(address(market), abi.encodeCall(market.fill, (fillOf(hookedOrder, 10))));
        // Three payments, and the units that it receives itself.
        _checkDoors(4 * 4);
        Check.same(filledOf(hookedOrder), 10, "filled");
        Check.same(assets.balanceOf(address(attacker), AssetId.unwrap(hookedOrder.id)), 10, "units");
        Check.same(1e12 - hooked.balanceOf(address(attacker)), 50e6, "paid");
    }

    /// @notice MKT-82 Nor while a permit is used, or two orders are matched.
    function test_MKT_82_noDoorIsOpenWithinPermitAndMatch() public {
        Permit memory none;
        Fill memory f = fillOf(hookedOrder, 10);
        attacker.prepare(_allDoors(hookedOrder));
        hooked.setHook(address(attacker));
        attacker.execute(address(market), abi.encodeCall(market.fillWithPermit, (f, none)));
        _checkDoors(4 * 4);
        attacker.prepare(_allDoors(hookedOrder));
        Order memory bid = _bidFor(hookedOrder);
        market.matchOrders(hookedOrder, f.signature, bid, signOrder(BUYER_KEY, bid), 10);
        _checkDoors(4 * 3);
        Check.same(filledOf(hookedOrder), 20, "filled");
    }

    /// @notice MKT-82 Nor in the middle of many fills.
    function test_MKT_82_noDoorIsOpenWithinMany() public {
        Fill[] memory fills = new Fill[](1);
        fills[0] = fillOf(hookedOrder, 10);
        Reenterer.Call[] memory doors = _allDoors(hookedOrder);
        hooked.setHook(address(attacker));
        for (uint256 i = 0; i < doors.length; ++i) {
            // One at a time: the attacker's notes cost more gas than its attempts.
            Reenterer.Call[] memory door = new Reenterer.Call[](1);
            door[0] = doors[i];
            attacker.prepare(door);
            attacker.execute(address(market), abi.encodeCall(market.fillMany, (fills)));
            _checkDoors(4);
            Check.same(filledOf(hookedOrder), 10 * (i + 1), "filled");
        }
    }

    /// @notice MKT-83 A receiver of units that calls back enters no deal, and keeps what it bought.
    function test_MKT_83_receiverCannotEnter() public {
        attacker.prepare(_allDoors(sellOrder()));
        attacker.execute(address(market), abi.encodeCall(market.fill, (fillOf(sellOrder(), 10))));
        _checkDoors(4);
        Check.same(assets.balanceOf(address(attacker), token), 110, "units");
        Check.same(filledOf(sellOrder()), 10, "filled");
    }

    /// @notice MKT-83 A receiver that sends the units on while it receives them gains nothing by it.
    function test_MKT_83_receiverSendsOn() public {
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        calls[0] = Reenterer.Call(
            address(assets),
            abi.encodeCall(assets.safeTransferFrom, (address(attacker), holder, token, 110, ""))
        );
        attacker.prepare(calls);
        attacker.execute(address(market), abi.encodeCall(market.fill, (fillOf(sellOrder(), 10))));
        Check.holds(attacker.succeeded(0), "sent on");
        Check.same(assets.balanceOf(address(attacker), token), 0, "kept");
        Check.same(assets.balanceOf(holder, token), SUPPLY - SELLER_UNITS + 110, "received");
        Check.same(1e12 - currency.balanceOf(address(attacker)), 50e6, "paid once");
    }

    /// @notice MKT-24 A receiver that refuses the units undoes payment and fill.
    function test_MKT_24_refusalUndoesEverything() public {
        address taker = address(new AnsweringReceiver(0));
        admitContract(taker, 0);
        currency.mint(taker, 1e9);
        vm.prank(taker);
        currency.approve(address(market), 1e9);
        Fill memory f = fillOf(sellOrder(), 10);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, taker));
        fillAs(taker, f);
        Check.same(currency.balanceOf(taker), 1e9, "money back");
        Check.same(currency.allowance(taker, address(market)), 1e9, "allowance back");
        Check.same(filledOf(sellOrder()), 0, "filled");
    }

    /// @notice MKT-84 A maker who cancels in the middle of a fill of its order cancels what is left of it.
    function test_MKT_84_cancelWithinFillTakesTheRest() public {
        Order memory bid = sampleOrder(address(attacker), id, Side.Buy);
        attacker.execute(address(market), abi.encodeCall(market.post, (bid)));
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        calls[0] = Reenterer.Call(address(market), abi.encodeCall(market.cancel, (bid.nonce)));
        attacker.prepare(calls);
        Fill memory f = Fill(bid, "", 10, 0);
        fillAs(seller, f);
        Check.same(filledOf(bid), 10, "filled");
        vm.expectRevert(abi.encodeWithSelector(IMarketplace.Market_Cancelled.selector, address(attacker), bid.nonce));
        fillAs(seller, f);
    }

    /// @notice MKT-84 An epoch raised in the middle does the same.
    function test_MKT_84_epochWithinFillTakesTheRest() public {
        Order memory bid = sampleOrder(address(attacker), id, Side.Buy);
        attacker.execute(address(market), abi.encodeCall(market.post, (bid)));
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        calls[0] = Reenterer.Call(address(market), abi.encodeCall(market.cancelAll, ()));
        attacker.prepare(calls);
        Fill[] memory fills = new Fill[](2);
        fills[0] = fills[1] = Fill(bid, "", 10, 0);
        vm.prank(seller);
        Outcome[] memory outcomes = market.fillMany(fills);
        Check.same(outcomes[0].units, 10, "first");
        Check.holds(outcomes[1].reason == IMarketplace.Market_EpochOver.selector, "second");
    }

    /// @notice MKT-55 While a deal runs, the inner door of `fillMany` stays shut to others.
    function test_MKT_55_innerDoorIsShutWithinADeal() public {
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        bytes memory inner = abi.encodeCall(market.fillFor, (buyer, fillOf(sellOrder(), 10)));
        calls[0] = Reenterer.Call(address(market), inner);
        attacker.prepare(calls);
        attacker.execute(address(market), abi.encodeCall(market.fill, (fillOf(sellOrder(), 10))));
        Check.holds(
            !attacker.succeeded(0) && attacker.reasons(0) == IMarketplace.Market_OnlyItself.selector,
            "inner door"
        );
        Check.same(assets.balanceOf(buyer, token), 0, "buyer");
    }

    /// @dev Every function that makes a deal, each with a deal that would go through.
    function _allDoors(Order memory order) private view returns (Reenterer.Call[] memory calls) {
        Fill[] memory fills = new Fill[](1);
        fills[0] = fillOf(order, 10);
        Permit memory none;
        Order memory bid = _bidFor(order);
        calls = new Reenterer.Call[](4);
        calls[0] = Reenterer.Call(address(market), abi.encodeCall(market.fill, (fills[0])));
        calls[1] = Reenterer.Call(address(market), abi.encodeCall(market.fillMany, (fills)));
        calls[2] = Reenterer.Call(address(market), abi.encodeCall(market.fillWithPermit, (fills[0], none)));
        calls[3] = Reenterer.Call(
            address(market),
            abi.encodeCall(market.matchOrders, (order, fills[0].signature, bid, signOrder(BUYER_KEY, bid), 10))
        );
    }

    function _bidFor(Order memory order) private view returns (Order memory bid) {
        bid = sampleOrder(buyer, order.id, Side.Buy);
    }

    function _checkDoors(uint256 attempts) private view {
        Check.same(attacker.attempts(), attempts, "attempts");
        for (uint256 i = 0; i < attempts; ++i) {
            Check.holds(!attacker.succeeded(i), "entered");
            Check.same(uint32(attacker.reasons(i)), uint32(ENTERED), "reason");
        }
    }

    function _expectPaymentFailed(address money, address from, address to, uint256 amount) private {
        vm.expectRevert(abi.encodeWithSelector(IMarketplace.Market_PaymentFailed.selector, money, from, to, amount));
    }
}
