// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IParticipantRegistry} from "./IParticipantRegistry.sol";
import {DomainId, Participant, ParticipantKind, ParticipantStatus} from "./ParticipantTypes.sol";

/// @title ParticipantRegistry
/// @notice Assumes that each registrar has checked whom it admits. Roles: AUTHORITY opens domains, STEWARD changes registrars;
/// a registrar's power ends at its own domain. Does not guarantee that one person has one account.
contract ParticipantRegistry is IParticipantRegistry, AccessManaged {
    mapping(DomainId domain => address registrar) private _registrars;
    mapping(address account => Participant) private _participants;

    constructor(address authority) AccessManaged(authority) {}

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
        if (status == ParticipantStatus.Active || status == ParticipantStatus.Suspended) {
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
        uint48 since = _now();
        participant.status = to;
        participant.since = since;
        emit ParticipantStatusChanged(account, domain, to, reason, since);
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
