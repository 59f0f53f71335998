// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Says no to everybody, with any delay, and has nothing scheduled.
contract Denier {
    error NothingScheduled();

    uint32 private _delay;

    function canCall(address, address, bytes4) external view returns (bool immediate, uint32 delay) {
        return (false, _delay);
    }

    function consumeScheduledOp(address, bytes calldata) external pure {
        revert NothingScheduled();
    }
}

/// @notice Says yes to everybody.
contract Allower {
    function canCall(address, address, bytes4) external pure returns (bool immediate, uint32 delay) {
        return (true, 0);
    }
}
