// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {IOffice} from "./IOffice.sol";

/// @title A contract that the register relies on
/// @notice The register names its offices when it is deployed and never changes them; each office is told of the register
/// once, right after.
abstract contract Office is IOffice, AccessManaged {
    IDataAsset private _register;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc IOffice
    function setRegister(IDataAsset assets) external restricted {
        if (address(assets) == address(0)) revert Offices_NoRegister();
        if (address(_register) != address(0)) revert Offices_RegisterAlreadySet(address(_register));
        _register = assets;
        emit RegisterSet(assets);
    }

    /// @inheritdoc IOffice
    function register() public view returns (IDataAsset) {
        return _register;
    }

    function _checkRegister() internal view {
        if (msg.sender != address(_register)) revert Offices_NotRegister(msg.sender);
    }
}
