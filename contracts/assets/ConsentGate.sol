// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Signatures} from "../types/Signatures.sol";
import {Parent} from "./AssetTypes.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {IDerivationGate} from "./IDerivationGate.sol";

/// @notice A parent operator's consent to one derived asset.
/// @param deadline last second at which the consent may be used
struct Consent {
    uint48 deadline;
    bytes signature;
}

/// @title ConsentGate
/// @notice Lets an asset be derived where the operator of each parent, an active participant, has signed for it (EIP-712), or is
/// the child's holder. A consent names the child, whose id binds chain, register, holder and first root, so it can be used once
/// and by nobody else. Assumes that operators keep their keys. No roles, no state.
/// Does not guarantee that a consent can be taken back before its deadline.
contract ConsentGate is IDerivationGate, EIP712 {
    bytes32 private constant CONSENT_TYPEHASH = keccak256(
        "DerivationConsent(uint256 child,address holder,uint256 parent,uint16 shareBps,uint48 deadline)"
    );

    error Consents_Missing(uint256 given, uint256 parents);
    error Consents_Inactive(AssetId parent, address operator);
    error Consents_Expired(AssetId parent, uint48 deadline);
    error Consents_BadSignature(AssetId parent, address operator);

    IParticipantRegistry private immutable _participants;

    constructor(IParticipantRegistry participants) EIP712("Cadastre Consents", "1") {
        _participants = participants;
    }

    /// @inheritdoc IDerivationGate
    /// @dev For one parent: `evidence = abi.encode([Consent(deadline, signature)])`. Its operator signs the type
    /// `DerivationConsent(uint256 child,address holder,uint256 parent,uint16 shareBps,uint48 deadline)` in the domain
    /// ("Cadastre Consents", "1", chain, this contract), with `child = assetIdOf(holder, root of the first release)`.
    /// @param evidence `abi.encode(Consent[])`, one for each parent in the same order; an operator who is the holder itself
    /// needs none, and its entry is not looked at
    function checkDerivation(
        AssetId child,
        address holder,
        Parent[] calldata parents,
        bytes calldata evidence
    ) external view {
        if (evidence.length == 0) revert Consents_Missing(0, parents.length);
        Consent[] memory consents = abi.decode(evidence, (Consent[]));
        if (consents.length != parents.length) revert Consents_Missing(consents.length, parents.length);
        for (uint256 i = 0; i < parents.length; ++i) {
            AssetId parent = parents[i].id;
            address operator = IDataAsset(msg.sender).operatorOf(parent);
            if (operator == holder) continue;
            if (!_participants.isActive(operator)) revert Consents_Inactive(parent, operator);
            Consent memory consent = consents[i];
            if (block.timestamp > consent.deadline) revert Consents_Expired(parent, consent.deadline);
            bytes32 digest = _hashTypedDataV4(
                keccak256(abi.encode(CONSENT_TYPEHASH, child, holder, parent, parents[i].shareBps, consent.deadline))
            );
            if (!Signatures.isByInMemory(operator, digest, consent.signature)) {
                revert Consents_BadSignature(parent, operator);
            }
        }
    }
}
