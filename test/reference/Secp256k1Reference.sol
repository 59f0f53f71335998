// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Point} from "../../contracts/types/Secp256k1.sol";

/// @notice The group of secp256k1 by the one complete formula for sums (Renes, Costello, Batina 2016, algorithm 7), in
/// which no point is special; multiples by double and add. Infinity as a `Point` is (0, 0).
library Secp256k1Reference {
    /// @dev (x / z, y / z); infinity has z = 0.
    struct Projective {
        uint256 x;
        uint256 y;
        uint256 z;
    }

    uint256 internal constant P = 2 ** 256 - 2 ** 32 - 977;
    uint256 internal constant N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function generator() internal pure returns (Point memory) {
        return
            Point(
                0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798,
                0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8
            );
    }

    function times(uint256 k, Point memory p) internal view returns (Point memory) {
        Projective memory power = projective(p);
        Projective memory sum = projective(Point(0, 0));
        for (; k != 0; k >>= 1) {
            if (k & 1 == 1) sum = plus(sum, power);
            power = plus(power, power);
        }
        return affine(sum);
    }

    function plus(Point memory p, Point memory q) internal view returns (Point memory) {
        return affine(plus(projective(p), projective(q)));
    }

    function negative(Point memory p) internal pure returns (Point memory) {
        return Point(p.x, minus(0, p.y));
    }

    function isInfinity(Point memory p) internal pure returns (bool) {
        return p.x == 0 && p.y == 0;
    }

    function minus(uint256 x, uint256 y) internal pure returns (uint256) {
        return addmod(x, P - y, P);
    }

    /// @notice x^-1 modulo P, by Fermat; of zero, zero.
    function inverse(uint256 x) internal view returns (uint256) {
        return raised(x, P - 2);
    }

    /// @notice The two points with this x, if there are any, by their even and their odd y. P is 3 modulo 4.
    function lift(uint256 x) internal view returns (bool exists, Point memory even, Point memory odd) {
        uint256 square = addmod(mulmod(mulmod(x, x, P), x, P), 7, P);
        uint256 y = raised(square, (P + 1) / 4);
        if (mulmod(y, y, P) != square) return (false, even, odd);
        (even, odd) = y % 2 == 0 ? (Point(x, y), Point(x, P - y)) : (Point(x, P - y), Point(x, y));
        return (true, even, odd);
    }

    function plus(Projective memory p, Projective memory q) private pure returns (Projective memory) {
        uint256 xx = mulmod(p.x, q.x, P);
        uint256 yy = mulmod(p.y, q.y, P);
        uint256 zz = mulmod(p.z, q.z, P);
        uint256 xy = minus(mulmod(addmod(p.x, p.y, P), addmod(q.x, q.y, P), P), addmod(xx, yy, P));
        uint256 yz = minus(mulmod(addmod(p.y, p.z, P), addmod(q.y, q.z, P), P), addmod(yy, zz, P));
        uint256 xz = minus(mulmod(addmod(p.x, p.z, P), addmod(q.x, q.z, P), P), addmod(xx, zz, P));
        (xx, xz, zz) = (mulmod(3, xx, P), mulmod(21, xz, P), mulmod(21, zz, P));
        (yy, zz) = (minus(yy, zz), addmod(yy, zz, P));
        return
            Projective(
                minus(mulmod(xy, yy, P), mulmod(yz, xz, P)),
                addmod(mulmod(yy, zz, P), mulmod(xx, xz, P), P),
                addmod(mulmod(zz, yz, P), mulmod(xx, xy, P), P)
            );
    }

    function projective(Point memory p) private pure returns (Projective memory) {
        return isInfinity(p) ? Projective(0, 1, 0) : Projective(p.x, p.y, 1);
    }

    function affine(Projective memory p) private view returns (Point memory) {
        uint256 scale = inverse(p.z);
        return Point(mulmod(p.x, scale, P), mulmod(p.y, scale, P));
    }

    function raised(uint256 x, uint256 exponent) private view returns (uint256) {
        // The precompiled contract for powers; 32 bytes each.
        (bool done, bytes memory result) = address(5).staticcall(abi.encode(32, 32, 32, x, exponent, P));
        assert(done);
        return abi.decode(result, (uint256));
    }
}
