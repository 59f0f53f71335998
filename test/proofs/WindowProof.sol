// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deadline, Window, WindowLib} from "../../contracts/types/Window.sol";
import {vm} from "../support/Vm.sol";

/// @title The packing of a deadline
/// @notice For every deadline and window, and every block whose time and number have 48 bits.
/// @custom:halmos --panic-error-codes *
contract WindowProof {
    error Outside();

    /// @notice `deadline` takes the time as given.
    function check_deadline_time(uint48 second, uint48 height) external pure {
        assert(WindowLib.deadline(second, height).time() == second);
    }

    /// @notice `deadline` takes the block number as given.
    function check_deadline_number(uint48 second, uint48 height) external pure {
        assert(WindowLib.deadline(second, height).number() == height);
    }

    /// @notice Time and block number are all that a deadline holds.
    function check_deadline_complete(uint96 raw) external pure {
        Deadline end = Deadline.wrap(raw);
        assert(Deadline.unwrap(WindowLib.deadline(end.time(), end.number())) == raw);
    }

    /// @notice `latest` takes the later time.
    function check_latest_time(uint96 a, uint96 b) external pure {
        (Deadline x, Deadline y) = (Deadline.wrap(a), Deadline.wrap(b));
        uint48 time = x.latest(y).time();
        assert(time >= x.time() && time >= y.time() && (time == x.time() || time == y.time()));
    }

    /// @notice `latest` takes the higher block number.
    function check_latest_number(uint96 a, uint96 b) external pure {
        (Deadline x, Deadline y) = (Deadline.wrap(a), Deadline.wrap(b));
        uint48 number = x.latest(y).number();
        assert(number >= x.number() && number >= y.number() && (number == x.number() || number == y.number()));
    }

    /// @notice `end` adds the duration to the time of the block, where the sum fits 48 bits.
    function check_end_time(uint48 duration, uint48 blocks, uint48 time, uint48 height) external {
        _at(time, height);
        _checkFits(duration, blocks);
        assert(Window(duration, blocks).end().time() == uint256(time) + duration);
    }

    /// @notice `end` adds the blocks to the number of the block, where the sum fits 48 bits.
    function check_end_number(uint48 duration, uint48 blocks, uint48 time, uint48 height) external {
        _at(time, height);
        _checkFits(duration, blocks);
        assert(Window(duration, blocks).end().number() == uint256(height) + blocks);
    }

    /// @notice A window is over exactly when its time and its block number are reached.
    function check_isOver(uint96 raw, uint48 time, uint48 height) external {
        _at(time, height);
        Deadline end = Deadline.wrap(raw);
        assert(end.isOver() == (time >= end.time() && height >= end.number()));
    }

    /// @notice Only the deadline of time 0 and block 0 is none.
    function check_isNone(uint96 raw) external pure {
        Deadline end = Deadline.wrap(raw);
        assert(end.isNone() == (end.time() == 0 && end.number() == 0));
    }

    function _at(uint48 time, uint48 height) private {
        vm.warp(time);
        vm.roll(height);
    }

    function _checkFits(uint48 duration, uint48 blocks) private view {
        if (block.timestamp > type(uint48).max - duration) revert Outside();
        if (block.number > type(uint48).max - blocks) revert Outside();
    }
}
