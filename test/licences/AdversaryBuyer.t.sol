// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Case, IDisputes} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription} from "../../contracts/licences/SubscriptionTypes.sol";
import {WrapProof} from "../../contracts/types/KeyWrap.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Point} from "../../contracts/types/Secp256k1.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {Secp256k1Reference as Reference} from "../reference/Secp256k1Reference.sol";
import {vm} from "../support/Vm.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice Licensees who want the data and their money, or somebody else's.
contract AdversaryBuyerTest is AdversaryTest {
    function setUp() public {
        setUpAdversary();
    }

    function test_ADV_01_aBuyerWithAGoodKeyPaysForIt() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        WrapProof memory proof = proofOf(a);
        undisputed(
            BUYER,
            abi.encodeCall(disputes.disputeKey, (c, proof)),
            abi.encodeWithSelector(IDisputes.Disputes_KeyIsRight.selector, id)
        );
        for (uint64 i = 0; i < 3; ++i) {
            undisputed(
                BUYER,
                abi.encodeCall(disputes.disputeContent, (c, proof, storedAt(i))),
                abi.encodeWithSelector(IDisputes.Disputes_BlockIsRight.selector, id, i)
            );
        }
        refused(BUYER, abi.encodeCall(licences.refund, (a)), wrongStatus(a, LicenceStatus.Delivered));
        passWindow(DISPUTE);
        refused(BUYER, abi.encodeCall(licences.refund, (a)), wrongStatus(a, LicenceStatus.Delivered));
        refused(
            BUYER,
            address(disputes),
            abi.encodeCall(disputes.demandBlock, (c, 0)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_DisputeOver.selector, id, _endOf(a))
        );
        licences.settle(a);
        priceIsPaid();
    }

    function test_ADV_02_aForgedProofOfAnotherSharedPointWinsNothing() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        bytes memory refusal = abi.encodeWithSelector(IDisputes.Disputes_BadProof.selector, id);
        // Any two of the three equations can be met for a false point, and one of a false sign.
        for (uint256 missed = 0; missed < 3; ++missed) {
            undisputed(BUYER, abi.encodeCall(disputes.disputeKey, (c, _forged(a, missed))), refusal);
        }
        WrapProof memory proof = proofOf(a);
        proof.s = Reference.negative(proof.s);
        undisputed(BUYER, abi.encodeCall(disputes.disputeKey, (c, proof)), refusal);
        accept(a);
        priceIsPaid();
    }

    function test_ADV_03_proofsOfAnotherLicenceReleaseOrCustodianWinNothing() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        bytes memory refusal = abi.encodeWithSelector(IDisputes.Disputes_BadProof.selector, id);
        Agreement[3] memory others = [agreement(2), agreement(1), agreement(1)];
        others[1].offer.release = 2;
        others[2].offer.custodian = OTHER;
        for (uint256 i = 0; i < 3; ++i) {
            undisputed(BUYER, abi.encodeCall(disputes.disputeKey, (c, proofOf(others[i]))), refusal);
        }
        // Another licensee with the same key, who saw a proof.
        Agreement memory copy = agreementOf(sampleOffer(), OTHER, 1);
        delivered(copy, key);
        undisputed(
            OTHER,
            abi.encodeCall(disputes.disputeKey, (caseOf(copy, key), proofOf(a))),
            abi.encodeWithSelector(IDisputes.Disputes_BadProof.selector, idOf(copy))
        );
        // The case of another licence, under this licence's name.
        Case memory mixed = Case(copy, c.release, c.delivery);
        undisputed(
            OTHER,
            abi.encodeCall(disputes.disputeKey, (mixed, proofOf(copy))),
            abi.encodeWithSelector(IDisputes.Disputes_OtherDelivery.selector, idOf(copy))
        );
        accept(a);
        accept(copy);
        gains(BUYER, -PAID);
        gains(OTHER, -PAID);
        gains(HOLDER, 2 * NET);
        gains(TREASURY, 2 * FEE);
        nobodyElseGains();
    }

    function test_ADV_04_massDemandsCostTheirSenderEachTime() public {
        for (uint256 n = 1; n <= 3; ++n) {
            Agreement memory a = agreement(n);
            delivered(a, key);
            for (uint64 i = 0; i < 2; ++i) {
                demand(a, key, i);
                vm.warp(block.timestamp + DISPUTE - 1);
                answer(a, key, i);
            }
            undisputed(BUYER, abi.encodeCall(disputes.closeDemand, (a)), wrongStatus(a, LicenceStatus.Delivered));
            passWindow(DISPUTE);
            vm.prank(STRANGER);
            licences.settle(a);
        }
        gains(BUYER, -3 * PAID - 6 * DEPOSIT);
        gains(CUSTODIAN, 6 * DEPOSIT);
        gains(HOLDER, 3 * NET);
        gains(TREASURY, 3 * FEE);
        nobodyElseGains();
    }

    function test_ADV_05_moneyComesBackOnce() public {
        Agreement memory settled = agreement(1);
        delivered(settled, key);
        accept(settled);
        Agreement memory refunded = agreement(2);
        delivered(refunded, WRONG);
        disputes.disputeKey(caseOf(refunded, WRONG), proofOf(refunded));
        Agreement memory revoked = agreement(3);
        delivered(revoked, key);
        vm.prank(operator);
        licences.revoke(revoked, CAUSE);
        start();
        _exhausted(settled, key);
        _exhausted(refunded, WRONG);
        _exhausted(revoked, key);
        nobodyGains();
    }

    function test_ADV_06_noRenewalWithoutALicenceOfOnesOwnThatWasPaid() public {
        Agreement memory refunded = agreement(1);
        delivered(refunded, WRONG);
        disputes.disputeKey(caseOf(refunded, WRONG), proofOf(refunded));
        Agreement memory revoked = agreement(2);
        delivered(revoked, key);
        vm.prank(operator);
        licences.revoke(revoked, CAUSE);
        Agreement memory pending = agreement(3);
        delivered(pending, key);
        Agreement memory ofAnother = agreementOf(sampleOffer(), OTHER, 4);
        delivered(ofAnother, key);
        accept(ofAnother);
        start();
        Agreement memory next = agreement(9);
        _notRenewed(refunded, next, wrongStatus(refunded, LicenceStatus.Refunded));
        _notRenewed(revoked, next, wrongStatus(revoked, LicenceStatus.Revoked));
        _notRenewed(pending, next, wrongStatus(pending, LicenceStatus.Delivered));
        bytes4 terms = ILicenceRegistry.Licences_OtherTerms.selector;
        _notRenewed(ofAnother, next, abi.encodeWithSelector(terms, idOf(ofAnother), idOf(next)));
        hasStatus(next, LicenceStatus.None);
        nobodyGains();
    }

    function test_ADV_07_aSignatureIsGoodInOneFormOnly() public {
        Agreement memory a = sampleAgreement();
        bytes32 hash = licences.hashOffer(a.offer);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(OPERATOR_KEY, hash);
        bytes memory refusal = abi.encodeWithSelector(ILicenceRegistry.Licences_BadSignature.selector, hash, operator);
        bytes memory mirrored = abi.encodePacked(r, bytes32(Reference.N - uint256(s)), v == 27 ? 28 : 27);
        refused(BUYER, abi.encodeCall(licences.buy, (a, mirrored)), refusal);
        bytes memory short = abi.encodePacked(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        refused(BUYER, abi.encodeCall(licences.buy, (a, short)), refusal);
        buy(a);
        refused(
            BUYER,
            abi.encodeCall(licences.buy, (a, abi.encodePacked(r, s, v))),
            abi.encodeWithSelector(ILicenceRegistry.Licences_AlreadyBought.selector, idOf(a))
        );
        gains(BUYER, -PAID);
        nobodyElseGains();
    }

    function test_ADV_08_dirtyWordsMakeNoOtherOffer() public {
        Agreement memory a = sampleAgreement();
        bytes memory empty;
        // Every word of the agreement that has bits to spare; the operator himself signs and posts what is dirty.
        uint8[17] memory words = [0, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21];
        for (uint256 i = 0; i < words.length; ++i) {
            bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
            if (words[i] < 21) {
                refused(operator, _dirty(abi.encodeCall(licences.post, (a.offer)), words[i]), empty);
                bytes memory hashCall = _dirty(abi.encodeCall(licences.hashOffer, (a.offer)), words[i]);
                (, bytes memory hash) = address(licences).staticcall(hashCall);
                signature = _signed(abi.decode(hash, (bytes32)));
            }
            bytes memory call = _dirty(abi.encodeCall(licences.buy, (a, signature)), words[i]);
            refused(BUYER, call, empty);
        }
        // Of a licence that is there, a dirty copy names another one that is not.
        buy(a);
        passWindow(DELIVERY);
        for (uint256 i = 0; i < words.length; ++i) {
            vm.prank(BUYER);
            (bool ok, ) = address(licences).call(_dirty(abi.encodeCall(licences.refund, (a)), words[i]));
            Check.holds(!ok, "not refunded");
        }
        licences.refund(a);
        nobodyGains();
    }

    function test_ADV_09_aSubscriberWhoTakesTheKeyAndCancelsPaysForKeyAndNotice() public {
        Subscription memory s = sampleSubscription();
        Agreement memory first = subscribe(s);
        deliver(first, key);
        accept(first);
        vm.prank(BUYER);
        Deadline until = subscriptions.cancel(s);
        Check.same(until.time() - block.timestamp, uint256(DELIVERY) + DISPUTE, "the notice");
        refused(
            BUYER,
            address(subscriptions),
            abi.encodeCall(subscriptions.close, (s)),
            abi.encodeWithSelector(
                ISubscriptions.Subscriptions_NotOver.selector,
                subscriptions.hashSubscription(s),
                until
            )
        );
        passWindow(DELIVERY);
        passWindow(DISPUTE);
        subscriptions.close(s);
        int256 notice = int256(uint256(DELIVERY) + DISPUTE);
        gains(BUYER, -PAID - notice);
        gains(HOLDER, NET + notice - notice / 100);
        gains(TREASURY, FEE + notice / 100);
        nobodyElseGains();
    }

    function test_ADV_10_aSubscriberWhoCancelsBeforeTheKeyAndDragsPaysForIt() public {
        Subscription memory s = sampleSubscription();
        Agreement memory first = subscribe(s);
        vm.prank(BUYER);
        subscriptions.cancel(s);
        vm.warp(block.timestamp + DELIVERY - 1);
        deliver(first, key);
        for (uint64 i = 0; i < 3; ++i) {
            demand(first, key, i);
            vm.warp(block.timestamp + DISPUTE - 1);
            answer(first, key, i);
        }
        refused(
            BUYER,
            address(subscriptions),
            abi.encodeCall(subscriptions.close, (s)),
            abi.encodeWithSelector(
                ISubscriptions.Subscriptions_NotOver.selector,
                subscriptions.hashSubscription(s),
                subscriptions.stateOf(subscriptions.hashSubscription(s)).until
            )
        );
        vm.roll(block.number + 2 * BLOCKS);
        refused(
            BUYER,
            address(subscriptions),
            abi.encodeCall(subscriptions.close, (s)),
            abi.encodeWithSelector(
                ISubscriptions.Subscriptions_KeyPending.selector,
                subscriptions.hashSubscription(s),
                idOf(first),
                LicenceStatus.Delivered
            )
        );
        vm.warp(block.timestamp + DISPUTE);
        licences.settle(first);
        subscriptions.close(s);
        gains(BUYER, -PAID - 3 * DEPOSIT);
        gains(CUSTODIAN, 3 * DEPOSIT);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function test_ADV_11_aSubscriberTakesNoLaterReleaseAsAPurchase() public {
        Subscription memory s = sampleSubscription();
        Agreement memory first = subscribe(s);
        deliver(first, key);
        accept(first);
        publish("second");
        // The licence of the next release has no price of its own; nobody but the subscription takes it.
        Agreement memory second = subscriptions.agreementOf(s, 2, 0);
        bytes memory refusal = abi.encodeWithSelector(
            ILicenceRegistry.Licences_BadSignature.selector,
            licences.hashOffer(second.offer),
            operator
        );
        refused(BUYER, abi.encodeCall(licences.buy, (second, signPlan(s))), refusal);
        refused(BUYER, abi.encodeCall(licences.buy, (second, signOffer(OPERATOR_KEY, s.plan.entry))), refusal);
        refused(
            BUYER,
            abi.encodeCall(licences.admit, (second, false)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_OnlySubscriptions.selector, address(subscriptions), BUYER)
        );
        gains(BUYER, -PAID - int256(uint256(REST)));
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function _exhausted(Agreement memory a, bytes32 content) private {
        bytes memory refusal = wrongStatus(a, statusOf(a));
        refused(BUYER, abi.encodeCall(licences.refund, (a)), refusal);
        refused(BUYER, abi.encodeCall(licences.settle, (a)), refusal);
        undisputed(BUYER, abi.encodeCall(disputes.closeDemand, (a)), refusal);
        undisputed(BUYER, abi.encodeCall(disputes.demandBlock, (caseOf(a, content), 0)), refusal);
        if (statusOf(a) != LicenceStatus.Settled)
            refused(operator, abi.encodeCall(licences.revoke, (a, CAUSE)), refusal);
        if (content != WRONG) return;
        undisputed(BUYER, abi.encodeCall(disputes.disputeKey, (caseOf(a, content), proofOf(a))), refusal);
    }

    function _notRenewed(Agreement memory former, Agreement memory next, bytes memory refusal) private {
        bytes memory signature = signOffer(OPERATOR_KEY, next.offer);
        refused(BUYER, abi.encodeCall(licences.renew, (former, next, signature)), refusal);
    }

    function _signed(bytes32 digest) private pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(OPERATOR_KEY, digest);
        return abi.encodePacked(r, s, v);
    }

    /// @dev The highest bit of one word of the call's first argument.
    function _dirty(bytes memory call, uint256 word) private pure returns (bytes memory) {
        call[4 + 32 * word] ^= 0x80;
        return call;
    }

    function _endOf(Agreement memory a) private view returns (Deadline) {
        return licences.licenceOf(a.offer.asset, idOf(a)).end;
    }

    /// @dev A proof that S is 7·R, which it is not: what is left out is one of z·G = A + e·X, T = e·S and z·R = B + T.
    function _forged(Agreement memory a, uint256 missed) private view returns (WrapProof memory proof) {
        uint256 n = Reference.N;
        proof.s = Reference.times(7, meeting.r);
        (proof.a, proof.b) = (meeting.a, meeting.b);
        bytes memory points = abi.encode(meeting.x, meeting.r, proof.s, proof.a, proof.b);
        uint256 e = uint256(sha256(bytes.concat("cadastre/proof/v1", contextOf(a), points))) % n;
        uint256 ofX = addmod(meeting.k, mulmod(e, meeting.secret, n), n);
        proof.z = missed == 0 ? addmod(meeting.k, mulmod(e, 7, n), n) : ofX;
        proof.t = Reference.times(e, proof.s);
        if (missed == 1) {
            Point memory zr = Reference.times(ofX, meeting.r);
            proof.t = Reference.plus(zr, Reference.negative(proof.b));
        }
        proof.inverse = Reference.inverse(Reference.minus(proof.t.x, proof.b.x));
    }
}
