// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Holding, HoldingLib} from "../../contracts/types/Holding.sol";

/// @notice The packed word of a holding against a struct of four plain numbers.
contract HoldingTest {
    struct Plain {
        uint256 units;
        uint256 credit;
        uint256 seen;
        uint256 flags;
    }

    error Differs(Plain actual, Plain expected);
    error Exceeds(uint256 value, uint256 limit);

    function testFuzz_TYP_01_fieldsFillTheWord(uint64 units, uint256 credit, uint256 seen, uint8 flags) public pure {
        Plain memory plain = Plain(units, credit % 2 ** 92, seen % 2 ** 92, flags);
        same(word(plain), plain);
    }

    function testFuzz_TYP_01_everyWordIsItsFields(uint256 any) public pure {
        Plain memory plain = read(Holding.wrap(any));
        if (Holding.unwrap(word(plain)) != any) revert Differs(read(word(plain)), plain);
    }

    function test_TYP_01_extremes() public pure {
        Plain[5] memory extremes = [
            Plain(2 ** 64 - 1, 0, 0, 0),
            Plain(0, 2 ** 92 - 1, 0, 0),
            Plain(0, 0, 2 ** 92 - 1, 0),
            Plain(0, 0, 0, 2 ** 8 - 1),
            Plain(2 ** 64 - 1, 2 ** 92 - 1, 2 ** 92 - 1, 2 ** 8 - 1)
        ];
        for (uint256 i = 0; i < extremes.length; ++i) same(word(extremes[i]), extremes[i]);
    }

    function testFuzz_TYP_02_unitsComeAndGoAlone(uint256 any, uint64 added, uint64 taken) public pure {
        Holding holding = Holding.wrap(any);
        Plain memory plain = read(holding);
        uint256 room = HoldingLib.MAX_UNITS - plain.units;
        uint256 more = room == type(uint64).max ? added : added % (room + 1);
        plain.units += more;
        holding = holding.addUnits(more);
        same(holding, plain);

        uint256 less = plain.units == type(uint64).max ? taken : taken % (plain.units + 1);
        plain.units -= less;
        same(holding.subUnits(less), plain);
    }

    function testFuzz_TYP_02_toTheLastUnit(uint256 any) public pure {
        Holding holding = Holding.wrap(any);
        Plain memory plain = read(holding);
        uint256 units = plain.units;
        plain.units = 2 ** 64 - 1;
        same(holding.addUnits(2 ** 64 - 1 - units), plain);
        plain.units = 0;
        same(holding.subUnits(units), plain);
    }

    function testFuzz_TYP_03_creditGoesAlone(uint256 any) public pure {
        Plain memory plain = read(Holding.wrap(any));
        plain.credit = 0;
        same(Holding.wrap(any).withoutCredit(), plain);
    }

    function testFuzz_TYP_04_flagsChangeAlone(uint256 any, uint8 bit) public pure {
        uint256 flag = 1 << (bit % 8);
        Plain memory plain = read(Holding.wrap(any));
        plain.flags |= flag;
        same(Holding.wrap(any).withFlag(flag, true), plain);
        plain.flags -= flag;
        same(Holding.wrap(any).withFlag(flag, false), plain);
    }

    function testFuzz_TYP_05_settlesAsTheModel(uint256 any, uint256 a, uint256 b, uint64 others) public pure {
        (Plain memory plain, uint256 total, uint256 supply) = credible(any, a, b, others);
        same(word(plain).settle(total, supply), settled(plain, total, supply));
    }

    function test_TYP_05_settlesAtTheExtremes() public pure {
        uint256 most = 2 ** 92 - 1;
        Plain memory all = Plain(2 ** 64 - 1, 0, 0, 255);
        same(word(all).settle(most, 2 ** 64 - 1), Plain(2 ** 64 - 1, most, most, 255));

        all = Plain(2 ** 64 - 1, most - 1, most - 1, 255);
        same(word(all).settle(most, 2 ** 64 - 1), Plain(2 ** 64 - 1, most, most, 255));

        Plain memory one = Plain(1, 0, 0, 0);
        same(word(one).settle(2 ** 64 - 2, 2 ** 64 - 1), Plain(1, 0, 2 ** 64 - 2, 0));
        same(word(one).settle(2 ** 64 - 1, 2 ** 64 - 1), Plain(1, 1, 2 ** 64 - 1, 0));

        Plain memory none = Plain(0, 7, 9, 1);
        same(word(none).settle(most, 1), Plain(0, 7, most, 1));
    }

    function testFuzz_TYP_06_creditNeverExceedsTheTotal(uint256 any, uint256 a, uint256 b, uint64 others) public pure {
        (Plain memory plain, uint256 total, uint256 supply) = credible(any, a, b, others);
        uint256 credit = word(plain).settle(total, supply).credit();
        if (credit > total) revert Exceeds(credit, total);
    }

    function testFuzz_TYP_07_settlesTheSameRevenueOnce(uint256 any, uint256 a, uint256 b, uint64 others) public pure {
        (Plain memory plain, uint256 total, uint256 supply) = credible(any, a, b, others);
        Holding once = word(plain).settle(total, supply);
        same(once.settle(total, supply), read(once));
    }

    /// @dev An asset that is not registered has no units; a holding of it is still settled by views.
    function testFuzz_TYP_07_noRevenueNeedsNoSupply(uint256 any) public pure {
        Plain memory plain = read(Holding.wrap(any));
        same(Holding.wrap(any).settle(plain.seen, 0), plain);
    }

    function testFuzz_TYP_08_eachSettlementLosesLessThanOne(
        uint256 any,
        uint256 a,
        uint256 b,
        uint256 between,
        uint64 others
    ) public pure {
        (Plain memory plain, uint256 total, uint256 supply) = credible(any, a, b, others);
        uint256 half = plain.seen + (between % (total - plain.seen + 1));
        uint256 inOne = word(plain).settle(total, supply).credit();
        uint256 inTwo = word(plain).settle(half, supply).settle(total, supply).credit();
        if (inTwo > inOne) revert Exceeds(inTwo, inOne);
        if (inOne > inTwo + 1) revert Exceeds(inOne, inTwo + 1);
    }

    /// @dev Any holding with `credit <= seen <= total` and no more units than the supply.
    function credible(
        uint256 any,
        uint256 a,
        uint256 b,
        uint64 others
    ) private pure returns (Plain memory plain, uint256 total, uint256 supply) {
        plain = read(Holding.wrap(any));
        total = a % 2 ** 92;
        plain.seen = b % (total + 1);
        plain.credit %= plain.seen + 1;
        supply = plain.units + (others % (2 ** 64 - plain.units));
        if (supply == 0) supply = 1;
    }

    function settled(Plain memory plain, uint256 total, uint256 supply) private pure returns (Plain memory) {
        uint256 gained = (plain.units * (total - plain.seen)) / supply;
        return Plain(plain.units, plain.credit + gained, total, plain.flags);
    }

    function word(Plain memory p) private pure returns (Holding) {
        return Holding.wrap(p.units + p.credit * 2 ** 64 + p.seen * 2 ** 156 + p.flags * 2 ** 248);
    }

    function read(Holding h) private pure returns (Plain memory) {
        return Plain(h.units(), h.credit(), h.seen(), h.flags());
    }

    function same(Holding actual, Plain memory expected) private pure {
        if (Holding.unwrap(actual) != Holding.unwrap(word(expected))) revert Differs(read(actual), expected);
        if (keccak256(abi.encode(read(actual))) != keccak256(abi.encode(expected))) {
            revert Differs(read(actual), expected);
        }
    }
}
