// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deadline} from "../types/Window.sol";
import {DomainId, Participant, ParticipantKind, ParticipantStatus, Succession} from "./ParticipantTypes.sol";

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

    /// @param reason hash of the registrar's statement of reasons
    /// @param effectiveAt when anybody may record the succession
    event SuccessionProposed(
        address indexed account,
        address indexed successor,
        address indexed registrar,
        bytes32 reason,
        Deadline effectiveAt
    );
    event SuccessionObjected(address indexed account, address indexed successor, Deadline effectiveAt);
    event SuccessionWithdrawn(address indexed account, address indexed successor, address indexed by);
    event AccountSucceeded(address indexed account, address indexed successor);

    error Participants_ZeroAddress();
    error Participants_ZeroDomain();
    error Participants_DomainExists(DomainId domain);
    error Participants_DomainUnknown(DomainId domain);
    error Participants_NotRegistrar(DomainId domain, address caller);
    error Participants_KindMissing(address account);
    error Participants_AlreadyAdmitted(address account, ParticipantStatus status);
    error Participants_RevokedElsewhere(address account, DomainId domain);
    error Participants_SuccessorInactive(address successor);
    error Participants_OwnSuccessor(address account);
    error Participants_NoSuccessionProposed(address account);
    error Participants_SuccessionPending(address account, Deadline effectiveAt);
    error Participants_SuccessionExpired(address account, uint48 expiry);
    error Participants_AlreadyObjected(address account);
    error Participants_RegistrarChanged(address account, address registrar);
    error Participants_NoReason(address account);
    error Participants_WrongStatus(address account, ParticipantStatus status);

    /// @notice Opens a domain. Requires the role AUTHORITY.
    /// @dev Reverts with `Participants_DomainExists`.
    /// @param domain not zero, not open yet
    function openDomain(DomainId domain, address registrar, string calldata name) external;

    /// @notice Puts another registrar in charge of a domain. Requires the role STEWARD.
    /// @dev Reverts with `Participants_DomainUnknown`.
    function changeRegistrar(DomainId domain, address registrar) external;

    /// @notice Admits an account. Only the registrar of `domain`; an account that was revoked comes back only through the
    /// domain that revoked it.
    /// @dev Reverts with `Participants_AlreadyAdmitted`, also for an account that is suspended or was succeeded,
    /// `Participants_RevokedElsewhere`, `Participants_KindMissing`.
    function admit(address account, DomainId domain, ParticipantKind kind, bytes32 profile) external;

    /// @notice Suspends an active participant. Only the registrar of its domain.
    /// @dev Reverts with `Participants_WrongStatus`, as do `reinstate` and `revoke`.
    /// @param reason hash of the statement of reasons, here and below never zero
    function suspend(address account, bytes32 reason) external;

    /// @notice Ends a suspension. Only the registrar of its domain.
    function reinstate(address account, bytes32 reason) external;

    /// @notice Revokes an active or suspended participant. Only the registrar of its domain.
    function revoke(address account, bytes32 reason) external;

    /// @notice Proposes who succeeds an account whose key is lost, in every state of that account. Only the registrar of its
    /// domain; takes effect after a delay, in which the account itself may object and a steward may replace the registrar.
    /// @dev Takes the place of an earlier proposal. Reverts with `Participants_WrongStatus` for an account that was never
    /// admitted or is succeeded already, `Participants_OwnSuccessor`, `Participants_SuccessorInactive`.
    function proposeSuccessor(address account, address successor, bytes32 reason) external;

    /// @notice Says that the key is not lost: lengthens the delay, once, so that others can look into it; no veto.
    /// @dev Reverts with `Participants_NoSuccessionProposed`, `Participants_AlreadyObjected`.
    function objectToSuccession() external;

    /// @notice Takes a proposal back. Only the registrar of the account's domain, who may be another by now.
    /// @dev Reverts with `Participants_NoSuccessionProposed`.
    function withdrawSuccessor(address account) external;

    /// @notice Records the successor once the delay is over, for 30 days: the account never becomes active again, and what
    /// it has goes to the successor, an active participant. Anyone; the proposer is still the registrar.
    /// @dev Reverts with `Participants_NoSuccessionProposed`, `Participants_SuccessionPending`,
    /// `Participants_SuccessionExpired`, `Participants_RegistrarChanged`, `Participants_SuccessorInactive`.
    function recordSuccessor(address account) external;

    /// @notice Who stands for an account that was succeeded: its successor, or where that was succeeded too, the last of them.
    /// Address zero where the account has none.
    function successorOf(address account) external view returns (address);

    /// @notice The proposed succession of an account, expired or not; all zero where there is none, or once it was recorded.
    function successionOf(address account) external view returns (Succession memory);

    /// @notice Address zero where the domain is not open.
    function registrarOf(DomainId domain) external view returns (address);

    /// @notice A participant, in status `None` where the account was never admitted.
    function participantOf(address account) external view returns (Participant memory);

    /// @notice Whether an account is an active participant.
    function isActive(address account) external view returns (bool);

    /// @notice Whether both accounts are active. The one call that a transfer makes.
    function areActive(address a, address b) external view returns (bool);
}
