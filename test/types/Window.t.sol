// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deadline, Window, WindowLib} from "../../contracts/types/Window.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";

contract WindowTest {
    bytes private constant OVERFLOW = abi.encodeWithSignature("Panic(uint256)", 0x11);

    function testFuzz_TYP_23_aWindowEndsItsSecondsAndItsBlocksFromNow(
        uint40 second,
        uint40 height,
        uint40 duration,
        uint40 blocks
    ) public {
        vm.warp(second);
        vm.roll(height);
        Deadline end = Window(duration, blocks).end();
        equal(end.time(), uint256(second) + duration, "seconds");
        equal(end.number(), uint256(height) + blocks, "blocks");
    }

    function testFuzz_TYP_24_overOnceSecondsAndBlocksHaveBothPassed(uint48 second, uint48 height) public {
        second = second == 0 ? 1 : second;
        height = height == 0 ? 1 : height;
        Deadline end = WindowLib.deadline(second, height);
        for (uint256 i = 0; i < 9; ++i) {
            // One before, exactly at, and one after the end, of each in turn.
            vm.warp(uint256(second) + (i % 3) - 1);
            vm.roll(uint256(height) + (i / 3) - 1);
            isTrue(end.isOver() == (i % 3 != 0 && i / 3 != 0), "over");
        }
    }

    /// @notice TYP-24 A window of zero is over when it begins.
    function testFuzz_TYP_24_aWindowOfZeroIsOverAtOnce(uint40 second, uint40 height, uint40 part) public {
        vm.warp(second);
        vm.roll(height);
        isTrue(Window(0, 0).end().isOver(), "zero");
        if (part == 0) return;
        isTrue(!Window(part, 0).end().isOver(), "seconds left");
        isTrue(!Window(0, part).end().isOver(), "blocks left");
    }

    function testFuzz_TYP_25_theLatestOfTwoEndsTakesTheLaterOfEach(uint96 a, uint96 b, uint48 s, uint48 h) public {
        (Deadline first, Deadline second) = (Deadline.wrap(a), Deadline.wrap(b));
        Deadline latest = first.latest(second);
        equal(latest.time(), first.time() > second.time() ? first.time() : second.time(), "time");
        equal(latest.number(), first.number() > second.number() ? first.number() : second.number(), "number");
        equal(Deadline.unwrap(second.latest(first)), Deadline.unwrap(latest), "in either order");
        vm.warp(s);
        vm.roll(h);
        isTrue(latest.isOver() == (first.isOver() && second.isOver()), "over with both");
    }

    function testFuzz_TYP_26_timeAndNumberFillADeadlineAndAreReadBackWhole(uint48 second, uint48 height) public pure {
        Deadline end = WindowLib.deadline(second, height);
        equal(end.time(), second, "time");
        equal(end.number(), height, "number");
        equal(Deadline.unwrap(end), uint256(second) + (uint256(height) << 48), "layout");
        isTrue(end.isNone() == (second == 0 && height == 0), "none");
    }

    function test_TYP_26_noneIsNeitherTimeNorNumber() public pure {
        isTrue(Deadline.wrap(0).isNone(), "nothing");
        isTrue(!WindowLib.deadline(1, 0).isNone(), "a second");
        isTrue(!WindowLib.deadline(0, 1).isNone(), "a block");
        isTrue(!WindowLib.deadline(type(uint48).max, type(uint48).max).isNone(), "all of it");
    }

    /// @notice TYP-27 A window that cannot be counted is refused, and never ends early.
    function test_TYP_27_refusesAWindowThatOverflows() public {
        (uint48 second, uint48 height) = (1_800_000_000, 5_000);
        vm.warp(second);
        vm.roll(height);
        Deadline end = this.endOf(Window(type(uint48).max - second, type(uint48).max - height));
        equal(Deadline.unwrap(end), type(uint96).max, "the last end");
        vm.expectRevert(OVERFLOW);
        this.endOf(Window(type(uint48).max - second + 1, 0));
        vm.expectRevert(OVERFLOW);
        this.endOf(Window(0, type(uint48).max - height + 1));
    }

    function endOf(Window memory window) external view returns (Deadline) {
        return window.end();
    }
}
