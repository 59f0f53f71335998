// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Case, IDisputes} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Delivery, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {WrapProof} from "../../contracts/types/KeyWrap.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {vm} from "../support/Vm.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice What a custodian owes who has not delivered, or not in time.
contract AdversaryNomineeTest is AdversaryTest {
    function setUp() public {
        setUpAdversary();
    }

    function test_ADV_31_nobodyIsACustodianAgainstHisWill() public {
        Offer memory offer = sampleOffer();
        offer.custodian = OTHER;
        vm.prank(OTHER);
        licences.depositBond(asset, 5 * BOND);
        Agreement memory a = agreementOf(offer, BUYER, 1);
        LicenceId id = buy(a);
        // Not even what the operator would have delivered in his name.
        Delivery memory forged = deliveryOf(a, WRONG);
        refused(
            operator,
            abi.encodeCall(licences.deliver, (asset, id, forged)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_NotCustodian.selector, OTHER, operator)
        );
        Case memory c = caseOf(a, WRONG);
        bytes memory refusal = abi.encodeWithSelector(IDisputes.Disputes_OtherDelivery.selector, id);
        WrapProof memory proof = proofOf(a);
        undisputed(BUYER, abi.encodeCall(disputes.disputeKey, (c, proof)), refusal);
        undisputed(BUYER, abi.encodeCall(disputes.demandBlock, (c, 0)), refusal);
        undisputed(BUYER, abi.encodeCall(disputes.closeDemand, (a)), wrongStatus(a, LicenceStatus.Paid));
        vm.prank(OTHER);
        licences.withdrawBond(asset, 5 * BOND, OTHER);
        passWindow(DELIVERY);
        licences.refund(a);
        nobodyGains();
    }

    function test_ADV_32_aCustodianWhoseNameIsTheHashOfADeliveryHasNotDelivered() public {
        // The custodian and the bond of an offer, put together, are the hash of a delivery of nonsense.
        Delivery memory nonsense = Delivery(meeting.r.x, meeting.r.y, WRONG);
        uint256 hash = uint256(keccak256(abi.encode(nonsense)));
        Offer memory offer = sampleOffer();
        // The lowest 160 bits, and the 96 above them.
        (offer.custodian, offer.bond) = (address(uint160(hash)), uint96(hash >> 160));
        Agreement memory a = agreementOf(offer, BUYER, 1);
        buy(a);
        Case memory c = Case(a, sealedRelease, nonsense);
        bytes memory refusal = wrongStatus(a, LicenceStatus.Paid);
        undisputed(BUYER, abi.encodeCall(disputes.disputeKey, (c, proofOf(a))), refusal);
        undisputed(BUYER, abi.encodeCall(disputes.demandBlock, (c, 0)), refusal);
        passWindow(DELIVERY);
        licences.refund(a);
        nobodyGains();
    }

    function test_ADV_33_aKeyThatComesTooLateEarnsNothing() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        Delivery memory delivery = deliveryOf(a, key);
        passWindow(DELIVERY);
        Deadline end = licences.licenceOf(asset, id).end;
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.deliver, (asset, id, delivery)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_DeliveryOver.selector, id, end)
        );
        licences.refund(a);
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.deliver, (asset, id, delivery)),
            wrongStatus(a, LicenceStatus.Refunded)
        );
        nobodyGains();
    }
}
