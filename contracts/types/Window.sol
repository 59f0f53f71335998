// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice How long somebody has to act. A halted chain eats nobody's time: seconds and blocks must both have passed.
/// @param duration seconds
/// @param blocks least number of blocks
struct Window {
    uint48 duration;
    uint48 blocks;
}

/// @notice The end of a window: from the lowest bit, time 48 (seconds), block number 48.
type Deadline is uint96;

using WindowLib for Window global;
using WindowLib for Deadline global;

library WindowLib {
    uint256 private constant BLOCK_SHIFT = 48;

    /// @notice The end of a window that begins now.
    function end(Window memory self) internal view returns (Deadline) {
        // 48 bits of seconds, and of blocks, last for millions of years.
        return deadline(uint48(block.timestamp) + self.duration, uint48(block.number) + self.blocks);
    }

    function deadline(uint48 second, uint48 height) internal pure returns (Deadline) {
        return Deadline.wrap(uint96(second) | (uint96(height) << uint96(BLOCK_SHIFT)));
    }

    /// @notice Whether the window is over; it is open strictly before its end.
    function isOver(Deadline self) internal view returns (bool) {
        return block.timestamp >= time(self) && block.number >= number(self);
    }

    function isNone(Deadline self) internal pure returns (bool) {
        return Deadline.unwrap(self) == 0;
    }

    /// @notice The end of the longer of two windows, in seconds and in blocks each.
    function latest(Deadline self, Deadline other) internal pure returns (Deadline) {
        uint48 second = time(self) > time(other) ? time(self) : time(other);
        uint48 height = number(self) > number(other) ? number(self) : number(other);
        return deadline(second, height);
    }

    function time(Deadline self) internal pure returns (uint48) {
        // The time is the lowest 48 bits, which the cast keeps.
        return uint48(Deadline.unwrap(self));
    }

    function number(Deadline self) internal pure returns (uint48) {
        // The shift leaves 48 bits.
        return uint48(Deadline.unwrap(self) >> BLOCK_SHIFT);
    }
}
