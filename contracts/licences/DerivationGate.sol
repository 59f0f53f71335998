// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Parent} from "../assets/AssetTypes.sol";
import {Consent, ConsentLib} from "../assets/ConsentTypes.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {IDerivationGate} from "../assets/IDerivationGate.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {LicenceStatus} from "../types/LicenceWord.sol";
import {Evidence, EvidenceKind} from "./DerivationTypes.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {Agreement, Licence} from "./LicenceTypes.sol";

/// @title DerivationGate
/// @notice Lets an asset be derived where, for each parent, the child's holder operates the parent, has its operator's consent,
/// or has a licence to it that permits derivation. Assumes that operators keep their keys, and that both registries tell the
/// truth. No roles, no state.
/// A consent is good once, for one child and one share, while its signer operates the parent and is active. A licence that is
/// settled and runs was paid for: it is good for any number of children of its licensee, whoever operates the parent by now.
/// Asked once: what ends later, a licence too, leaves a registered child as it is.
/// Does not guarantee a share of the revenue under a licence. Offers have no such field: the licence's ODRL terms, to whose hash
/// both sides agreed, say what is owed, and the share that was registered is public. An operator who wants the chain to hold a
/// derivation to a share offers licences without derivation, and consents to each child.
/// Does not guarantee that the child was made from the release that the licence is for: a gate is not told of releases.
contract DerivationGate is IDerivationGate, EIP712 {
    error Derivation_EvidenceCount(uint256 given, uint256 parents);
    error Derivation_EvidenceUnreadable(uint256 length);
    error Derivation_EntryUnreadable(AssetId parent, EvidenceKind kind);
    error Derivation_NoEvidence(AssetId parent, address operator);
    error Derivation_OtherAsset(AssetId parent, AssetId licensed);
    error Derivation_OtherLicensee(AssetId parent, address licensee, address holder);
    error Derivation_NotPermitted(AssetId parent, LicenceId id);
    error Derivation_NotSettled(AssetId parent, LicenceId id, LicenceStatus status);
    error Derivation_LicenceOver(AssetId parent, LicenceId id, uint48 end);

    IParticipantRegistry private immutable _participants;
    ILicenceRegistry private immutable _licences;

    constructor(
        IParticipantRegistry participants,
        ILicenceRegistry licences
    ) EIP712(ConsentLib.NAME, ConsentLib.VERSION) {
        _participants = participants;
        _licences = licences;
    }

    /// @inheritdoc IDerivationGate
    /// @dev For one licensed parent: `evidence = abi.encode([Evidence(EvidenceKind.Licence, abi.encode(agreement))])`, the
    /// agreement as it was bought. A consent is signed as for ConsentGate, with this contract in the domain. `explainError` of
    /// the package `abi` names each refusal.
    /// @param evidence `abi.encode(Evidence[])`, one for each parent in the same order; an operator who is the holder itself
    /// needs none, and its entry is not looked at
    function checkDerivation(
        AssetId child,
        address holder,
        Parent[] calldata parents,
        bytes calldata evidence
    ) external view {
        Evidence[] memory entries = _entriesOf(evidence);
        if (entries.length != parents.length) revert Derivation_EvidenceCount(entries.length, parents.length);
        for (uint256 i = 0; i < parents.length; ++i) {
            address operator = IDataAsset(msg.sender).operatorOf(parents[i].id);
            if (operator == holder) continue;
            Evidence memory entry = entries[i];
            if (entry.kind == EvidenceKind.Consent) {
                Consent memory consent = _consentOf(parents[i].id, entry.data);
                consent.check(_domainSeparatorV4(), _participants, operator, child, holder, parents[i]);
            } else if (entry.kind == EvidenceKind.Licence) {
                _checkLicence(parents[i].id, holder, _agreementOf(parents[i].id, entry.data));
            } else {
                revert Derivation_NoEvidence(parents[i].id, operator);
            }
        }
    }

    /// @notice What an evidence says. Reverts without data where it is none; so do the two below.
    function readEvidence(bytes calldata evidence) external pure returns (Evidence[] memory) {
        return abi.decode(evidence, (Evidence[]));
    }

    /// @notice What the data of an entry of kind `Consent` says.
    function readConsent(bytes calldata data) external pure returns (Consent memory) {
        return abi.decode(data, (Consent));
    }

    /// @notice What the data of an entry of kind `Licence` says.
    function readAgreement(bytes calldata data) external pure returns (Agreement memory) {
        return abi.decode(data, (Agreement));
    }

    /// @dev The asset and the licensee are part of what is hashed into the id; they are compared first to say what is wrong.
    function _checkLicence(AssetId parent, address holder, Agreement memory agreement) private view {
        AssetId licensed = agreement.offer.asset;
        if (licensed != parent) revert Derivation_OtherAsset(parent, licensed);
        if (agreement.licensee != holder) revert Derivation_OtherLicensee(parent, agreement.licensee, holder);
        LicenceId id = _licences.hashAgreement(agreement);
        if (!agreement.offer.derivation) revert Derivation_NotPermitted(parent, id);
        Licence memory licence = _licences.licenceOf(parent, id);
        if (licence.status != LicenceStatus.Settled) revert Derivation_NotSettled(parent, id, licence.status);
        if (licence.end.isOver()) revert Derivation_LicenceOver(parent, id, licence.end.time());
    }

    function _entriesOf(bytes calldata evidence) private view returns (Evidence[] memory entries) {
        if (evidence.length == 0) return entries;
        try this.readEvidence(evidence) returns (Evidence[] memory read) {
            return read;
        } catch {
            revert Derivation_EvidenceUnreadable(evidence.length);
        }
    }

    function _consentOf(AssetId parent, bytes memory data) private view returns (Consent memory) {
        try this.readConsent(data) returns (Consent memory read) {
            return read;
        } catch {
            revert Derivation_EntryUnreadable(parent, EvidenceKind.Consent);
        }
    }

    function _agreementOf(AssetId parent, bytes memory data) private view returns (Agreement memory) {
        try this.readAgreement(data) returns (Agreement memory read) {
            return read;
        } catch {
            revert Derivation_EntryUnreadable(parent, EvidenceKind.Licence);
        }
    }
}
