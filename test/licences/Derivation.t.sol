// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent, Registration} from "../../contracts/assets/AssetTypes.sol";
import {Consent, ConsentLib} from "../../contracts/assets/ConsentTypes.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {DerivationGate} from "../../contracts/licences/DerivationGate.sol";
import {Evidence, EvidenceKind} from "../../contracts/licences/DerivationTypes.sol";
import {Case} from "../../contracts/licences/IDisputes.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {DerivationTest} from "./DerivationTest.sol";

contract LicenceDerivationTest is DerivationTest {
    uint256 private constant NEW_KEY = 0x4E37;
    /// @dev Words of an encoded agreement that are compared before its hash.
    uint256 private constant ASSET_WORD = 1;
    uint256 private constant DERIVATION_WORD = 9;
    uint256 private constant LICENSEE_WORD = 21;

    function setUp() public {
        setUpDerivation();
    }

    function test_DER_01_aSettledLicencePermitsADerivation() public {
        Registration memory child = childOf(asset, licenceEvidence(settled()));
        registered(child);
        Parent[] memory parents = assets.parentsOf(idOf(child));
        Check.holds(parents.length == 1 && parents[0].id == asset, "parent");
    }

    function test_DER_02_aLicenceThatIsNotSettledPermitsNone() public {
        Agreement memory a = derivable();
        Registration memory child = childOf(asset, licenceEvidence(a));
        refused(child, notSettled(a, LicenceStatus.None));
        buy(a);
        refused(child, notSettled(a, LicenceStatus.Paid));
        deliver(a, key);
        refused(child, notSettled(a, LicenceStatus.Delivered));
        Case memory c = caseOf(a, key);
        vm.prank(BUYER);
        disputes.demandBlock(c, 0);
        refused(child, notSettled(a, LicenceStatus.Demanded));
        passWindow(DISPUTE);
        disputes.closeDemand(a);
        refused(child, notSettled(a, LicenceStatus.Refunded));
    }

    function test_DER_02_aRevokedLicencePermitsNone() public {
        Agreement memory a = derivable();
        buy(a);
        revoke(a);
        refused(childOf(asset, licenceEvidence(a)), notSettled(a, LicenceStatus.Revoked));
        a.nonce = 2;
        delivered(a, key);
        settle(a);
        revoke(a);
        refused(childOf(asset, licenceEvidence(a)), notSettled(a, LicenceStatus.Revoked));
    }

    function test_DER_03_aLicencePermitsUntilItsEnd() public {
        Agreement memory a = settled();
        uint48 end = uint48(block.timestamp) + DURATION;
        Registration memory child = childOf(asset, licenceEvidence(a));
        uint256 before = vm.snapshotState();
        vm.warp(end - 1);
        registered(child);
        vm.revertToState(before);
        vm.warp(end);
        LicenceId id = licences.hashAgreement(a);
        refused(child, abi.encodeWithSelector(DerivationGate.Derivation_LicenceOver.selector, asset, id, end));
        Agreement memory next = derivable();
        next.nonce = 2;
        bytes memory signature = signOffer(OPERATOR_KEY, next.offer);
        vm.prank(BUYER);
        licences.renew(a, next, signature);
        registered(childOf(asset, licenceEvidence(next)));
    }

    function test_DER_04_aLicencePermitsItsLicenseeAlone() public {
        Agreement memory a = settled();
        Registration memory child = childOf(asset, licenceEvidence(a));
        (child.holder, child.operator) = (OTHER, OTHER);
        refused(child, abi.encodeWithSelector(DerivationGate.Derivation_OtherLicensee.selector, asset, BUYER, OTHER));
        a.licensee = OTHER;
        child.evidence = encoded(licenceEvidence(a));
        refused(child, notSettled(a, LicenceStatus.None));
    }

    function test_DER_04_aLicencePermitsNoSuccessorOfItsLicensee() public {
        Agreement memory a = settled();
        succeed(BUYER, OTHER);
        Registration memory child = childOf(asset, licenceEvidence(a));
        (child.holder, child.operator) = (OTHER, OTHER);
        refused(child, abi.encodeWithSelector(DerivationGate.Derivation_OtherLicensee.selector, asset, BUYER, OTHER));
    }

    function test_DER_05_aLicenceWithoutDerivationPermitsNone() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        settle(a);
        LicenceId id = licences.hashAgreement(a);
        refused(
            childOf(asset, licenceEvidence(a)),
            abi.encodeWithSelector(DerivationGate.Derivation_NotPermitted.selector, asset, id)
        );
        a.offer.derivation = true;
        refused(childOf(asset, licenceEvidence(a)), notSettled(a, LicenceStatus.None));
    }

    function test_DER_06_aLicenceIsForItsOwnAsset() public {
        Agreement memory a = settled();
        AssetId other = registerSealed("other", 100, type(uint256).max);
        refused(
            childOf(other, licenceEvidence(a)),
            abi.encodeWithSelector(DerivationGate.Derivation_OtherAsset.selector, other, asset)
        );
        a.offer.asset = other;
        refused(childOf(other, licenceEvidence(a)), notSettled(a, LicenceStatus.None));
    }

    function test_DER_07_anAgreementIsShownAsItWasBought() public {
        Agreement memory a = settled();
        uint256 words = abi.encode(a).length / 32;
        for (uint256 word = 0; word < words; ++word) {
            // Enumerations and booleans have two values; every other word takes any lowest bit.
            bytes memory changed = abi.encode(a);
            changed[word * 32 + 31] ^= 0x01;
            bytes4 expected = DerivationGate.Derivation_NotSettled.selector;
            if (word == ASSET_WORD) expected = DerivationGate.Derivation_OtherAsset.selector;
            if (word == DERIVATION_WORD) expected = DerivationGate.Derivation_NotPermitted.selector;
            if (word == LICENSEE_WORD) expected = DerivationGate.Derivation_OtherLicensee.selector;
            bytes memory evidence = encoded(Evidence(EvidenceKind.Licence, changed));
            Check.holds(reasonOf(evidence) == expected, "every field counts");
        }
    }

    function test_DER_08_theOperatorsConsentPermitsADerivation() public {
        Registration memory child = childOf(asset, none());
        child.evidence = encoded(consentEvidence(child, 0, OPERATOR_KEY, uint48(block.timestamp)));
        registered(child);
    }

    function test_DER_09_aConsentBindsWhatWasSigned() public {
        Registration memory child = childOf(asset, none());
        uint48 deadline = uint48(block.timestamp) + 10;
        bytes memory bad = abi.encodeWithSelector(ConsentLib.Consents_BadSignature.selector, asset, operator);
        child.evidence = encoded(consentEvidence(child, 0, NEW_KEY, deadline));
        refused(child, bad);
        child.evidence = encoded(consentFor(child, 0, OPERATOR_KEY, deadline, address(gate)));
        refused(child, bad);
        Evidence memory good = consentEvidence(child, 0, OPERATOR_KEY, deadline);
        child.evidence = encoded(good);
        child.parents[0].shareBps = SHARE_BPS - 1;
        refused(child, bad);
        child.parents[0].shareBps = SHARE_BPS;
        (child.holder, child.operator) = (OTHER, OTHER);
        refused(child, bad);
        (child.holder, child.operator) = (BUYER, BUYER);
        Consent memory later = abi.decode(good.data, (Consent));
        later.deadline += 1;
        child.evidence = encoded(Evidence(EvidenceKind.Consent, abi.encode(later)));
        refused(child, bad);
        child.evidence = encoded(good);
        child.release.root = keccak256("other root");
        refused(child, bad);
    }

    function test_DER_10_aConsentIsOfAnActiveOperatorAndInTime() public {
        Registration memory child = childOf(asset, none());
        uint48 deadline = uint48(block.timestamp) + 10;
        child.evidence = encoded(consentEvidence(child, 0, OPERATOR_KEY, deadline));
        participants.suspend(operator, "reason");
        refused(child, abi.encodeWithSelector(ConsentLib.Consents_Inactive.selector, asset, operator));
        participants.reinstate(operator, "reason");
        vm.warp(deadline + 1);
        refused(child, abi.encodeWithSelector(ConsentLib.Consents_Expired.selector, asset, deadline));
        vm.warp(deadline);
        registered(child);
    }

    function test_DER_11_theParentsOperatorNeedsNoEvidence() public {
        Registration memory child = childOf(asset, none());
        refused(child, abi.encodeWithSelector(DerivationGate.Derivation_NoEvidence.selector, asset, operator));
        (child.holder, child.operator) = (HOLDER, operator);
        refused(child, abi.encodeWithSelector(DerivationGate.Derivation_NoEvidence.selector, asset, operator));
        child.holder = operator;
        uint256 before = vm.snapshotState();
        registered(child);
        vm.revertToState(before);
        child.evidence = encoded(Evidence(EvidenceKind.Licence, "not looked at"));
        registered(child);
    }

    function test_DER_12_eachParentHasAnEvidenceOfItsOwnKind() public {
        AssetId own = registerAsset(BUYER, 100, "own");
        AssetId consented = registerSealed("consented", 100, type(uint256).max);
        Registration memory child = childOf(asset, none());
        child.parents = new Parent[](3);
        child.parents[0] = Parent(own, 0);
        child.parents[1] = Parent(consented, SHARE_BPS);
        child.parents[2] = Parent(asset, 0);
        child.release.parentReleases = new uint32[](3);
        for (uint256 i = 0; i < 3; ++i) child.release.parentReleases[i] = 1;
        Evidence[] memory entries = new Evidence[](3);
        entries[1] = consentEvidence(child, 1, OPERATOR_KEY, type(uint48).max);
        entries[2] = licenceEvidence(settled());
        child.evidence = abi.encode(entries);
        uint256 before = vm.snapshotState();
        registered(child);
        vm.revertToState(before);
        (entries[1], entries[2]) = (entries[2], entries[1]);
        child.evidence = abi.encode(entries);
        refused(child, abi.encodeWithSelector(DerivationGate.Derivation_OtherAsset.selector, consented, asset));
        (entries[1], entries[2]) = (entries[2], none());
        child.evidence = abi.encode(entries);
        refused(child, abi.encodeWithSelector(DerivationGate.Derivation_NoEvidence.selector, asset, operator));
    }

    function test_DER_13_thereIsOneEvidenceForEachParent() public {
        Registration memory child = childOf(asset, none());
        bytes4 count = DerivationGate.Derivation_EvidenceCount.selector;
        child.evidence = "";
        refused(child, abi.encodeWithSelector(count, 0, 1));
        child.evidence = abi.encode(new Evidence[](0));
        refused(child, abi.encodeWithSelector(count, 0, 1));
        Evidence[] memory entries = new Evidence[](2);
        entries[0] = licenceEvidence(settled());
        child.evidence = abi.encode(entries);
        refused(child, abi.encodeWithSelector(count, 2, 1));
    }

    function test_DER_14_aReplacedOperatorConsentsToNothing() public {
        Registration memory child = childOf(asset, none());
        address newOperator = vm.addr(NEW_KEY);
        enrol(newOperator);
        Evidence memory former = consentEvidence(child, 0, OPERATOR_KEY, type(uint48).max);
        Evidence memory present = consentEvidence(child, 0, NEW_KEY, type(uint48).max);
        vm.prank(address(votes));
        assets.replaceOperator(asset, newOperator);
        child.evidence = encoded(former);
        refused(child, abi.encodeWithSelector(ConsentLib.Consents_BadSignature.selector, asset, newOperator));
        child.evidence = encoded(present);
        registered(child);
    }

    function test_DER_15_aLicencePermitsWhateverBecameOfItsOperator() public {
        Agreement memory a = settled();
        vm.prank(address(votes));
        assets.replaceOperator(asset, OTHER);
        participants.suspend(operator, "reason");
        participants.suspend(OTHER, "reason");
        registered(childOf(asset, licenceEvidence(a)));
    }

    function test_DER_16_aHolderWhoIsNotActiveDerivesNothing() public {
        Registration memory child = childOf(asset, licenceEvidence(settled()));
        bytes memory inactive = abi.encodeWithSelector(IDataAsset.Assets_Inactive.selector, BUYER);
        participants.suspend(BUYER, "reason");
        refused(child, inactive);
        participants.revoke(BUYER, "reason");
        refused(child, inactive);
        participants.admit(BUYER, DOMAIN, participants.participantOf(OTHER).kind, 0);
        registered(child);
    }

    function test_DER_17_aLicencePermitsManyChildrenAtAnyShare() public {
        Agreement memory a = settled();
        uint16[3] memory shares = [0, SHARE_BPS, 5_000];
        for (uint256 i = 0; i < shares.length; ++i) {
            Registration memory child = childOf(asset, licenceEvidence(a));
            child.release.root = keccak256(abi.encode(i));
            child.release.keyCommitment = keccak256(abi.encode("key", i));
            child.parents[0].shareBps = shares[i];
            registered(child);
            Check.same(assets.parentsOf(idOf(child))[0].shareBps, shares[i], "share");
        }
        Check.same(assets.childCountOf(asset), 3, "children");
    }

    function test_DER_18_aChildOutlivesTheLicence() public {
        Agreement memory a = settled();
        Registration memory child = childOf(asset, licenceEvidence(a));
        registered(child);
        revoke(a);
        AssetId id = idOf(child);
        Check.holds(assets.statusOf(id) == AssetStatus.Registered, "registered");
        vm.prank(OTHER);
        assets.distribute(id, 10_000);
        Check.same(assets.due(asset), SHARE_BPS, "the parent's share");
    }

    function test_DER_19_evidenceThatIsNoneIsRefusedAsUnreadable() public {
        Registration memory child = childOf(asset, none());
        bytes4 unreadable = DerivationGate.Derivation_EvidenceUnreadable.selector;
        child.evidence = hex"01";
        refused(child, abi.encodeWithSelector(unreadable, 1));
        child.evidence = abi.encode(uint256(0x20), type(uint256).max);
        refused(child, abi.encodeWithSelector(unreadable, 64));
        // An entry of a kind that does not exist.
        child.evidence = abi.encode(0x20, 1, 0x20, 3, 0x40, 0);
        refused(child, abi.encodeWithSelector(unreadable, 192));
        bytes4 entry = DerivationGate.Derivation_EntryUnreadable.selector;
        bytes memory agreement = abi.encode(derivable());
        // A derivation that is neither permitted nor not.
        agreement[DERIVATION_WORD * 32 + 31] = 0x02;
        EvidenceKind[2] memory kinds = [EvidenceKind.Consent, EvidenceKind.Licence];
        for (uint256 i = 0; i < kinds.length; ++i) {
            bytes[3] memory contents = [bytes(""), abi.encode(0x20, type(uint256).max), agreement];
            for (uint256 j = 0; j < contents.length; ++j) {
                child.evidence = encoded(Evidence(kinds[i], contents[j]));
                refused(child, abi.encodeWithSelector(entry, asset, kinds[i]));
            }
        }
    }

    function testFuzz_DER_19_oneBitChangesEverything(uint256 seed) public {
        bytes memory evidence = encoded(licenceEvidence(settled()));
        Check.holds(reasonOf(evidence) == 0, "good");
        uint256 bit = seed % (evidence.length * 8);
        evidence[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        Check.holds(isKnown(reasonOf(evidence)), "refused, with a reason");
    }

    function testFuzz_DER_19_noBytesAreEvidence(bytes calldata evidence) public {
        Check.holds(isKnown(reasonOf(evidence)), "refused, with a reason");
    }
}
