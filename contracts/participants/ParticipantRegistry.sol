// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IParticipantRegistry} from "./IParticipantRegistry.sol";
import {Deadline, Window} from "../types/Window.sol";
import {DomainId, Participant, ParticipantKind, ParticipantStatus, Succession} from "./ParticipantTypes.sol";

/// @title ParticipantRegistry
/// @notice Assumes that each registrar has checked whom it admits. Roles: AUTHORITY opens domains, STEWARD changes registrars;
/// a registrar's power ends at its own domain. Assumes that the window it was deployed with is sensible; it never changes.
/// Does not guarantee that one person has one account, nor that a registrar names a successor only for a lost key: the
/// account objects once, and a steward may replace the registrar.
contract ParticipantRegistry is IParticipantRegistry, AccessManaged {
    /// @notice How long a successor can be recorded once the window is over, in seconds.
    uint48 public constant SUCCESSION_LIFETIME = 30 days;

    Window private _successionWindow;
    mapping(DomainId domain => address registrar) private _registrars;
    mapping(address account => Participant) private _participants;
    mapping(address account => Succession) private _successions;
    mapping(address account => address successor) private _successors;

    /// @param successionWindow how long a proposed successor waits, and once more if the account objects
    constructor(address authority, Window memory successionWindow) AccessManaged(authority) {
        _successionWindow = successionWindow;
    }

    /// @inheritdoc IParticipantRegistry
    function openDomain(DomainId domain, address registrar, string calldata name) external restricted {
        if (DomainId.unwrap(domain) == 0) revert Participants_ZeroDomain();
        if (registrar == address(0)) revert Participants_ZeroAddress();
        if (_registrars[domain] != address(0)) revert Participants_DomainExists(domain);
        _registrars[domain] = registrar;
        emit DomainOpened(domain, registrar, name);
    }

    /// @inheritdoc IParticipantRegistry
    function changeRegistrar(DomainId domain, address registrar) external restricted {
        if (registrar == address(0)) revert Participants_ZeroAddress();
        address former = _registrars[domain];
        if (former == address(0)) revert Participants_DomainUnknown(domain);
        _registrars[domain] = registrar;
        emit RegistrarChanged(domain, former, registrar);
    }

    /// @inheritdoc IParticipantRegistry
    function admit(address account, DomainId domain, ParticipantKind kind, bytes32 profile) external {
        _checkRegistrar(domain);
        if (account == address(0)) revert Participants_ZeroAddress();
        if (kind == ParticipantKind.None) revert Participants_KindMissing(account);
        Participant storage participant = _participants[account];
        ParticipantStatus status = participant.status;
        if (status != ParticipantStatus.None && status != ParticipantStatus.Revoked) {
            revert Participants_AlreadyAdmitted(account, status);
        }
        DomainId former = participant.domain;
        if (status == ParticipantStatus.Revoked && DomainId.unwrap(former) != DomainId.unwrap(domain)) {
            revert Participants_RevokedElsewhere(account, former);
        }
        uint48 since = _now();
        _participants[account] = Participant(ParticipantStatus.Active, kind, domain, since);
        emit ParticipantAdmitted(account, domain, kind, profile, since);
    }

    /// @inheritdoc IParticipantRegistry
    function suspend(address account, bytes32 reason) external {
        _change(account, ParticipantStatus.Active, ParticipantStatus.Suspended, reason);
    }

    /// @inheritdoc IParticipantRegistry
    function reinstate(address account, bytes32 reason) external {
        _change(account, ParticipantStatus.Suspended, ParticipantStatus.Active, reason);
    }

    /// @inheritdoc IParticipantRegistry
    function revoke(address account, bytes32 reason) external {
        ParticipantStatus status = _participants[account].status;
        if (status != ParticipantStatus.Suspended) status = ParticipantStatus.Active;
        _change(account, status, ParticipantStatus.Revoked, reason);
    }

    /// @inheritdoc IParticipantRegistry
    function proposeSuccessor(address account, address successor, bytes32 reason) external {
        ParticipantStatus status = _participants[account].status;
        if (status == ParticipantStatus.None || status == ParticipantStatus.Succeeded) {
            revert Participants_WrongStatus(account, status);
        }
        _checkRegistrar(_participants[account].domain);
        if (reason == 0) revert Participants_NoReason(account);
        if (account == successor) revert Participants_OwnSuccessor(account);
        if (!_isActive(successor)) revert Participants_SuccessorInactive(successor);
        Deadline effectiveAt = _successionWindow.end();
        _successions[account] = Succession(successor, effectiveAt, msg.sender, false);
        emit SuccessionProposed(account, successor, msg.sender, reason, effectiveAt);
    }

    /// @inheritdoc IParticipantRegistry
    function objectToSuccession() external {
        Succession storage succession = _proposed(msg.sender);
        if (succession.objected) revert Participants_AlreadyObjected(msg.sender);
        Deadline effectiveAt = succession.effectiveAt.latest(_successionWindow.end());
        succession.objected = true;
        succession.effectiveAt = effectiveAt;
        emit SuccessionObjected(msg.sender, succession.successor, effectiveAt);
    }

    /// @inheritdoc IParticipantRegistry
    function withdrawSuccessor(address account) external {
        address successor = _proposed(account).successor;
        _checkRegistrar(_participants[account].domain);
        delete _successions[account];
        emit SuccessionWithdrawn(account, successor, msg.sender);
    }

    /// @inheritdoc IParticipantRegistry
    function recordSuccessor(address account) external {
        Succession memory succession = _proposed(account);
        if (!succession.effectiveAt.isOver()) {
            revert Participants_SuccessionPending(account, succession.effectiveAt);
        }
        uint48 expiry = succession.effectiveAt.time() + SUCCESSION_LIFETIME;
        if (block.timestamp > expiry) revert Participants_SuccessionExpired(account, expiry);
        DomainId domain = _participants[account].domain;
        if (_registrars[domain] != succession.registrar) {
            revert Participants_RegistrarChanged(account, succession.registrar);
        }
        address successor = succession.successor;
        if (!_isActive(successor)) revert Participants_SuccessorInactive(successor);
        delete _successions[account];
        _successors[account] = successor;
        uint48 since = _now();
        _participants[account].status = ParticipantStatus.Succeeded;
        _participants[account].since = since;
        emit AccountSucceeded(account, successor);
        emit ParticipantStatusChanged(account, domain, ParticipantStatus.Succeeded, 0, since);
    }

    /// @inheritdoc IParticipantRegistry
    function successorOf(address account) external view returns (address successor) {
        address next = _successors[account];
        // Ends, because nobody who was succeeded is active again, and so becomes a successor: each step is a lost key more.
        while (next != address(0)) {
            successor = next;
            next = _successors[next];
        }
    }

    /// @inheritdoc IParticipantRegistry
    function successionOf(address account) external view returns (Succession memory) {
        return _successions[account];
    }

    /// @inheritdoc IParticipantRegistry
    function registrarOf(DomainId domain) external view returns (address) {
        return _registrars[domain];
    }

    /// @inheritdoc IParticipantRegistry
    function participantOf(address account) external view returns (Participant memory) {
        return _participants[account];
    }

    /// @inheritdoc IParticipantRegistry
    function isActive(address account) external view returns (bool) {
        return _isActive(account);
    }

    /// @inheritdoc IParticipantRegistry
    function areActive(address a, address b) external view returns (bool) {
        return _isActive(a) && _isActive(b);
    }

    function _change(address account, ParticipantStatus from, ParticipantStatus to, bytes32 reason) private {
        Participant storage participant = _participants[account];
        ParticipantStatus status = participant.status;
        if (status == ParticipantStatus.None) revert Participants_WrongStatus(account, status);
        DomainId domain = participant.domain;
        _checkRegistrar(domain);
        if (status != from) revert Participants_WrongStatus(account, status);
        if (reason == 0) revert Participants_NoReason(account);
        uint48 since = _now();
        participant.status = to;
        participant.since = since;
        emit ParticipantStatusChanged(account, domain, to, reason, since);
    }

    function _proposed(address account) private view returns (Succession storage succession) {
        succession = _successions[account];
        if (succession.successor == address(0)) revert Participants_NoSuccessionProposed(account);
    }

    function _checkRegistrar(DomainId domain) private view {
        address registrar = _registrars[domain];
        if (registrar == address(0)) revert Participants_DomainUnknown(domain);
        if (registrar != msg.sender) revert Participants_NotRegistrar(domain, msg.sender);
    }

    function _isActive(address account) private view returns (bool) {
        return _participants[account].status == ParticipantStatus.Active;
    }

    function _now() private view returns (uint48) {
        // 48 bits of seconds last for millions of years.
        return uint48(block.timestamp);
    }
}
