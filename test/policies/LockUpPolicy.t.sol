// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LockUpPolicy} from "../../contracts/policies/LockUpPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {PolicyTest} from "./PolicyTest.sol";

/// @notice Nothing moves before a date.
contract LockUpPolicyTest is PolicyTest {
    bytes4 private constant RUNNING = LockUpPolicy.LockUpPolicy_Running.selector;

    function setUp() public {
        setUpPolicies();
    }

    function test_POL_30_nothingMovesBeforeTheFirstSecond() public {
        LockUpPolicy policy = new LockUpPolicy(END);
        equal(policy.until(), END, "reads back");
        isTrue(!policy.countsHolders(), "counts nobody");
        AssetId id = listUnder(policy);
        vm.warp(END - 1);
        tried(id, ALICE, ALICE, BOB, 1, RUNNING);
        tried(id, OPERATOR, ALICE, ALICE, 0, RUNNING);
        vm.warp(END);
        tried(id, ALICE, ALICE, BOB, 1, 0);
    }

    function test_POL_31_theDateIsAtMostFourYearsAhead() public {
        uint48 limit = uint48(block.timestamp) + 1_461 days;
        equal(new LockUpPolicy(limit).until(), limit, "the last second");
        vm.expectRevert(abi.encodeWithSelector(LockUpPolicy.LockUpPolicy_TooLong.selector, limit + 1, limit));
        new LockUpPolicy(limit + 1);
    }

    /// @notice POL-30 Over both times.
    function testFuzz_POL_30_theDateAloneDecides(uint48 until, uint48 time) public {
        until = uint48(until % (block.timestamp + 1_461 days + 1));
        LockUpPolicy policy = new LockUpPolicy(until);
        vm.warp(time);
        answers(policy, ALICE, ALICE, BOB, 1, time < until ? RUNNING : bytes4(0));
    }
}
