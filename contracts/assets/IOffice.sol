// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "./IDataAsset.sol";

/// @title What all offices of the register have in common
interface IOffice {
    event RegisterSet(IDataAsset indexed register);

    error Offices_NoRegister();
    error Offices_RegisterAlreadySet(address register);
    error Offices_NotRegister(address caller);

    /// @notice Tells the office which register it serves, once and for all. Requires the role ADMIN.
    function setRegister(IDataAsset assets) external;

    /// @notice Address zero before `setRegister`.
    function register() external view returns (IDataAsset);
}
