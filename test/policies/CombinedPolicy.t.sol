// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {BurningPolicy} from "../../contracts/mocks/BurningPolicy.sol";
import {ChangeablePolicy} from "../../contracts/mocks/ChangeablePolicy.sol";
import {LimitPolicy} from "../../contracts/mocks/LimitPolicy.sol";
import {NonsensePolicy} from "../../contracts/mocks/NonsensePolicy.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {RevertingPolicy} from "../../contracts/mocks/RevertingPolicy.sol";
import {WritingPolicy} from "../../contracts/mocks/WritingPolicy.sol";
import {CombinedPolicy} from "../../contracts/policies/CombinedPolicy.sol";
import {HolderCapPolicy} from "../../contracts/policies/HolderCapPolicy.sol";
import {LockUpPolicy} from "../../contracts/policies/LockUpPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {PolicyTest} from "./PolicyTest.sol";

/// @notice Several policies that must all agree, some of which misbehave.
contract CombinedPolicyTest is PolicyTest {
    bytes4 private constant FIRST = 0x11111111;
    bytes4 private constant SECOND = 0x22222222;
    bytes4 private constant NO_ANSWER = IPolicy.check.selector;
    uint256 private constant MAX = 8;

    function setUp() public {
        setUpPolicies();
    }

    function test_POL_50_allMustAgreeAndTheFirstRefusalIsTheReason() public {
        RefusingPolicy a = new RefusingPolicy(0);
        RefusingPolicy b = new RefusingPolicy(0);
        CombinedPolicy policy = _combine(a, b);
        AssetId id = listUnder(policy);
        tried(id, ALICE, ALICE, BOB, 1, 0);
        b.setReason(SECOND);
        tried(id, ALICE, ALICE, BOB, 1, SECOND);
        a.setReason(FIRST);
        tried(id, ALICE, ALICE, BOB, 1, FIRST);
        b.setReason(0);
        tried(id, ALICE, ALICE, BOB, 1, FIRST);
        IPolicy[] memory combined = policy.combined();
        equal(combined.length, 2, "how many");
        equal(address(combined[0]), address(a), "first");
        equal(address(combined[1]), address(b), "second");
    }

    function test_POL_51_eachIsAskedWithAllThatTheCombinationIs() public {
        AssetId id = AssetId.wrap(1);
        CombinedPolicy policy = _combine(new RefusingPolicy(0), new LimitPolicy(OPERATOR, ALICE, BOB, id, 10));
        answers(policy, OPERATOR, ALICE, BOB, 10, 0);
        answers(policy, ALICE, ALICE, BOB, 10, LimitPolicy.Limit_Operator.selector);
        answers(policy, OPERATOR, CAROL, BOB, 10, LimitPolicy.Limit_From.selector);
        answers(policy, OPERATOR, ALICE, CAROL, 10, LimitPolicy.Limit_To.selector);
        answers(policy, OPERATOR, ALICE, BOB, 11, LimitPolicy.Limit_Units.selector);
        bytes4 reason = policy.check(OPERATOR, ALICE, BOB, AssetId.wrap(2), 10);
        equal(bytes32(reason), bytes32(LimitPolicy.Limit_Asset.selector), "asset");
    }

    function test_POL_52_onePolicyThatDoesNotAnswerProperlyRefuses() public {
        AssetId reverting = listUnder(_combine(new RefusingPolicy(0), new RevertingPolicy()));
        tried(reverting, ALICE, ALICE, BOB, 1, NO_ANSWER);
        AssetId burning = listUnder(_combine(new RefusingPolicy(0), new BurningPolicy()));
        tried(burning, ALICE, ALICE, BOB, 1, NO_ANSWER);
    }

    function test_POL_52_anAnswerThatIsNotFourBytesInAWordRefuses() public {
        _refusesOnce(ChangeablePolicy.Mood.Answers, "");
        _refusesOnce(ChangeablePolicy.Mood.Answers, new bytes(31));
        _refusesOnce(ChangeablePolicy.Mood.Answers, new bytes(33));
        _refusesOnce(ChangeablePolicy.Mood.Answers, new bytes(64));
        _refusesOnce(ChangeablePolicy.Mood.Answers, new bytes(5_000));
        _refusesOnce(ChangeablePolicy.Mood.Answers, abi.encode(true));
        _refusesOnce(ChangeablePolicy.Mood.Answers, abi.encode(type(uint224).max));
        _refusesOnce(ChangeablePolicy.Mood.Reverts, "");
        _refusesOnce(ChangeablePolicy.Mood.Reverts, new bytes(32));
        _refusesOnce(ChangeablePolicy.Mood.Burns, "");
    }

    function test_POL_53_oneToEightPoliciesAreCombined() public {
        vm.expectRevert(abi.encodeWithSelector(CombinedPolicy.CombinedPolicy_Count.selector, 0, MAX));
        new CombinedPolicy(new IPolicy[](0));
        vm.expectRevert(abi.encodeWithSelector(CombinedPolicy.CombinedPolicy_Count.selector, MAX + 1, MAX));
        new CombinedPolicy(new IPolicy[](MAX + 1));
        IPolicy[] memory policies = new IPolicy[](MAX);
        for (uint256 i = 0; i < MAX; ++i) policies[i] = new RefusingPolicy(0);
        CombinedPolicy policy = new CombinedPolicy(policies);
        answers(policy, ALICE, ALICE, BOB, 1, 0);
        RefusingPolicy(address(policies[MAX - 1])).setReason(SECOND);
        answers(policy, ALICE, ALICE, BOB, 1, SECOND);
    }

    function test_POL_54_whatIsNoPolicyIsNotCombined() public {
        _isNoPolicy(address(0));
        _isNoPolicy(address(0xE0A));
        _isNoPolicy(address(new WritingPolicy()));
        _isNoPolicy(address(new NonsensePolicy("")));
        _isNoPolicy(address(new NonsensePolicy(new bytes(33))));
        _isNoPolicy(address(new NonsensePolicy(abi.encode(2))));
        _isNoPolicy(address(new NonsensePolicy(abi.encode(FIRST))));
    }

    function test_POL_55_holdersAreCountedIfOneOfThemAsks() public {
        IPolicy cap = new HolderCapPolicy(assets, 1);
        IPolicy lock = new LockUpPolicy(END);
        isTrue(!_combine(lock, lock).countsHolders(), "neither");
        isTrue(_combine(cap, lock).countsHolders(), "the first");
        isTrue(_combine(lock, cap).countsHolders(), "the second");
        isTrue(_combine(lock, _combine(lock, cap)).countsHolders(), "within a combination");
    }

    /// @notice POL-56 Over what eight policies answer: the first that is not zero.
    function testFuzz_POL_56_theFirstRefusalDecides(bytes4[8] memory reasons, uint8 silent) public {
        IPolicy[] memory policies = new IPolicy[](MAX);
        bytes4 expected;
        for (uint256 i = 0; i < MAX; ++i) {
            bytes4 reason = (silent >> i) & 1 == 0 ? bytes4(0) : reasons[i];
            policies[i] = new RefusingPolicy(reason);
            if (expected == 0) expected = reason;
        }
        answers(new CombinedPolicy(policies), ALICE, ALICE, BOB, 1, expected);
    }

    function _refusesOnce(ChangeablePolicy.Mood mood, bytes memory answer) private {
        ChangeablePolicy odd = new ChangeablePolicy(abi.encode(0));
        CombinedPolicy policy = _combine(IPolicy(address(odd)), new RefusingPolicy(0));
        answers(policy, ALICE, ALICE, BOB, 1, 0);
        odd.set(mood, answer);
        answers(policy, ALICE, ALICE, BOB, 1, NO_ANSWER);
        AssetId id = listUnder(policy);
        tried(id, ALICE, ALICE, BOB, 1, NO_ANSWER);
    }

    function _isNoPolicy(address account) private {
        IPolicy[] memory policies = new IPolicy[](2);
        (policies[0], policies[1]) = (new RefusingPolicy(0), IPolicy(account));
        vm.expectRevert(abi.encodeWithSelector(CombinedPolicy.CombinedPolicy_NotAPolicy.selector, account));
        new CombinedPolicy(policies);
    }

    function _combine(IPolicy a, IPolicy b) private returns (CombinedPolicy) {
        IPolicy[] memory policies = new IPolicy[](2);
        (policies[0], policies[1]) = (a, b);
        return new CombinedPolicy(policies);
    }
}
