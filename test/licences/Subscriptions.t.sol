// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Agreement, Licence, Tier} from "../../contracts/licences/LicenceTypes.sol";
import {
    Subscription,
    SubscriptionId,
    SubscriptionState,
    SubscriptionStatus
} from "../../contracts/licences/SubscriptionTypes.sol";
import {Issuance, SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../../contracts/participants/ICredentialRegistry.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Permit} from "../../contracts/types/Permit.sol";
import {Window} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

contract SubscriptionPurchaseTest is SubscriptionTest {
    bytes private constant OFFER_TYPE =
        "Offer(address operator,uint256 asset,uint32 release,bytes32 termsHash,uint96 price,uint48 duration,uint64 quota,bytes32 credential,uint8 tier,bool derivation,address custodian,uint96 bond,uint96 answerFee,uint24 deliverySeconds,uint24 deliveryBlocks,uint24 disputeSeconds,uint24 disputeBlocks,uint32 policyVersion,uint16 maxFeeBps,uint48 expiry,uint64 nonce)";
    bytes private constant PLAN_TYPE = "Plan(Offer entry,uint96 rest,uint48 term)";
    bytes private constant SUBSCRIPTION_TYPE =
        "Subscription(Plan plan,address licensee,uint256 keyX,uint256 keyY,uint64 nonce)";
    uint48 private constant LONGEST = 36_525 days;

    function setUp() public {
        setUpSubscriptions();
    }

    function test_SUB_01_entryPriceAndRestArePaidAndTheFirstKeyIsDue() public {
        Subscription memory s = sampleSubscription();
        uint256 had = currency.balanceOf(BUYER);
        uint256 held = currency.balanceOf(address(licences));
        SubscriptionId id = subscribe(s);
        Check.same(had - currency.balanceOf(BUYER), uint256(PRICE) + REST, "paid");
        Check.same(currency.balanceOf(address(licences)) - held, PRICE, "entry price in escrow");
        Check.same(currency.balanceOf(address(subscriptions)), REST, "rest held");
        Agreement memory a = subscriptions.currentAgreement(s);
        Licence memory licence = licences.licenceOf(asset, licences.hashAgreement(a));
        Check.holds(licence.status == LicenceStatus.Paid, "licence");
        Check.same(licence.amount, PRICE, "its price");
        Check.same(licence.end.time(), block.timestamp + DELIVERY, "deliver by");
        Check.holds(a.licensee == BUYER && a.offer.release == 1, "whose, and to what");
        SubscriptionState memory state = subscriptions.stateOf(id);
        Check.holds(state.status == SubscriptionStatus.Active, "active");
        Check.holds(!state.started && state.until.isNone(), "not started");
        Check.same(state.feeBps, FEE_BPS, "fee");
        Check.same(state.release, 1, "release");
        Check.same(state.paid, 0, "nothing has left");
    }

    function test_SUB_02_onlyTheSubscriberSubscribes() public {
        Subscription memory s = sampleSubscription();
        bytes memory signature = signPlan(OPERATOR_KEY, s);
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.Subscriptions_NotLicensee.selector, BUYER, OTHER));
        vm.prank(OTHER);
        subscriptions.subscribe(s, signature);
    }

    function test_SUB_03_aPlanBearsItsOperatorsSignature() public {
        Subscription memory s = sampleSubscription();
        bytes memory refusal = _badSignature(s);
        _refusedWith(s, signPlan(0xBAD, s), refusal);
        _refusedWith(s, "", refusal);
        _refusedWith(s, signOffer(OPERATOR_KEY, s.plan.entry), refusal);
        bytes memory signature = signPlan(OPERATOR_KEY, s);
        s.plan.rest -= 1;
        _refusedWith(s, signature, _badSignature(s));
        s = sampleSubscription();
        s.plan.term += 1;
        _refusedWith(s, signature, _badSignature(s));
        s = sampleSubscription();
        s.plan.entry.price -= 1;
        _refusedWith(s, signature, _badSignature(s));
    }

    function test_SUB_04_aPlanEndsWhenItSays() public {
        Subscription memory s = sampleSubscription();
        s.plan.entry.expiry = uint48(block.timestamp);
        subscribe(s);
        pass(1);
        s.nonce = 2;
        _refused(
            s,
            abi.encodeWithSelector(
                ISubscriptions.Subscriptions_OfferExpired.selector,
                s.plan.entry.expiry,
                block.timestamp
            )
        );
    }

    function test_SUB_05_aCancelledNumberCancelsPlansToo() public {
        vm.prank(operator);
        licences.cancelOffer(8);
        Subscription memory s = sampleSubscription();
        subscribe(s);
        vm.prank(operator);
        licences.cancelOffer(7);
        s.nonce = 2;
        _refused(s, abi.encodeWithSelector(ISubscriptions.Subscriptions_OfferCancelled.selector, operator, 7));
    }

    function test_SUB_06_aTermIsBounded() public {
        bytes4 bad = ISubscriptions.Subscriptions_BadTerm.selector;
        Subscription memory s = sampleSubscription();
        s.plan.term = 0;
        _refused(s, abi.encodeWithSelector(bad, 0, DURATION, LONGEST));
        s.plan.term = LONGEST + 1;
        _refused(s, abi.encodeWithSelector(bad, LONGEST + 1, DURATION, LONGEST));
        s.plan.term = LONGEST;
        s.plan.entry.duration = LONGEST + 1;
        _refused(s, abi.encodeWithSelector(bad, LONGEST, LONGEST + 1, LONGEST));
        s.plan.entry.duration = LONGEST;
        subscribe(s);
        settleKey(s);
        Check.same(_until(s), block.timestamp + LONGEST, "the longest term");
    }

    function test_SUB_07_onlyDataThatIsHandedOverIsSubscribed() public {
        Subscription memory s = sampleSubscription();
        s.plan.entry.tier = Tier.ComputeOnly;
        _refused(s, abi.encodeWithSelector(ISubscriptions.Subscriptions_ComputeOnly.selector));
    }

    function test_SUB_08_aSubscriptionIsTakenOnce() public {
        Subscription memory s = sampleSubscription();
        SubscriptionId id = subscribe(s);
        bytes memory refusal = abi.encodeWithSelector(ISubscriptions.Subscriptions_AlreadySubscribed.selector, id);
        _refused(s, refusal);
        vm.prank(operator);
        subscriptions.revoke(s, "cause");
        _refused(s, refusal);
        s.nonce = 2;
        subscribe(s);
    }

    function test_SUB_09_theAssetIsOnOfferAsForALicence() public {
        Subscription memory s = sampleSubscription();
        suspendAsset(asset);
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_AssetNotOffered.selector, asset));
        reinstateAsset(asset);
        s.plan.entry.policyVersion = 2;
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_PolicyChanged.selector, asset, 2, 1));
        s = sampleSubscription();
        s.plan.entry.maxFeeBps = FEE_BPS - 1;
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_FeeAboveOffer.selector, FEE_BPS, FEE_BPS - 1));
        s = sampleSubscription();
        s.plan.entry.release = 2;
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_ReleaseUnknown.selector, asset, 2));
        publishFaulty("two");
        bytes4 faulty = ILicenceRegistry.Licences_ReleaseFaulty.selector;
        _refused(s, abi.encodeWithSelector(faulty, asset, 2, licences.faultOf(asset, 2)));
        s = sampleSubscription();
        vm.prank(address(votes));
        assets.replaceOperator(asset, OTHER);
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_NotOperator.selector, asset, OTHER, operator));
    }

    function test_SUB_10_windowsAreBoundedAsForALicence() public {
        Subscription memory s = sampleSubscription();
        Window memory least = Window(LEAST, BLOCKS);
        bytes4 short = ILicenceRegistry.Licences_WindowTooShort.selector;
        s.plan.entry.deliveryBlocks = uint24(BLOCKS) - 1;
        _refused(s, abi.encodeWithSelector(short, DELIVERY, BLOCKS - 1, least));
        s = sampleSubscription();
        s.plan.entry.disputeSeconds = 90 days + 1;
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_WindowTooLong.selector, 90 days + 1, 90 days));
    }

    function test_SUB_11_theSubscriberIsActiveAndHasTheCredentialAndAKey() public {
        Subscription memory s = sampleSubscription();
        participants.suspend(BUYER, "reason");
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_Inactive.selector, BUYER));
        participants.reinstate(BUYER, "reason");
        SchemaId schema = openSchema("researcher", address(this));
        s.plan.entry.credential = schema;
        bytes4 missing = ICredentialRegistry.Credentials_Missing.selector;
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_CredentialMissing.selector, BUYER, missing));
        credentials.issue(Issuance(BUYER, schema, type(uint48).max, 0));
        s.keyY ^= 1;
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_KeyNotOnCurve.selector, s.keyX, s.keyY));
        s.keyY ^= 1;
        subscribe(s);
    }

    function test_SUB_12_theAllowanceMayComeInTheSameCall() public {
        uint256 signer = 0xBEE;
        address buyer = vm.addr(signer);
        participants.admit(buyer, DOMAIN, participants.participantOf(BUYER).kind, 0);
        uint256 sum = uint256(PRICE) + REST;
        currency.mint(buyer, sum);
        Subscription memory s = sampleSubscription();
        s.licensee = buyer;
        bytes32 permit = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                buyer,
                address(subscriptions),
                sum,
                0,
                block.timestamp
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", currency.DOMAIN_SEPARATOR(), permit));
        (uint8 v, bytes32 r, bytes32 t) = vm.sign(signer, digest);
        bytes memory signature = signPlan(OPERATOR_KEY, s);
        vm.prank(buyer);
        subscriptions.subscribeWithPermit(s, signature, Permit(sum, block.timestamp, v, r, t));
        Check.same(currency.balanceOf(buyer), 0, "paid");
    }

    function test_SUB_13_theIdIsTheHashOfEverythingAgreed() public view {
        Subscription memory s = sampleSubscription();
        bytes32 id = SubscriptionId.unwrap(subscriptions.hashSubscription(s));
        bytes memory encoded = abi.encode(s);
        for (uint256 word = 0; word < encoded.length / 32; ++word) {
            // Enumerations and booleans have two values; every other word takes any lowest bit.
            bytes memory changed = abi.encode(s);
            changed[word * 32 + 31] ^= 0x01;
            Subscription memory other = abi.decode(changed, (Subscription));
            Check.holds(SubscriptionId.unwrap(subscriptions.hashSubscription(other)) != id, "every field counts");
        }
    }

    function test_SUB_14_planAndSubscriptionAreTypedData() public view {
        Subscription memory s = sampleSubscription();
        bytes32 entry = keccak256(bytes.concat(keccak256(OFFER_TYPE), abi.encode(s.plan.entry)));
        bytes32 planType = keccak256(bytes.concat(PLAN_TYPE, OFFER_TYPE));
        bytes32 plan = keccak256(abi.encode(planType, entry, s.plan.rest, s.plan.term));
        Check.holds(subscriptions.hashPlan(s.plan) == _typed(plan), "plan");
        bytes32 fullType = keccak256(bytes.concat(SUBSCRIPTION_TYPE, OFFER_TYPE, PLAN_TYPE));
        bytes32 hash = keccak256(abi.encode(fullType, plan, s.licensee, s.keyX, s.keyY, s.nonce));
        Check.holds(SubscriptionId.unwrap(subscriptions.hashSubscription(s)) == _typed(hash), "subscription");
    }

    function test_SUB_15_laterKeysAreFreeLicencesOfTheirOwn() public {
        (Subscription memory s, Agreement memory second) = opened("two", GOOD);
        Agreement memory first = subscriptions.agreementOf(s, 1, 0);
        Check.same(first.offer.price, PRICE, "the first has the entry price");
        Check.same(second.offer.price, 0, "a later one is free");
        Check.same(subscriptions.agreementOf(s, 1, 1).offer.price, 0, "nothing is paid twice");
        Check.same(second.offer.release, 2, "its release");
        second.offer.price = PRICE;
        second.offer.release = 1;
        Check.holds(keccak256(abi.encode(second.offer)) == keccak256(abi.encode(s.plan.entry)), "the plan's terms");
        Check.holds(second.nonce != first.nonce, "a number of its own");
        Check.holds(subscriptions.agreementOf(s, 2, 1).nonce != second.nonce, "and of each attempt");
        s.nonce = 2;
        Check.holds(subscriptions.agreementOf(s, 1, 0).nonce != first.nonce, "and of each subscription");
        Check.holds(statusOf(first) == LicenceStatus.Settled, "the first is settled");
        Check.holds(statusOf(subscriptions.agreementOf(sampleSubscription(), 2, 0)) == LicenceStatus.Paid, "due");
    }

    function test_SUB_16_onlyTheContractOfSubscriptionsHasLicencesRecorded() public {
        Agreement memory a = sampleAgreement();
        address[5] memory callers = [BUYER, CUSTODIAN, operator, STRANGER, address(disputes)];
        for (uint256 i = 0; i < callers.length; ++i) {
            for (uint256 first = 0; first < 2; ++first) {
                vm.expectRevert(
                    abi.encodeWithSelector(
                        ILicenceRegistry.Licences_OnlySubscriptions.selector,
                        address(subscriptions),
                        callers[i]
                    )
                );
                vm.prank(callers[i]);
                licences.admit(a, first == 0);
            }
        }
    }

    function test_SUB_17_whatWasBoughtOutrightIsNotSubscribedAgain() public {
        Subscription memory s = sampleSubscription();
        LicenceId bought = buy(subscriptions.agreementOf(s, 1, 0));
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_AlreadyBought.selector, bought));
    }

    function test_SUB_18_aSubscriberIsLicensedAndStaysSo() public {
        Subscription memory s = sampleSubscription();
        subscribe(s);
        Check.holds(!licences.isLicensed(BUYER, asset), "not before the first key");
        deliver(subscriptions.currentAgreement(s), key);
        Check.holds(licences.isLicensed(BUYER, asset), "with it");
        passWindow(DISPUTE);
        licences.settle(subscriptions.currentAgreement(s));
        Check.holds(licences.isLicensed(BUYER, asset), "once it is settled");
        subscriptions.open(s, publish("two", GOOD));
        Check.holds(licences.isLicensed(BUYER, asset), "while the next one is due");
        pass(100);
        settleKey(s);
        uint256 end = block.timestamp + DURATION;
        pass(TERM);
        subscriptions.close(s);
        Check.holds(licences.isLicensed(BUYER, asset), "when it is over");
        vm.warp(end - 1);
        Check.holds(licences.isLicensed(BUYER, asset), "to the end of the last licence");
        vm.warp(end);
        Check.holds(!licences.isLicensed(BUYER, asset), "and no longer");
    }

    function test_SUB_73_aPlanMayBePosted() public {
        Subscription memory s = sampleSubscription();
        _refusedWith(s, "", _badSignature(s));
        vm.expectRevert(
            abi.encodeWithSelector(ISubscriptions.Subscriptions_NotOperator.selector, asset, operator, STRANGER)
        );
        vm.prank(STRANGER);
        subscriptions.post(s.plan);
        vm.prank(operator);
        bytes32 hash = subscriptions.post(s.plan);
        Check.holds(subscriptions.isPlanPosted(hash) && hash == subscriptions.hashPlan(s.plan), "posted");
        vm.expectRevert(abi.encodeWithSelector(ISubscriptions.Subscriptions_PlanAlreadyPosted.selector, hash));
        vm.prank(operator);
        subscriptions.post(s.plan);
        vm.prank(BUYER);
        subscriptions.subscribe(s, "");
        // Another plan is not posted, and a cancelled one is void.
        s.plan.rest -= 1;
        _refusedWith(s, "", _badSignature(s));
        s = sampleSubscription();
        s.nonce = 2;
        vm.prank(operator);
        licences.cancelOffer(s.plan.entry.nonce);
        bytes memory cancelled = abi.encodeWithSelector(
            ISubscriptions.Subscriptions_OfferCancelled.selector,
            operator,
            s.plan.entry.nonce
        );
        _refusedWith(s, "", cancelled);
        vm.expectRevert(cancelled);
        vm.prank(operator);
        subscriptions.post(s.plan);
    }

    function test_SUB_74_aSubscriptionIsExplainedBeforehand() public {
        Subscription memory s = sampleSubscription();
        bytes memory signature = signPlan(OPERATOR_KEY, s);
        (bool ok, bytes4 reason) = subscriptions.explainSubscribe(s, signature);
        Check.holds(ok && reason == 0, "would go through");
        participants.suspend(BUYER, "cause");
        (ok, reason) = subscriptions.explainSubscribe(s, signature);
        Check.holds(!ok && reason == ILicenceRegistry.Licences_Inactive.selector, "the registry's reasons too");
        participants.reinstate(BUYER, "over");
        subscribe(s);
        (ok, reason) = subscriptions.explainSubscribe(s, signature);
        Check.holds(!ok && reason == ISubscriptions.Subscriptions_AlreadySubscribed.selector, "taken");
    }

    function test_SUB_75_anOperatorWhoIsNotActivePostsSellsAndRevokesNothing() public {
        Subscription memory taken = sampleSubscription();
        subscribe(taken);
        Subscription memory s = sampleSubscription();
        s.nonce = 2;
        participants.suspend(operator, "cause");
        _refused(s, abi.encodeWithSelector(ILicenceRegistry.Licences_Inactive.selector, operator));
        bytes memory refusal = abi.encodeWithSelector(ISubscriptions.Subscriptions_Inactive.selector, operator);
        vm.startPrank(operator);
        vm.expectRevert(refusal);
        subscriptions.post(s.plan);
        vm.expectRevert(refusal);
        subscriptions.revoke(taken, "cause");
    }

    function _refused(Subscription memory s, bytes memory refusal) private {
        _refusedWith(s, signPlan(OPERATOR_KEY, s), refusal);
    }

    function _refusedWith(Subscription memory s, bytes memory signature, bytes memory refusal) private {
        (bool ok, bytes4 reason) = subscriptions.explainSubscribe(s, signature);
        Check.holds(!ok && reason == bytes4(refusal), "explained");
        vm.expectRevert(refusal);
        vm.prank(s.licensee);
        subscriptions.subscribe(s, signature);
    }

    function _badSignature(Subscription memory s) private view returns (bytes memory) {
        bytes32 hash = subscriptions.hashPlan(s.plan);
        return abi.encodeWithSelector(ISubscriptions.Subscriptions_BadSignature.selector, hash, operator);
    }

    /// @dev The last second of the term, by a look at the state after it was booked.
    function _until(Subscription memory s) private returns (uint48) {
        subscriptions.earn(s);
        return stateOf(s).until.time();
    }

    function _typed(bytes32 hash) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Cadastre Subscriptions"),
                keccak256("1"),
                block.chainid,
                address(subscriptions)
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, hash));
    }
}
