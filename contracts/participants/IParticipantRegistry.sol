// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DomainId, Participant, ParticipantKind, ParticipantStatus} from "./ParticipantTypes.sol";

/// @title Who takes part
/// @notice Domains, their registrars, and the participants that these admitted. People and contracts (vaults, pools) are
/// participants alike.
interface IParticipantRegistry {
    event DomainOpened(DomainId indexed domain, address indexed registrar, string name);
    event RegistrarChanged(DomainId indexed domain, address indexed from, address indexed to);
    /// @param profile hash of the participant's identity file, which stays with the registrar
    event ParticipantAdmitted(
        address indexed account,
        DomainId indexed domain,
        ParticipantKind kind,
        bytes32 profile,
        uint48 since
    );
    /// @param reason hash of the registrar's statement of reasons
    event ParticipantStatusChanged(
        address indexed account,
        DomainId indexed domain,
        ParticipantStatus status,
        bytes32 reason,
        uint48 since
    );

    error Participants_ZeroAddress();
    error Participants_ZeroDomain();
    error Participants_DomainExists(DomainId domain);
    error Participants_DomainUnknown(DomainId domain);
    error Participants_NotRegistrar(DomainId domain, address caller);
    error Participants_KindMissing(address account);
    error Participants_AlreadyAdmitted(address account, ParticipantStatus status);
    error Participants_RevokedElsewhere(address account, DomainId domain);
    error Participants_WrongStatus(address account, ParticipantStatus status);

    /// @notice Opens a domain. Requires the role AUTHORITY.
    /// @param domain not zero, not open yet
    function openDomain(DomainId domain, address registrar, string calldata name) external;

    /// @notice Puts another registrar in charge of a domain. Requires the role STEWARD.
    function changeRegistrar(DomainId domain, address registrar) external;

    /// @notice Admits an account. Only the registrar of `domain`; an account that was revoked comes back only through the
    /// domain that revoked it.
    function admit(address account, DomainId domain, ParticipantKind kind, bytes32 profile) external;

    /// @notice Suspends an active participant. Only the registrar of its domain.
    function suspend(address account, bytes32 reason) external;

    /// @notice Ends a suspension. Only the registrar of its domain.
    function reinstate(address account, bytes32 reason) external;

    /// @notice Revokes an active or suspended participant. Only the registrar of its domain.
    function revoke(address account, bytes32 reason) external;

    /// @notice Address zero where the domain is not open.
    function registrarOf(DomainId domain) external view returns (address);

    function participantOf(address account) external view returns (Participant memory);

    function isActive(address account) external view returns (bool);

    /// @notice Whether both accounts are active. The one call that a transfer makes.
    function areActive(address a, address b) external view returns (bool);
}
