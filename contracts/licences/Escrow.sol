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
    uint256 private constant LOCKED_SHIFT = 128;

    struct Fee {
        uint16 bps;
        address receiver;
    }

    Fee internal _fee;
    /// @dev From the lowest bit: free 128, locked 128. One number, since a struct would be read and written twice.
    mapping(address custodian => mapping(AssetId asset => uint256 word)) private _bonds;

    constructor(uint16 feeBps, address feeReceiver) {
        _setFee(feeBps, feeReceiver);
    }

    /// @inheritdoc ILicenceRegistry
    function depositBond(AssetId asset, uint96 amount) external nonReentrant {
        (uint128 free, uint128 locked) = _bondOf(msg.sender, asset);
        // 96 bits at a time cannot fill 128 with any money that exists.
        _setBond(msg.sender, asset, free + amount, locked);
        emit BondDeposited(msg.sender, asset, amount);
        _pull(msg.sender, _currencyOf(asset), amount);
    }

    /// @inheritdoc ILicenceRegistry
    function withdrawBond(AssetId asset, uint128 amount, address to) external nonReentrant {
        (uint128 free, uint128 locked) = _bondOf(msg.sender, asset);
        if (amount > free) revert Licences_BondTooSmall(msg.sender, asset, free, amount);
        _setBond(msg.sender, asset, free - amount, locked);
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
        (uint128 free, uint128 locked) = _bondOf(custodian, asset);
        return Bond(free, locked);
    }

    function _lockBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount == 0) return;
        (uint128 free, uint128 locked) = _bondOf(custodian, asset);
        if (free < amount) revert Licences_BondTooSmall(custodian, asset, free, amount);
        _setBond(custodian, asset, free - amount, locked + amount);
    }

    function _freeBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount == 0) return;
        (uint128 free, uint128 locked) = _bondOf(custodian, asset);
        _setBond(custodian, asset, free + amount, locked - amount);
    }

    /// @dev Takes a locked bond away; the caller pays it to somebody.
    function _forfeitBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount == 0) return;
        (uint128 free, uint128 locked) = _bondOf(custodian, asset);
        _setBond(custodian, asset, free, locked - amount);
    }

    function _bondOf(address custodian, AssetId asset) private view returns (uint128 free, uint128 locked) {
        uint256 word = _bonds[custodian][asset];
        // The cast keeps the lowest 128 bits, and the shift leaves the others there.
        return (uint128(word), uint128(word >> LOCKED_SHIFT));
    }

    function _setBond(address custodian, AssetId asset, uint128 free, uint128 locked) private {
        _bonds[custodian][asset] = uint256(free) | (uint256(locked) << LOCKED_SHIFT);
    }

    function _setFee(uint16 feeBps, address receiver) private {
        if (feeBps > MAX_FEE_BPS) revert Licences_FeeTooHigh(feeBps, MAX_FEE_BPS);
        if (receiver == address(0)) revert Licences_ZeroAddress();
        _fee = Fee(feeBps, receiver);
        emit LicenceFeeChanged(feeBps, receiver);
    }
}
