// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ICurrencyRegistry} from "./ICurrencyRegistry.sol";

/// @title CurrencyRegistry
/// @notice Assumes that the authority has read a currency's code. Role: AUTHORITY. Does not guarantee that a currency keeps
/// behaving as it did when it was admitted: whoever takes money in must still compare what arrived.
contract CurrencyRegistry is ICurrencyRegistry, AccessManaged {
    using SafeERC20 for IERC20Metadata;

    /// @dev Coarser currencies would lose noticeable revenue to rounding.
    uint8 private constant MIN_DECIMALS = 6;
    /// @dev An asset's revenue total has 92 bits. With 18 decimals they hold five billion, which somebody who holds all fractions
    /// could fill by paying itself over and over; with 9 they hold a billion times as many.
    uint8 private constant MAX_DECIMALS = 9;

    mapping(address currency => bool) private _admitted;

    constructor(address authority) AccessManaged(authority) {}

    /// @inheritdoc ICurrencyRegistry
    function admit(address currency, address funder, uint256 amount) external restricted {
        if (_admitted[currency]) revert Currencies_AlreadyAdmitted(currency);
        uint8 decimals = IERC20Metadata(currency).decimals();
        if (decimals < MIN_DECIMALS) revert Currencies_TooFewDecimals(currency, decimals);
        if (decimals > MAX_DECIMALS) revert Currencies_TooManyDecimals(currency, decimals);
        if (amount == 0) revert Currencies_NothingToProbe(currency);
        _admitted[currency] = true;
        emit CurrencyAdmitted(currency, decimals);
        _probe(IERC20Metadata(currency), funder, amount);
    }

    /// @inheritdoc ICurrencyRegistry
    function dismiss(address currency) external restricted {
        if (!_admitted[currency]) revert Currencies_NotAdmitted(currency);
        _admitted[currency] = false;
        emit CurrencyDismissed(currency);
    }

    /// @inheritdoc ICurrencyRegistry
    function isAdmitted(address currency) external view returns (bool) {
        return _admitted[currency];
    }

    function _probe(IERC20Metadata currency, address funder, uint256 amount) private {
        uint256 before = currency.balanceOf(address(this));
        uint256 fundsBefore = currency.balanceOf(funder);
        currency.safeTransferFrom(funder, address(this), amount);
        uint256 received = currency.balanceOf(address(this)) - before;
        if (received != amount) revert Currencies_TransferFee(address(currency), amount, received);
        currency.safeTransfer(funder, amount);
        uint256 fundsAfter = currency.balanceOf(funder);
        if (fundsAfter != fundsBefore) {
            uint256 cameBack = fundsAfter + amount > fundsBefore ? fundsAfter + amount - fundsBefore : 0;
            revert Currencies_TransferFee(address(currency), amount, cameBack);
        }
    }
}
