// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {Asset, Registration} from "../../contracts/assets/AssetTypes.sol";
import {BurningPolicy} from "../../contracts/mocks/BurningPolicy.sol";
import {LimitPolicy} from "../../contracts/mocks/LimitPolicy.sol";
import {NonsensePolicy} from "../../contracts/mocks/NonsensePolicy.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {RevertingPolicy} from "../../contracts/mocks/RevertingPolicy.sol";
import {RevertingReceiver} from "../../contracts/mocks/RevertingReceiver.sol";
import {WritingPolicy} from "../../contracts/mocks/WritingPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
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
        _passing = assets.admitPolicy(new RefusingPolicy(0));
    }

    function test_AST_50_policiesAreNumberedInTheOrderOfAdmission() public {
        IPolicy second = new RefusingPolicy(REASON);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.PolicyAdmitted(2, second);
        equal(assets.admitPolicy(second), 2, "number");
        equal(address(assets.policyAt(2)), address(second), "found by it");
        equal(address(assets.policyAt(0)), address(0), "0 is the plain rule");
        vm.expectRevert(_unknownPolicy(3));
        assets.policyAt(3);
    }

    function test_AST_51_onlyTheHolderProposesAnAdmittedPolicy() public {
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, ALICE, BOB));
        vm.prank(BOB);
        assets.proposePolicy(_id, _passing);
        vm.expectRevert(_unknownPolicy(2));
        _propose(2);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, 7));
        vm.prank(ALICE);
        assets.proposePolicy(AssetId.wrap(7), _passing);
    }

    function test_AST_52_aPolicyTakesEffectAfterItsNoticeOnly() public {
        uint48 effectiveAt = uint48(block.timestamp) + POLICY_NOTICE;
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.PolicyProposed(_id, _passing, effectiveAt);
        _propose(_passing);
        (uint56 proposed, uint48 since) = assets.proposedPolicyOf(_id);
        equal(proposed, _passing, "proposed");
        equal(since, effectiveAt, "when");

        vm.warp(effectiveAt - 1);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_PolicyNoticeRunning.selector, _id, effectiveAt));
        assets.applyPolicy(_id);
        equal(assets.assetOf(_id).policy, 0, "still the old one");

        vm.warp(effectiveAt);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.PolicyChanged(_id, _passing, 2);
        vm.prank(address(0x57A46E));
        assets.applyPolicy(_id);
        equal(assets.assetOf(_id).policy, _passing, "in force");
        equal(assets.assetOf(_id).policyVersion, 2, "version");
    }

    function test_AST_53_aProposalIsAppliedOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NoPolicyProposed.selector, _id));
        assets.applyPolicy(_id);
        _choose(_passing);
        (uint56 proposed, uint48 since) = assets.proposedPolicyOf(_id);
        equal(uint256(proposed) + since, 0, "gone");
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NoPolicyProposed.selector, _id));
        assets.applyPolicy(_id);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, 7));
        assets.applyPolicy(AssetId.wrap(7));
    }

    function test_AST_54_anotherProposalReplacesTheFirstAndItsNoticeStartsAnew() public {
        uint56 second = assets.admitPolicy(new RefusingPolicy(REASON));
        _propose(_passing);
        vm.warp(block.timestamp + POLICY_NOTICE - 1);
        _propose(second);
        uint48 effectiveAt = uint48(block.timestamp) + POLICY_NOTICE;
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_PolicyNoticeRunning.selector, _id, effectiveAt));
        assets.applyPolicy(_id);
        vm.warp(effectiveAt);
        assets.applyPolicy(_id);
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
        uint56 policy = assets.admitPolicy(new LimitPolicy(operator, ALICE, BOB, _id, 10));
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
        _refusesAll(address(new RevertingPolicy()));
        _refusesAll(address(new RevertingReceiver(new bytes(32))));
        _refusesAll(address(new BurningPolicy()));
        _refusesAll(address(new WritingPolicy()));
        _refusesAll(address(0));
        _refusesAll(address(0xE0A));
        _refusesAll(address(new NonsensePolicy("")));
        _refusesAll(address(new NonsensePolicy(new bytes(31))));
        _refusesAll(address(new NonsensePolicy(new bytes(33))));
        _refusesAll(address(new NonsensePolicy(new bytes(64))));
    }

    /// @dev `true` is not a reason: read as four bytes it would look like "no reason".
    function test_AST_58_anAnswerThatIsNotFourBytesRefuses() public {
        _refusesAll(address(new NonsensePolicy(abi.encode(true))));
        _refusesAll(address(new NonsensePolicy(abi.encode(type(uint224).max))));
    }

    function test_AST_59_aPolicyBlocksNeitherRevenueNorForcedTransfers() public {
        uint56 policy = assets.admitPolicy(new RevertingPolicy());
        _choose(policy);
        vm.prank(BOB);
        assets.distribute(_id, 1_000);
        AssetId[] memory ids = new AssetId[](1);
        ids[0] = _id;
        uint256 before = currency.balanceOf(ALICE);
        vm.prank(ALICE);
        assets.claim(ids, ALICE);
        equal(currency.balanceOf(ALICE) - before, 1_000, "claimed");
        assets.forcedTransfer(ALICE, BOB, AssetId.unwrap(_id), 10);
        equal(assets.balanceOf(BOB, AssetId.unwrap(_id)), 10, "forced");
    }

    /// @dev Admits the policy, puts it into force, and finds every way of moving units closed with the one reason.
    function _refusesAll(address implementation) private {
        uint56 policy = assets.admitPolicy(IPolicy(implementation));
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

    function _choose(uint56 policy) private {
        _propose(policy);
        vm.warp(block.timestamp + POLICY_NOTICE);
        assets.applyPolicy(_id);
    }

    function _propose(uint56 policy) private {
        vm.prank(ALICE);
        assets.proposePolicy(_id, policy);
    }

    function _send(address from, address to, uint256 units) private {
        vm.prank(from);
        assets.safeTransferFrom(from, to, AssetId.unwrap(_id), units, "");
    }

    function _refused(uint56 policy, bytes4 reason) private view returns (bytes memory) {
        return abi.encodeWithSelector(IDataAsset.Assets_PolicyRefused.selector, _id, policy, reason);
    }

    function _unknownPolicy(uint56 policy) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IDataAsset.Assets_PolicyUnknown.selector, policy);
    }
}
