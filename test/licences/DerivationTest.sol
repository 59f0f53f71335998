// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent, Registration} from "../../contracts/assets/AssetTypes.sol";
import {Consent, ConsentLib} from "../../contracts/assets/ConsentTypes.sol";
import {DerivationGate} from "../../contracts/licences/DerivationGate.sol";
import {Evidence, EvidenceKind} from "../../contracts/licences/DerivationTypes.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {LicenceTest} from "./LicenceTest.sol";

/// @notice A register that asks a DerivationGate, and assets that the buyer derives from others.
abstract contract DerivationTest is LicenceTest {
    uint16 internal constant SHARE_BPS = 1_000;

    DerivationGate internal derivation;

    function setUpDerivation() internal {
        setUpLicences();
        derivation = new DerivationGate(participants, licences);
        assets.setDerivationGate(derivation);
    }

    function derivable() internal view returns (Agreement memory a) {
        a = sampleAgreement();
        a.offer.derivation = true;
    }

    function settled() internal returns (Agreement memory a) {
        a = derivable();
        delivered(a, key);
        settle(a);
    }

    function settle(Agreement memory a) internal {
        vm.prank(a.licensee);
        licences.settle(a);
    }

    function revoke(Agreement memory a) internal {
        currency.mint(operator, PRICE);
        vm.prank(operator);
        licences.revoke(a, "reason");
    }

    function childOf(AssetId parent, Evidence memory entry) internal view returns (Registration memory child) {
        child = sampleRegistration(BUYER, 1_000, "child");
        child.parents = new Parent[](1);
        child.parents[0] = Parent(parent, SHARE_BPS);
        child.release.parentReleases = new uint32[](1);
        child.release.parentReleases[0] = 1;
        child.evidence = encoded(entry);
    }

    function idOf(Registration memory child) internal view returns (AssetId) {
        return assets.assetIdOf(child.holder, child.release.root);
    }

    function none() internal pure returns (Evidence memory empty) {}

    function licenceEvidence(Agreement memory a) internal pure returns (Evidence memory) {
        return Evidence(EvidenceKind.Licence, abi.encode(a));
    }

    function consentEvidence(
        Registration memory child,
        uint256 parent,
        uint256 signer,
        uint48 deadline
    ) internal view returns (Evidence memory) {
        return consentFor(child, parent, signer, deadline, address(derivation));
    }

    function consentFor(
        Registration memory child,
        uint256 parent,
        uint256 signer,
        uint48 deadline,
        address verifier
    ) internal view returns (Evidence memory) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Cadastre Consents"),
                keccak256("1"),
                block.chainid,
                verifier
            )
        );
        Parent memory to = child.parents[parent];
        bytes32 consent = keccak256(
            abi.encode(
                keccak256(
                    "DerivationConsent(uint256 child,address holder,uint256 parent,uint16 shareBps,uint48 deadline)"
                ),
                idOf(child),
                child.holder,
                to.id,
                to.shareBps,
                deadline
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(signer, keccak256(abi.encodePacked(hex"1901", domain, consent)));
        return Evidence(EvidenceKind.Consent, abi.encode(Consent(deadline, abi.encodePacked(r, s, v))));
    }

    function encoded(Evidence memory entry) internal pure returns (bytes memory) {
        Evidence[] memory entries = new Evidence[](1);
        entries[0] = entry;
        return abi.encode(entries);
    }

    function registered(Registration memory child) internal {
        vm.prank(child.holder);
        AssetId id = assets.register(child);
        Check.holds(assets.statusOf(id) == AssetStatus.Registered, "registered");
    }

    function refused(Registration memory child, bytes memory refusal) internal {
        vm.expectRevert(refusal);
        vm.prank(child.holder);
        assets.register(child);
    }

    function notSettled(Agreement memory a, LicenceStatus status) internal view returns (bytes memory) {
        LicenceId id = licences.hashAgreement(a);
        return abi.encodeWithSelector(DerivationGate.Derivation_NotSettled.selector, a.offer.asset, id, status);
    }

    /// @dev Why the gate refuses the buyer's child with this evidence; zero where it does not.
    function reasonOf(bytes memory evidence) internal returns (bytes4) {
        Registration memory child = childOf(asset, none());
        bytes memory call = abi.encodeCall(derivation.checkDerivation, (idOf(child), BUYER, child.parents, evidence));
        vm.prank(address(assets));
        (bool ok, bytes memory answer) = address(derivation).staticcall(call);
        return ok ? bytes4(0) : bytes4(answer);
    }

    function isKnown(bytes4 reason) internal pure returns (bool) {
        bytes4[9] memory known = [
            DerivationGate.Derivation_EvidenceCount.selector,
            DerivationGate.Derivation_EvidenceUnreadable.selector,
            DerivationGate.Derivation_EntryUnreadable.selector,
            DerivationGate.Derivation_NoEvidence.selector,
            DerivationGate.Derivation_OtherAsset.selector,
            DerivationGate.Derivation_OtherLicensee.selector,
            DerivationGate.Derivation_NotPermitted.selector,
            DerivationGate.Derivation_NotSettled.selector,
            ConsentLib.Consents_Expired.selector
        ];
        for (uint256 i = 0; i < known.length; ++i) if (reason == known[i]) return true;
        return false;
    }
}
