// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The roles that OpenZeppelin's AccessManager hands out on this system
/// @notice The only place where roles are named. Which function needs which role, and with which delay, is set up by the
/// Ignition module `Cadastre` and listed by `npm run roles`. Registrars are not roles: each domain names its own.
library Roles {
    /// @notice Grants and revokes roles and changes what they may call. AccessManager's own ADMIN_ROLE.
    uint64 internal constant ADMIN = 0;
    /// @notice Opens domains and schemas of credentials, accredits issuers, itself too, and withdraws accreditations; admits
    /// and dismisses currencies. Granted without a delay: a withdrawal makes all credentials of that issuer and schema
    /// invalid at once, and can stop transfers under a policy that asks for them.
    uint64 internal constant AUTHORITY = 1;
    /// @notice Changes registrars, terms of public notice, profiles of jurisdictions, derivation gate, policies on offer and
    /// market fees. Granted with a delay.
    uint64 internal constant STEWARD = 2;
    /// @notice Suspends assets and freezes units for a limited time, and carries out moves that a registrar proposed.
    uint64 internal constant SUPERVISOR = 3;
    /// @notice Cancels what stewards have scheduled. AccessManager gives administrators no guardian.
    uint64 internal constant GUARDIAN = 4;
}
