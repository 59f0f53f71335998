// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Deadline, Window} from "../types/Window.sol";
import {IOperatorVote} from "./IOperatorVote.sol";
import {Office} from "./Office.sol";

/// @title OperatorVote
/// @notice No roles. Guarantees that a unit is counted once, that the votes of all candidates together never exceed the supply,
/// and that a lock ends when its holder says so, when the units are taken or frozen, or when an operator is replaced.
/// Assumes that the register tells it whenever units that may be locked are frozen or leave, and that the window it was
/// deployed with is sensible; it never changes. Does not guarantee that a candidate wants the office: a replaced operator,
/// or the new one, can be replaced again.
contract OperatorVote is IOperatorVote, Office {
    struct Lock {
        address candidate;
        uint64 units;
        uint32 round;
    }

    struct Majority {
        address candidate;
        Deadline effectiveAt;
    }

    IParticipantRegistry private immutable _participants;

    Window private _window;
    /// @dev Raised by each replacement: locks of earlier rounds are void, with nobody having to touch them.
    mapping(AssetId id => uint32) private _rounds;
    mapping(AssetId id => Majority) private _majorities;
    mapping(AssetId id => mapping(address account => Lock)) private _locks;
    mapping(AssetId id => mapping(uint32 round => mapping(address candidate => uint256 units))) private _votes;

    /// @param window how long a majority must last
    constructor(address authority, IParticipantRegistry participants, Window memory window) Office(authority) {
        _participants = participants;
        _window = window;
    }

    /// @inheritdoc IOperatorVote
    function vote(AssetId id, address candidate, uint256 units) external {
        _checkActive(msg.sender);
        _checkActive(candidate);
        if (register().operatorOf(id) == candidate) revert Votes_OperatorAlready(id, candidate);
        if (units == 0) revert Votes_NoUnits();
        uint256 free = _votingUnits(id, msg.sender);
        if (units > free) revert Votes_NotEnoughFree(id, msg.sender, free, units);
        // An account never holds 2^64 units.
        _setLock(id, msg.sender, candidate, uint64(units));
        register().setLocked(msg.sender, id, true);
    }

    /// @inheritdoc IOperatorVote
    function withdraw(AssetId id) external {
        if (_locks[id][msg.sender].units == 0) revert Votes_NothingLocked(id, msg.sender);
        _setLock(id, msg.sender, address(0), 0);
        register().setLocked(msg.sender, id, false);
    }

    /// @inheritdoc IOperatorVote
    function replace(AssetId id) external {
        Majority memory majority = _majorities[id];
        address candidate = majority.candidate;
        if (candidate == address(0)) revert Votes_NoMajority(id);
        if (!majority.effectiveAt.isOver()) revert Votes_WindowRunning(id, candidate, majority.effectiveAt);
        _checkActive(candidate);
        delete _majorities[id];
        ++_rounds[id];
        register().replaceOperator(id, candidate);
    }

    /// @inheritdoc IOperatorVote
    function trim(AssetId id, address account, uint256 limit) external {
        _checkRegister();
        Lock memory lock = _locks[id][account];
        if (lockedOf(id, account) <= limit) return;
        // The limit is below a number of 64 bits.
        _setLock(id, account, limit == 0 ? address(0) : lock.candidate, uint64(limit));
    }

    /// @inheritdoc IOperatorVote
    function candidateOf(AssetId id, address account) external view returns (address) {
        return lockedOf(id, account) == 0 ? address(0) : _locks[id][account].candidate;
    }

    /// @inheritdoc IOperatorVote
    function votesFor(AssetId id, address candidate) external view returns (uint256) {
        return _votes[id][_rounds[id]][candidate];
    }

    /// @inheritdoc IOperatorVote
    function majorityOf(AssetId id) external view returns (address candidate, Deadline effectiveAt) {
        Majority memory majority = _majorities[id];
        return (majority.candidate, majority.effectiveAt);
    }

    /// @inheritdoc IOperatorVote
    function lockedOf(AssetId id, address account) public view returns (uint256) {
        Lock memory lock = _locks[id][account];
        return lock.round == _rounds[id] ? lock.units : 0;
    }

    /// @dev The one writer of locks, tallies and majorities.
    function _setLock(AssetId id, address account, address candidate, uint64 units) private {
        uint32 round = _rounds[id];
        Lock memory former = _locks[id][account];
        mapping(address candidate => uint256 units) storage votes = _votes[id][round];
        bool counted = former.round == round && former.units != 0;
        if (counted) votes[former.candidate] -= former.units;
        if (units != 0) votes[candidate] += units;
        _locks[id][account] = Lock(candidate, units, round);
        emit Voted(id, account, candidate, units);
        if (counted && former.candidate != candidate) _settleMajority(id, former.candidate, votes[former.candidate]);
        if (candidate != address(0)) _settleMajority(id, candidate, votes[candidate]);
    }

    /// @dev Two candidates cannot both have more than half, so one place for each asset is enough.
    function _settleMajority(AssetId id, address candidate, uint256 units) private {
        bool has = units * 2 > _supply(id);
        bool had = _majorities[id].candidate == candidate;
        if (has == had) return;
        if (has) {
            Deadline effectiveAt = _window.end();
            _majorities[id] = Majority(candidate, effectiveAt);
            emit MajorityReached(id, candidate, units, effectiveAt);
        } else {
            delete _majorities[id];
            emit MajorityLost(id, candidate, units);
        }
    }

    function _checkActive(address account) private view {
        if (!_participants.isActive(account)) revert Votes_Inactive(account);
    }

    function _votingUnits(AssetId id, address account) private view returns (uint256) {
        uint256 held = register().balanceOf(account, AssetId.unwrap(id));
        uint256 frozen = register().getFrozenTokens(account, AssetId.unwrap(id));
        return Math.saturatingSub(held, frozen);
    }

    function _supply(AssetId id) private view returns (uint256) {
        return register().totalSupply(AssetId.unwrap(id));
    }
}
