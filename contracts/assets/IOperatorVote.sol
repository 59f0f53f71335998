// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {Deadline} from "../types/Window.sol";
import {IOffice} from "./IOffice.sol";

/// @title How holders replace an asset's operator
/// @notice A holder locks units for a candidate. A candidate with more than half of all units who keeps them through a window
/// replaces the operator, and all locks end. Every holder takes its own lock back at any time before. Locked units stay their
/// holder's and earn; frozen units do not vote.
interface IOperatorVote is IOffice {
    /// @param units the account's vote from now on, for this candidate; 0 where it was taken back or lost
    event Voted(AssetId indexed id, address indexed account, address indexed candidate, uint256 units);
    /// @param effectiveAt when the candidate may replace the operator
    event MajorityReached(AssetId indexed id, address indexed candidate, uint256 units, Deadline effectiveAt);
    event MajorityLost(AssetId indexed id, address indexed candidate, uint256 units);

    error Votes_Inactive(address account);
    error Votes_OperatorAlready(AssetId id, address candidate);
    error Votes_NoUnits();
    error Votes_NotEnoughFree(AssetId id, address account, uint256 free, uint256 units);
    error Votes_NothingLocked(AssetId id, address account);
    error Votes_NoMajority(AssetId id);
    error Votes_WindowRunning(AssetId id, address candidate, Deadline effectiveAt);

    /// @notice Locks units of the caller for a candidate, in place of what it had locked before. Caller and candidate are active;
    /// the caller holds the units and they are not frozen.
    /// @dev Reverts with `Assets_Unknown`, `Votes_OperatorAlready`, `Votes_NotEnoughFree`, and `Votes_NoUnits` for zero
    /// units, which `withdraw` takes back.
    function vote(AssetId id, address candidate, uint256 units) external;

    /// @notice Takes the caller's vote back and releases its units. Anyone who has locked, in every state.
    /// @dev Reverts with `Votes_NothingLocked`.
    function withdraw(AssetId id) external;

    /// @notice Makes the candidate with the majority operator, once the window is over. Anyone; the candidate is active.
    /// @dev Reverts with `Votes_NoMajority`, `Votes_WindowRunning`, `Votes_Inactive` for a candidate no longer active.
    function replace(AssetId id) external;

    /// @notice Lowers a lock to the units that may still vote. Only the register, when units were frozen or taken.
    function trim(AssetId id, address account, uint256 limit) external;

    /// @notice Units that an account has locked; 0 once the vote that they were for has ended.
    function lockedOf(AssetId id, address account) external view returns (uint256);

    /// @notice For whom the account has locked units, address zero for nobody.
    function candidateOf(AssetId id, address account) external view returns (address);

    /// @notice Units that are locked for a candidate now; 0 where there are none.
    function votesFor(AssetId id, address candidate) external view returns (uint256);

    /// @notice Who has the majority, address zero for nobody, and when it may take effect.
    function majorityOf(AssetId id) external view returns (address candidate, Deadline effectiveAt);
}
