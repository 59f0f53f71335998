// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Case, IDisputes, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Fault} from "../../contracts/licences/LicenceTypes.sol";
import {WrapProof} from "../../contracts/types/KeyWrap.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {LicenceTest} from "./LicenceTest.sol";

contract DisputesTest is LicenceTest {
    bytes32 private constant WRONG = keccak256("another key");

    function setUp() public {
        setUpLicences();
    }

    function test_LIC_50_aWrongKeyGivesTheMoneyBackWithTheBond() public {
        Agreement memory a = sampleAgreement();
        delivered(a, WRONG);
        uint256 had = currency.balanceOf(BUYER);
        uint256 bond = totalBond();
        // Whoever sends the proof, the money goes to the licensee.
        vm.prank(STRANGER);
        disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        Check.same(currency.balanceOf(BUYER) - had, PRICE + BOND, "price and bond");
        Check.same(bond - totalBond(), BOND, "out of the custodian's");
        Check.same(lockedBond(), 0, "nothing locked");
        Check.holds(statusOf(a) == LicenceStatus.Refunded, "refunded");
        Check.holds(licences.faultOf(asset, 1).isNone(), "no fault of the release");
    }

    function test_LIC_51_aRightKeyIsNotDisputed() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        WrapProof memory proof = proofOf(a);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_KeyIsRight.selector, id));
        disputes.disputeKey(c, proof);
    }

    function test_LIC_52_aFalseProofIsWorthNothing() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        WrapProof memory proof = proofOf(a);
        // The right proof of another licence's shared point, and one with anything changed.
        Agreement memory other = agreementOf(sampleOffer(), BUYER, 2);
        WrapProof memory replayed = proofOf(other);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_BadProof.selector, id));
        disputes.disputeKey(c, replayed);
        proof.s.y = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f - proof.s.y;
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_BadProof.selector, id));
        disputes.disputeKey(c, proof);
    }

    function test_LIC_53_onlyWhatWasDeliveredAndRegisteredIsDisputed() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, WRONG);
        WrapProof memory proof = proofOf(a);
        Case memory c = caseOf(a, WRONG);
        c.delivery.wrapped ^= bytes32(uint256(1));
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_OtherDelivery.selector, id));
        disputes.disputeKey(c, proof);
        c = caseOf(a, WRONG);
        c.release.keyCommitment = keccak256("of something else");
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_OtherRelease.selector, asset, 1));
        disputes.disputeKey(c, proof);
    }

    function test_LIC_54_noDisputeBeforeTheDeliveryOrAfterTheWindow() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        WrapProof memory proof = proofOf(a);
        Case memory c = caseOf(a, WRONG);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_OtherDelivery.selector, id));
        disputes.disputeKey(c, proof);
        deliver(a, WRONG);
        passWindow(DISPUTE);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_DisputeOver.selector,
                id,
                licences.licenceOf(asset, id).end
            )
        );
        disputes.disputeKey(c, proof);
    }

    function test_LIC_55_contentThatIsNotWhatItsCommitmentSays() public {
        asset = registerSealed("bad", 2 * 4_096 + 100, 2);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 10 * BOND);
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        WrapProof memory proof = proofOf(a);
        StoredBlock memory good = storedAt(1);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_BlockIsRight.selector, id, 1));
        disputes.disputeContent(c, proof, good);
        uint256 had = currency.balanceOf(BUYER);
        disputes.disputeContent(c, proof, storedAt(2));
        Check.same(currency.balanceOf(BUYER) - had, PRICE, "the price");
        Check.same(totalBond(), 10 * BOND, "the custodian is not to blame");
        Check.same(licences.faultOf(asset, 1).time(), block.timestamp, "the release is");
    }

    function test_LIC_56_aFullBlockThatIsNotWhatItsCommitmentSays() public {
        asset = registerSealed("bad", 2 * 4_096, 0);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 10 * BOND);
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        disputes.disputeContent(caseOf(a, key), proofOf(a), storedAt(0));
        Check.holds(statusOf(a) == LicenceStatus.Refunded, "refunded");
    }

    function test_LIC_57_aWrongLengthIsAFault() public {
        seal("cut", 2 * 4_096 + 100, type(uint256).max);
        blocks[1] = hex"00";
        asset = registerBlocks("cut", 2 * 4_096 + 100);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 10 * BOND);
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        disputes.disputeContent(caseOf(a, key), proofOf(a), storedAt(1));
        Check.holds(statusOf(a) == LicenceStatus.Refunded, "refunded");
    }

    function test_LIC_58_contentIsJudgedByTheRightKeyAlone() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, WRONG);
        Case memory c = caseOf(a, WRONG);
        WrapProof memory proof = proofOf(a);
        StoredBlock memory stored = storedAt(0);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_KeyIsWrong.selector, id));
        disputes.disputeContent(c, proof, stored);
    }

    function test_LIC_59_onlyALeafAtItsPlaceIsJudged() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        WrapProof memory proof = proofOf(a);
        StoredBlock memory stored = storedAt(0);
        stored.index = 1;
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_NotStored.selector, id, 1));
        disputes.disputeContent(c, proof, stored);
        stored = storedAt(0);
        stored.stored[40] ^= 0x01;
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_NotStored.selector, id, 0));
        disputes.disputeContent(c, proof, stored);
        // An inner node offered as a leaf: its preimage is two hashes.
        stored.stored = abi.encodePacked(
            sha256(bytes.concat(hex"00", blocks[0])),
            sha256(bytes.concat(hex"00", blocks[1]))
        );
        bytes32[] memory path = new bytes32[](1);
        path[0] = sha256(bytes.concat(hex"00", blocks[2]));
        stored.path = path;
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_NotStored.selector, id, 0));
        disputes.disputeContent(c, proof, stored);
    }

    function test_LIC_60_aFaultReachesWhoseWindowWasOpenAndNoOther() public {
        asset = registerSealed("bad", 2 * 4_096 + 100, 2);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 10 * BOND);
        Agreement memory early = agreementOf(sampleOffer(), OTHER, 1);
        delivered(early, key);
        passWindow(DISPUTE);
        Agreement memory open = agreementOf(sampleOffer(), OTHER, 2);
        delivered(open, key);
        Agreement memory unpacked = agreementOf(sampleOffer(), OTHER, 3);
        LicenceId undelivered = buy(unpacked);
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        disputes.disputeContent(caseOf(a, key), proofOf(a), storedAt(2));

        licences.settle(early);
        vm.expectRevert(wrongStatus(early, LicenceStatus.Settled));
        licences.refund(early);
        bytes memory faulty = abi.encodeWithSelector(
            ILicenceRegistry.Licences_ReleaseFaulty.selector,
            asset,
            1,
            licences.faultOf(asset, 1)
        );
        passWindow(DISPUTE);
        vm.expectRevert(faulty);
        licences.settle(open);
        uint256 had = currency.balanceOf(OTHER);
        licences.refund(open);
        licences.refund(unpacked);
        Check.same(currency.balanceOf(OTHER) - had, 2 * PRICE, "both");
        Check.holds(licences.licenceOf(asset, undelivered).status == LicenceStatus.Refunded, "undelivered too");
        Agreement memory late = agreementOf(sampleOffer(), BUYER, 9);
        bytes memory signature = signOffer(OPERATOR_KEY, late.offer);
        vm.expectRevert(faulty);
        vm.prank(BUYER);
        licences.buy(late, signature);
    }

    function test_LIC_61_aBlockIsDemandedAndShownForTheDeposit() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_NotLicensee.selector, BUYER, STRANGER));
        vm.prank(STRANGER);
        disputes.demandBlock(c, 2);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_NoSuchBlock.selector, 3, 3));
        vm.prank(BUYER);
        disputes.demandBlock(c, 3);
        vm.prank(BUYER);
        disputes.demandBlock(c, 2);
        Check.same(disputes.demandedOf(id), 2, "demanded");
        vm.expectRevert(wrongStatus(a, LicenceStatus.Demanded));
        vm.prank(BUYER);
        disputes.demandBlock(c, 1);
        vm.expectRevert(wrongStatus(a, LicenceStatus.Demanded));
        vm.prank(BUYER);
        licences.settle(a);
        StoredBlock memory other = storedAt(1);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_OtherBlock.selector, id, 2, 1));
        vm.prank(CUSTODIAN);
        disputes.answerBlock(c, other);
        StoredBlock memory stored = storedAt(2);
        vm.expectRevert(abi.encodeWithSelector(IDisputes.Disputes_NotCustodian.selector, CUSTODIAN, STRANGER));
        vm.prank(STRANGER);
        disputes.answerBlock(c, stored);
        uint256 had = currency.balanceOf(CUSTODIAN);
        vm.warp(block.timestamp + DISPUTE - 1);
        vm.prank(CUSTODIAN);
        disputes.answerBlock(c, stored);
        Check.same(currency.balanceOf(CUSTODIAN) - had, ANSWER_FEE, "earned");
        Check.same(licences.licenceOf(asset, id).end.time(), block.timestamp + DISPUTE, "the window begins anew");
    }

    function test_LIC_62_aBlockThatIsNotShownGivesTheMoneyBack() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        Case memory c = caseOf(a, key);
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        vm.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.Licences_AnswerOpen.selector, id, licences.licenceOf(asset, id).end)
        );
        disputes.closeDemand(a);
        passWindow(DISPUTE);
        StoredBlock memory stored = storedAt(0);
        vm.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.Licences_AnswerOver.selector, id, licences.licenceOf(asset, id).end)
        );
        vm.prank(CUSTODIAN);
        disputes.answerBlock(c, stored);
        vm.prank(STRANGER);
        disputes.closeDemand(a);
        Check.same(currency.balanceOf(BUYER) - had, PRICE + BOND, "price, bond, and the deposit again");
        Check.holds(!licences.faultOf(asset, 1).isNone(), "the release is faulty");
        vm.expectRevert(wrongStatus(a, LicenceStatus.Refunded));
        disputes.closeDemand(a);
    }

    function test_LIC_63_aWrongKeyIsDisputedWhileABlockIsDemanded() public {
        Agreement memory a = sampleAgreement();
        delivered(a, WRONG);
        uint256 had = currency.balanceOf(BUYER);
        Case memory c = caseOf(a, WRONG);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        disputes.disputeKey(c, proofOf(a));
        Check.same(currency.balanceOf(BUYER) - had, PRICE + BOND, "price, bond, and the deposit again");
    }

    function test_LIC_64_aRevocationGivesTheDepositBackToo() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        uint256 had = currency.balanceOf(BUYER);
        Case memory c = caseOf(a, key);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        vm.prank(operator);
        licences.revoke(a, "cause");
        Check.same(currency.balanceOf(BUYER) - had, PRICE, "price, and the deposit again");
    }

    function test_LIC_65_onlyTheContractOfDisputesRules() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        address[4] memory callers = [BUYER, CUSTODIAN, operator, STRANGER];
        for (uint256 i = 0; i < callers.length; ++i) {
            bytes memory refusal = abi.encodeWithSelector(
                ILicenceRegistry.Licences_OnlyDisputes.selector,
                address(disputes),
                callers[i]
            );
            vm.startPrank(callers[i]);
            vm.expectRevert(refusal);
            licences.rule(a, Fault.Key);
            vm.expectRevert(refusal);
            licences.demand(a);
            vm.expectRevert(refusal);
            licences.answer(a);
            vm.stopPrank();
        }
    }
}
