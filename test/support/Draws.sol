// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Numbers that look random and follow from one seed, so that a fuzz case can be run again.
abstract contract Draws {
    uint256 private _seed;

    function seedDraws(uint256 seed) internal {
        _seed = seed;
    }

    /// @notice A number below `bound`.
    function draw(uint256 bound) internal returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed % bound;
    }
}
