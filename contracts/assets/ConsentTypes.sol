// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Signatures} from "../types/Signatures.sol";
import {Parent} from "./AssetTypes.sol";

/// @notice A parent operator's consent to one derived asset.
/// @param deadline last second at which the consent may be used
struct Consent {
    uint48 deadline;
    bytes signature;
}

using ConsentLib for Consent global;

/// @notice The rule of every gate that takes consents. Their operators sign the EIP-712 type
/// `DerivationConsent(uint256 child,address holder,uint256 parent,uint16 shareBps,uint48 deadline)` in the domain
/// ("Cadastre Consents", "1", chain, gate).
library ConsentLib {
    string internal constant NAME = "Cadastre Consents";
    string internal constant VERSION = "1";

    bytes32 private constant TYPEHASH = keccak256(
        "DerivationConsent(uint256 child,address holder,uint256 parent,uint16 shareBps,uint48 deadline)"
    );

    error Consents_Inactive(AssetId parent, address operator);
    error Consents_Expired(AssetId parent, uint48 deadline);
    error Consents_BadSignature(AssetId parent, address operator);

    /// @notice Reverts unless `operator`, an active participant, consents to this child with this share, and still does.
    /// @param domain separator of the gate that was asked
    function check(
        Consent memory self,
        bytes32 domain,
        IParticipantRegistry participants,
        address operator,
        AssetId child,
        address holder,
        Parent calldata parent
    ) internal view {
        if (!participants.isActive(operator)) revert Consents_Inactive(parent.id, operator);
        if (block.timestamp > self.deadline) revert Consents_Expired(parent.id, self.deadline);
        bytes32 structHash = keccak256(abi.encode(TYPEHASH, child, holder, parent.id, parent.shareBps, self.deadline));
        bytes32 digest = MessageHashUtils.toTypedDataHash(domain, structHash);
        if (!Signatures.isByInMemory(operator, digest, self.signature)) {
            revert Consents_BadSignature(parent.id, operator);
        }
    }
}
