// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Point, Secp256k1} from "../../contracts/types/Secp256k1.sol";
import {Secp256k1Reference as Reference} from "../reference/Secp256k1Reference.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";

contract Secp256k1Test {
    uint256 private constant P = Secp256k1.P;
    uint256 private constant N = Secp256k1.N;

    /// @notice TYP-48 Of every x that has points there are two, and no third y will do.
    function testFuzz_TYP_48_onlyThePointsAreOnTheCurve(uint256 x, uint256 y) public view {
        x %= P;
        (bool exists, Point memory even, Point memory odd) = Reference.lift(x);
        equal(isOnCurve(even) ? 1 : 0, exists ? 1 : 0, "even");
        equal(isOnCurve(odd) ? 1 : 0, exists ? 1 : 0, "odd");
        if (exists && (y == even.y || y == odd.y)) return;
        isTrue(!Secp256k1.isOnCurve(x, y), "no third");
    }

    function test_TYP_48_refusesInfinityAndWhatIsNotReduced() public view {
        isTrue(!Secp256k1.isOnCurve(0, 0), "infinity");
        (bool exists, , ) = Reference.lift(0);
        isTrue(!exists, "no point has x = 0");
        (, Point memory even, ) = Reference.lift(1);
        isTrue(isOnCurve(even), "x = 1");
        isTrue(!Secp256k1.isOnCurve(1 + P, even.y), "x = 1 + P");
        uint256 x = 0x1fe1e5ef3fceb5c135ab7741333ce5a6e80d68167653f6b2b24bcbcfaaaff507;
        isTrue(Secp256k1.isOnCurve(x, 1), "y = 1");
        isTrue(!Secp256k1.isOnCurve(x, 1 + P), "y = 1 + P");
        isTrue(!Secp256k1.isOnCurve(P, 0) && !Secp256k1.isOnCurve(0, P), "P");
        isTrue(!Secp256k1.isOnCurve(type(uint256).max, type(uint256).max), "the greatest");
    }

    function testFuzz_TYP_49_addressesAreThoseOfAccounts(uint256 k) public view {
        k = scalar(k);
        equal(Reference.times(k, Reference.generator()).toAddress(), vm.addr(k), "address");
    }

    function testFuzz_TYP_49_combinesAsTheReference(uint256 a, uint256 b, uint256 x) public view {
        (a, b) = (a % N, scalar(b));
        same(pointFrom(x), a, b);
    }

    /// @notice TYP-49 The same by logarithms, for which accounts are the reference.
    function testFuzz_TYP_49_combinesAsLogarithmsAdd(uint256 a, uint256 b, uint256 p) public view {
        (a, b, p) = (a % N, scalar(b), scalar(p));
        uint256 sum = addmod(a, mulmod(b, p, N), N);
        equal(multiple(p).combine(a, b), vm.addr(sum), "by logarithms");
    }

    function test_TYP_49_combinesAtTheEdges() public view {
        Point memory point = multiple(3);
        uint256[5] memory scalars = [uint256(1), 2, N / 2, N - 2, N - 1];
        for (uint256 i = 0; i < 5; ++i) {
            same(point, 0, scalars[i]);
            for (uint256 j = 0; j < 5; ++j) {
                same(point, scalars[i], scalars[j]);
                same(Reference.generator(), scalars[i], scalars[j]);
            }
        }
        equal(point.combine(0, 1), point.toAddress(), "itself");
        equal(point.combine(0, N - 1), Reference.negative(point).toAddress(), "its negative");
    }

    function testFuzz_TYP_50_refusesASumAtInfinity(uint256 b, uint256 p) public view {
        (b, p) = (scalar(b), scalar(p));
        equal(multiple(p).combine(mulmod(N - b, p, N), b), address(0), "infinity");
    }

    function testFuzz_TYP_50_refusesScalarsThatAreNone(uint256 a, uint256 b, uint256 x) public view {
        Point memory point = pointFrom(x);
        equal(point.combine(a % N, 0), address(0), "b zero");
        equal(point.combine(0, 0), address(0), "both zero");
        equal(point.combine(N + (a % (type(uint256).max - N)), scalar(b)), address(0), "a not reduced");
        equal(point.combine(a % N, N + (b % (type(uint256).max - N))), address(0), "b not reduced");
        equal(point.combine(N, 1), address(0), "a = N");
        equal(point.combine(1, N), address(0), "b = N");
        equal(point.combine(type(uint256).max, type(uint256).max), address(0), "the greatest");
    }

    /// @notice TYP-50 `ecrecover` looks at the parity of y alone, and would compute with any y.
    function testFuzz_TYP_50_refusesPointsOffTheCurve(uint256 a, uint256 b, uint256 x, uint256 y) public view {
        (a, b) = (a % N, scalar(b));
        Point memory point = pointFrom(x);
        isTrue(point.combine(a, b) != address(0), "on the curve");
        if (y == point.x || y == point.y || y == P - point.y) return;
        equal(Point(point.x, y).combine(a, b), address(0), "another y");
        equal(Point(point.x, point.y ^ 2).combine(a, b), address(0), "of the same parity");
        equal(Point(y, point.y).combine(a, b), address(0), "another x");
        equal(Point(0, y).combine(a, b), address(0), "no x");
        equal(Point(0, 0).combine(a, b), address(0), "infinity");
    }

    /// @notice TYP-50 Points with x from N to P − 1 are points, but `ecrecover` cannot name them.
    function test_TYP_50_refusesAnXThatIsNoScalar() public view {
        uint256 found = 0;
        for (uint256 x = N; x < N + 100; ++x) {
            (bool exists, Point memory even, Point memory odd) = Reference.lift(x);
            if (!exists) continue;
            ++found;
            isTrue(isOnCurve(even) && isOnCurve(odd), "points");
            isTrue(!isRecoverable(even) && !isRecoverable(odd), "not recoverable");
            equal(even.combine(1, 1), address(0), "even");
            equal(odd.combine(1, 1), address(0), "odd");
        }
        isTrue(found > 20, "some there are");
        (, Point memory last, ) = Reference.lift(N - 2);
        isTrue(isRecoverable(last) && last.combine(1, 1) != address(0), "the greatest x that is one");
    }

    function testFuzz_TYP_51_addsAsTheReference(uint256 x1, uint256 x2) public view {
        (Point memory p, Point memory q) = (pointFrom(x1), pointFrom(x2));
        if (p.x == q.x) return;
        uint256 inverse = Reference.inverse(Reference.minus(q.x, p.x));
        Point memory expected = Reference.plus(p, q);
        (bool ok, Point memory sum) = p.add(q, inverse);
        isTrue(ok && isOnCurve(sum), "a point");
        equal(sum.x, expected.x, "x");
        equal(sum.y, expected.y, "y");
        (ok, sum) = q.add(p, Reference.minus(0, inverse));
        isTrue(ok && sum.x == expected.x && sum.y == expected.y, "in the other order");
    }

    function testFuzz_TYP_51_refusesAnyOtherInverse(uint256 x1, uint256 x2, uint256 wrong) public view {
        (Point memory p, Point memory q) = (pointFrom(x1), pointFrom(x2));
        if (p.x == q.x) return;
        uint256 inverse = Reference.inverse(Reference.minus(q.x, p.x));
        if (wrong % P == inverse) return;
        refuses(p, q, wrong);
        refuses(p, q, inverse ^ (1 << (wrong % 256)));
        refuses(p, q, Reference.minus(0, inverse));
        refuses(p, q, 0);
        refuses(p, q, P);
    }

    /// @notice TYP-51 A point and itself, which has a formula of its own, and a point and its negative, which add up to
    /// nothing.
    function testFuzz_TYP_51_refusesEqualX(uint256 x, uint256 inverse) public view {
        Point memory p = pointFrom(x);
        uint256[4] memory inverses = [inverse, 0, 1, P];
        for (uint256 i = 0; i < 4; ++i) {
            refuses(p, p, inverses[i]);
            refuses(p, Reference.negative(p), inverses[i]);
        }
    }

    function testFuzz_TYP_51_refusesPointsOffTheCurve(uint256 x1, uint256 x2, uint256 y) public view {
        (Point memory p, Point memory q) = (pointFrom(x1), pointFrom(x2));
        if (p.x == q.x || y == p.y || y == P - p.y || y == q.y || y == P - q.y) return;
        uint256 inverse = Reference.inverse(Reference.minus(q.x, p.x));
        refuses(Point(p.x, y), q, inverse);
        refuses(p, Point(q.x, y), inverse);
        refuses(p, Point(0, 0), Reference.inverse(Reference.minus(0, p.x)));
        refuses(Point(0, 0), q, Reference.inverse(q.x));
    }

    function test_TYP_51_refusesCoordinatesThatAreNotReduced() public view {
        (, Point memory p, ) = Reference.lift(1);
        Point memory q = multiple(5);
        uint256 inverse = Reference.inverse(Reference.minus(q.x, 1));
        (bool ok, ) = p.add(q, inverse);
        isTrue(ok, "x = 1");
        refuses(Point(1 + P, p.y), q, inverse);
        refuses(q, Point(1 + P, p.y), Reference.minus(0, inverse));
    }

    function isOnCurve(Point memory p) private pure returns (bool) {
        return Secp256k1.isOnCurve(p.x, p.y);
    }

    function isRecoverable(Point memory p) private pure returns (bool) {
        return Secp256k1.isRecoverable(p.x, p.y);
    }

    function refuses(Point memory p, Point memory q, uint256 inverse) private pure {
        (bool ok, Point memory sum) = p.add(q, inverse);
        isTrue(!ok && sum.x == 0 && sum.y == 0, "refused");
    }

    function same(Point memory point, uint256 a, uint256 b) private view {
        Point memory sum = Reference.plus(Reference.times(a, Reference.generator()), Reference.times(b, point));
        address expected = Reference.isInfinity(sum) ? address(0) : sum.toAddress();
        equal(point.combine(a, b), expected, "combined");
    }

    function multiple(uint256 k) private view returns (Point memory) {
        return Reference.times(k, Reference.generator());
    }

    /// @dev The first point from this x on that can be multiplied, with y as even as the number is.
    function pointFrom(uint256 x) private view returns (Point memory) {
        for (uint256 next = x % (N - 100); ; ++next) {
            (bool exists, Point memory even, Point memory odd) = Reference.lift(next);
            if (exists) return x % 2 == 0 ? even : odd;
        }
        revert("unreachable");
    }

    function scalar(uint256 any) private pure returns (uint256) {
        return 1 + (any % (N - 1));
    }
}
