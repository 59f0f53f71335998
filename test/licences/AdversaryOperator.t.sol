// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription} from "../../contracts/licences/SubscriptionTypes.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice Operators and stewards who use their office against licensees and holders.
contract AdversaryOperatorTest is AdversaryTest {
    function setUp() public {
        setUpAdversary();
    }

    function test_ADV_50_whoIsReplacedHasSoldNothingThatWasNotBought() public {
        Offer memory gift = sampleOffer();
        (gift.price, gift.bond, gift.nonce) = (0, 0, 70);
        vm.prank(operator);
        licences.post(gift);
        Subscription memory s = sampleSubscription();
        (s.licensee, s.plan.rest) = (OTHER, 0);
        Agreement memory sold = sampleAgreement();
        delivered(sold, key);
        vm.prank(address(votes));
        assets.replaceOperator(asset, STRANGER);
        bytes memory refusal = abi.encodeWithSelector(
            ILicenceRegistry.Licences_NotOperator.selector,
            asset,
            STRANGER,
            operator
        );
        Agreement memory friend = agreementOf(gift, OTHER, 1);
        refused(OTHER, abi.encodeCall(licences.buy, (friend, "")), refusal);
        refused(OTHER, abi.encodeCall(licences.buy, (friend, signOffer(OPERATOR_KEY, gift))), refusal);
        refused(OTHER, address(subscriptions), abi.encodeCall(subscriptions.subscribe, (s, signPlan(s))), refusal);
        refused(operator, abi.encodeCall(licences.revoke, (sold, CAUSE)), refusal);
        passWindow(DISPUTE);
        licences.settle(sold);
        priceIsPaid();
    }

    function test_ADV_51_giftsOfWhoIsReplacedAreTakenBackForNothing() public {
        Offer memory gift = sampleOffer();
        (gift.price, gift.duration) = (0, type(uint48).max);
        Agreement memory friend = agreementOf(gift, OTHER, 1);
        delivered(friend, key);
        accept(friend);
        Check.holds(licences.isLicensed(OTHER, asset), "licensed for ever");
        vm.prank(address(votes));
        assets.replaceOperator(asset, STRANGER);
        vm.prank(STRANGER);
        licences.revoke(friend, CAUSE);
        Check.holds(!licences.isLicensed(OTHER, asset), "no longer");
        nobodyGains();
    }

    function test_ADV_52_aFriendWhoIsRevokedHasHisOwnMoneyAndNobodyElses() public {
        Agreement memory victim = sampleAgreement();
        delivered(victim, key);
        Agreement memory friend = agreementOf(sampleOffer(), OTHER, 1);
        delivered(friend, key);
        demand(friend, key, 0);
        vm.prank(operator);
        licences.revoke(friend, CAUSE);
        bytes memory gone = wrongStatus(friend, LicenceStatus.Revoked);
        refused(OTHER, abi.encodeCall(licences.refund, (friend)), gone);
        undisputed(OTHER, abi.encodeCall(disputes.closeDemand, (friend)), gone);
        Check.same(lockedBond(), BOND, "of the other delivery");
        passWindow(DISPUTE);
        licences.settle(victim);
        priceIsPaid();
    }

    function test_ADV_53_whoRevokesASettledFriendPaysHimOutOfHisOwn() public {
        Agreement memory friend = agreementOf(sampleOffer(), OTHER, 1);
        delivered(friend, key);
        accept(friend);
        vm.warp(block.timestamp + DURATION / 4);
        vm.prank(operator);
        licences.revoke(friend, CAUSE);
        gains(OTHER, -PAID / 4);
        gains(operator, -PAID + PAID / 4);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function test_ADV_54_aSubscriptionsEarningsAreNotUndoneByRevokingItsLicence() public {
        Subscription memory s = sampleSubscription();
        s.licensee = OTHER;
        Agreement memory first = subscribe(s);
        deliver(first, key);
        accept(first);
        subscriptions.earn(s);
        publish("second");
        subscriptions.open(s, 2);
        Agreement memory second = subscriptions.currentAgreement(s);
        deliver(second, key);
        accept(second);
        vm.warp(block.timestamp + 1_000_000);
        // The second licence has no price of its own: its revocation would cost nothing.
        bytes memory refusal = abi.encodeWithSelector(
            ILicenceRegistry.Licences_OfSubscription.selector,
            licences.hashAgreement(second)
        );
        refused(operator, abi.encodeCall(licences.revoke, (second, CAUSE)), refusal);
        vm.prank(operator);
        subscriptions.revoke(s, CAUSE);
        gains(OTHER, -PAID - 1_000_000);
        gains(HOLDER, NET + 990_000);
        gains(TREASURY, FEE + 10_000);
        nobodyElseGains();
    }

    function test_ADV_55_aFriendsSubscriptionThatIsRevokedHasPaidForItsTime() public {
        Subscription memory s = sampleSubscription();
        s.licensee = OTHER;
        Agreement memory first = subscribe(s);
        deliver(first, key);
        accept(first);
        vm.warp(block.timestamp + 1_000_000);
        vm.prank(operator);
        subscriptions.revoke(s, CAUSE);
        gains(OTHER, -PAID - 1_000_000);
        gains(HOLDER, NET + 990_000);
        gains(TREASURY, FEE + 10_000);
        nobodyElseGains();
    }

    function test_ADV_56_aRevocationBeforeADisputeGivesAllOfTheMoneyBack() public {
        Agreement memory a = sampleAgreement();
        delivered(a, WRONG);
        demand(a, WRONG, 0);
        vm.prank(operator);
        licences.revoke(a, CAUSE);
        undisputed(
            BUYER,
            abi.encodeCall(disputes.disputeKey, (caseOf(a, WRONG), proofOf(a))),
            wrongStatus(a, LicenceStatus.Revoked)
        );
        nobodyGains();
    }

    function test_ADV_57_whoRevokesOneLicenceDoesNotTakeAnother() public {
        Offer memory trifle = sampleOffer();
        (trifle.price, trifle.duration, trifle.nonce) = (1, 2 * DURATION, 71);
        Agreement memory long = agreementOf(trifle, BUYER, 1);
        delivered(long, key);
        accept(long);
        Agreement memory dear = agreement(2);
        LicenceId id = delivered(dear, key);
        accept(dear);
        vm.prank(operator);
        licences.revoke(long, CAUSE);
        Check.holds(!licences.isLicensed(BUYER, asset), "the other one was looked at");
        refused(
            STRANGER,
            abi.encodeCall(licences.choose, (long)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_NotSettled.selector, idOf(long), LicenceStatus.Revoked)
        );
        vm.prank(STRANGER);
        licences.choose(dear);
        Check.holds(licences.isLicensed(BUYER, asset), "licensed by the one that runs");
        Check.holds(LicenceId.unwrap(licences.currentLicence(BUYER, asset)) == LicenceId.unwrap(id), "by this one");
        gains(BUYER, -PAID);
        gains(operator, -1);
        gains(HOLDER, NET + 1);
        gains(TREASURY, FEE);
        nobodyElseGains();
        // Nor does a stranger make a shorter one count.
        Offer memory brief = sampleOffer();
        (brief.price, brief.duration, brief.nonce) = (0, 1 days, 72);
        Agreement memory short = agreementOf(brief, BUYER, 3);
        delivered(short, key);
        accept(short);
        vm.prank(STRANGER);
        licences.choose(short);
        Check.holds(LicenceId.unwrap(licences.currentLicence(BUYER, asset)) == LicenceId.unwrap(id), "still");
    }

    function test_ADV_58_aFeeThatIsRaisedAtTheLastMomentTakesNothing() public {
        Offer memory careful = sampleOffer();
        careful.maxFeeBps = FEE_BPS;
        Agreement memory before = agreement(1);
        delivered(before, key);
        licences.setFee(500, TREASURY);
        accept(before);
        refused(
            address(this),
            abi.encodeCall(licences.setFee, (501, TREASURY)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_FeeTooHigh.selector, 501, 500)
        );
        Agreement memory late = agreementOf(careful, BUYER, 2);
        bytes memory signature = signOffer(OPERATOR_KEY, careful);
        bytes memory refusal = abi.encodeWithSelector(ILicenceRegistry.Licences_FeeAboveOffer.selector, 500, FEE_BPS);
        refused(BUYER, abi.encodeCall(licences.buy, (late, signature)), refusal);
        refused(BUYER, abi.encodeCall(licences.renew, (before, late, signature)), refusal);
        Subscription memory s = sampleSubscription();
        s.plan.entry.maxFeeBps = FEE_BPS;
        refused(BUYER, address(subscriptions), abi.encodeCall(subscriptions.subscribe, (s, signPlan(s))), refusal);
        priceIsPaid();
    }

    function test_ADV_59_theFeeOfASubscriptionIsTheOneOfItsPurchase() public {
        Subscription memory s = sampleSubscription();
        Agreement memory first = subscribe(s);
        licences.setFee(500, TREASURY);
        deliver(first, key);
        accept(first);
        vm.warp(block.timestamp + 1_000_000);
        vm.prank(operator);
        subscriptions.revoke(s, CAUSE);
        gains(BUYER, -PAID - 1_000_000);
        gains(HOLDER, NET + 990_000);
        gains(TREASURY, FEE + 10_000);
        nobodyElseGains();
    }

    function test_ADV_60_numbersAtTheirEndsTrapNothing() public {
        Offer memory offer = sampleOffer();
        (offer.price, offer.bond, offer.answerFee) = (0, 0, 0);
        (offer.duration, offer.quota) = (type(uint48).max, type(uint64).max);
        (offer.deliverySeconds, offer.deliveryBlocks) = (90 days, 90 days);
        (offer.disputeSeconds, offer.disputeBlocks) = (90 days, 90 days);
        Agreement memory a = agreementOf(offer, BUYER, 1);
        delivered(a, key);
        demand(a, key, 0);
        answer(a, key, 0);
        accept(a);
        vm.startPrank(CUSTODIAN);
        licences.consume(a, type(uint64).max, CAUSE);
        vm.stopPrank();
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.consume, (a, 1, CAUSE)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_QuotaExceeded.selector, idOf(a), 0, 1)
        );
        vm.prank(operator);
        licences.revoke(a, CAUSE);
        // A duration of no second is over at once; one for ever is paid for to the end that there is.
        (offer.price, offer.duration) = (PRICE, 0);
        Agreement memory none = agreementOf(offer, BUYER, 2);
        delivered(none, key);
        accept(none);
        refused(
            operator,
            abi.encodeCall(licences.revoke, (none, CAUSE)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_Over.selector, idOf(none), block.timestamp)
        );
        priceIsPaid();
        start();
        offer.duration = type(uint48).max;
        Agreement memory always = agreementOf(offer, BUYER, 3);
        delivered(always, key);
        accept(always);
        vm.prank(operator);
        licences.revoke(always, CAUSE);
        uint256 last = type(uint48).max;
        int256 back = int256((PRICE * (last - block.timestamp) + last - 1) / last);
        gains(BUYER, back - PAID);
        gains(operator, -back);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function test_ADV_61_anAmountThatNobodyHasIsNotSoldAndNotPromised() public {
        Offer memory offer = sampleOffer();
        offer.price = type(uint96).max;
        Agreement memory a = agreementOf(offer, BUYER, 1);
        bytes memory signature = signOffer(OPERATOR_KEY, offer);
        vm.prank(BUYER);
        (bool ok, ) = address(licences).call(abi.encodeCall(licences.buy, (a, signature)));
        Check.holds(!ok, "more than there is");
        currency.mint(BUYER, type(uint96).max);
        start();
        buy(a);
        deliver(a, key);
        accept(a);
        uint256 price = type(uint96).max;
        // Far below 2^255.
        gains(BUYER, -int256(price));
        gains(TREASURY, int256(price / 100));
        uint256 excess = assets.excessOf(HOLDER, address(currency));
        gains(HOLDER, int256(price - price / 100 - excess));
        nobodyElseGains();
    }

    function test_ADV_62_anOfferThatIsWithdrawnAtTheLastMomentCostsNothing() public {
        Agreement memory a = sampleAgreement();
        bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
        vm.prank(operator);
        licences.cancelOffer(a.offer.nonce);
        refused(
            BUYER,
            abi.encodeCall(licences.buy, (a, signature)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_OfferCancelled.selector, operator, a.offer.nonce)
        );
        // Nor can it be put again at other terms under the same signature.
        a.offer.nonce = 8;
        refused(
            BUYER,
            abi.encodeCall(licences.buy, (a, signature)),
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_BadSignature.selector,
                licences.hashOffer(a.offer),
                operator
            )
        );
        nobodyGains();
    }
}
