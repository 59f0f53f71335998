// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Case} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {LicenceTest} from "./LicenceTest.sol";

contract LicenceRevocationTest is LicenceTest {
    function setUp() public {
        setUpLicences();
    }

    function test_LIC_34_onlyTheOperatorRevokesWithACause() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        vm.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.Licences_NotOperator.selector, asset, operator, STRANGER)
        );
        vm.prank(STRANGER);
        licences.revoke(a, "cause");
        vm.expectRevert(ILicenceRegistry.Licences_NoReason.selector);
        vm.prank(operator);
        licences.revoke(a, 0);
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(operator);
        licences.revoke(a, "cause");
        Check.same(currency.balanceOf(BUYER) - had, PRICE, "all of it, before the settlement");
        Check.same(lockedBond(), 0, "the custodian is free");
        Check.holds(!licences.isLicensed(BUYER, asset), "no licence");
        vm.expectRevert(wrongStatus(a, LicenceStatus.Revoked));
        vm.prank(operator);
        licences.revoke(a, "cause");
    }

    function testFuzz_LIC_35_whoRevokesASettledLicencePaysForTheRest(uint48 used) public {
        used = used % DURATION;
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        vm.prank(BUYER);
        licences.settle(a);
        vm.warp(block.timestamp + used);
        (uint256 buyerHad, uint256 operatorHad) = (currency.balanceOf(BUYER), currency.balanceOf(operator));
        vm.prank(operator);
        licences.revoke(a, "cause");
        uint256 left = DURATION - used;
        uint256 back = (PRICE * left + DURATION - 1) / DURATION;
        Check.same(currency.balanceOf(BUYER) - buyerHad, back, "for the rest, rounded up");
        Check.same(operatorHad - currency.balanceOf(operator), back, "by who revokes");
        Check.holds(!licences.isLicensed(BUYER, asset), "no licence");
    }

    function test_LIC_36_aLicenceThatIsOverIsNotRevoked() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        vm.prank(BUYER);
        licences.settle(a);
        uint256 until = block.timestamp + DURATION;
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_Over.selector, id, until));
        vm.prank(operator);
        licences.revoke(a, "cause");
    }

    function test_LIC_81_anOperatorWhoIsNotActiveOffersSellsAndRevokesNothing() public {
        Agreement memory sold = agreementOf(sampleOffer(), OTHER, 1);
        delivered(sold, key);
        Agreement memory a = sampleAgreement();
        bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
        bytes memory refusal = abi.encodeWithSelector(ILicenceRegistry.Licences_Inactive.selector, operator);
        participants.suspend(operator, "cause");
        vm.startPrank(operator);
        vm.expectRevert(refusal);
        licences.post(a.offer);
        vm.expectRevert(refusal);
        licences.revoke(sold, "cause");
        vm.stopPrank();
        vm.expectRevert(refusal);
        vm.prank(BUYER);
        licences.buy(a, signature);
        (bool ok, bytes4 reason) = licences.explainBuy(a, signature);
        Check.holds(!ok && reason == ILicenceRegistry.Licences_Inactive.selector, "explained");
        participants.reinstate(operator, "over");
        buy(a);
        vm.prank(operator);
        licences.revoke(sold, "cause");
    }

    function test_LIC_82_whatIsEarnedOrForfeitIsNotRevoked() public {
        Agreement memory earned = agreementOf(sampleOffer(), OTHER, 1);
        LicenceId id = delivered(earned, key);
        Agreement memory unanswered = sampleAgreement();
        LicenceId other = delivered(unanswered, key);
        Case memory c = caseOf(unanswered, key);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        passWindow(DISPUTE);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_DisputeOver.selector,
                id,
                licences.licenceOf(asset, id).end
            )
        );
        vm.prank(operator);
        licences.revoke(earned, "cause");
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_DisputeOver.selector,
                other,
                licences.licenceOf(asset, other).end
            )
        );
        vm.prank(operator);
        licences.revoke(unanswered, "cause");
        licences.settle(earned);
        uint256 had = currency.balanceOf(OTHER);
        vm.prank(operator);
        licences.revoke(earned, "cause");
        Check.same(currency.balanceOf(OTHER) - had, PRICE, "by who revokes");
    }
}
