// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Release} from "../../contracts/assets/AssetTypes.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Agreement, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {
    Plan,
    Subscription,
    SubscriptionId,
    SubscriptionState,
    SubscriptionStatus
} from "../../contracts/licences/SubscriptionTypes.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {TreeReference} from "../types/TreeReference.sol";
import {LicenceTest} from "./LicenceTest.sol";

/// @notice A plan whose rest does not divide by its term, a subscriber, and an operator who publishes.
abstract contract SubscriptionTest is LicenceTest {
    uint96 internal constant REST = 7_000_001;
    uint48 internal constant TERM = 20_000;
    uint48 internal constant NOTICE = uint48(DELIVERY) + DISPUTE;
    uint256 internal constant LENGTH = 100;
    uint256 internal constant GOOD = type(uint256).max;
    bytes32 internal constant WRONG = keccak256("another key");

    function setUpSubscriptions() internal {
        setUpLicences();
        address[2] memory people = [BUYER, OTHER];
        for (uint256 i = 0; i < people.length; ++i) {
            vm.prank(people[i]);
            currency.approve(address(subscriptions), type(uint256).max);
        }
    }

    /// @notice Publishes the next release of the asset, of one block, which is bad if `bad` is 0.
    function publish(bytes32 salt, uint256 bad) internal returns (uint32) {
        seal(salt, LENGTH, bad);
        Release memory release = sealedRelease;
        release.root = TreeReference.mth(blocks);
        release.keyCommitment = SealedBlock.keyCommitment(key);
        release.length = uint64(LENGTH);
        sealedRelease = release;
        vm.prank(operator);
        return assets.publish(asset, release);
    }

    /// @notice Publishes the next release, whose only block is bad, and has a licensee of it show so.
    function publishFaulty(bytes32 salt) internal returns (uint32 release) {
        release = publish(salt, 0);
        showFault(release);
    }

    /// @notice A licensee of this release, whose only block is bad, shows so.
    function showFault(uint32 release) internal {
        Offer memory offer = sampleOffer();
        offer.release = release;
        Agreement memory a = agreementOf(offer, OTHER, release);
        delivered(a, key);
        disputes.disputeContent(caseOf(a, key), proofOf(a), storedAt(0));
    }

    function sampleSubscription() internal view returns (Subscription memory) {
        return Subscription(Plan(sampleOffer(), REST, TERM), BUYER, meeting.x.x, meeting.x.y, 1);
    }

    function signPlan(uint256 signer, Subscription memory s) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 t) = vm.sign(signer, subscriptions.hashPlan(s.plan));
        return abi.encodePacked(r, t, v);
    }

    function subscribe(Subscription memory s) internal returns (SubscriptionId) {
        bytes memory signature = signPlan(OPERATOR_KEY, s);
        vm.prank(s.licensee);
        return subscriptions.subscribe(s, signature);
    }

    /// @notice The key that is due is delivered, and accepted at once.
    function settleKey(Subscription memory s) internal returns (Agreement memory a) {
        a = subscriptions.currentAgreement(s);
        deliver(a, key);
        vm.prank(s.licensee);
        licences.settle(a);
    }

    /// @notice A subscription whose first key was settled just now.
    function started() internal returns (Subscription memory s) {
        s = sampleSubscription();
        subscribe(s);
        settleKey(s);
    }

    /// @notice One whose second release was published and opened just now.
    function opened(bytes32 salt, uint256 bad) internal returns (Subscription memory s, Agreement memory a) {
        s = started();
        subscriptions.open(s, publish(salt, bad));
        a = subscriptions.currentAgreement(s);
    }

    /// @notice The key that is due misses its deadline, and the licence goes back.
    function missKey(Subscription memory s) internal {
        passWindow(DELIVERY);
        licences.refund(subscriptions.currentAgreement(s));
    }

    function pass(uint256 duration) internal {
        vm.warp(block.timestamp + duration);
    }

    /// @notice What so many seconds of the term are worth.
    function worth(uint256 accrued) internal pure returns (uint256) {
        return (uint256(REST) * accrued) / TERM;
    }

    function checkAccrued(Subscription memory s, uint256 expected, string memory what) internal view {
        (, uint48 accrued) = subscriptions.earned(s);
        Check.same(accrued, expected, what);
    }

    function stateOf(Subscription memory s) internal view returns (SubscriptionState memory) {
        return subscriptions.stateOf(subscriptions.hashSubscription(s));
    }

    function isClosed(Subscription memory s) internal view returns (bool) {
        return stateOf(s).status == SubscriptionStatus.Closed;
    }

    /// @notice What went to fractions and market for subscriptions and licences together.
    function paidOut() internal view returns (uint256) {
        return
            assets.claimable(asset, HOLDER) +
            licences.creditOf(TREASURY, address(currency)) +
            subscriptions.creditOf(TREASURY, address(currency));
    }

    function closeRefused(Subscription memory s, bytes memory refusal) internal {
        vm.expectRevert(refusal);
        vm.prank(STRANGER);
        subscriptions.close(s);
    }

    function openRefused(Subscription memory s, uint32 release, bytes memory refusal) internal {
        vm.expectRevert(refusal);
        vm.prank(STRANGER);
        subscriptions.open(s, release);
    }

    function keyPending(Subscription memory s, LicenceStatus status) internal view returns (bytes memory) {
        LicenceId licence = licences.hashAgreement(subscriptions.currentAgreement(s));
        SubscriptionId id = subscriptions.hashSubscription(s);
        return abi.encodeWithSelector(ISubscriptions.Subscriptions_KeyPending.selector, id, licence, status);
    }

    function notOver(Subscription memory s, uint256 until) internal view returns (bytes memory) {
        SubscriptionId id = subscriptions.hashSubscription(s);
        return abi.encodeWithSelector(ISubscriptions.Subscriptions_NotOver.selector, id, until);
    }

    function over(Subscription memory s, uint256 until) internal view returns (bytes memory) {
        SubscriptionId id = subscriptions.hashSubscription(s);
        return abi.encodeWithSelector(ISubscriptions.Subscriptions_Over.selector, id, until);
    }

    function notNext(Subscription memory s, uint32 next, uint32 asked) internal view returns (bytes memory) {
        SubscriptionId id = subscriptions.hashSubscription(s);
        return abi.encodeWithSelector(ISubscriptions.Subscriptions_NotNext.selector, id, next, asked);
    }

    function notActive(Subscription memory s, SubscriptionStatus status) internal view returns (bytes memory) {
        SubscriptionId id = subscriptions.hashSubscription(s);
        return abi.encodeWithSelector(ISubscriptions.Subscriptions_WrongStatus.selector, id, status);
    }
}
