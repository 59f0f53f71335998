// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {Parent} from "./AssetTypes.sol";

/// @title Who may derive an asset from others
/// @notice Asked once, when a derived asset is registered. It can block that registration and nothing else.
interface IDerivationGate {
    /// @notice Reverts, saying why, unless `holder` may register `child` with these parents and shares.
    /// @param child binds chain, contract, holder and first root
    /// @param evidence in the form that the gate documents
    function checkDerivation(
        AssetId child,
        address holder,
        Parent[] calldata parents,
        bytes calldata evidence
    ) external view;
}
