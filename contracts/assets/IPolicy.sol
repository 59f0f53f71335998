// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";

/// @title A rule on who may hold an asset
/// @notice A plug-in that assets choose by number. It can block transfers of the assets that chose it, and nothing else:
/// never claims, distributions or forced transfers. Both parties are active when it is asked.
interface IPolicy {
    /// @param operator who makes the transfer
    /// @return reason 0 if the transfer may go ahead, else the selector of an error that the policy declares and documents
    function check(
        address operator,
        address from,
        address to,
        AssetId id,
        uint256 units
    ) external view returns (bytes4 reason);

    /// @notice Whether the register must count the holders of assets under this policy (`IDataAsset.holderCountOf`).
    /// Constant for a policy; asked once, when the policy is admitted.
    function countsHolders() external view returns (bool);
}
