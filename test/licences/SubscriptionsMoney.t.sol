// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {IPayments} from "../../contracts/licences/IPayments.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription, SubscriptionId} from "../../contracts/licences/SubscriptionTypes.sol";
import {HookCurrency} from "../../contracts/mocks/HookCurrency.sol";
import {MoodyCurrency} from "../../contracts/mocks/MoodyCurrency.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {Deadline, Window} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

/// @notice Currencies that misbehave after their admission, and what is told of the money.
contract SubscriptionMoneyTest is SubscriptionTest {
    function setUp() public {
        setUpSubscriptions();
    }

    function test_SUB_65_whatASubscriberCannotTakeIsCredited() public {
        MoodyCurrency moody = new MoodyCurrency();
        _settleIn(address(moody));
        Subscription memory s = started();
        pass(TERM);
        subscriptions.earn(s);
        s.nonce = 2;
        subscribe(s);
        Agreement memory a = subscriptions.currentAgreement(s);
        vm.prank(operator);
        licences.revoke(a, "cause");
        for (uint256 mood = uint256(MoodyCurrency.Mood.AnswersFalse); mood <= 4; mood += 2) {
            uint256 before = vm.snapshotState();
            moody.setMood(MoodyCurrency.Mood(mood));
            subscriptions.close(s);
            Check.same(subscriptions.creditOf(BUYER, address(moody)), REST, "credited");
            moody.setMood(MoodyCurrency.Mood.Honest);
            vm.expectRevert(abi.encodeWithSelector(IPayments.Payments_NotPayee.selector, BUYER, STRANGER));
            vm.prank(STRANGER);
            subscriptions.withdraw(BUYER, address(moody), STRANGER);
            uint256 had = moody.balanceOf(OTHER);
            vm.prank(BUYER);
            subscriptions.withdraw(BUYER, address(moody), OTHER);
            Check.same(moody.balanceOf(OTHER) - had, REST, "withdrawn");
            vm.revertToState(before);
        }
    }

    function test_SUB_66_whatArrivesShortIsNotTaken() public {
        MoodyCurrency moody = new MoodyCurrency();
        _settleIn(address(moody));
        moody.setMood(MoodyCurrency.Mood.TakesFee);
        Subscription memory s = sampleSubscription();
        bytes memory signature = signPlan(OPERATOR_KEY, s);
        uint256 sum = uint256(PRICE) + REST;
        vm.expectRevert(
            abi.encodeWithSelector(IPayments.Payments_CurrencyShort.selector, address(moody), sum, sum - 1)
        );
        vm.prank(BUYER);
        subscriptions.subscribe(s, signature);
    }

    function test_SUB_67_nobodyCallsBackWhileMoneyMoves() public {
        HookCurrency hooked = new HookCurrency();
        _settleIn(address(hooked));
        Subscription memory s = started();
        publish("two", GOOD);
        pass(1_000);
        Reenterer attacker = new Reenterer();
        Reenterer.Call[] memory calls = new Reenterer.Call[](3);
        calls[0] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.earn, (s)));
        calls[1] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.close, (s)));
        calls[2] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.open, (s, 2)));
        attacker.prepare(calls);
        hooked.setHook(address(attacker));
        subscriptions.earn(s);
        _entered(attacker, 3);
        pass(TERM);
        attacker.prepare(calls);
        subscriptions.close(s);
        _entered(attacker, 3);
    }

    function test_SUB_68_whatHappensIsTold() public {
        Subscription memory s = sampleSubscription();
        SubscriptionId id = subscriptions.hashSubscription(s);
        LicenceId first = licences.hashAgreement(subscriptions.agreementOf(s, 1, 0));
        LicenceId second = licences.hashAgreement(subscriptions.agreementOf(s, 2, 0));
        LicenceId again = licences.hashAgreement(subscriptions.agreementOf(s, 2, 1));
        bytes memory signature = signPlan(OPERATOR_KEY, s);
        _told();
        emit ISubscriptions.Subscribed(id, asset, BUYER, s, FEE_BPS);
        _told();
        emit ISubscriptions.ReleaseOpened(id, asset, 1, first, false);
        vm.prank(BUYER);
        subscriptions.subscribe(s, signature);
        settleKey(s);
        publish("two", GOOD);
        _told();
        emit ISubscriptions.ReleaseOpened(id, asset, 2, second, false);
        subscriptions.open(s, 2);
        missKey(s);
        _told();
        emit ISubscriptions.ReleaseOpened(id, asset, 2, again, true);
        subscriptions.open(s, 2);
        uint256 amount = worth(DELIVERY);
        _told();
        emit ISubscriptions.SubscriptionEarned(id, asset, DELIVERY, amount, (amount * FEE_BPS) / 10_000);
        subscriptions.earn(s);
        Deadline until = Window(NOTICE, 2 * BLOCKS).end();
        _told();
        emit ISubscriptions.SubscriptionCancelled(id, asset, until);
        vm.prank(BUYER);
        subscriptions.cancel(s);
        uint256 before = vm.snapshotState();
        _told();
        emit ISubscriptions.SubscriptionClosed(id, asset, operator, "cause", REST - amount);
        vm.prank(operator);
        subscriptions.revoke(s, "cause");
        vm.revertToState(before);
        settleKey(s);
        pass(NOTICE);
        vm.roll(until.number());
        _told();
        emit ISubscriptions.SubscriptionClosed(id, asset, address(0), 0, REST - worth(DELIVERY + NOTICE));
        subscriptions.close(s);
    }

    function _told() private {
        vm.expectEmit(true, true, true, true, address(subscriptions));
    }

    /// @dev Another asset, whose currency is this one, in place of the first.
    function _settleIn(address money) private {
        currency = DemoCurrency(money);
        currency.mint(address(this), 1);
        currency.approve(address(currencies), 1);
        currencies.admit(money, address(this), 1);
        address[3] memory people = [BUYER, CUSTODIAN, OTHER];
        for (uint256 i = 0; i < people.length; ++i) {
            currency.mint(people[i], 1e18);
            vm.startPrank(people[i]);
            currency.approve(address(licences), type(uint256).max);
            currency.approve(address(subscriptions), type(uint256).max);
            vm.stopPrank();
        }
        asset = registerSealed("in other money", LENGTH, GOOD);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 10 * BOND);
    }

    function _entered(Reenterer attacker, uint256 least) private view {
        Check.holds(attacker.attempts() >= least, "it tried");
        for (uint256 i = 0; i < attacker.attempts(); ++i) {
            bytes4 reason = attacker.reasons(i);
            Check.holds(reason == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector, "held off");
        }
    }
}
