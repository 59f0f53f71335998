// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Parent} from "./AssetTypes.sol";
import {Consent, ConsentLib} from "./ConsentTypes.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {IDerivationGate} from "./IDerivationGate.sol";

/// @title ConsentGate
/// @notice Lets an asset be derived where the operator of each parent, an active participant, has signed for it (EIP-712), or is
/// the child's holder. A consent names the child, whose id binds chain, register, holder and first root, so it can be used once
/// and by nobody else. Assumes that operators keep their keys. No roles, no state. The gate of a register without licences;
/// DerivationGate takes licences too.
/// Does not guarantee that a consent can be taken back before its deadline.
contract ConsentGate is IDerivationGate, EIP712 {
    error Consents_Missing(uint256 given, uint256 parents);

    IParticipantRegistry private immutable _participants;

    constructor(IParticipantRegistry participants) EIP712(ConsentLib.NAME, ConsentLib.VERSION) {
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
        bytes32 domain = _domainSeparatorV4();
        for (uint256 i = 0; i < parents.length; ++i) {
            address operator = IDataAsset(msg.sender).operatorOf(parents[i].id);
            if (operator == holder) continue;
            consents[i].check(domain, _participants, operator, child, holder, parents[i]);
        }
    }
}
