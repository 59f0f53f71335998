// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription, SubscriptionStatus} from "../../contracts/licences/SubscriptionTypes.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

contract SubscriptionEndingTest is SubscriptionTest {
    uint48 private constant NOTICE_BLOCKS = 2 * BLOCKS;

    function setUp() public {
        setUpSubscriptions();
    }

    function test_SUB_50_onlyTheSubscriberCancels() public {
        Subscription memory s = started();
        address[3] memory callers = [operator, OTHER, STRANGER];
        for (uint256 i = 0; i < callers.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(ISubscriptions.Subscriptions_NotLicensee.selector, BUYER, callers[i])
            );
            vm.prank(callers[i]);
            subscriptions.cancel(s);
        }
    }

    function test_SUB_51_whoTakesAKeyAndCancelsPaysForTheNotice() public {
        uint256 had = currency.balanceOf(BUYER);
        Subscription memory s = started();
        Deadline until = _cancel(s);
        Check.same(until.time(), block.timestamp + NOTICE, "a delivery and its dispute, in seconds");
        Check.same(until.number(), block.number + NOTICE_BLOCKS, "and in blocks");
        Check.same(Deadline.unwrap(stateOf(s).until), Deadline.unwrap(until), "as the view says");
        pass(NOTICE);
        closeRefused(s, notOver(s, Deadline.unwrap(until)));
        vm.roll(block.number + NOTICE_BLOCKS - 1);
        pass(1_000);
        closeRefused(s, notOver(s, Deadline.unwrap(until)));
        vm.roll(block.number + 1);
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(had - currency.balanceOf(BUYER), uint256(PRICE) + worth(NOTICE), "the entry price and the notice");
    }

    function test_SUB_52_theFirstCancellationCounts() public {
        Subscription memory s = started();
        Deadline until = _cancel(s);
        pass(100);
        vm.roll(block.number + 1);
        Check.same(Deadline.unwrap(_cancel(s)), Deadline.unwrap(until), "the first one's end");
        pass(NOTICE);
        vm.roll(block.number + NOTICE_BLOCKS);
        vm.expectRevert(over(s, Deadline.unwrap(until)));
        vm.prank(BUYER);
        subscriptions.cancel(s);
    }

    function test_SUB_53_aCancellationDoesNotLengthenTheTerm() public {
        Subscription memory s = started();
        uint256 end = block.timestamp + TERM;
        vm.warp(end - NOTICE + 1);
        Check.same(Deadline.unwrap(_cancel(s)), end, "the term's end");
        checkAccrued(s, TERM - NOTICE + 1, "what was earned before stays");
        pass(NOTICE);
        checkAccrued(s, TERM, "to the end");
        subscriptions.close(s);
    }

    function test_SUB_54_whatIsDueBeforeTheEndIsDeliveredAfterIt() public {
        Subscription memory s = started();
        uint32 two = publish("two", GOOD);
        Deadline until = _cancel(s);
        pass(NOTICE - 1);
        subscriptions.open(s, two);
        pass(1);
        vm.roll(until.number());
        closeRefused(s, keyPending(s, LicenceStatus.Paid));
        Agreement memory a = subscriptions.currentAgreement(s);
        deliver(a, key);
        closeRefused(s, keyPending(s, LicenceStatus.Delivered));
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(BUYER);
        licences.settle(a);
        pass(100);
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST - worth(NOTICE), "its time counts up to the end");
    }

    function test_SUB_55_aKeyDisputedAfterTheEndForfeitsItsTime() public {
        Subscription memory s = started();
        uint32 two = publish("two", GOOD);
        Deadline until = _cancel(s);
        pass(NOTICE - 10);
        subscriptions.open(s, two);
        Agreement memory a = subscriptions.currentAgreement(s);
        deliver(a, WRONG);
        pass(10);
        vm.roll(until.number());
        disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        uint256 had = currency.balanceOf(BUYER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST - worth(NOTICE - 10), "from the last time it was booked");
    }

    function test_SUB_56_aLaterKeyThatWasMissedDoesNotEndIt() public {
        (Subscription memory s, ) = opened("two", GOOD);
        uint256 end = block.timestamp + TERM;
        missKey(s);
        closeRefused(s, notOver(s, end));
        vm.warp(end - 1);
        closeRefused(s, notOver(s, end));
        vm.warp(end);
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST - worth(DELIVERY), "the time without a key goes back");
    }

    function test_SUB_57_aCancellationBeforeTheFirstKeyRunsFromThen() public {
        uint256 had = currency.balanceOf(BUYER);
        Subscription memory s = sampleSubscription();
        subscribe(s);
        Deadline until = _cancel(s);
        pass(400);
        settleKey(s);
        checkAccrued(s, 0, "from the settlement");
        pass(TERM);
        vm.roll(until.number());
        checkAccrued(s, NOTICE - 400, "to the end of the notice");
        subscriptions.close(s);
        Check.same(had - currency.balanceOf(BUYER), PRICE + worth(NOTICE - 400), "and the entry price");
    }

    function test_SUB_58_aFirstKeyThatIsSettledAfterTheEndEarnsItsPriceAlone() public {
        uint256 had = currency.balanceOf(BUYER);
        Subscription memory s = sampleSubscription();
        subscribe(s);
        Deadline until = _cancel(s);
        pass(DELIVERY - 1);
        deliver(subscriptions.currentAgreement(s), key);
        pass(DISPUTE + 1);
        vm.roll(until.number());
        closeRefused(s, keyPending(s, LicenceStatus.Delivered));
        licences.settle(subscriptions.currentAgreement(s));
        pass(100);
        uint32 two = publish("two", GOOD);
        openRefused(s, two, over(s, Deadline.unwrap(until)));
        subscriptions.close(s);
        Check.same(had - currency.balanceOf(BUYER), PRICE, "the entry price");
    }

    function test_SUB_59_aShortTermEndsBeforeTheNotice() public {
        Subscription memory s = sampleSubscription();
        s.plan.term = 100;
        subscribe(s);
        _cancel(s);
        settleKey(s);
        pass(100);
        uint256 had = currency.balanceOf(BUYER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER), had, "all is earned");
    }

    function test_SUB_60_aRevokedLicenceEndsItAtOnce() public {
        uint256 had = currency.balanceOf(BUYER);
        Subscription memory s = sampleSubscription();
        subscribe(s);
        Agreement memory a = subscriptions.currentAgreement(s);
        vm.prank(operator);
        licences.revoke(a, "cause");
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER), had, "everything, before the first key was settled");
        s.nonce = 2;
        subscribe(s);
        settleKey(s);
        subscriptions.open(s, publish("second", GOOD));
        pass(1_000);
        subscriptions.earn(s);
        a = subscriptions.currentAgreement(s);
        vm.prank(operator);
        licences.revoke(a, "cause");
        had = currency.balanceOf(BUYER);
        pass(1_000);
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST - worth(DELIVERY), "earned up to the deadline");
    }

    function test_SUB_72_aSettledLicenceIsNotRevokedWithoutItsSubscription() public {
        Subscription memory s = started();
        Agreement memory a = subscriptions.currentAgreement(s);
        LicenceId id = licences.hashAgreement(a);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_OfSubscription.selector, id));
        vm.prank(operator);
        licences.revoke(a, "cause");
        vm.prank(operator);
        subscriptions.revoke(s, "cause");
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_OfSubscription.selector, id));
        vm.prank(operator);
        licences.revoke(a, "cause");
        Check.holds(licences.isLicensed(BUYER, asset), "what was earned stays licensed");
    }

    function test_SUB_61_nobodyClosesARunningSubscription() public {
        Subscription memory s = sampleSubscription();
        subscribe(s);
        closeRefused(s, notOver(s, 0));
        deliver(subscriptions.currentAgreement(s), key);
        closeRefused(s, notOver(s, 0));
        Agreement memory a = subscriptions.currentAgreement(s);
        vm.prank(BUYER);
        licences.settle(a);
        uint256 end = block.timestamp + TERM;
        closeRefused(s, notOver(s, end));
        vm.warp(end - 1);
        closeRefused(s, notOver(s, end));
        vm.warp(end);
        uint256 before = paidOut();
        vm.prank(STRANGER);
        subscriptions.close(s);
        Check.same(paidOut() - before, REST, "all is earned");
        Check.holds(isClosed(s), "closed");
    }

    function test_SUB_62_onlyTheOperatorRevokesWithACause() public {
        Subscription memory s = started();
        uint256 before = paidOut();
        pass(3_000);
        address[3] memory callers = [BUYER, HOLDER, STRANGER];
        for (uint256 i = 0; i < callers.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(ISubscriptions.Subscriptions_NotOperator.selector, asset, operator, callers[i])
            );
            vm.prank(callers[i]);
            subscriptions.revoke(s, "cause");
        }
        vm.expectRevert(ISubscriptions.Subscriptions_NoReason.selector);
        vm.prank(operator);
        subscriptions.revoke(s, 0);
        vm.prank(address(votes));
        assets.replaceOperator(asset, OTHER);
        vm.expectRevert(
            abi.encodeWithSelector(ISubscriptions.Subscriptions_NotOperator.selector, asset, OTHER, operator)
        );
        vm.prank(operator);
        subscriptions.revoke(s, "cause");
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(OTHER);
        subscriptions.revoke(s, "cause");
        Check.same(currency.balanceOf(BUYER) - had, REST - worth(3_000), "what is not earned goes back");
        Check.same(paidOut() - before, worth(3_000), "what is earned is paid");
    }

    function test_SUB_63_aRevocationForfeitsAKeyThatCanBeDisputed() public {
        (Subscription memory s, Agreement memory a) = opened("two", GOOD);
        pass(100);
        deliver(a, WRONG);
        pass(100);
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(operator);
        subscriptions.revoke(s, "cause");
        Check.same(currency.balanceOf(BUYER) - had, REST, "its time goes back");
        Check.holds(
            keccak256(abi.encode(subscriptions.currentAgreement(s))) == keccak256(abi.encode(a)),
            "its agreement can still be asked for"
        );
        disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        Check.same(currency.balanceOf(BUYER) - had, uint256(REST) + BOND, "and it is still disputed");
    }

    function test_SUB_64_whatIsClosedIsClosed() public {
        Subscription memory s = started();
        publish("two", GOOD);
        vm.prank(operator);
        subscriptions.revoke(s, "cause");
        _nothingGoes(s, SubscriptionStatus.Closed);
        s.nonce = 2;
        _nothingGoes(s, SubscriptionStatus.None);
        vm.expectRevert(notActive(s, SubscriptionStatus.None));
        subscriptions.currentAgreement(s);
    }

    function _cancel(Subscription memory s) private returns (Deadline) {
        vm.prank(s.licensee);
        return subscriptions.cancel(s);
    }

    function _nothingGoes(Subscription memory s, SubscriptionStatus status) private {
        bytes memory refusal = notActive(s, status);
        openRefused(s, 2, refusal);
        closeRefused(s, refusal);
        vm.expectRevert(refusal);
        subscriptions.earn(s);
        vm.expectRevert(refusal);
        subscriptions.earned(s);
        vm.expectRevert(refusal);
        vm.prank(operator);
        subscriptions.revoke(s, "cause");
        vm.expectRevert(refusal);
        vm.prank(BUYER);
        subscriptions.cancel(s);
    }
}
