// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Case} from "../../contracts/licences/IDisputes.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription, SubscriptionState} from "../../contracts/licences/SubscriptionTypes.sol";
import {LockUpPolicy} from "../../contracts/policies/LockUpPolicy.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

contract SubscriptionOpeningTest is SubscriptionTest {
    function setUp() public {
        setUpSubscriptions();
    }

    function test_SUB_40_anybodyOpensTheNextReleaseAndNoOther() public {
        Subscription memory s = started();
        openRefused(s, 2, abi.encodeWithSelector(ILicenceRegistry.Licences_ReleaseUnknown.selector, asset, 2));
        publish("two", GOOD);
        publish("three", GOOD);
        openRefused(s, 3, notNext(s, 2, 3));
        openRefused(s, 1, notNext(s, 2, 1));
        openRefused(s, 0, notNext(s, 2, 0));
        vm.prank(STRANGER);
        LicenceId licence = subscriptions.open(s, 2);
        Agreement memory a = subscriptions.currentAgreement(s);
        Check.same(
            uint256(LicenceId.unwrap(licence)),
            uint256(LicenceId.unwrap(licences.hashAgreement(a))),
            "its licence"
        );
        Check.holds(statusOf(a) == LicenceStatus.Paid && a.offer.release == 2, "is due");
        Check.same(licences.licenceOf(asset, licence).end.time(), block.timestamp + DELIVERY, "by its own deadline");
    }

    function test_SUB_41_onlyFaultyReleasesAreSkipped() public {
        Subscription memory s = started();
        publishFaulty("two");
        openRefused(
            s,
            2,
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_ReleaseFaulty.selector,
                asset,
                2,
                licences.faultOf(asset, 2)
            )
        );
        publish("three", 0);
        openRefused(s, 4, notNext(s, 3, 4));
        showFault(3);
        publish("four", GOOD);
        subscriptions.open(s, 4);
        settleKey(s);
        SubscriptionState memory state = stateOf(s);
        Check.holds(state.release == 4 && state.attempt == 0 && !state.late, "nothing was missed");
        publish("five", GOOD);
        subscriptions.open(s, 5);
    }

    function test_SUB_42_theNextKeyIsOwedOnceTheLastIsSettled() public {
        Subscription memory s = sampleSubscription();
        subscribe(s);
        publish("two", GOOD);
        openRefused(s, 2, keyPending(s, LicenceStatus.Paid));
        deliver(subscriptions.currentAgreement(s), key);
        openRefused(s, 2, keyPending(s, LicenceStatus.Delivered));
        Agreement memory a = subscriptions.currentAgreement(s);
        vm.prank(BUYER);
        licences.settle(a);
        subscriptions.open(s, 2);
        uint32 three = publish("three", GOOD);
        openRefused(s, three, keyPending(s, LicenceStatus.Paid));
    }

    function test_SUB_43_noKeyIsOwedWhileABlockIsDemanded() public {
        (Subscription memory s, Agreement memory a) = opened("two", GOOD);
        deliver(a, key);
        Case memory c = caseOf(a, key);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        uint32 three = publish("three", GOOD);
        openRefused(s, three, keyPending(s, LicenceStatus.Demanded));
    }

    function test_SUB_44_afterAFirstKeyThatNeverCameNothingIsOpened() public {
        Subscription memory s = sampleSubscription();
        subscribe(s);
        missKey(s);
        openRefused(s, 1, keyPending(s, LicenceStatus.Refunded));
        publish("two", GOOD);
        openRefused(s, 2, keyPending(s, LicenceStatus.Refunded));
    }

    function test_SUB_45_nothingIsOpenedAfterTheEnd() public {
        Subscription memory s = started();
        uint256 until = block.timestamp + TERM;
        publish("two", GOOD);
        vm.warp(until);
        openRefused(s, 2, over(s, until));
        vm.warp(until - 1);
        subscriptions.open(s, 2);
        missKey(s);
        openRefused(s, 2, over(s, until));
    }

    function test_SUB_46_aMissedKeyIsOwedAgain() public {
        (Subscription memory s, Agreement memory missed) = opened("two", GOOD);
        publish("three", GOOD);
        passWindow(DELIVERY);
        openRefused(s, 2, keyPending(s, LicenceStatus.Paid));
        licences.refund(missed);
        openRefused(s, 3, notNext(s, 2, 3));
        openRefused(s, 1, notNext(s, 2, 1));
        vm.prank(STRANGER);
        LicenceId again = subscriptions.open(s, 2);
        Check.holds(LicenceId.unwrap(again) != LicenceId.unwrap(licences.hashAgreement(missed)), "a new licence");
        SubscriptionState memory state = stateOf(s);
        Check.holds(state.late && state.release == 2 && state.attempt == 1, "late");
        settleKey(s);
        openRefused(s, 2, notNext(s, 3, 2));
        subscriptions.open(s, 3);
        state = stateOf(s);
        Check.holds(!state.late && state.release == 3 && state.attempt == 0, "attempts are counted for each release");
    }

    function test_SUB_47_ifAMissedReleaseIsFaultyTheNextOneIsOwed() public {
        (Subscription memory s, Agreement memory missed) = opened("two", 0);
        passWindow(DELIVERY);
        showFault(2);
        licences.refund(missed);
        openRefused(
            s,
            2,
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_ReleaseFaulty.selector,
                asset,
                2,
                licences.faultOf(asset, 2)
            )
        );
        publish("three", GOOD);
        openRefused(s, 4, notNext(s, 3, 4));
        subscriptions.open(s, 3);
        SubscriptionState memory state = stateOf(s);
        Check.holds(state.late && state.release == 3 && state.attempt == 0, "instead, and late");
        pass(100);
        checkAccrued(s, DELIVERY, "nothing is earned meanwhile");
        settleKey(s);
        pass(10);
        checkAccrued(s, uint256(DELIVERY) + 10, "and again once it is settled");
    }

    function test_SUB_48_aFaultBeforeTheDeliveryIsAMissedKey() public {
        (Subscription memory s, Agreement memory faulty) = opened("two", 0);
        uint256 end = block.timestamp + TERM;
        pass(100);
        showFault(2);
        licences.refund(faulty);
        closeRefused(s, notOver(s, end));
        pass(100);
        checkAccrued(s, 200, "earned up to the deadline");
        uint256 before = vm.snapshotState();
        passWindow(DELIVERY);
        checkAccrued(s, DELIVERY, "at most");
        vm.revertToState(before);
        subscriptions.open(s, publish("three", GOOD));
        pass(100);
        checkAccrued(s, 200, "or until another one is owed instead");
    }

    function test_SUB_49_whatBecomesOfTheOthersHindersNothing() public {
        Subscription memory s = sampleSubscription();
        s.plan.entry.expiry = uint48(block.timestamp);
        subscribe(s);
        settleKey(s);
        uint256 start = block.timestamp;
        publish("two", GOOD);
        vm.prank(operator);
        licences.cancelOffer(7);
        licences.setFee(500, TREASURY);
        address[] memory holders = new address[](1);
        holders[0] = HOLDER;
        enactPolicy(HOLDER, asset, new LockUpPolicy(uint48(block.timestamp) + 30 days), holders);
        vm.prank(address(votes));
        assets.replaceOperator(asset, OTHER);
        suspendAsset(asset);
        participants.suspend(BUYER, "reason");
        subscriptions.open(s, 2);
        participants.revoke(BUYER, "reason");
        settleKey(s);
        Check.same(subscriptions.earn(s), worth(block.timestamp - start), "earned");
        vm.warp(start + 5_000);
        vm.prank(BUYER);
        subscriptions.cancel(s);
        passWindow(NOTICE);
        vm.roll(block.number + BLOCKS);
        uint256 had = currency.balanceOf(BUYER);
        subscriptions.close(s);
        Check.same(currency.balanceOf(BUYER) - had, REST - worth(5_000 + NOTICE), "paid back");
    }
}
