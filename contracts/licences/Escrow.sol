// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {AssetId} from "../types/AssetId.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {Bond} from "./LicenceTypes.sol";
import {Payments} from "./Payments.sol";

/// @title Escrow
/// @notice What licensees paid and is not decided, and what custodians put up. Guarantees that these and what waits to be
/// withdrawn never exceed what this contract holds of each currency.
abstract contract Escrow is ILicenceRegistry, Payments, AccessManaged {
    using SafeERC20 for IERC20;

    uint256 private constant MAX_FEE_BPS = 500;

    struct Fee {
        uint16 bps;
        address receiver;
    }

    Fee internal _fee;
    mapping(address custodian => mapping(AssetId asset => Bond)) private _bonds;

    constructor(uint16 feeBps, address feeReceiver) {
        _setFee(feeBps, feeReceiver);
    }

    /// @inheritdoc ILicenceRegistry
    function depositBond(AssetId asset, uint96 amount) external nonReentrant {
        // 96 bits at a time cannot fill 128 with any money that exists.
        _bonds[msg.sender][asset].free += amount;
        emit BondDeposited(msg.sender, asset, amount);
        _pull(msg.sender, _currencyOf(asset), amount);
    }

    /// @inheritdoc ILicenceRegistry
    function withdrawBond(AssetId asset, uint128 amount, address to) external nonReentrant {
        Bond storage bond = _bonds[msg.sender][asset];
        if (amount > bond.free) revert Licences_BondTooSmall(msg.sender, asset, bond.free, amount);
        bond.free -= amount;
        emit BondWithdrawn(msg.sender, asset, to, amount);
        IERC20(_currencyOf(asset)).safeTransfer(to, amount);
    }

    /// @inheritdoc ILicenceRegistry
    function setFee(uint16 feeBps, address receiver) external restricted {
        _setFee(feeBps, receiver);
    }

    /// @inheritdoc ILicenceRegistry
    function feeOf() external view returns (uint16 feeBps, address receiver) {
        return (_fee.bps, _fee.receiver);
    }

    /// @inheritdoc ILicenceRegistry
    function bondOf(address custodian, AssetId asset) external view returns (Bond memory) {
        return _bonds[custodian][asset];
    }

    function _lockBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount == 0) return;
        Bond memory bond = _bonds[custodian][asset];
        if (bond.free < amount) revert Licences_BondTooSmall(custodian, asset, bond.free, amount);
        _bonds[custodian][asset] = Bond(bond.free - amount, bond.locked + amount);
    }

    function _freeBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount == 0) return;
        Bond memory bond = _bonds[custodian][asset];
        _bonds[custodian][asset] = Bond(bond.free + amount, bond.locked - amount);
    }

    /// @dev Takes a locked bond away; the caller pays it to somebody.
    function _forfeitBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount != 0) _bonds[custodian][asset].locked -= amount;
    }

    function _setFee(uint16 feeBps, address receiver) private {
        if (feeBps > MAX_FEE_BPS) revert Licences_FeeTooHigh(feeBps, MAX_FEE_BPS);
        if (receiver == address(0)) revert Licences_ZeroAddress();
        _fee = Fee(feeBps, receiver);
        emit LicenceFeeChanged(feeBps, receiver);
    }
}
