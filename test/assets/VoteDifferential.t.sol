// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IOperatorVote} from "../../contracts/assets/IOperatorVote.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {VoteReference} from "../reference/VoteReference.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Random histories of votes, transfers, freezes, forced moves and time, against a naive model.
contract VoteDifferentialTest is OfficesTest {
    address[4] private _people = [ALICE, BOB, CAROL, DAVE];
    VoteReference private _slate;
    uint256 private _dice;
    uint256 private _replaced;
    uint256 private _running;
    uint256 private _lost;
    uint256 private _trimmed;

    function setUp() public {
        setUpOffices();
        uint256[] memory held = new uint256[](4);
        (held[0], held[1], held[2]) = (50, 30, 20);
        _slate = new VoteReference(held, VOTE_WINDOW, BLOCKS);
    }

    /// @notice VOT_25 Whatever happens in whatever order, each call ends as the reference says, and so do all views.
    function testFuzz_VOT_25_asTheReferenceSays(uint256 seed) public {
        _play(seed, 50);
    }

    /// @notice VOT_25 Long histories reach what they speak of: replacements, early ones, lost majorities, trimmed locks.
    function test_VOT_25_longHistoriesReachWhatTheySpeakOf() public {
        _play(1, 1_500);
        isTrue(_replaced > 3 && _running > 3 && _lost > 3 && _trimmed > 3, "reached");
    }

    function _play(uint256 seed, uint256 steps) private {
        _dice = seed;
        for (uint256 i = 0; i < steps; ++i) {
            uint256 leader = _slate.leader();
            uint256 round = _replaced;
            uint256 deed = _roll(16);
            if (deed < 6) _vote();
            else if (deed < 7) _withdraw();
            else if (deed < 10) _send();
            else if (deed < 12) _restrain();
            else if (deed < 14) _pass();
            else _replace();
            if (_slate.leader() != leader && leader < 4 && round == _replaced) ++_lost;
            _compare();
        }
    }

    function _vote() private {
        uint256 who = _roll(4);
        uint256 candidate = _roll(2) == 0 ? 3 : _roll(4);
        uint256 units = _roll(2) == 0 ? _slate.heldBy(who) : _roll(60);
        bytes4 expected = _slate.vote(who, candidate, units);
        vm.prank(_people[who]);
        _call(address(votes), abi.encodeCall(IOperatorVote.vote, (id, _people[candidate], units)), expected);
    }

    function _withdraw() private {
        uint256 who = _roll(4);
        if (_slate.lockedBy(who) == 0) return;
        _slate.withdraw(who);
        withdrawVote(_people[who]);
    }

    function _send() private {
        uint256 from = _roll(4);
        uint256 to = _roll(4);
        uint256 units = _roll(_slate.heldBy(from) + 2);
        bytes4 expected = _slate.send(from, to, units);
        bytes memory data = abi.encodeCall(IERC1155.safeTransferFrom, (_people[from], _people[to], token, units, ""));
        vm.prank(_people[from]);
        _call(address(assets), data, expected);
    }

    function _restrain() private {
        uint256 who = _roll(4);
        uint256 locked = _slate.lockedBy(who);
        uint256 choice = _roll(3);
        if (choice == 0) {
            uint256 units = 1 + _roll(60);
            _slate.freeze(who, units, block.timestamp + FREEZE_TERM);
            freeze(_people[who], units);
        } else if (choice == 1) {
            if (assets.frozenUntil(_people[who], token) == 0) return;
            _slate.freeze(who, 0, 0);
            release(_people[who]);
        } else {
            uint256 to = _roll(4);
            uint256 units = _roll(_slate.heldBy(who) + 1);
            _slate.force(who, to, units);
            vm.prank(address(supervision));
            assets.forcedTransfer(_people[who], _people[to], token, units);
        }
        if (_slate.lockedBy(who) < locked) ++_trimmed;
    }

    function _pass() private {
        uint256 duration = _roll(8) == 0 ? FREEZE_TERM : _roll(VOTE_WINDOW + 1);
        vm.warp(block.timestamp + duration);
        vm.roll(block.number + _roll(BLOCKS + 1));
    }

    function _replace() private {
        bytes4 expected = _slate.replace();
        if (expected == 0) ++_replaced;
        if (expected == IOperatorVote.Votes_WindowRunning.selector) ++_running;
        _call(address(votes), abi.encodeCall(IOperatorVote.replace, (id)), expected);
    }

    function _call(address target, bytes memory data, bytes4 expected) private {
        (bool ok, bytes memory answer) = target.call(data);
        equal(ok ? bytes32(0) : bytes32(bytes4(answer)), bytes32(expected), "answer");
    }

    function _compare() private view {
        uint256 all;
        for (uint256 i = 0; i < 4; ++i) {
            equal(heldBy(_people[i]), _slate.heldBy(i), "held");
            equal(assets.getFrozenTokens(_people[i], token), _slate.frozenOf(i), "frozen");
            equal(votes.lockedOf(id, _people[i]), _slate.lockedBy(i), "locked");
            equal(votes.votesFor(id, _people[i]), _slate.votesFor(i), "votes");
            all += votes.votesFor(id, _people[i]);
        }
        isTrue(all <= SUPPLY, "no more votes than units");
        equal(assets.operatorOf(id), _people[_slate.operator()], "operator");
        if (_slate.leader() > 3) return checkNoMajority("nobody leads");
        (address candidate, Deadline effectiveAt) = votes.majorityOf(id);
        equal(candidate, _people[_slate.leader()], "leader");
        equal(effectiveAt.time(), _slate.leaderTime(), "second");
        equal(effectiveAt.number(), _slate.leaderBlock(), "block");
    }

    function _roll(uint256 sides) private returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % sides;
    }
}
