// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {IOperatorVote} from "../../contracts/assets/IOperatorVote.sol";

/// @notice The vote on one asset as a clerk with a slate would keep it: one line for each holder, all of them added up anew
/// after every deed. Everybody is active. Answers with the selector of the error that the register should give, or zero.
contract VoteReference {
    struct Line {
        uint256 held;
        uint256 frozen;
        uint256 frozenUntil;
        uint256 locked;
        uint256 candidate;
    }

    uint256 private constant NOBODY = type(uint256).max;

    Line[] private _lines;
    uint256 private _supply;
    uint256 private _duration;
    uint256 private _blocks;
    uint256 public operator;
    uint256 public leader = NOBODY;
    uint256 public leaderTime;
    uint256 public leaderBlock;

    constructor(uint256[] memory held, uint256 duration, uint256 blocks) {
        for (uint256 i = 0; i < held.length; ++i) {
            _lines.push(Line(held[i], 0, 0, 0, NOBODY));
            _supply += held[i];
        }
        (_duration, _blocks) = (duration, blocks);
    }

    function vote(uint256 who, uint256 candidate, uint256 units) external returns (bytes4) {
        if (candidate == operator) return IOperatorVote.Votes_OperatorAlready.selector;
        if (units == 0) return IOperatorVote.Votes_NoUnits.selector;
        if (units > _free(who)) return IOperatorVote.Votes_NotEnoughFree.selector;
        (_lines[who].locked, _lines[who].candidate) = (units, candidate);
        _addUp();
        return 0;
    }

    function withdraw(uint256 who) external {
        _lines[who].locked = 0;
        _addUp();
    }

    function send(uint256 from, uint256 to, uint256 units) external returns (bytes4) {
        if (units > _lines[from].held) return IERC1155Errors.ERC1155InsufficientBalance.selector;
        uint256 frozen = frozenOf(from) < _lines[from].held ? frozenOf(from) : _lines[from].held;
        uint256 movable = _lines[from].held - frozen;
        movable = _lines[from].locked < movable ? movable - _lines[from].locked : 0;
        if (units > movable) return IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        _lines[from].held -= units;
        _lines[to].held += units;
        return 0;
    }

    function freeze(uint256 who, uint256 units, uint256 until) external {
        (_lines[who].frozen, _lines[who].frozenUntil) = (units, until);
        _trim(who);
    }

    /// @notice Takes what is neither frozen nor locked first, then what is locked, then what is frozen.
    function force(uint256 from, uint256 to, uint256 units) external {
        if (from == to) return;
        uint256 unfrozen = _free(from);
        if (units > unfrozen) _lines[from].frozen -= units - unfrozen;
        _lines[from].held -= units;
        _lines[to].held += units;
        _trim(from);
    }

    function replace() external returns (bytes4) {
        if (leader == NOBODY) return IOperatorVote.Votes_NoMajority.selector;
        if (block.timestamp < leaderTime || block.number < leaderBlock)
            return IOperatorVote.Votes_WindowRunning.selector;
        operator = leader;
        for (uint256 i = 0; i < _lines.length; ++i) _lines[i].locked = 0;
        _addUp();
        return 0;
    }

    function heldBy(uint256 who) external view returns (uint256) {
        return _lines[who].held;
    }

    function lockedBy(uint256 who) external view returns (uint256) {
        return _lines[who].locked;
    }

    function frozenOf(uint256 who) public view returns (uint256) {
        return block.timestamp < _lines[who].frozenUntil ? _lines[who].frozen : 0;
    }

    function votesFor(uint256 candidate) public view returns (uint256 sum) {
        for (uint256 i = 0; i < _lines.length; ++i) if (_lines[i].candidate == candidate) sum += _lines[i].locked;
    }

    function _addUp() private {
        uint256 first = NOBODY;
        for (uint256 i = 0; i < _lines.length; ++i) if (votesFor(i) > _supply / 2) first = i;
        if (first == leader) return;
        leader = first;
        (leaderTime, leaderBlock) = first == NOBODY ? (0, 0) : (block.timestamp + _duration, block.number + _blocks);
    }

    function _trim(uint256 who) private {
        if (_lines[who].locked > _free(who)) _lines[who].locked = _free(who);
        _addUp();
    }

    function _free(uint256 who) private view returns (uint256) {
        return frozenOf(who) < _lines[who].held ? _lines[who].held - frozenOf(who) : 0;
    }
}
