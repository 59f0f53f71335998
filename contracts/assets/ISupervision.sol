// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DomainId} from "../participants/ParticipantTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {Deadline} from "../types/Window.sol";
import {IOffice} from "./IOffice.sol";
import {ForcedMove} from "./SupervisionTypes.sol";

/// @title What supervisors may do, and with whom
/// @notice Freezes and suspensions end by themselves after the register's freeze term unless they are renewed. Units are moved
/// without their owner's consent only by two: the registrar of the owner's domain proposes, and after a window a supervisor
/// carries it out. That is final.
interface ISupervision is IOffice {
    /// @param reason hash of the supervisor's statement of reasons
    /// @param until first second at which the freeze is over
    event UnitsFrozen(
        address indexed account,
        AssetId indexed id,
        uint256 units,
        address indexed by,
        bytes32 reason,
        uint48 until
    );
    event UnitsReleased(address indexed account, AssetId indexed id, address indexed by, bytes32 reason);
    event Suspended(AssetId indexed id, address indexed by, bytes32 reason, uint48 until);
    event Reinstated(AssetId indexed id, address indexed by, bytes32 reason);
    event MoveProposed(
        bytes32 indexed moveId,
        address indexed registrar,
        ForcedMove move,
        Deadline ready,
        uint48 expiry
    );
    event MoveWithdrawn(bytes32 indexed moveId, address indexed by);
    event MoveCarriedOut(bytes32 indexed moveId, address indexed registrar, address indexed supervisor);

    error Supervision_NoReason();
    error Supervision_NoUnits();
    error Supervision_NotFrozen(address account, AssetId id);
    error Supervision_NotSuspended(AssetId id);
    error Supervision_NotOver(AssetId id, uint48 until);
    error Supervision_NotRegistrar(DomainId domain, address caller);
    error Supervision_AlreadyProposed(bytes32 moveId);
    error Supervision_NotProposed(bytes32 moveId);
    error Supervision_TooEarly(bytes32 moveId, Deadline ready);
    error Supervision_Expired(bytes32 moveId, uint48 expiry);
    error Supervision_RegistrarChanged(bytes32 moveId, address registrar);
    error Supervision_SamePerson(address account);

    /// @notice Freezes units of an account for the freeze term, from now, in place of an earlier freeze. Requires the role
    /// SUPERVISOR.
    /// @dev Reverts with `Assets_Unknown`, and with `Supervision_NoUnits` for zero units, which `release` does.
    /// @param units may exceed what the account holds
    function freeze(address account, AssetId id, uint256 units, bytes32 reason) external;

    /// @notice Ends a freeze before its time. Requires the role SUPERVISOR.
    /// @dev Reverts with `Supervision_NotFrozen`.
    function release(address account, AssetId id, bytes32 reason) external;

    /// @notice Suspends an asset for the freeze term, from now. Requires the role SUPERVISOR.
    /// @dev Reverts with `Assets_Unknown`.
    function suspend(AssetId id, bytes32 reason) external;

    /// @notice Ends a suspension before its time. Requires the role SUPERVISOR.
    /// @dev Reverts with `Supervision_NotSuspended`.
    function reinstate(AssetId id, bytes32 reason) external;

    /// @notice Clears a suspension whose time is over; transfers find out by themselves, at more gas. Anyone.
    /// @dev Reverts with `Supervision_NotOver`, `Supervision_NotSuspended`.
    function lift(AssetId id) external;

    /// @notice Proposes to move units without their owner's consent. Only the registrar of the owner's domain.
    /// @dev `proposeMove(ForcedMove(from, to, id, 10, reason))`; the id of a move is the hash of its content. Reverts with
    /// `Supervision_AlreadyProposed` until the caller's same proposal is withdrawn, carried out or expired.
    function proposeMove(ForcedMove calldata move) external returns (bytes32 moveId);

    /// @notice Takes a proposal back. The registrar of the owner's domain; it also lapses by itself.
    /// @dev Reverts with `Supervision_NotProposed`.
    function withdrawMove(ForcedMove calldata move) external;

    /// @notice Carries a proposal out, once its window is over and before it expires. Requires the role SUPERVISOR; the
    /// proposer is still the registrar, and somebody else.
    /// @dev Called directly, not through the access manager, which would hide who calls; a supervisor behind a delay
    /// schedules there and calls here. Reverts with `Supervision_SamePerson`, `Supervision_NotProposed`,
    /// `Supervision_TooEarly`, `Supervision_Expired`, `Supervision_RegistrarChanged`, `Assets_UnderNotice`,
    /// `ERC7943CannotReceive`, `ERC1155InsufficientBalance`.
    function carryOutMove(ForcedMove calldata move) external;

    /// @notice A proposal, expired or not; all zero where there is none, or where it was withdrawn or carried out.
    function moveOf(bytes32 moveId) external view returns (address registrar, Deadline ready, uint48 expiry);
}
