// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Disputes} from "../../contracts/licences/Disputes.sol";
import {IDisputes} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {IPayments} from "../../contracts/licences/IPayments.sol";
import {Agreement, Fault} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription} from "../../contracts/licences/SubscriptionTypes.sol";
import {Subscriptions} from "../../contracts/licences/Subscriptions.sol";
import {MoodyCurrency} from "../../contracts/mocks/MoodyCurrency.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Permit} from "../../contracts/types/Permit.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
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
        offerIn(address(moody), "moody");
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
