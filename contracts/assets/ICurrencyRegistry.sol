// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The currencies that assets may settle in
interface ICurrencyRegistry {
    event CurrencyAdmitted(address indexed currency, uint8 decimals);
    event CurrencyDismissed(address indexed currency);

    error Currencies_AlreadyAdmitted(address currency);
    error Currencies_NotAdmitted(address currency);
    error Currencies_TooFewDecimals(address currency, uint8 decimals);
    error Currencies_TooManyDecimals(address currency, uint8 decimals);
    error Currencies_NothingToProbe(address currency);
    error Currencies_TransferFee(address currency, uint256 sent, uint256 received);

    /// @notice Admits an ERC-20 after moving `amount` of it to and fro between `funder` and the registry, which must arrive
    /// whole both ways. Requires the role AUTHORITY, and the funder's allowance to the registry.
    /// @param amount base units to try with, not zero
    function admit(address currency, address funder, uint256 amount) external;

    /// @notice Closes a currency to new registrations; assets that settle in it go on. Requires the role AUTHORITY.
    function dismiss(address currency) external;

    /// @notice Whether assets may be registered in this currency now.
    function isAdmitted(address currency) external view returns (bool);
}
