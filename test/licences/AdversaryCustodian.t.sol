// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {Case, IDisputes, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Delivery, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {Secp256k1Reference as Reference} from "../reference/Secp256k1Reference.sol";
import {Wrapping} from "../support/Wrapping.sol";
import {vm} from "../support/Vm.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice Custodians who want to be paid for nothing, or to lose nothing for what they did.
contract AdversaryCustodianTest is AdversaryTest {
    function setUp() public {
        setUpAdversary();
    }

    function test_ADV_20_aBadKeyCostsItsCustodianTheBond() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, WRONG);
        Delivery memory second = deliveryOf(a, key);
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.deliver, (asset, id, second)),
            wrongStatus(a, LicenceStatus.Delivered)
        );
        _bondStays(10 * BOND);
        disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
    }

    function test_ADV_21_noEphemeralPointShieldsABadKey() public {
        uint256 secret = meeting.secret;
        uint256 inverse = _inverse(secret);
        // R is X, -X, G, -G, and such that S is G or -G.
        uint256[6] memory ephemerals = [
            secret,
            Reference.N - secret,
            1,
            Reference.N - 1,
            inverse,
            Reference.N - inverse
        ];
        for (uint256 i = 0; i < 6; ++i) {
            meeting = Wrapping.meet(secret, ephemerals[i], 0xABCDEF);
            Agreement memory a = agreement(i);
            delivered(a, WRONG);
            disputes.disputeKey(caseOf(a, WRONG), proofOf(a));
        }
        gains(BUYER, 6 * FINE);
        gains(CUSTODIAN, -6 * FINE);
        nobodyElseGains();
    }

    function test_ADV_22_aDeliveryOfAnotherLicenceIsABadKey() public {
        Agreement memory first = agreement(1);
        delivered(first, key);
        Agreement memory second = agreement(2);
        LicenceId id = buy(second);
        Delivery memory replayed = deliveryOf(first, key);
        refused(
            OTHER,
            abi.encodeCall(licences.deliver, (asset, id, replayed)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_NotCustodian.selector, CUSTODIAN, OTHER)
        );
        vm.prank(CUSTODIAN);
        licences.deliver(asset, id, replayed);
        disputes.disputeKey(Case(second, sealedRelease, replayed), proofOf(second));
        accept(first);
        gains(BUYER, -PAID + FINE);
        gains(CUSTODIAN, -FINE);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function test_ADV_23_aDeliveryOfAnotherReleaseIsABadKey() public {
        bytes32 former = key;
        publish("second");
        Offer memory offer = sampleOffer();
        offer.release = 2;
        Agreement memory a = agreementOf(offer, BUYER, 1);
        delivered(a, former);
        disputes.disputeKey(caseOf(a, former), proofOf(a));
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
    }

    function test_ADV_24_aThiefWhoRegistersTheSameDataCannotRelayItsKey() public {
        Registration memory r = sampleRegistration(STRANGER, 1_000, "stolen");
        r.release = sealedRelease;
        vm.prank(STRANGER);
        AssetId stolen = assets.register(r);
        vm.prank(STRANGER);
        licences.depositBond(stolen, BOND);
        Offer memory offer = sampleOffer();
        (offer.asset, offer.operator, offer.custodian) = (stolen, STRANGER, STRANGER);
        vm.prank(STRANGER);
        licences.post(offer);
        Agreement memory sold = agreementOf(offer, BUYER, 1);
        vm.prank(BUYER);
        LicenceId id = licences.buy(sold, "");
        // He takes the owner's offer with his buyer's key, and hands on what the owner's custodian delivers.
        Agreement memory taken = agreementOf(sampleOffer(), STRANGER, 1);
        delivered(taken, key);
        Delivery memory relayed = deliveryOf(taken, key);
        vm.prank(STRANGER);
        licences.deliver(stolen, id, relayed);
        disputes.disputeKey(Case(sold, sealedRelease, relayed), proofOf(sold));
        accept(taken);
        gains(STRANGER, -PAID - FINE);
        gains(BUYER, FINE);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function test_ADV_25_aBondThatIsWithdrawnOrLockedDeliversNothing() public {
        Agreement memory a = agreement(1);
        LicenceId id = buy(a);
        vm.prank(CUSTODIAN);
        licences.withdrawBond(asset, 9 * BOND + 1, CUSTODIAN);
        _bondTooSmall(id, deliveryOf(a, WRONG), BOND - 1);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 1);
        Agreement memory other = agreementOf(sampleOffer(), OTHER, 1);
        delivered(other, WRONG);
        // One bond does not stand for two deliveries, nor leave while it stands for one.
        _bondTooSmall(id, deliveryOf(a, WRONG), 0);
        _bondStays(1);
        disputes.disputeKey(caseOf(other, WRONG), proofOf(other));
        passWindow(DELIVERY);
        licences.refund(a);
        gains(OTHER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
    }

    function test_ADV_26_worthlessMoneyIsNoBondAndNoPrice() public {
        DemoCurrency worthless = new DemoCurrency();
        worthless.mint(address(this), 1);
        worthless.approve(address(currencies), 1);
        currencies.admit(address(worthless), address(this), 1);
        Registration memory r = sampleRegistration(STRANGER, 1_000, "worthless");
        r.currency = address(worthless);
        vm.prank(STRANGER);
        AssetId cheap = assets.register(r);
        worthless.mint(STRANGER, 1e18);
        vm.startPrank(STRANGER);
        worthless.approve(address(licences), type(uint256).max);
        licences.depositBond(cheap, 100 * BOND);
        vm.stopPrank();
        bytes memory none = abi.encodeWithSelector(
            ILicenceRegistry.Licences_BondTooSmall.selector,
            STRANGER,
            asset,
            0,
            BOND
        );
        refused(STRANGER, abi.encodeCall(licences.withdrawBond, (asset, BOND, STRANGER)), none);
        Offer memory offer = sampleOffer();
        offer.custodian = STRANGER;
        Agreement memory a = agreementOf(offer, BUYER, 1);
        LicenceId id = buy(a);
        Delivery memory delivery = deliveryOf(a, WRONG);
        refused(STRANGER, abi.encodeCall(licences.deliver, (asset, id, delivery)), none);
        // A licence paid in one currency is not looked for under an asset that has another.
        bytes memory nothing = abi.encodeWithSelector(
            ILicenceRegistry.Licences_WrongStatus.selector,
            id,
            LicenceStatus.None
        );
        refused(STRANGER, abi.encodeCall(licences.deliver, (cheap, id, delivery)), nothing);
        Offer memory own = sampleOffer();
        (own.asset, own.operator) = (cheap, STRANGER);
        vm.prank(STRANGER);
        licences.post(own);
        Agreement memory paid = agreementOf(own, STRANGER, 1);
        vm.prank(STRANGER);
        licences.buy(paid, "");
        paid.offer.asset = asset;
        passWindow(DELIVERY);
        refused(STRANGER, abi.encodeCall(licences.refund, (paid)), wrongStatus(paid, LicenceStatus.None));
        licences.refund(a);
        nobodyGains();
    }

    function test_ADV_27_duplicatesInOneCallDeliverNothing() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        LicenceId[] memory ids = new LicenceId[](2);
        Delivery[] memory deliveries = new Delivery[](2);
        (ids[0], ids[1]) = (id, id);
        (deliveries[0], deliveries[1]) = (deliveryOf(a, WRONG), deliveryOf(a, key));
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.deliverMany, (asset, ids, deliveries)),
            wrongStatus(a, LicenceStatus.Delivered)
        );
        hasStatus(a, LicenceStatus.Paid);
        Check.same(lockedBond(), 0, "nothing locked");
        passWindow(DELIVERY);
        licences.refund(a);
        nobodyGains();
    }

    function test_ADV_28_nothingElseAnswersADemand() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        demand(a, key, 1);
        Case memory c = caseOf(a, key);
        bytes memory refusal = abi.encodeWithSelector(IDisputes.Disputes_NotStored.selector, id, 1);
        StoredBlock memory stored = storedAt(0);
        undisputed(
            CUSTODIAN,
            abi.encodeCall(disputes.answerBlock, (c, stored)),
            abi.encodeWithSelector(IDisputes.Disputes_OtherBlock.selector, id, 1, 0)
        );
        stored.index = 1;
        undisputed(CUSTODIAN, abi.encodeCall(disputes.answerBlock, (c, stored)), refusal);
        stored = storedAt(1);
        stored.path = new bytes32[](2_000);
        undisputed(CUSTODIAN, abi.encodeCall(disputes.answerBlock, (c, stored)), refusal);
        bytes32[] memory padded = new bytes32[](3);
        (padded[0], padded[1]) = (storedAt(1).path[0], storedAt(1).path[1]);
        stored.path = padded;
        undisputed(CUSTODIAN, abi.encodeCall(disputes.answerBlock, (c, stored)), refusal);
        Agreement memory other = agreementOf(sampleOffer(), OTHER, 1);
        delivered(other, key);
        undisputed(
            CUSTODIAN,
            abi.encodeCall(disputes.answerBlock, (caseOf(other, key), storedAt(1))),
            abi.encodeWithSelector(IDisputes.Disputes_OtherBlock.selector, idOf(other), 0, 1)
        );
        undisputed(
            CUSTODIAN,
            abi.encodeCall(disputes.answerBlock, (caseOf(other, key), storedAt(0))),
            wrongStatus(other, LicenceStatus.Delivered)
        );
        passWindow(DISPUTE);
        disputes.closeDemand(a);
        licences.settle(other);
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        gains(OTHER, -PAID);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function test_ADV_29_aFaultOfHisOwnMakingPaysNobodyAndCostsNoLicensee() public {
        Agreement memory victim = sampleAgreement();
        delivered(victim, key);
        Agreement memory friend = agreementOf(sampleOffer(), OTHER, 1);
        delivered(friend, key);
        demand(victim, key, 0);
        demand(friend, key, 0);
        vm.warp(block.timestamp + 1);
        answer(victim, key, 0);
        vm.warp(block.timestamp + DISPUTE - 1);
        vm.roll(block.number + BLOCKS);
        disputes.closeDemand(friend);
        vm.prank(BUYER);
        licences.refund(victim);
        gains(BUYER, -DEPOSIT);
        gains(CUSTODIAN, DEPOSIT - FINE);
        gains(OTHER, FINE);
        nobodyElseGains();
        Agreement memory late = agreementOf(sampleOffer(), BUYER, 2);
        refused(
            BUYER,
            abi.encodeCall(licences.buy, (late, signOffer(OPERATOR_KEY, late.offer))),
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_ReleaseFaulty.selector,
                asset,
                1,
                licences.faultOf(asset, 1)
            )
        );
    }

    function test_ADV_30_aRefundThatNobodyAskedForSavesNoBond() public {
        Agreement memory friend = agreementOf(sampleOffer(), OTHER, 1);
        delivered(friend, key);
        demand(friend, key, 0);
        vm.warp(block.timestamp + DISPUTE - 1);
        vm.roll(block.number + BLOCKS);
        Agreement memory quick = agreement(1);
        delivered(quick, WRONG);
        Agreement memory slow = agreement(2);
        delivered(slow, WRONG);
        vm.warp(block.timestamp + 1);
        disputes.closeDemand(friend);
        // A fault of the release does not take the case of a bad key away.
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.refund, (quick)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_DisputeOpen.selector, idOf(quick), _endOf(quick))
        );
        disputes.disputeKey(caseOf(quick, WRONG), proofOf(quick));
        // Nor that of a block that was not shown, from the licensee himself or from the operator.
        demand(slow, WRONG, 0);
        passWindow(DISPUTE);
        bytes memory unanswered = abi.encodeWithSelector(
            ILicenceRegistry.Licences_AnswerOver.selector,
            idOf(slow),
            _endOf(slow)
        );
        address[3] memory callers = [CUSTODIAN, STRANGER, BUYER];
        for (uint256 i = 0; i < callers.length; ++i) {
            refused(callers[i], abi.encodeCall(licences.refund, (slow)), unanswered);
        }
        bytes memory over = abi.encodeWithSelector(
            ILicenceRegistry.Licences_DisputeOver.selector,
            idOf(slow),
            _endOf(slow)
        );
        refused(operator, abi.encodeCall(licences.revoke, (slow, CAUSE)), over);
        disputes.closeDemand(slow);
        gains(BUYER, 2 * FINE);
        gains(OTHER, FINE);
        gains(CUSTODIAN, -3 * FINE);
        nobodyElseGains();
    }

    function _endOf(Agreement memory a) private view returns (Deadline) {
        return licences.licenceOf(asset, idOf(a)).end;
    }

    function _bondStays(uint128 amount) private {
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.withdrawBond, (asset, amount, CUSTODIAN)),
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_BondTooSmall.selector,
                CUSTODIAN,
                asset,
                licences.bondOf(CUSTODIAN, asset).free,
                amount
            )
        );
    }

    function _bondTooSmall(LicenceId id, Delivery memory delivery, uint256 free) private {
        refused(
            CUSTODIAN,
            abi.encodeCall(licences.deliver, (asset, id, delivery)),
            abi.encodeWithSelector(ILicenceRegistry.Licences_BondTooSmall.selector, CUSTODIAN, asset, free, BOND)
        );
    }

    /// @dev Modulo the order, by Fermat.
    function _inverse(uint256 x) private pure returns (uint256 result) {
        result = 1;
        for (uint256 e = Reference.N - 2; e != 0; e >>= 1) {
            if (e & 1 == 1) result = mulmod(result, x, Reference.N);
            x = mulmod(x, x, Reference.N);
        }
    }
}
