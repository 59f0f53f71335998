// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {IPayments} from "../../contracts/licences/IPayments.sol";
import {Agreement, Delivery, Licence, Offer, Tier} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Custody} from "../../contracts/types/Custody.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {LicenceTest} from "./LicenceTest.sol";

contract LicenceSettlementTest is LicenceTest {
    function setUp() public {
        setUpLicences();
    }

    function test_LIC_20_onlyTheCustodianDeliversAndOnce() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        Delivery memory delivery = deliveryOf(a, key);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_NotCustodian.selector, CUSTODIAN, OTHER));
        vm.prank(OTHER);
        licences.deliver(asset, id, delivery);
        deliver(a, key);
        Licence memory licence = licences.licenceOf(asset, id);
        Check.same(
            uint256(Custody.unwrap(licence.custody)),
            uint256(keccak256(abi.encode(delivery))),
            "hash of the delivery"
        );
        Check.same(licence.end.time(), block.timestamp + DISPUTE, "dispute by");
        Check.holds(licences.isLicensed(BUYER, asset), "licensed while the window is open");
        vm.expectRevert(wrongStatus(a, LicenceStatus.Delivered));
        vm.prank(CUSTODIAN);
        licences.deliver(asset, id, delivery);
    }

    function test_LIC_21_aDeliveryIsForTheLicencesOwnAsset() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        AssetId other = registerSealed("other", 100, type(uint256).max);
        Delivery memory delivery = deliveryOf(a, key);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_WrongStatus.selector, id, LicenceStatus.None));
        vm.prank(CUSTODIAN);
        licences.deliver(other, id, delivery);
    }

    function test_LIC_22_aDeliveryIsInTimeOrTheMoneyGoesBack() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        Delivery memory delivery = deliveryOf(a, key);
        vm.warp(block.timestamp + DELIVERY);
        vm.roll(block.number + BLOCKS - 1);
        // The seconds have passed and the blocks have not: a chain that halted eats nobody's time.
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_DeliveryOpen.selector,
                id,
                licences.licenceOf(asset, id).end
            )
        );
        licences.refund(a);
        vm.roll(block.number + 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_DeliveryOver.selector,
                id,
                licences.licenceOf(asset, id).end
            )
        );
        vm.prank(CUSTODIAN);
        licences.deliver(asset, id, delivery);
        participants.suspend(BUYER, "reason");
        suspendAsset(asset);
        uint256 had = currency.balanceOf(BUYER);
        vm.prank(STRANGER);
        licences.refund(a);
        Check.same(currency.balanceOf(BUYER) - had, PRICE, "whole, whoever asks, whatever became of buyer and asset");
        vm.expectRevert(wrongStatus(a, LicenceStatus.Refunded));
        licences.refund(a);
    }

    function test_LIC_23_aSuspendedAssetIsDeliveredAndSettled() public {
        Agreement memory a = sampleAgreement();
        buy(a);
        suspendAsset(asset);
        deliver(a, key);
        vm.prank(BUYER);
        licences.settle(a);
        Check.holds(statusOf(a) == LicenceStatus.Settled, "settled");
    }

    function test_LIC_24_aDeliveryNeedsABond() public {
        Agreement memory a = sampleAgreement();
        a.offer.bond = 10 * BOND + 1;
        LicenceId id = buy(a);
        Delivery memory delivery = deliveryOf(a, key);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_BondTooSmall.selector,
                CUSTODIAN,
                asset,
                10 * BOND,
                10 * BOND + 1
            )
        );
        vm.prank(CUSTODIAN);
        licences.deliver(asset, id, delivery);
    }

    function test_LIC_25_aBondIsLockedWhileAWindowIsOpen() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        Check.same(lockedBond(), BOND, "locked");
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_BondTooSmall.selector,
                CUSTODIAN,
                asset,
                9 * BOND,
                9 * BOND + 1
            )
        );
        vm.prank(CUSTODIAN);
        licences.withdrawBond(asset, 9 * BOND + 1, CUSTODIAN);
        vm.prank(BUYER);
        licences.settle(a);
        Check.same(lockedBond(), 0, "free again");
        uint256 had = currency.balanceOf(OTHER);
        vm.prank(CUSTODIAN);
        licences.withdrawBond(asset, 10 * BOND, OTHER);
        Check.same(currency.balanceOf(OTHER) - had, 10 * BOND, "all of it");
    }

    function test_LIC_26_aKeyOffTheCurveIsNotDelivered() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        Delivery memory delivery = deliveryOf(a, key);
        delivery.rY ^= 1;
        vm.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.Licences_KeyNotOnCurve.selector, delivery.rX, delivery.rY)
        );
        vm.prank(CUSTODIAN);
        licences.deliver(asset, id, delivery);
    }

    function test_LIC_27_oneCallDeliversToMany() public {
        LicenceId[] memory ids = new LicenceId[](3);
        Delivery[] memory deliveries = new Delivery[](3);
        Agreement[] memory agreements = new Agreement[](3);
        for (uint64 i = 0; i < 3; ++i) {
            agreements[i] = agreementOf(sampleOffer(), i == 0 ? OTHER : BUYER, i);
            ids[i] = buy(agreements[i]);
            deliveries[i] = deliveryOf(agreements[i], key);
        }
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_LengthsDiffer.selector, 3, 0));
        vm.prank(CUSTODIAN);
        licences.deliverMany(asset, ids, new Delivery[](0));
        vm.prank(CUSTODIAN);
        licences.deliverMany(asset, ids, deliveries);
        for (uint256 i = 0; i < 3; ++i) Check.holds(statusOf(agreements[i]) == LicenceStatus.Delivered, "delivered");
        Check.same(lockedBond(), 3 * BOND, "a bond for each");
    }

    function test_LIC_28_aSettlementPaysTheMarketAndTheFractions() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_DisputeOpen.selector,
                id,
                licences.licenceOf(asset, id).end
            )
        );
        licences.settle(a);
        passWindow(DISPUTE);
        vm.prank(STRANGER);
        licences.settle(a);
        uint256 fee = (uint256(PRICE) * FEE_BPS) / 10_000;
        Check.same(licences.creditOf(TREASURY, address(currency)), fee, "fee");
        Check.same(assets.claimable(asset, HOLDER), PRICE - fee, "to whoever holds the fractions");
        Check.holds(licences.isLicensed(BUYER, asset), "licensed");
        Licence memory licence = licences.licenceOf(asset, id);
        Check.same(licence.end.time(), block.timestamp + DURATION, "until");
        Check.same(licence.amount, 0, "nothing left");
        vm.expectRevert(wrongStatus(a, LicenceStatus.Settled));
        licences.settle(a);
        vm.warp(block.timestamp + DURATION - 1);
        Check.holds(licences.isLicensed(BUYER, asset), "to the last second");
        vm.warp(block.timestamp + 1);
        Check.holds(!licences.isLicensed(BUYER, asset), "over");
    }

    function test_LIC_29_theFeeIsTheOneOfThePurchase() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        licences.setFee(500, OTHER);
        vm.prank(BUYER);
        licences.settle(a);
        Check.same(licences.creditOf(OTHER, address(currency)), (uint256(PRICE) * FEE_BPS) / 10_000, "as bought");
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_FeeTooHigh.selector, 501, 500));
        licences.setFee(501, OTHER);
    }

    function test_LIC_30_creditsAreWithdrawnByTheirOwnerAlone() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        vm.prank(BUYER);
        licences.settle(a);
        vm.expectRevert(abi.encodeWithSelector(IPayments.Payments_NotPayee.selector, TREASURY, OTHER));
        vm.prank(OTHER);
        licences.withdraw(TREASURY, address(currency), OTHER);
        uint256 had = currency.balanceOf(OTHER);
        vm.prank(TREASURY);
        uint256 amount = licences.withdraw(TREASURY, address(currency), OTHER);
        Check.same(currency.balanceOf(OTHER) - had, amount, "arrived");
        vm.expectRevert(
            abi.encodeWithSelector(IPayments.Payments_NothingToWithdraw.selector, TREASURY, address(currency))
        );
        vm.prank(TREASURY);
        licences.withdraw(TREASURY, address(currency), OTHER);
    }

    function test_LIC_31_theLongestLicenceCounts() public {
        Agreement memory long = sampleAgreement();
        delivered(long, key);
        vm.prank(BUYER);
        licences.settle(long);
        Offer memory brief = sampleOffer();
        (brief.duration, brief.nonce) = (1 days, 8);
        Agreement memory second = agreementOf(brief, BUYER, 2);
        delivered(second, key);
        vm.prank(BUYER);
        licences.settle(second);
        Check.same(
            uint256(LicenceId.unwrap(licences.currentLicence(BUYER, asset))),
            uint256(LicenceId.unwrap(licences.hashAgreement(long))),
            "the longer one"
        );
        vm.warp(block.timestamp + 2 days);
        Check.holds(licences.isLicensed(BUYER, asset), "runs on");
    }

    function test_LIC_32_eachRefusalOfUseIsExplained() public {
        _explains(ILicenceRegistry.Licences_None.selector);
        Agreement memory a = sampleAgreement();
        buy(a);
        _explains(ILicenceRegistry.Licences_NotSettled.selector);
        deliver(a, key);
        _explains(0);
        passWindow(DISPUTE);
        _explains(ILicenceRegistry.Licences_NotSettled.selector);
        licences.settle(a);
        _explains(0);
        participants.suspend(BUYER, "reason");
        _explains(ILicenceRegistry.Licences_Inactive.selector);
        participants.reinstate(BUYER, "reason");
        vm.warp(block.timestamp + DURATION);
        _explains(ILicenceRegistry.Licences_Over.selector);
    }

    function test_LIC_33_computeOnlyLicenseesAreLetIn() public {
        Offer memory offer = sampleOffer();
        offer.tier = Tier.ComputeOnly;
        Agreement memory a = agreementOf(offer, BUYER, 1);
        LicenceId id = buy(a);
        Delivery memory delivery = deliveryOf(a, key);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_WrongTier.selector, id));
        vm.prank(CUSTODIAN);
        licences.deliver(asset, id, delivery);
        vm.prank(CUSTODIAN);
        licences.grantAccess(asset, id);
        passWindow(DISPUTE);
        licences.settle(a);
        Check.holds(licences.isLicensed(BUYER, asset), "licensed");
        Agreement memory handed = agreementOf(sampleOffer(), BUYER, 2);
        id = buy(handed);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_WrongTier.selector, id));
        vm.prank(CUSTODIAN);
        licences.grantAccess(asset, id);
    }

    function test_LIC_37_aRenewalNeedsNoKey() public {
        Agreement memory former = sampleAgreement();
        delivered(former, key);
        Agreement memory next = agreementOf(sampleOffer(), BUYER, 2);
        bytes memory signature = signOffer(OPERATOR_KEY, next.offer);
        vm.expectRevert(wrongStatus(former, LicenceStatus.Delivered));
        vm.prank(BUYER);
        licences.renew(former, next, signature);
        vm.prank(BUYER);
        licences.settle(former);
        uint256 claimable = assets.claimable(asset, HOLDER);
        vm.warp(block.timestamp + DURATION - 5);
        vm.prank(BUYER);
        licences.renew(former, next, signature);
        Check.holds(statusOf(next) == LicenceStatus.Settled, "settled at once");
        Check.holds(assets.claimable(asset, HOLDER) > claimable, "paid to the fractions");
        vm.warp(block.timestamp + DURATION - 1);
        Check.holds(licences.isLicensed(BUYER, asset), "runs on");
        // A licence of somebody else, or to another release, has another key.
        Agreement memory other = agreementOf(sampleOffer(), OTHER, 1);
        bytes4 terms = ILicenceRegistry.Licences_OtherTerms.selector;
        vm.expectRevert(abi.encodeWithSelector(terms, licences.hashAgreement(former), licences.hashAgreement(other)));
        vm.prank(OTHER);
        licences.renew(former, other, signature);
    }

    function test_LIC_38_usesAreCountedUpToTheQuota() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_NotSettled.selector, id, LicenceStatus.Paid));
        vm.prank(CUSTODIAN);
        licences.consume(a, 1, "receipt");
        deliver(a, key);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_NotCustodian.selector, CUSTODIAN, BUYER));
        vm.prank(BUYER);
        licences.consume(a, 1, "receipt");
        vm.startPrank(CUSTODIAN);
        licences.consume(a, 4, "receipt");
        licences.consume(a, 6, "receipt");
        Check.same(licences.usedOf(id), 10, "used");
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_QuotaExceeded.selector, id, 0, 1));
        licences.consume(a, 1, "receipt");
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_NothingToConsume.selector, id));
        licences.consume(a, 0, "receipt");
        vm.stopPrank();
    }

    function test_LIC_39_onlyMeteredLicencesAreCounted() public {
        Offer memory offer = sampleOffer();
        offer.quota = 0;
        Agreement memory a = agreementOf(offer, BUYER, 1);
        LicenceId id = delivered(a, key);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_NotMetered.selector, id));
        vm.prank(CUSTODIAN);
        licences.consume(a, 1, "receipt");
    }

    function test_LIC_40_aFreeLicenceIsSettledToo() public {
        Offer memory offer = sampleOffer();
        (offer.price, offer.bond) = (0, 0);
        Agreement memory a = agreementOf(offer, BUYER, 1);
        delivered(a, key);
        vm.prank(BUYER);
        licences.settle(a);
        Check.holds(licences.isLicensed(BUYER, asset), "licensed");
    }

    function test_LIC_41_theContractOfDisputesIsNamedOnce() public {
        vm.expectRevert(
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_AlreadyConnected.selector,
                address(disputes),
                address(subscriptions)
            )
        );
        licences.connect(STRANGER, STRANGER);
    }

    function _explains(bytes4 expected) private view {
        (bool ok, bytes4 reason) = licences.explainUse(BUYER, asset);
        Check.holds(reason == expected && ok == (expected == 0), "reason");
        Check.holds(ok == (licences.isLicensed(BUYER, asset) && participants.isActive(BUYER)), "as the view says");
    }
}
