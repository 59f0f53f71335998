// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent} from "../assets/AssetTypes.sol";
import {IDerivationGate} from "../assets/IDerivationGate.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Refuses every derivation and says what it was asked
contract RefusingGate is IDerivationGate {
    error RefusingGate_Asked(AssetId child, address holder, Parent[] parents, bytes evidence);

    function checkDerivation(
        AssetId child,
        address holder,
        Parent[] calldata parents,
        bytes calldata evidence
    ) external pure {
        revert RefusingGate_Asked(child, holder, parents, evidence);
    }
}
