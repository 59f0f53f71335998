// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus, AssetWord, AssetWordLib} from "../../contracts/types/AssetWord.sol";
import {isTrue} from "../support/Equal.sol";

/// @notice The packed word of an asset against a struct of plain numbers; and ids.
contract AssetWordTest {
    struct Plain {
        uint256 supply;
        uint256 total;
        AssetStatus status;
        uint256 policyVersion;
        uint256 policy;
        uint256 flags;
    }

    error Differs(Plain actual, Plain expected);

    function testFuzz_TYP_09_fieldsFillTheWord(uint256 any, uint8 status) public pure {
        Plain memory plain = plainOf(any, status);
        same(word(plain), plain);
    }

    function test_TYP_09_extremes() public pure {
        Plain[7] memory extremes = [
            Plain(2 ** 64 - 1, 0, AssetStatus.None, 0, 0, 0),
            Plain(0, 2 ** 92 - 1, AssetStatus.None, 0, 0, 0),
            Plain(0, 0, AssetStatus.Retired, 0, 0, 0),
            Plain(0, 0, AssetStatus.None, 2 ** 32 - 1, 0, 0),
            Plain(0, 0, AssetStatus.None, 0, 2 ** 56 - 1, 0),
            Plain(0, 0, AssetStatus.None, 0, 0, 15),
            Plain(2 ** 64 - 1, 2 ** 92 - 1, AssetStatus.Retired, 2 ** 32 - 1, 2 ** 56 - 1, 15)
        ];
        for (uint256 i = 0; i < extremes.length; ++i) same(word(extremes[i]), extremes[i]);
    }

    function testFuzz_TYP_10_startsWithoutRevenue(uint64 supply, uint56 policy, uint256 flags) public pure {
        flags %= 16;
        Plain memory expected = Plain(supply, 0, AssetStatus.Registered, 1, policy, flags);
        same(AssetWordLib.create(supply, policy, flags), expected);
    }

    function testFuzz_TYP_11_revenueGrowsAlone(uint256 any, uint8 status, uint256 amount) public pure {
        Plain memory plain = plainOf(any, status);
        AssetWord before = word(plain);
        amount %= 2 ** 92 - plain.total;
        plain.total += amount;
        same(before.addRevenue(amount), plain);
    }

    function testFuzz_TYP_11_revenueGrowsToTheLastBaseUnit(uint256 any, uint8 status) public pure {
        Plain memory plain = plainOf(any, status);
        AssetWord before = word(plain);
        uint256 room = AssetWordLib.MAX_TOTAL - plain.total;
        plain.total = 2 ** 92 - 1;
        same(before.addRevenue(room), plain);
    }

    function testFuzz_TYP_12_statusChangesAlone(uint256 any, uint8 from, uint8 to) public pure {
        Plain memory plain = plainOf(any, from);
        AssetWord before = word(plain);
        plain.status = AssetStatus(to % 4);
        same(before.withStatus(plain.status), plain);
    }

    function testFuzz_TYP_13_policyChangesAlone(uint256 any, uint8 status, uint56 policy, uint32 version) public pure {
        Plain memory plain = plainOf(any, status);
        AssetWord before = word(plain);
        (plain.policy, plain.policyVersion) = (policy, version);
        same(before.withPolicy(policy, version), plain);
    }

    function testFuzz_TYP_14_movesFreelyWithoutPolicyInForceOrRetired(
        uint256 any,
        uint8 status,
        bool free
    ) public pure {
        Plain memory plain = plainOf(any, status);
        if (free) (plain.policy, plain.flags) = (0, plain.flags % 2);
        bool moves = plain.status == AssetStatus.Registered || plain.status == AssetStatus.Retired;
        isTrue(word(plain).movesFreely() == (plain.policy == 0 && plain.flags < 2 && moves), "moves freely");
    }

    function test_TYP_14_eachBitOfThePolicyCounts() public pure {
        AssetWord free = AssetWordLib.create(1, 0, AssetWordLib.FLAG_PARENTS);
        isTrue(free.movesFreely(), "without policy");
        for (uint256 bit = 0; bit < 56; ++bit) {
            // One of 56 bits.
            uint56 policy = uint56(1 << bit);
            isTrue(!free.withPolicy(policy, 1).movesFreely(), "with a policy");
        }
        for (uint256 flag = 2; flag < 16; flag *= 2) isTrue(!free.withFlag(flag, true).movesFreely(), "flagged");
    }

    function testFuzz_TYP_35_aFlagChangesAlone(uint256 any, uint8 status, uint256 bit, bool set) public pure {
        Plain memory plain = plainOf(any, status);
        AssetWord before = word(plain);
        uint256 flag = 1 << (bit % 4);
        plain.flags = set ? plain.flags | flag : plain.flags & ~flag;
        same(before.withFlag(flag, set), plain);
        isTrue(before.withFlag(flag, set).has(flag) == set, "read back");
    }

    function testFuzz_TYP_15_idsAreEqualAsTheirNumbers(uint256 a, uint256 b) public pure {
        isTrue(AssetId.wrap(a) == AssetId.wrap(a) && !(AssetId.wrap(a) != AssetId.wrap(a)), "same");
        isTrue((AssetId.wrap(a) == AssetId.wrap(b)) == (a == b), "equal");
        isTrue((AssetId.wrap(a) != AssetId.wrap(b)) == (a != b), "differs");
        isTrue(AssetId.wrap(a) != AssetId.wrap(a ^ (1 << (b % 256))), "one bit");
    }

    /// @dev Any plain asset.
    function plainOf(uint256 any, uint8 status) private pure returns (Plain memory) {
        return
            Plain({
                supply: any % 2 ** 64,
                total: (any >> 64) % 2 ** 92,
                status: AssetStatus(status % 4),
                policyVersion: (any >> 164) % 2 ** 32,
                policy: (any >> 196) % 2 ** 56,
                flags: any >> 252
            });
    }

    function word(Plain memory p) private pure returns (AssetWord) {
        uint256 low = p.supply + p.total * 2 ** 64 + uint256(p.status) * 2 ** 156;
        return AssetWord.wrap(low + p.policyVersion * 2 ** 164 + p.policy * 2 ** 196 + p.flags * 2 ** 252);
    }

    function read(AssetWord w) private pure returns (Plain memory) {
        uint256 flags;
        for (uint256 flag = 1; flag < 16; flag *= 2) if (w.has(flag)) flags += flag;
        return Plain(w.supply(), w.total(), w.status(), w.policyVersion(), w.policy(), flags);
    }

    function same(AssetWord actual, Plain memory expected) private pure {
        if (AssetWord.unwrap(actual) != AssetWord.unwrap(word(expected))) revert Differs(read(actual), expected);
        if (keccak256(abi.encode(read(actual))) != keccak256(abi.encode(expected))) {
            revert Differs(read(actual), expected);
        }
    }
}
