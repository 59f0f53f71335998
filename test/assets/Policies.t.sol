// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {IPolicyBook} from "../../contracts/assets/IPolicyBook.sol";
import {Asset, Registration} from "../../contracts/assets/AssetTypes.sol";
import {BurningPolicy} from "../../contracts/mocks/BurningPolicy.sol";
import {ChangeablePolicy} from "../../contracts/mocks/ChangeablePolicy.sol";
import {LimitPolicy} from "../../contracts/mocks/LimitPolicy.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {RevertingPolicy} from "../../contracts/mocks/RevertingPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Deadline, Window} from "../../contracts/types/Window.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Which policies there are, how an asset changes its own, and what a policy can and cannot block.
contract PoliciesTest is SystemTest {
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    bytes4 private constant REASON = 0x12345678;

    AssetId private _id;
    uint56 private _passing;

    function setUp() public {
        setUpSystem();
        enrol(ALICE);
        enrol(BOB);
        _id = registerAsset(ALICE, 100, "a");
        _passing = policies.admit(new RefusingPolicy(0));
    }

    function test_AST_50_policiesAreNumberedInTheOrderOfAdmission() public {
        IPolicy second = new RefusingPolicy(REASON);
        vm.expectEmit(true, true, true, true, address(policies));
        emit IPolicyBook.PolicyAdmitted(2, second, false);
        equal(policies.admit(second), 2, "number");
        equal(address(policies.policyAt(2)), address(second), "found by it");
        equal(address(policies.policyAt(0)), address(0), "0 is the plain rule");
        vm.expectRevert(_unknownPolicy(3));
        policies.policyAt(3);
    }

    function test_AST_51_onlyTheHolderProposesAnAdmittedPolicy() public {
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, ALICE, BOB));
        vm.prank(BOB);
        policies.propose(_id, _passing);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, ALICE, BOB));
        vm.prank(BOB);
        policies.propose(_id, 0);
        vm.expectRevert(_unknownPolicy(2));
        _propose(2);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, 7));
        vm.prank(ALICE);
        policies.propose(AssetId.wrap(7), _passing);
    }

    function test_AST_52_aPolicyTakesEffectAfterItsNoticeOnly() public {
        Deadline effectiveAt = Window(POLICY_NOTICE, BLOCKS).end();
        vm.expectEmit(true, true, true, true, address(policies));
        emit IPolicyBook.PolicyProposed(_id, ALICE, _passing, effectiveAt);
        _propose(_passing);
        (uint56 proposed, Deadline since) = policies.proposalOf(_id, ALICE);
        equal(proposed, _passing, "proposed");
        equal(Deadline.unwrap(since), Deadline.unwrap(effectiveAt), "when");

        vm.roll(effectiveAt.number());
        vm.warp(effectiveAt.time() - 1);
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NoticeRunning.selector, _id, effectiveAt));
        policies.enact(_id, ALICE, new address[](0));
        equal(assets.assetOf(_id).policy, 0, "still the old one");

        vm.warp(effectiveAt.time());
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.PolicyChanged(_id, _passing, 2);
        vm.prank(address(0x57A46E));
        policies.enact(_id, ALICE, new address[](0));
        equal(assets.assetOf(_id).policy, _passing, "in force");
        equal(assets.assetOf(_id).policyVersion, 2, "version");
    }

    function test_AST_53_aProposalIsAppliedOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NotProposed.selector, _id, ALICE));
        policies.enact(_id, ALICE, new address[](0));
        _choose(_passing);
        (uint56 proposed, Deadline since) = policies.proposalOf(_id, ALICE);
        equal(proposed + Deadline.unwrap(since), 0, "gone");
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NotProposed.selector, _id, ALICE));
        policies.enact(_id, ALICE, new address[](0));
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NotProposed.selector, 7, ALICE));
        policies.enact(AssetId.wrap(7), ALICE, new address[](0));
    }

    function test_AST_54_anotherProposalReplacesTheFirstAndItsNoticeStartsAnew() public {
        uint56 second = policies.admit(new RefusingPolicy(REASON));
        _propose(_passing);
        vm.warp(block.timestamp + POLICY_NOTICE - 1);
        _propose(second);
        Deadline effectiveAt = Window(POLICY_NOTICE, BLOCKS).end();
        vm.warp(block.timestamp + 1);
        vm.roll(block.number + BLOCKS);
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NoticeRunning.selector, _id, effectiveAt));
        policies.enact(_id, ALICE, new address[](0));
        vm.warp(effectiveAt.time());
        policies.enact(_id, ALICE, new address[](0));
        equal(assets.assetOf(_id).policy, second, "the second");
        equal(assets.assetOf(_id).policyVersion, 2, "one change");
    }

    function test_AST_55_aNewPolicyChangesNothingElseOfTheAsset() public {
        vm.prank(BOB);
        assets.distribute(_id, 12_345);
        Asset memory before = assets.assetOf(_id);
        _choose(_passing);
        Asset memory afterwards = assets.assetOf(_id);
        (before.policy, before.policyVersion) = (_passing, 2);
        equal(keccak256(abi.encode(afterwards)), keccak256(abi.encode(before)), "everything else");
        _choose(0);
        equal(assets.assetOf(_id).policy, 0, "back to the plain rule");
        equal(assets.assetOf(_id).policyVersion, 3, "version rises all the same");
    }

    function test_AST_56_aPolicyIsAskedWithAllThatItMayNeed() public {
        address operator = address(0x0972);
        uint56 policy = policies.admit(new LimitPolicy(operator, ALICE, BOB, _id, 10));
        _choose(policy);
        vm.prank(ALICE);
        assets.setApprovalForAll(operator, true);
        vm.prank(operator);
        assets.safeTransferFrom(ALICE, BOB, AssetId.unwrap(_id), 10, "");
        equal(assets.balanceOf(BOB, AssetId.unwrap(_id)), 10, "passes");

        vm.expectRevert(_refused(policy, LimitPolicy.Limit_Units.selector));
        vm.prank(operator);
        assets.safeTransferFrom(ALICE, BOB, AssetId.unwrap(_id), 11, "");
        vm.expectRevert(_refused(policy, LimitPolicy.Limit_Operator.selector));
        _send(ALICE, BOB, 1);
        vm.prank(BOB);
        assets.setApprovalForAll(operator, true);
        vm.expectRevert(_refused(policy, LimitPolicy.Limit_From.selector));
        vm.prank(operator);
        assets.safeTransferFrom(BOB, ALICE, AssetId.unwrap(_id), 1, "");
        vm.expectRevert(_refused(policy, LimitPolicy.Limit_To.selector));
        vm.prank(operator);
        assets.safeTransferFrom(ALICE, ALICE, AssetId.unwrap(_id), 1, "");

        Registration memory other = sampleRegistration(ALICE, 100, "b");
        other.policy = policy;
        vm.prank(ALICE);
        AssetId otherId = assets.register(other);
        vm.expectRevert(
            abi.encodeWithSelector(
                IDataAsset.Assets_PolicyRefused.selector,
                otherId,
                policy,
                LimitPolicy.Limit_Asset.selector
            )
        );
        vm.prank(operator);
        assets.safeTransferFrom(ALICE, BOB, AssetId.unwrap(otherId), 1, "");
    }

    function test_AST_57_aPolicyThatDoesNotAnswerProperlyRefuses() public {
        _refusesAll(new RevertingPolicy());
        _refusesAll(new BurningPolicy());
        _refusesAll(_odd(ChangeablePolicy.Mood.Reverts, new bytes(32)));
        _refusesAll(_odd(ChangeablePolicy.Mood.Burns, ""));
        _refusesAll(_odd(ChangeablePolicy.Mood.Answers, ""));
        _refusesAll(_odd(ChangeablePolicy.Mood.Answers, new bytes(31)));
        _refusesAll(_odd(ChangeablePolicy.Mood.Answers, new bytes(33)));
        _refusesAll(_odd(ChangeablePolicy.Mood.Answers, new bytes(64)));
        _refusesAll(_odd(ChangeablePolicy.Mood.Answers, new bytes(3_200)));
    }

    function test_AST_91_anAddressWithoutCodeIsNotAdmitted() public {
        for (uint160 i = 0; i < 2; ++i) {
            address empty = address(i * 0xE0A);
            vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NoCode.selector, empty));
            policies.admit(IPolicy(empty));
        }
    }

    /// @dev `true` is not a reason: read as four bytes it would look like "no reason".
    function test_AST_58_anAnswerThatIsNotFourBytesRefuses() public {
        _refusesAll(_odd(ChangeablePolicy.Mood.Answers, abi.encode(true)));
        _refusesAll(_odd(ChangeablePolicy.Mood.Answers, abi.encode(type(uint224).max)));
    }

    function test_AST_59_aPolicyBlocksNeitherRevenueNorForcedTransfers() public {
        uint56 policy = policies.admit(new RevertingPolicy());
        _choose(policy);
        vm.prank(BOB);
        assets.distribute(_id, 1_000);
        AssetId[] memory ids = new AssetId[](1);
        ids[0] = _id;
        uint256 before = currency.balanceOf(ALICE);
        vm.prank(ALICE);
        assets.claim(ids, ALICE);
        equal(currency.balanceOf(ALICE) - before, 1_000, "claimed");
        forceUnits(ALICE, BOB, AssetId.unwrap(_id), 10);
        equal(assets.balanceOf(BOB, AssetId.unwrap(_id)), 10, "forced");
    }

    /// @dev Admits the policy, puts it into force, and finds every way of moving units closed with the one reason.
    function _refusesAll(IPolicy implementation) private {
        _refusesAll(policies.admit(implementation));
    }

    function _refusesAll(uint56 policy) private {
        _choose(policy);
        bytes memory refusal = _refused(policy, IPolicy.check.selector);
        vm.expectRevert(refusal);
        _send(ALICE, BOB, 1);
        uint256[] memory ids = new uint256[](1);
        ids[0] = AssetId.unwrap(_id);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        assets.safeBatchTransferFrom(ALICE, BOB, ids, new uint256[](1), "");
        (bool ok, bytes4 reason) = assets.explainTransfer(ALICE, ALICE, BOB, AssetId.unwrap(_id), 1);
        isTrue(!ok && reason == IDataAsset.Assets_PolicyRefused.selector, "explained");
    }

    /// @dev It said properly that it counts no holders when it was admitted, and is odd from then on.
    function _odd(ChangeablePolicy.Mood mood, bytes memory answer) private returns (uint56 policy) {
        ChangeablePolicy odd = new ChangeablePolicy(abi.encode(false));
        policy = policies.admit(IPolicy(address(odd)));
        odd.set(mood, answer);
    }

    function _choose(uint56 policy) private {
        _propose(policy);
        passWindow(POLICY_NOTICE);
        policies.enact(_id, ALICE, new address[](0));
    }

    function _propose(uint56 policy) private {
        vm.prank(ALICE);
        policies.propose(_id, policy);
    }

    function _send(address from, address to, uint256 units) private {
        vm.prank(from);
        assets.safeTransferFrom(from, to, AssetId.unwrap(_id), units, "");
    }

    function _refused(uint56 policy, bytes4 reason) private view returns (bytes memory) {
        return abi.encodeWithSelector(IDataAsset.Assets_PolicyRefused.selector, _id, policy, reason);
    }

    function _unknownPolicy(uint56 policy) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IPolicyBook.Policies_Unknown.selector, policy);
    }
}
