// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Agreement, Delivery, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Subscription, SubscriptionStatus} from "../../contracts/licences/SubscriptionTypes.sol";
import {HookCurrency} from "../../contracts/mocks/HookCurrency.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice Currencies that call back in the midst of a payment.
contract AdversaryCallbackTest is AdversaryTest {
    function setUp() public {
        setUpAdversary();
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
        offerIn(address(hooked), "hooked");
        participants.admit(address(attacker), DOMAIN, ParticipantKind.Organisation, 0);
        hooked.mint(address(attacker), 10 * PRICE + REST);
        vm.prank(address(attacker));
        hooked.approve(address(licences), type(uint256).max);
        hooked.setHook(address(attacker));
    }
}
