// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Licence} from "../../contracts/licences/LicenceTypes.sol";
import {ICredentialRegistry} from "../../contracts/participants/ICredentialRegistry.sol";
import {Issuance, SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {Custody} from "../../contracts/types/Custody.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Permit} from "../../contracts/types/Permit.sol";
import {Window} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {LicenceTest} from "./LicenceTest.sol";

contract LicencePurchaseTest is LicenceTest {
    function setUp() public {
        setUpLicences();
    }

    function test_LIC_01_thePriceLiesInEscrow() public {
        Agreement memory a = sampleAgreement();
        uint256 had = currency.balanceOf(BUYER);
        uint256 held = currency.balanceOf(address(licences));
        LicenceId id = buy(a);
        Check.same(had - currency.balanceOf(BUYER), PRICE, "paid");
        Check.same(currency.balanceOf(address(licences)) - held, PRICE, "held");
        Licence memory licence = licences.licenceOf(asset, id);
        Check.holds(licence.status == LicenceStatus.Paid, "status");
        Check.same(licence.amount, PRICE, "amount");
        Check.same(licence.end.time(), block.timestamp + DELIVERY, "deliver by");
        Check.same(licence.end.number(), block.number + BLOCKS, "least blocks");
        Check.same(uint256(Custody.unwrap(licence.custody)), (uint256(BOND) << 160) | uint160(CUSTODIAN), "custody");
        Check.holds(!licences.isLicensed(BUYER, asset), "no licence yet");
    }

    function test_LIC_02_theIdIsTheHashOfTheWholeAgreement() public view {
        Agreement memory a = sampleAgreement();
        bytes32 id = LicenceId.unwrap(licences.hashAgreement(a));
        bytes memory encoded = abi.encode(a);
        for (uint256 word = 0; word < encoded.length / 32; ++word) {
            // Enumerations and booleans have two values; every other word takes any lowest bit.
            bytes memory changed = abi.encode(a);
            changed[word * 32 + 31] ^= 0x01;
            Agreement memory other = abi.decode(changed, (Agreement));
            Check.holds(LicenceId.unwrap(licences.hashAgreement(other)) != id, "every field counts");
        }
    }

    function test_LIC_03_onlyTheLicenseeBuys() public {
        Agreement memory a = sampleAgreement();
        bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_NotLicensee.selector, BUYER, OTHER));
        vm.prank(OTHER);
        licences.buy(a, signature);
    }

    function test_LIC_04_anAgreementIsBoughtOnce() public {
        Agreement memory a = sampleAgreement();
        LicenceId id = buy(a);
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_AlreadyBought.selector, id));
        a.nonce = 2;
        buy(a);
    }

    function test_LIC_05_anOfferBearsItsOperatorsSignatureOrWasPosted() public {
        Agreement memory a = sampleAgreement();
        bytes32 hash = licences.hashOffer(a.offer);
        bytes memory refusal = abi.encodeWithSelector(ILicenceRegistry.Licences_BadSignature.selector, hash, operator);
        bytes memory other = signOffer(0xBAD, a.offer);
        _refusedWith(a, other, refusal);
        _refusedWith(a, "", refusal);
        vm.expectRevert(
            abi.encodeWithSelector(ILicenceRegistry.Licences_NotOperator.selector, asset, operator, STRANGER)
        );
        vm.prank(STRANGER);
        licences.post(a.offer);
        vm.prank(operator);
        licences.post(a.offer);
        Check.holds(licences.isOfferPosted(hash), "posted");
        vm.expectRevert(abi.encodeWithSelector(ILicenceRegistry.Licences_OfferAlreadyPosted.selector, hash));
        vm.prank(operator);
        licences.post(a.offer);
        vm.prank(BUYER);
        licences.buy(a, "");
    }

    function test_LIC_06_anOfferIsGoodWhileItsSignerOperatesTheAsset() public {
        Agreement memory a = sampleAgreement();
        vm.prank(address(votes));
        assets.replaceOperator(asset, OTHER);
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_NotOperator.selector, asset, OTHER, operator));
    }

    function test_LIC_07_anOfferEndsWhenItSays() public {
        Agreement memory a = sampleAgreement();
        a.offer.expiry = uint48(block.timestamp);
        buy(a);
        vm.warp(block.timestamp + 1);
        a.nonce = 2;
        _refused(
            a,
            abi.encodeWithSelector(ILicenceRegistry.Licences_OfferExpired.selector, a.offer.expiry, block.timestamp)
        );
    }

    function test_LIC_08_aCancelledNumberIsCancelledForGood() public {
        Agreement memory a = sampleAgreement();
        vm.prank(OTHER);
        licences.cancelOffer(7);
        buy(a);
        vm.prank(operator);
        licences.cancelOffer(7);
        Check.holds(licences.isOfferCancelled(operator, 7) && !licences.isOfferCancelled(operator, 8), "one number");
        a.nonce = 2;
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_OfferCancelled.selector, operator, 7));
    }

    function test_LIC_09_anOfferBindsPolicyAndFee() public {
        Agreement memory a = sampleAgreement();
        a.offer.policyVersion = 2;
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_PolicyChanged.selector, asset, 2, 1));
        a = sampleAgreement();
        a.offer.maxFeeBps = FEE_BPS - 1;
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_FeeAboveOffer.selector, FEE_BPS, FEE_BPS - 1));
    }

    function test_LIC_10_onlyAnAssetInForceIsSold() public {
        Agreement memory a = sampleAgreement();
        bytes memory refusal = abi.encodeWithSelector(ILicenceRegistry.Licences_AssetNotOffered.selector, asset);
        suspendAsset(asset);
        _refused(a, refusal);
        reinstateAsset(asset);
        buy(a);
        vm.prank(HOLDER);
        assets.retire(asset);
        a.nonce = 2;
        _refused(a, refusal);
    }

    function test_LIC_11_onlyAReleaseThatWasPublishedIsSold() public {
        Agreement memory a = sampleAgreement();
        for (uint32 number = 0; number <= 2; number += 2) {
            a.offer.release = number;
            _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_ReleaseUnknown.selector, asset, number));
        }
    }

    function test_LIC_12_windowsAreBounded() public {
        Agreement memory a = sampleAgreement();
        Window memory least = Window(LEAST, BLOCKS);
        bytes4 short = ILicenceRegistry.Licences_WindowTooShort.selector;
        bytes4 long = ILicenceRegistry.Licences_WindowTooLong.selector;
        a.offer.deliverySeconds = uint24(LEAST) - 1;
        _refused(a, abi.encodeWithSelector(short, LEAST - 1, BLOCKS, least));
        a.offer.deliverySeconds = DELIVERY;
        a.offer.disputeBlocks = uint24(BLOCKS) - 1;
        _refused(a, abi.encodeWithSelector(short, DISPUTE, BLOCKS - 1, least));
        a.offer.disputeBlocks = 90 days + 1;
        _refused(a, abi.encodeWithSelector(long, 90 days + 1, 90 days));
        a.offer.disputeBlocks = uint24(BLOCKS);
        a.offer.disputeSeconds = 90 days + 1;
        _refused(a, abi.encodeWithSelector(long, 90 days + 1, 90 days));
        a.offer.disputeSeconds = 90 days;
        buy(a);
    }

    function test_LIC_13_theLicenseeIsActiveAndHasTheCredential() public {
        Agreement memory a = sampleAgreement();
        participants.suspend(BUYER, "reason");
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_Inactive.selector, BUYER));
        participants.reinstate(BUYER, "reason");
        SchemaId schema = openSchema("researcher", address(this));
        a.offer.credential = schema;
        bytes4 missing = ICredentialRegistry.Credentials_Missing.selector;
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_CredentialMissing.selector, BUYER, missing));
        credentials.issue(Issuance(BUYER, schema, type(uint48).max, 0));
        buy(a);
    }

    function test_LIC_14_aKeyOffTheCurveIsRefused() public {
        Agreement memory a = sampleAgreement();
        a.keyY ^= 1;
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_KeyNotOnCurve.selector, a.keyX, a.keyY));
        (a.keyX, a.keyY) = (0, 0);
        _refused(a, abi.encodeWithSelector(ILicenceRegistry.Licences_KeyNotOnCurve.selector, 0, 0));
    }

    function test_LIC_15_theAllowanceMayComeInTheSameCall() public {
        uint256 signer = 0xBEE;
        address buyer = vm.addr(signer);
        participants.admit(buyer, DOMAIN, participants.participantOf(BUYER).kind, 0);
        currency.mint(buyer, PRICE);
        Agreement memory a = agreementOf(sampleOffer(), buyer, 1);
        bytes32 digest = keccak256(
            abi.encodePacked(
                hex"1901",
                currency.DOMAIN_SEPARATOR(),
                keccak256(
                    abi.encode(
                        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"),
                        buyer,
                        address(licences),
                        PRICE,
                        0,
                        block.timestamp
                    )
                )
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(signer, digest);
        bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
        vm.prank(buyer);
        licences.buyWithPermit(a, signature, Permit(PRICE, block.timestamp, v, r, s));
        Check.same(currency.balanceOf(buyer), 0, "paid");
    }

    /// @dev A purchase and its explanation give the same reason.
    function _refused(Agreement memory a, bytes memory refusal) private {
        _refusedWith(a, signOffer(OPERATOR_KEY, a.offer), refusal);
    }

    function _refusedWith(Agreement memory a, bytes memory signature, bytes memory refusal) private {
        (bool ok, bytes4 reason) = licences.explainBuy(a, signature);
        Check.holds(!ok && reason == bytes4(refusal), "explained");
        vm.expectRevert(refusal);
        vm.prank(a.licensee);
        licences.buy(a, signature);
    }
}
