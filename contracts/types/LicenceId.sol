// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Identifies a licence: the EIP-712 hash of the whole agreement, so whoever signs it signs every term.
type LicenceId is bytes32;
