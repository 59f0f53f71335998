// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {Disputes} from "../../contracts/licences/Disputes.sol";
import {IDisputes} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {IPayments} from "../../contracts/licences/IPayments.sol";
import {Agreement, Delivery, Fault, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Subscription, SubscriptionStatus} from "../../contracts/licences/SubscriptionTypes.sol";
import {Subscriptions} from "../../contracts/licences/Subscriptions.sol";
import {HookCurrency} from "../../contracts/mocks/HookCurrency.sol";
import {MoodyCurrency} from "../../contracts/mocks/MoodyCurrency.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {Permit} from "../../contracts/types/Permit.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {TreeReference} from "../types/TreeReference.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice Attackers from outside, and accidents that somebody could use.
contract AdversaryStrangerTest is AdversaryTest {
    uint256 private constant SIGNER = 0xBEE;

    function setUp() public {
        setUpAdversary();
    }

    function test_ADV_70_whoSendsAPermitFirstHindersNoPurchase() public {
        address buyer = vm.addr(SIGNER);
        participants.admit(buyer, DOMAIN, ParticipantKind.Organisation, 0);
        currency.mint(buyer, 2 * PRICE + REST);
        Agreement memory a = agreementOf(sampleOffer(), buyer, 1);
        bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
        Permit memory permit = _permit(buyer, address(licences), PRICE, 0);
        _sendFirst(buyer, address(licences), permit);
        vm.prank(buyer);
        licences.buyWithPermit(a, signature, permit);
        Subscription memory s = sampleSubscription();
        s.licensee = buyer;
        signature = signPlan(s);
        permit = _permit(buyer, address(subscriptions), PRICE + REST, 1);
        _sendFirst(buyer, address(subscriptions), permit);
        vm.prank(buyer);
        subscriptions.subscribeWithPermit(s, signature, permit);
        Check.same(currency.balanceOf(buyer), 0, "what was agreed, and no more");
        Check.same(currency.balanceOf(address(licences)) - 10 * BOND, 2 * PRICE, "in escrow");
        Check.same(currency.balanceOf(address(subscriptions)), REST, "and the rest");
        nobodyGains();
    }

    function test_ADV_71_contractsOfHisOwnDrawOnNobodysAllowance() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        Disputes others = new Disputes(licences, assets);
        Subscriptions plans = new Subscriptions(assets, participants, licences);
        bytes memory refusal = abi.encodeWithSelector(
            ILicenceRegistry.Licences_OnlyDisputes.selector,
            address(disputes),
            address(others)
        );
        start();
        undisputed(
            STRANGER,
            abi.encodeCall(disputes.demandBlock, (caseOf(a, key), 0)),
            abi.encodeWithSelector(IDisputes.Disputes_NotLicensee.selector, BUYER, STRANGER)
        );
        // The licensee himself, who was led to another address.
        refused(BUYER, address(others), abi.encodeCall(disputes.demandBlock, (caseOf(a, key), 0)), refusal);
        refused(STRANGER, address(others), abi.encodeCall(disputes.closeDemand, (a)), refusal);
        Subscription memory s = sampleSubscription();
        s.plan.rest = 0;
        (uint8 v, bytes32 r, bytes32 z) = vm.sign(OPERATOR_KEY, plans.hashPlan(s.plan));
        vm.prank(BUYER);
        currency.approve(address(plans), type(uint256).max);
        refused(
            BUYER,
            address(plans),
            abi.encodeCall(subscriptions.subscribe, (s, abi.encodePacked(r, z, v))),
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_OnlySubscriptions.selector,
                address(subscriptions),
                address(plans)
            )
        );
        Fault[3] memory faults = [Fault.Key, Fault.Content, Fault.Missing];
        for (uint256 i = 0; i < 3; ++i) {
            refused(
                STRANGER,
                abi.encodeCall(licences.rule, (a, faults[i])),
                abi.encodeWithSelector(ILicenceRegistry.Licences_OnlyDisputes.selector, address(disputes), STRANGER)
            );
        }
        nobodyGains();
    }

    function test_ADV_72_whoGivesTooLittleGasLosesNobodysMoney() public {
        Agreement memory a = sampleAgreement();
        buy(a);
        passWindow(DELIVERY);
        bytes memory call = abi.encodeCall(licences.refund, (a));
        uint256 paid;
        for (uint256 gas = 20_000; gas <= 200_000; gas += 3_000) {
            uint256 before = vm.snapshotState();
            vm.prank(STRANGER);
            (bool ok, ) = address(licences).call{gas: gas}(call);
            Check.same(licences.creditOf(BUYER, address(currency)), 0, "paid, not only credited");
            if (ok) ++paid;
            gains(BUYER, ok ? int256(0) : -PAID);
            vm.revertToState(before);
        }
        Check.holds(paid > 0, "enough gas in the end");
    }

    function test_ADV_73_whomTheCurrencyRefusesHasACredit() public {
        MoodyCurrency moody = new MoodyCurrency();
        _offerIn(address(moody), "moody");
        moody.mint(BUYER, PRICE);
        vm.prank(BUYER);
        moody.approve(address(licences), PRICE);
        Agreement memory a = sampleAgreement();
        buy(a);
        participants.revoke(BUYER, CAUSE);
        moody.setMood(MoodyCurrency.Mood.Reverts);
        passWindow(DELIVERY);
        vm.prank(STRANGER);
        licences.refund(a);
        hasStatus(a, LicenceStatus.Refunded);
        Check.same(licences.creditOf(BUYER, address(moody)), PRICE, "credited");
        refused(
            STRANGER,
            abi.encodeCall(licences.withdraw, (BUYER, address(moody), STRANGER)),
            abi.encodeWithSelector(IPayments.Payments_NotPayee.selector, BUYER, STRANGER)
        );
        refused(
            BUYER,
            abi.encodeCall(licences.withdraw, (BUYER, address(moody), BUYER)),
            abi.encodeWithSelector(MoodyCurrency.Moody_Refused.selector)
        );
        moody.setMood(MoodyCurrency.Mood.Honest);
        vm.prank(BUYER);
        licences.withdraw(BUYER, address(moody), OTHER);
        Check.same(moody.balanceOf(OTHER), PRICE, "whole, wherever he wants it");
        Check.same(moody.balanceOf(address(licences)), 0, "and nothing left");
    }

    function test_ADV_74_aHaltedChainEatsNobodysWindow() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        vm.warp(block.timestamp + 1 days);
        refused(
            BUYER,
            abi.encodeCall(licences.refund, (a)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_DeliveryOpen.selector, id, _endOf(a))
        );
        deliver(a, WRONG);
        vm.warp(block.timestamp + 1 days);
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.settle, (a)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_DisputeOpen.selector, id, _endOf(a))
        );
        demand(a, WRONG, 0);
        vm.warp(block.timestamp + 1 days);
        undisputed(
            BUYER,
            abi.encodeCall(disputes.closeDemand, (a)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_AnswerOpen.selector, id, _endOf(a))
        );
        answer(a, WRONG, 0);
        vm.warp(block.timestamp + 1 days);
        disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        gains(BUYER, FINE - DEPOSIT);
        gains(CUSTODIAN, DEPOSIT - FINE);
        nobodyElseGains();
    }

    function test_ADV_75_aSuspensionDuringTheEscrowChangesNothing() public {
        Agreement[3] memory a = [agreement(1), agreement(2), agreement(3)];
        for (uint256 i = 0; i < 3; ++i) buy(a[i]);
        suspendAsset(asset);
        participants.suspend(BUYER, CAUSE);
        participants.suspend(CUSTODIAN, CAUSE);
        refused(
            BUYER,
            abi.encodeCall(licences.refund, (a[0])),
            abi.encodeWithSelector(ILicenceRegistry.Licences_DeliveryOpen.selector, idOf(a[0]), _endOf(a[0]))
        );
        deliver(a[0], key);
        deliver(a[1], WRONG);
        disputes.disputeKey(caseOf(a[1], WRONG), proofOf(a[1]));
        passWindow(DISPUTE);
        licences.settle(a[0]);
        licences.refund(a[2]);
        gains(BUYER, -PAID + FINE);
        gains(CUSTODIAN, -FINE);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function test_ADV_76_anAssetThatIsRetiredDuringTheEscrowPaysItsHolders() public {
        Agreement memory a = sampleAgreement();
        buy(a);
        vm.prank(HOLDER);
        assets.retire(asset);
        deliver(a, key);
        passWindow(DISPUTE);
        licences.settle(a);
        priceIsPaid();
    }

    function test_ADV_77_aCurrencyThatCallsBackPaysNothingTwice() public {
        (HookCurrency hooked, Reenterer attacker) = _hooked();
        uint256 had = hooked.balanceOf(address(attacker));
        Offer memory offer = sampleOffer();
        offer.custodian = address(attacker);
        Agreement memory a = agreementOf(offer, address(attacker), 1);
        Agreement memory again = agreementOf(offer, address(attacker), 2);
        bytes memory signature = signOffer(OPERATOR_KEY, offer);
        attacker.prepare(_attempts(a, again, signature));
        attacker.execute(address(licences), abi.encodeCall(licences.depositBond, (asset, BOND)));
        _allRefused(attacker);
        attacker.execute(address(licences), abi.encodeCall(licences.buy, (a, signature)));
        _allRefused(attacker);
        Check.same(had - hooked.balanceOf(address(attacker)), PRICE + BOND, "price and bond");
        passWindow(DELIVERY);
        licences.refund(a);
        _allRefused(attacker);
        Check.same(had - hooked.balanceOf(address(attacker)), BOND, "the price once");
        attacker.execute(address(licences), abi.encodeCall(licences.withdrawBond, (asset, BOND, address(attacker))));
        _allRefused(attacker);
        Check.same(hooked.balanceOf(address(attacker)), had, "the bond once");
        Check.same(hooked.balanceOf(address(licences)), 0, "nothing left");
    }

    function test_ADV_78_aKeyDeliveredWithinThePurchaseIsPaidForAllTheSame() public {
        (HookCurrency hooked, Reenterer attacker) = _hooked();
        Offer memory offer = sampleOffer();
        offer.custodian = address(attacker);
        Agreement memory a = agreementOf(offer, address(attacker), 1);
        bytes memory signature = signOffer(OPERATOR_KEY, offer);
        uint256 had = hooked.balanceOf(address(attacker));
        attacker.execute(address(licences), abi.encodeCall(licences.depositBond, (asset, BOND)));
        Reenterer.Call[] memory calls = new Reenterer.Call[](3);
        Delivery memory delivery = deliveryOf(a, key);
        calls[0] = Reenterer.Call(address(licences), abi.encodeCall(licences.deliver, (asset, idOf(a), delivery)));
        calls[1] = Reenterer.Call(address(licences), abi.encodeCall(licences.settle, (a)));
        calls[2] = Reenterer.Call(address(disputes), abi.encodeCall(disputes.demandBlock, (caseOf(a, key), 1)));
        attacker.prepare(calls);
        attacker.execute(address(licences), abi.encodeCall(licences.buy, (a, signature)));
        Check.holds(attacker.succeeded(0) && !attacker.succeeded(1) && !attacker.succeeded(2), "delivered, no more");
        bytes4 reentrant = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
        Check.holds(attacker.reasons(1) == reentrant && attacker.reasons(2) == reentrant, "as reentrant calls");
        Check.same(disputes.demandedOf(idOf(a)), 0, "no demand is left behind");
        Check.same(had - hooked.balanceOf(address(attacker)), PRICE + BOND, "paid");
        attacker.prepare(new Reenterer.Call[](0));
        attacker.execute(address(licences), abi.encodeCall(licences.settle, (a)));
        Check.same(licences.creditOf(TREASURY, address(hooked)), PRICE / 100, "the market");
        Check.same(assets.claimable(asset, HOLDER), PRICE - PRICE / 100, "the fractions");
        attacker.execute(address(licences), abi.encodeCall(licences.withdrawBond, (asset, BOND, address(attacker))));
        Check.same(had - hooked.balanceOf(address(attacker)), PRICE, "the price and no less");
    }

    function test_ADV_79_aSubscriptionThatCallsBackPaysNothingTwice() public {
        (HookCurrency hooked, Reenterer attacker) = _hooked();
        vm.prank(address(attacker));
        hooked.approve(address(subscriptions), type(uint256).max);
        vm.prank(CUSTODIAN);
        hooked.approve(address(licences), type(uint256).max);
        hooked.mint(CUSTODIAN, BOND);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, BOND);
        Subscription memory s = sampleSubscription();
        s.licensee = address(attacker);
        uint256 had = hooked.balanceOf(address(attacker));
        bytes memory signature = signPlan(s);
        Reenterer.Call[] memory calls = new Reenterer.Call[](5);
        calls[0] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.subscribe, (s, signature)));
        calls[1] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.close, (s)));
        calls[2] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.cancel, (s)));
        calls[3] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.earn, (s)));
        calls[4] = Reenterer.Call(
            address(subscriptions),
            abi.encodeCall(subscriptions.withdraw, (address(attacker), address(hooked), address(attacker)))
        );
        attacker.prepare(calls);
        attacker.execute(address(subscriptions), abi.encodeCall(subscriptions.subscribe, (s, signature)));
        _allRefused(attacker);
        Agreement memory first = subscriptions.currentAgreement(s);
        passWindow(DELIVERY);
        attacker.prepare(new Reenterer.Call[](0));
        licences.refund(first);
        attacker.prepare(calls);
        subscriptions.close(s);
        _allRefused(attacker);
        Check.same(hooked.balanceOf(address(attacker)), had, "each once");
        // Closed from within the refund of its first licence, it pays no more.
        s.nonce = 2;
        attacker.prepare(new Reenterer.Call[](0));
        attacker.execute(address(subscriptions), abi.encodeCall(subscriptions.subscribe, (s, signature)));
        first = subscriptions.currentAgreement(s);
        passWindow(DELIVERY);
        calls[1] = Reenterer.Call(address(subscriptions), abi.encodeCall(subscriptions.close, (s)));
        attacker.prepare(calls);
        licences.refund(first);
        Check.holds(attacker.succeeded(1) && attacker.attempts() == 5, "closed");
        bytes memory refusal = abi.encodeWithSelector(
            ISubscriptions.Subscriptions_WrongStatus.selector,
            subscriptions.hashSubscription(s),
            SubscriptionStatus.Closed
        );
        refused(STRANGER, address(subscriptions), abi.encodeCall(subscriptions.close, (s)), refusal);
        Check.same(hooked.balanceOf(address(attacker)), had, "each once");
        Check.same(hooked.balanceOf(address(subscriptions)), 0, "nothing left");
    }

    /// @dev Everything that moves money, of a licence that is there and one that is not.
    function _attempts(
        Agreement memory a,
        Agreement memory again,
        bytes memory signature
    ) private view returns (Reenterer.Call[] memory calls) {
        address to = a.licensee;
        address target = address(licences);
        calls = new Reenterer.Call[](9);
        calls[0] = Reenterer.Call(target, abi.encodeCall(licences.buy, (again, signature)));
        calls[1] = Reenterer.Call(target, abi.encodeCall(licences.refund, (a)));
        calls[2] = Reenterer.Call(target, abi.encodeCall(licences.settle, (a)));
        calls[3] = Reenterer.Call(target, abi.encodeCall(licences.revoke, (a, CAUSE)));
        calls[4] = Reenterer.Call(target, abi.encodeCall(licences.renew, (a, again, signature)));
        calls[5] = Reenterer.Call(target, abi.encodeCall(licences.depositBond, (asset, 1)));
        calls[6] = Reenterer.Call(target, abi.encodeCall(licences.withdrawBond, (asset, 1, to)));
        calls[7] = Reenterer.Call(
            target,
            abi.encodeCall(licences.withdraw, (to, assets.termsOfSale(asset, 0).currency, to))
        );
        calls[8] = Reenterer.Call(address(disputes), abi.encodeCall(disputes.closeDemand, (a)));
    }

    function _allRefused(Reenterer attacker) private view {
        uint256 attempts = attacker.attempts();
        Check.holds(attempts > 0, "it was asked");
        for (uint256 i = 0; i < attempts; ++i) {
            Check.holds(!attacker.succeeded(i), "refused");
            Check.holds(
                attacker.reasons(i) == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector,
                "as a reentrant call"
            );
        }
    }

    /// @dev An asset in a currency that asks the attacker, who is a participant with money, whenever it moves.
    function _hooked() private returns (HookCurrency hooked, Reenterer attacker) {
        hooked = new HookCurrency();
        attacker = new Reenterer();
        _offerIn(address(hooked), "hooked");
        participants.admit(address(attacker), DOMAIN, ParticipantKind.Organisation, 0);
        hooked.mint(address(attacker), 10 * PRICE + REST);
        vm.prank(address(attacker));
        hooked.approve(address(licences), type(uint256).max);
        hooked.setHook(address(attacker));
    }

    /// @dev Both mocks are minted alike.
    function _offerIn(address money, bytes32 salt) private {
        HookCurrency(money).mint(address(this), 1);
        HookCurrency(money).approve(address(currencies), 1);
        currencies.admit(money, address(this), 1);
        Registration memory r = sampleRegistration(HOLDER, 1_000, salt);
        seal(salt, LENGTH, type(uint256).max);
        (r.operator, r.currency, r.release.keyCommitment) = (operator, money, SealedBlock.keyCommitment(key));
        (r.release.root, r.release.length) = (TreeReference.mth(blocks), uint64(LENGTH));
        sealedRelease = r.release;
        vm.prank(HOLDER);
        asset = assets.register(r);
    }

    function _sendFirst(address owner, address spender, Permit memory p) private {
        vm.prank(STRANGER);
        currency.permit(owner, spender, p.value, p.deadline, p.v, p.r, p.s);
    }

    function _permit(
        address owner,
        address spender,
        uint256 value,
        uint256 nonce
    ) private view returns (Permit memory) {
        bytes32 struct_ = keccak256(
            abi.encode(
                keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                owner,
                spender,
                value,
                nonce,
                block.timestamp
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", currency.DOMAIN_SEPARATOR(), struct_));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(SIGNER, digest);
        return Permit(value, block.timestamp, v, r, s);
    }

    function _endOf(Agreement memory a) private view returns (Deadline) {
        return licences.licenceOf(a.offer.asset, idOf(a)).end;
    }
}
