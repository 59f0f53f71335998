// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {DomainId} from "../participants/ParticipantTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {Deadline, Window} from "../types/Window.sol";
import {ISupervision} from "./ISupervision.sol";
import {Office} from "./Office.sol";
import {ForcedMove} from "./SupervisionTypes.sol";

/// @title Supervision
/// @notice Role: SUPERVISOR freezes and suspends for a limited time, each time with a reason, and carries out what a registrar
/// proposed. Assumes that a registrar and a supervisor do not conspire, and that the window it was deployed with is
/// sensible; it never changes. Reads nothing that is not public. Does not guarantee that a reason is good, only that it is
/// on record.
contract Supervision is ISupervision, Office {
    struct Proposal {
        address registrar;
        Deadline ready;
        uint48 expiry;
    }

    /// @notice How long a proposal can be carried out once its window is over, in seconds.
    uint48 public constant MOVE_LIFETIME = 30 days;

    IParticipantRegistry private immutable _participants;

    Window private _moveWindow;
    mapping(bytes32 moveId => Proposal) private _proposals;

    /// @param moveWindow how long a proposed move waits
    constructor(address authority, IParticipantRegistry participants, Window memory moveWindow) Office(authority) {
        _participants = participants;
        _moveWindow = moveWindow;
    }

    /// @inheritdoc ISupervision
    function freeze(address account, AssetId id, uint256 units, bytes32 reason) external restricted {
        if (units == 0) revert Supervision_NoUnits();
        _checkReason(reason);
        register().setFrozenTokens(account, AssetId.unwrap(id), units);
        uint48 until = register().frozenUntil(account, AssetId.unwrap(id));
        emit UnitsFrozen(account, id, units, msg.sender, reason, until);
    }

    /// @inheritdoc ISupervision
    function release(address account, AssetId id, bytes32 reason) external restricted {
        _checkReason(reason);
        if (register().frozenUntil(account, AssetId.unwrap(id)) == 0) revert Supervision_NotFrozen(account, id);
        register().setFrozenTokens(account, AssetId.unwrap(id), 0);
        emit UnitsReleased(account, id, msg.sender, reason);
    }

    /// @inheritdoc ISupervision
    function suspend(AssetId id, bytes32 reason) external restricted {
        _checkReason(reason);
        register().setSuspended(id, true);
        emit Suspended(id, msg.sender, reason, register().suspendedUntil(id));
    }

    /// @inheritdoc ISupervision
    function reinstate(AssetId id, bytes32 reason) external restricted {
        _checkReason(reason);
        _end(id, reason);
    }

    /// @inheritdoc ISupervision
    function lift(AssetId id) external {
        uint48 until = register().suspendedUntil(id);
        if (block.timestamp < until) revert Supervision_NotOver(id, until);
        _end(id, 0);
    }

    /// @inheritdoc ISupervision
    function proposeMove(ForcedMove calldata move) external returns (bytes32 moveId) {
        _checkRegistrar(move);
        _checkReason(move.reason);
        moveId = keccak256(abi.encode(move));
        Proposal memory former = _proposals[moveId];
        if (former.registrar == msg.sender && block.timestamp <= former.expiry) {
            revert Supervision_AlreadyProposed(moveId);
        }
        Deadline ready = _moveWindow.end();
        uint48 expiry = ready.time() + MOVE_LIFETIME;
        _proposals[moveId] = Proposal(msg.sender, ready, expiry);
        emit MoveProposed(moveId, msg.sender, move, ready, expiry);
    }

    /// @inheritdoc ISupervision
    function withdrawMove(ForcedMove calldata move) external {
        _checkRegistrar(move);
        bytes32 moveId = keccak256(abi.encode(move));
        if (_proposals[moveId].registrar == address(0)) revert Supervision_NotProposed(moveId);
        delete _proposals[moveId];
        emit MoveWithdrawn(moveId, msg.sender);
    }

    /// @inheritdoc ISupervision
    function carryOutMove(ForcedMove calldata move) external restricted {
        bytes32 moveId = keccak256(abi.encode(move));
        Proposal memory proposal = _proposals[moveId];
        if (proposal.registrar == address(0)) revert Supervision_NotProposed(moveId);
        // A call by way of the access manager hides who makes it: it may be the registrar.
        if (msg.sender == proposal.registrar || msg.sender == authority()) revert Supervision_SamePerson(msg.sender);
        if (!proposal.ready.isOver()) revert Supervision_TooEarly(moveId, proposal.ready);
        if (block.timestamp > proposal.expiry) revert Supervision_Expired(moveId, proposal.expiry);
        (, address registrar) = _registrarFor(move.from);
        if (registrar != proposal.registrar) revert Supervision_RegistrarChanged(moveId, proposal.registrar);
        delete _proposals[moveId];
        emit MoveCarriedOut(moveId, proposal.registrar, msg.sender);
        register().forcedTransfer(move.from, move.to, AssetId.unwrap(move.id), move.units);
    }

    /// @inheritdoc ISupervision
    function moveOf(bytes32 moveId) external view returns (address registrar, Deadline ready, uint48 expiry) {
        Proposal memory proposal = _proposals[moveId];
        return (proposal.registrar, proposal.ready, proposal.expiry);
    }

    function _end(AssetId id, bytes32 reason) private {
        if (register().suspendedUntil(id) == 0) revert Supervision_NotSuspended(id);
        register().setSuspended(id, false);
        emit Reinstated(id, msg.sender, reason);
    }

    function _checkReason(bytes32 reason) private pure {
        if (reason == 0) revert Supervision_NoReason();
    }

    function _checkRegistrar(ForcedMove calldata move) private view {
        (DomainId domain, address registrar) = _registrarFor(move.from);
        if (registrar != msg.sender) revert Supervision_NotRegistrar(domain, msg.sender);
    }

    function _registrarFor(address account) private view returns (DomainId domain, address registrar) {
        domain = _participants.participantOf(account).domain;
        registrar = _participants.registrarOf(domain);
    }
}
