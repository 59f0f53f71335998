// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Money that waits for its owner
interface IPayments {
    /// @notice An amount waits to be withdrawn.
    event Credited(address indexed account, address indexed currency, uint256 amount);
    event CreditWithdrawn(address indexed account, address indexed currency, address to, uint256 amount);

    error Payments_NotPayee(address account, address caller);
    error Payments_NothingToWithdraw(address account, address currency);
    error Payments_CurrencyShort(address currency, uint256 expected, uint256 received);

    /// @notice Pays out what was credited. Only the account or its recorded successor.
    function withdraw(address account, address currency, address to) external returns (uint256 amount);

    function creditOf(address account, address currency) external view returns (uint256);
}
