// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice A point of secp256k1 by its coordinates. There are none for the point at infinity, so no `Point` is it.
struct Point {
    uint256 x;
    uint256 y;
}

using Secp256k1 for Point global;

/// @title Arithmetic on secp256k1 by way of `ecrecover`
/// @notice `ecrecover` multiplies points and says of the result its address alone: the last 20 bytes of the Keccak-256
/// of its coordinates. That is enough to compare it with a point that somebody names.
/// @dev `combine` and `add` refuse what is not a point of the curve, coordinates that are not reduced included.
library Secp256k1 {
    /// @dev The prime of the coordinates.
    uint256 internal constant P = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f;
    /// @dev The order of the group, a prime.
    uint256 internal constant N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    /// @notice Whether y² = x³ + 7 modulo P, with both below P.
    function isOnCurve(uint256 x, uint256 y) internal pure returns (bool) {
        return x < P && y < P && mulmod(y, y, P) == addmod(mulmod(mulmod(x, x, P), x, P), 7, P);
    }

    /// @notice Whether it is a point that `combine` can multiply: `ecrecover` takes x for a number modulo N. One point
    /// in 2^127 has a greater x, but whoever may name any point can name that one: ask this, not only `isOnCurve`.
    function isRecoverable(uint256 x, uint256 y) internal pure returns (bool) {
        return x < N && isOnCurve(x, y);
    }

    /// @notice The address of the account whose public key this is.
    function toAddress(Point memory self) internal pure returns (address) {
        bytes32 hash;
        // Safe for memory: reads the two words of the struct, which lie side by side.
        assembly ("memory-safe") {
            hash := keccak256(self, 0x40)
        }
        // The address is the lowest 160 bits of the hash, which the cast keeps.
        return address(uint160(uint256(hash)));
    }

    /// @notice The address of a·G + b·self, or zero where that is refused: a not below N, b not from 1 to N − 1, the
    /// point not recoverable, the sum at infinity.
    /// @dev For a signature (r, s) of h, `ecrecover` answers with the address of (s·R − h·G) / r, where R is the point
    /// with x = r and the given parity of y. With R = self, h = −a·r and s = b·r, that is a·G + b·self. It reads no
    /// more of y than its parity; that the point is on the curve makes the rest of y right. r is never zero: no point
    /// has x = 0.
    function combine(Point memory self, uint256 a, uint256 b) internal pure returns (address) {
        if (a >= N || b == 0 || b >= N || !isRecoverable(self.x, self.y)) return address(0);
        // a is below N, so the difference does not underflow; the cast keeps 27 or 28.
        unchecked {
            uint256 r = self.x;
            uint8 v = uint8(27 + (self.y & 1));
            return ecrecover(bytes32(mulmod(N - a, r, N)), v, bytes32(r), bytes32(mulmod(b, r, N)));
        }
    }

    /// @notice self + other, for two points with different x.
    /// @param inverse (other.x − self.x)^-1 modulo P, which is dear to find and cheap to check
    /// @return ok whether both are points, `inverse` is what it should be, and so x differs
    /// @return sum a point of the curve where `ok`, else nothing
    function add(
        Point memory self,
        Point memory other,
        uint256 inverse
    ) internal pure returns (bool ok, Point memory sum) {
        if (!isOnCurve(self.x, self.y) || !isOnCurve(other.x, other.y)) return (false, sum);
        // Coordinates are below P, so no difference underflows.
        unchecked {
            if (mulmod(addmod(other.x, P - self.x, P), inverse, P) != 1) return (false, sum);
            uint256 slope = mulmod(addmod(other.y, P - self.y, P), inverse, P);
            sum.x = addmod(mulmod(slope, slope, P), P - addmod(self.x, other.x, P), P);
            sum.y = addmod(mulmod(slope, addmod(self.x, P - sum.x, P), P), P - self.y, P);
        }
        return (true, sum);
    }
}
