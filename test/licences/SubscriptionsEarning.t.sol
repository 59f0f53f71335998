// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Case, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription, SubscriptionState} from "../../contracts/licences/SubscriptionTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

contract SubscriptionEarningTest is SubscriptionTest {
    function setUp() public {
        setUpSubscriptions();
    }

    function test_SUB_20_nothingIsEarnedBeforeTheFirstKeyIsSettled() public {
        Subscription memory s = sampleSubscription();
        subscribe(s);
        pass(400);
        Check.same(subscriptions.earn(s), 0, "not delivered");
        deliver(subscriptions.currentAgreement(s), key);
        passWindow(DISPUTE);
        Check.same(subscriptions.earn(s), 0, "not settled");
        licences.settle(subscriptions.currentAgreement(s));
        checkAccrued(s, 0, "nor afterwards for the time before");
        pass(1);
        checkAccrued(s, 1, "from then on");
    }

    function test_SUB_21_ifTheFirstKeyIsMissingEverythingGoesBack() public {
        Subscription memory s = sampleSubscription();
        uint256 had = currency.balanceOf(BUYER);
        subscribe(s);
        passWindow(DELIVERY);
        closeRefused(s, notOver(s, 0));
        licences.refund(subscriptions.currentAgreement(s));
        pass(5_000);
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER), had, "everything");
        Check.same(paidOut(), 0, "nothing to anybody else");
        Check.holds(isClosed(s), "closed");
    }

    function test_SUB_22_ifTheFirstKeyIsWrongEverythingGoesBack() public {
        Subscription memory s = sampleSubscription();
        uint256 had = currency.balanceOf(BUYER);
        subscribe(s);
        Agreement memory a = subscriptions.currentAgreement(s);
        deliver(a, WRONG);
        disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, BOND, "everything, and the bond");
        Check.same(paidOut(), 0, "nothing to anybody else");
    }

    function test_SUB_23_ifTheFirstReleaseIsFaultyEverythingGoesBack() public {
        publish("two", 0);
        Subscription memory s = sampleSubscription();
        s.plan.entry.release = 2;
        uint256 had = currency.balanceOf(BUYER);
        subscribe(s);
        showFault(2);
        licences.refund(subscriptions.currentAgreement(s));
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER), had, "everything, before the deadline too");
    }

    function testFuzz_SUB_24_theRestIsEarnedEvenlyToTheSecond(uint48 first, uint48 second) public {
        (first, second) = (first % TERM, second % TERM);
        Subscription memory s = started();
        uint256 before = assets.claimable(asset, HOLDER) + subscriptions.creditOf(TREASURY, address(currency));
        pass(first);
        (uint256 shown, uint48 accrued) = subscriptions.earned(s);
        Check.same(accrued, first, "to the second");
        Check.same(shown, worth(first), "to the base unit, rounded down");
        vm.prank(STRANGER);
        Check.same(subscriptions.earn(s), shown, "what was shown");
        Check.same(stateOf(s).paid, shown, "has left");
        pass(second);
        uint256 sum = first + second < TERM ? worth(first + second) : REST;
        Check.same(subscriptions.earn(s), sum - shown, "what is new");
        uint256 paid = assets.claimable(asset, HOLDER) + subscriptions.creditOf(TREASURY, address(currency)) - before;
        Check.same(paid, sum, "to fractions and market");
        Check.same(currency.balanceOf(address(subscriptions)), REST - sum + _fees(), "the rest is held");
    }

    function test_SUB_25_nothingIsEarnedAfterTheTerm() public {
        Subscription memory s = started();
        pass(TERM - 1);
        Check.same(subscriptions.earn(s), worth(TERM - 1), "not all of it a second before");
        pass(1);
        (uint256 last, uint48 accrued) = subscriptions.earned(s);
        Check.same(last + worth(TERM - 1), REST, "all of it");
        pass(1_000);
        (last, accrued) = subscriptions.earned(s);
        Check.same(accrued, TERM, "and no more");
        Check.same(last + worth(TERM - 1), REST, "later");
    }

    function test_SUB_26_theFeeIsTheOneOfThePurchase() public {
        Subscription memory s = started();
        licences.setFee(500, OTHER);
        pass(10_000);
        uint256 amount = subscriptions.earn(s);
        Check.same(subscriptions.creditOf(OTHER, address(currency)), (amount * FEE_BPS) / 10_000, "as subscribed");
        uint256 had = currency.balanceOf(STRANGER);
        vm.prank(OTHER);
        amount = subscriptions.withdraw(OTHER, address(currency), STRANGER);
        Check.same(currency.balanceOf(STRANGER) - had, amount, "withdrawn");
    }

    function testFuzz_SUB_27_theFeeIsTheSameHoweverOftenItIsAsked(uint256 seed) public {
        Subscription memory s = started();
        for (uint256 i = 0; i < 10; ++i) {
            pass(1 + ((seed >> (8 * i)) & 0x7));
            subscriptions.earn(s);
        }
        Check.same(_fees(), (uint256(stateOf(s).paid) * FEE_BPS) / 10_000, "of the sum");
    }

    function test_SUB_28_whatIsAllFeeIsPaidToo() public {
        Subscription memory s = sampleSubscription();
        s.plan.rest = 100;
        subscribe(s);
        settleKey(s);
        pass(TERM - 1);
        Check.same(subscriptions.earn(s), 99, "all but one base unit");
        Check.same(_fees(), 0, "no fee yet");
        pass(1);
        Check.same(subscriptions.earn(s), 1, "the last one");
        Check.same(_fees(), 1, "is the market's");
    }

    function test_SUB_29_whatIsEarnedIsOfWhoeverHoldsTheFractionsThen() public {
        Subscription memory s = started();
        pass(10_000);
        subscriptions.earn(s);
        uint256 had = assets.claimable(asset, HOLDER);
        vm.prank(HOLDER);
        assets.safeTransferFrom(HOLDER, OTHER, AssetId.unwrap(asset), 250, "");
        pass(4_000);
        uint256 fees = _fees();
        uint256 amount = subscriptions.earn(s);
        amount -= _fees() - fees;
        Check.same(assets.claimable(asset, HOLDER) - had, (amount * 750) / 1_000, "three quarters");
        Check.same(assets.claimable(asset, OTHER), (amount * 250) / 1_000, "a quarter");
    }

    function test_SUB_30_nothingIsEarnedWhileAKeyIsOverdue() public {
        Subscription memory s = started();
        uint256 start = block.timestamp;
        pass(1_000);
        subscriptions.open(s, publish("two", GOOD));
        pass(DELIVERY - 1);
        checkAccrued(s, 1_499, "up to the deadline");
        passWindow(301);
        checkAccrued(s, 1_500, "not after it");
        licences.refund(subscriptions.currentAgreement(s));
        pass(200);
        Check.same(subscriptions.earn(s), worth(1_500), "nor once it went back");
        subscriptions.open(s, 2);
        pass(100);
        checkAccrued(s, 1_500, "nor while it is due again");
        Agreement memory a = subscriptions.currentAgreement(s);
        deliver(a, key);
        pass(100);
        checkAccrued(s, 1_500, "nor while it can be disputed");
        vm.prank(BUYER);
        licences.settle(a);
        checkAccrued(s, 1_500, "nor for that time later");
        pass(400);
        checkAccrued(s, 1_900, "from the settlement on");
        subscriptions.open(s, publish("three", GOOD));
        Check.holds(!stateOf(s).late, "no longer late");
        pass(100);
        settleKey(s);
        pass(TERM);
        checkAccrued(s, TERM - 700, "what was lost is not made up");
        Check.same(stateOf(s).until.time(), start + TERM, "the term is no longer for it");
        uint256 had = currency.balanceOf(BUYER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST - worth(TERM - 700), "it goes back");
    }

    function test_SUB_31_aKeyThatIsMissedTwiceEarnsNothingMeanwhile() public {
        (Subscription memory s, ) = opened("two", GOOD);
        missKey(s);
        subscriptions.open(s, 2);
        missKey(s);
        subscriptions.open(s, 2);
        SubscriptionState memory state = stateOf(s);
        Check.holds(state.late && state.attempt == 2, "a third attempt");
        pass(100);
        checkAccrued(s, DELIVERY, "up to the first deadline");
        settleKey(s);
        pass(1);
        checkAccrued(s, uint256(DELIVERY) + 1, "and again");
    }

    function test_SUB_32_theTimeOfAKeyIsEarnedWhenItIsSettled() public {
        Subscription memory s = started();
        pass(1_000);
        subscriptions.open(s, publish("two", GOOD));
        pass(400);
        checkAccrued(s, 1_400, "while it is due");
        Agreement memory a = subscriptions.currentAgreement(s);
        deliver(a, key);
        pass(300);
        checkAccrued(s, 1_000, "not while it can be disputed");
        Case memory c = caseOf(a, key);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        checkAccrued(s, 1_000, "nor while a block is demanded");
        StoredBlock memory stored = storedAt(0);
        vm.prank(CUSTODIAN);
        disputes.answerBlock(c, stored);
        passWindow(DISPUTE);
        licences.settle(a);
        checkAccrued(s, 2_400, "all of it then");
    }

    function test_SUB_33_theTimeOfAKeyIsForfeitedWithTheDispute() public {
        Subscription memory s = started();
        uint256 before = paidOut();
        pass(1_000);
        subscriptions.open(s, publish("two", GOOD));
        pass(200);
        Check.same(subscriptions.earn(s), worth(1_200), "earned while it was due");
        pass(200);
        Agreement memory a = subscriptions.currentAgreement(s);
        deliver(a, WRONG);
        pass(300);
        uint256 had = currency.balanceOf(BUYER);
        disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        Check.same(currency.balanceOf(BUYER) - had, BOND, "the bond for the wrong key");
        Check.holds(licences.faultOf(asset, 2).isNone(), "no fault of the release");
        openRefused(s, 2, keyPending(s, LicenceStatus.Refunded));
        pass(100);
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, BOND + REST - worth(1_200), "the rest goes back at once");
        Check.same(paidOut() - before, worth(1_200), "and no more was earned");
    }

    function test_SUB_34_badContentOfALaterReleaseEndsIt() public {
        (Subscription memory s, Agreement memory a) = opened("two", 0);
        deliver(a, key);
        uint256 had = currency.balanceOf(BUYER);
        disputes.disputeContent(caseOf(a, key), proofOf(a), storedAt(0));
        Check.holds(!licences.faultOf(asset, 2).isNone(), "the release is faulty");
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST, "everything but the entry price");
    }

    function test_SUB_35_aBlockOfALaterReleaseThatIsNotShownEndsIt() public {
        (Subscription memory s, Agreement memory a) = opened("two", GOOD);
        deliver(a, key);
        Case memory c = caseOf(a, key);
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        passWindow(DISPUTE);
        disputes.closeDemand(a);
        Check.same(currency.balanceOf(BUYER) - had, BOND, "the bond, and the deposit again");
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, BOND + REST, "and everything but the entry price");
    }

    function test_SUB_36_aFaultThatAnotherShowsEndsItWhereTheWindowIsOpen() public {
        (Subscription memory s, Agreement memory a) = opened("two", 0);
        deliver(a, key);
        showFault(2);
        vm.prank(BUYER);
        licences.refund(a);
        uint256 had = currency.balanceOf(BUYER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST, "everything but the entry price");
    }

    function _fees() private view returns (uint256) {
        return subscriptions.creditOf(TREASURY, address(currency));
    }
}
