// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {IOperatorVote} from "../../contracts/assets/IOperatorVote.sol";
import {NoticeTerms} from "../../contracts/assets/NoticeTypes.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {ParticipantKind, ParticipantStatus} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetWordLib} from "../../contracts/types/AssetWord.sol";
import {Deadline, Window} from "../../contracts/types/Window.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Registrars who name themselves successor, finders of lost keys, and successors who call back.
contract SuccessionAdversaryTest is OfficesTest {
    uint256 private constant LOST_KEY = 0x105717;
    address private constant THIEF = address(0x7417F);
    bytes4 private constant REFUSAL = 0x12345678;

    function setUp() public {
        setUpOffices();
        enrol(THIEF);
        participants.changeRegistrar(DOMAIN, REGISTRAR);
    }

    function test_SUC_40_aStewardEndsWhatAMaliciousRegistrarBeganAgainstTheOwnersWill() public {
        vm.startPrank(REGISTRAR);
        participants.suspend(ALICE, REASON);
        participants.proposeSuccessor(ALICE, THIEF, REASON);
        vm.stopPrank();
        passWindow(SUCCESSION_WINDOW - 1);
        vm.prank(ALICE);
        participants.objectToSuccession();
        Deadline objected = endOf(SUCCESSION_WINDOW);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_SuccessionPending.selector, ALICE, objected)
        );
        vm.prank(THIEF);
        participants.recordSuccessor(ALICE);
        participants.changeRegistrar(DOMAIN, STRANGER);
        passWindow(SUCCESSION_WINDOW);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_RegistrarChanged.selector, ALICE, REGISTRAR)
        );
        vm.prank(THIEF);
        participants.recordSuccessor(ALICE);
        vm.startPrank(STRANGER);
        participants.withdrawSuccessor(ALICE);
        participants.reinstate(ALICE, REASON);
        vm.stopPrank();
        send(ALICE, BOB, 50);
    }

    function test_SUC_41_aWithdrawnProposalStaysDeadWhenItsRegistrarIsBack() public {
        vm.prank(REGISTRAR);
        participants.proposeSuccessor(ALICE, THIEF, REASON);
        passWindow(SUCCESSION_WINDOW);
        participants.changeRegistrar(DOMAIN, STRANGER);
        vm.prank(STRANGER);
        participants.withdrawSuccessor(ALICE);
        participants.changeRegistrar(DOMAIN, REGISTRAR);
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_NoSuccessionProposed.selector, ALICE));
        participants.recordSuccessor(ALICE);
    }

    function test_SUC_42_anObjectionAfterTheWindowIsStillInTimeUntilItIsRecorded() public {
        vm.prank(REGISTRAR);
        participants.proposeSuccessor(ALICE, THIEF, REASON);
        passWindow(3 * SUCCESSION_WINDOW);
        vm.prank(ALICE);
        participants.objectToSuccession();
        Deadline effectiveAt = endOf(SUCCESSION_WINDOW);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_SuccessionPending.selector, ALICE, effectiveAt)
        );
        participants.recordSuccessor(ALICE);
    }

    /// @notice SUC_43 Assets registered, under notice, suspended, retired, struck off and closed by their policy; frozen and
    /// locked units, revenue, excess, holding right and operation: all of a lost account is moved on in one call.
    function test_SUC_43_nothingOfALostAccountIsLeftBehindInAnyState() public {
        AssetId[] memory ids = new AssetId[](6);
        ids[0] = id;
        for (uint256 i = 1; i < 5; ++i) ids[i] = registerAsset(ALICE, SUPPLY, bytes32(i));
        notice.setTerms(DOMAIN, NoticeTerms(Window(50_000, BLOCKS), Window(700, BLOCKS), 0));
        ids[5] = registerAsset(ALICE, SUPPLY, "under notice");
        for (uint256 i = 0; i < 6; ++i) {
            vm.prank(DAVE);
            assets.distribute(ids[i], 1_000);
        }
        freeze(ALICE, 20);
        vote(ALICE, DAVE, 30);
        vm.prank(SUPERVISOR);
        supervision.suspend(ids[1], REASON);
        vm.prank(ALICE);
        assets.retire(ids[2]);
        enactPolicy(ALICE, ids[3], new RefusingPolicy(REFUSAL), new address[](0));
        vm.prank(address(notice));
        assets.strike(ids[4], REASON);
        currency.mint(DAVE, AssetWordLib.MAX_TOTAL);
        vm.prank(DAVE);
        assets.distribute(ids[2], AssetWordLib.MAX_TOTAL);

        _succeed(ALICE, DAVE);
        assets.handOver(ALICE, ids);

        equal(assets.balanceOf(DAVE, token), 50, "units of the first");
        equal(assets.getFrozenTokens(DAVE, token), 20, "frozen units");
        equal(votes.lockedOf(id, ALICE) + votes.votesFor(id, DAVE), 0, "locked units");
        for (uint256 i = 0; i < 6; ++i) {
            if (i != 0) equal(assets.balanceOf(DAVE, AssetId.unwrap(ids[i])), SUPPLY, "units");
            equal(assets.balanceOf(ALICE, AssetId.unwrap(ids[i])), 0, "none left");
            equal(assets.assetOf(ids[i]).holder, DAVE, "holding right");
            equal(assets.operatorOf(ids[i]), DAVE, "operation");
            equal(assets.claimable(ids[i], ALICE), 0, "no revenue left");
        }
        uint256 before = currency.balanceOf(DAVE);
        vm.startPrank(DAVE);
        assets.claim(ids, DAVE);
        assets.withdrawExcess(ALICE, address(currency), DAVE);
        vm.stopPrank();
        equal(currency.balanceOf(DAVE) - before, 500 + 5 * 1_000 + AssetWordLib.MAX_TOTAL, "all the money");
    }

    function test_SUC_44_whoFindsALostKeyCanDoNothingWithIt() public {
        address lost = vm.addr(LOST_KEY);
        vm.prank(REGISTRAR);
        participants.admit(lost, DOMAIN, ParticipantKind.Person, REASON);
        vm.prank(lost);
        assets.setApprovalForAll(THIEF, true);
        vm.prank(lost);
        assets.setApprovalForAll(address(market), true);
        AssetId[] memory ids = only(registerAsset(lost, SUPPLY, "lost"));
        vm.prank(DAVE);
        assets.distribute(ids[0], 1_000);
        Order memory order = sampleOrder(lost, ids[0], Side.Sell);
        Fill memory fill = Fill(order, signOrder(LOST_KEY, order), 1, type(uint256).max);
        _succeed(lost, DAVE);

        uint256 number = AssetId.unwrap(ids[0]);
        vm.expectRevert(abi.encodeWithSelector(IERC7943MultiToken.ERC7943CannotSend.selector, lost));
        vm.prank(THIEF);
        assets.safeTransferFrom(lost, THIEF, number, 1, "");
        vm.expectRevert(abi.encodeWithSelector(IERC7943MultiToken.ERC7943CannotSend.selector, lost));
        vm.prank(THIEF);
        market.fill(fill);
        bytes memory inactive = abi.encodeWithSelector(IDataAsset.Assets_Inactive.selector, lost);
        Registration memory registration = sampleRegistration(lost, 1, "another");
        vm.startPrank(lost);
        vm.expectRevert(abi.encodeWithSelector(IERC7943MultiToken.ERC7943CannotSend.selector, lost));
        assets.safeTransferFrom(lost, THIEF, number, 1, "");
        vm.expectRevert(inactive);
        assets.claim(ids, THIEF);
        vm.expectRevert(inactive);
        assets.retire(ids[0]);
        vm.expectRevert(inactive);
        assets.publish(ids[0], sampleRelease("next"));
        vm.expectRevert(inactive);
        assets.register(registration);
        vm.expectRevert(inactive);
        policies.propose(ids[0], 0);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_Inactive.selector, lost));
        votes.vote(ids[0], THIEF, 1);
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_NoSuccessionProposed.selector, lost));
        participants.objectToSuccession();
        vm.stopPrank();
        vm.prank(THIEF);
        assets.handOver(lost, ids);
        equal(assets.balanceOf(DAVE, number), SUPPLY, "a thief can only hand over");
    }

    function test_SUC_45_aHandOverTouchesNobodyElse() public {
        _succeed(BOB, DAVE);
        AssetId other = registerAsset(CAROL, SUPPLY, "other");
        freeze(CAROL, 5);
        vote(CAROL, DAVE, 10);
        distribute(1_000);
        AssetId[] memory ids = new AssetId[](2);
        (ids[0], ids[1]) = (id, other);
        vm.prank(THIEF);
        assets.handOver(BOB, ids);
        equal(heldBy(ALICE), 50, "units of others");
        equal(heldBy(CAROL), 20, "and of a third");
        equal(assets.getFrozenTokens(CAROL, token), 5, "freezes");
        equal(votes.lockedOf(id, CAROL), 10, "locks");
        equal(assets.claimable(id, CAROL), 200, "revenue");
        equal(assets.assetOf(other).holder, CAROL, "rights");
        equal(assets.balanceOf(DAVE, AssetId.unwrap(other)), 0, "nothing out of nothing");
    }

    function test_SUC_46_aSuccessorThatCallsBackGetsEverythingOnce() public {
        Reenterer successor = new Reenterer();
        vm.prank(REGISTRAR);
        participants.admit(address(successor), DOMAIN, ParticipantKind.Organisation, 0);
        distribute(1_000);
        _succeed(ALICE, address(successor));
        Reenterer.Call[] memory calls = new Reenterer.Call[](3);
        calls[0] = Reenterer.Call(address(assets), abi.encodeCall(IDataAsset.handOver, (ALICE, only(id))));
        calls[1] = Reenterer.Call(address(assets), abi.encodeCall(IDataAsset.claim, (only(id), address(successor))));
        calls[2] = Reenterer.Call(
            address(assets),
            abi.encodeCall(IERC1155.safeTransferFrom, (address(successor), BOB, token, 50, ""))
        );
        successor.prepare(calls);
        AssetId[] memory ids = new AssetId[](2);
        (ids[0], ids[1]) = (id, id);
        assets.handOver(ALICE, ids);
        equal(heldBy(BOB), 80, "units once");
        equal(currency.balanceOf(address(successor)), 500, "revenue once");
        equal(assets.claimable(id, ALICE) + assets.claimable(id, address(successor)), 0, "no more to come");
        equal(currency.balanceOf(address(assets)), 500, "what the others earned is there");
    }

    function test_SUC_47_aSuccessorMayBeTheVoterTheCandidateAndTheObjectOfAFreeze() public {
        vote(ALICE, DAVE, 50);
        vote(BOB, DAVE, 1);
        _succeed(ALICE, DAVE);
        assets.handOver(ALICE, only(id));
        checkNoMajority("a lost account's votes are gone");
        equal(assets.operatorOf(id), DAVE, "operator by succession");
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_OperatorAlready.selector, id, DAVE));
        vote(BOB, DAVE, 30);
        withdrawVote(BOB);
        send(BOB, CAROL, 30);
    }

    function test_SUC_48_aHolderWhoseKeyIsLostDoesNotKeepItsPolicyForEver() public {
        enactPolicy(ALICE, id, new RefusingPolicy(REFUSAL), new address[](0));
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_PolicyRefused.selector, id, 1, REFUSAL));
        send(BOB, DAVE, 1);
        _succeed(ALICE, DAVE);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, ALICE, DAVE));
        vm.prank(DAVE);
        policies.propose(id, 0);
        assets.handOver(ALICE, only(id));
        vm.prank(DAVE);
        policies.propose(id, 0);
        passWindow(POLICY_NOTICE);
        policies.enact(id, DAVE, new address[](0));
        send(BOB, DAVE, 1);
    }

    function test_SUC_49_aForcedMoveReachesALostAccount() public {
        _succeed(ALICE, DAVE);
        vm.prank(REGISTRAR);
        supervision.proposeMove(moveOf(ALICE, BOB, 50));
        passWindow(MOVE_WINDOW);
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(moveOf(ALICE, BOB, 50));
        assets.handOver(ALICE, only(id));
        equal(heldBy(BOB), 80, "what a court gave away");
        equal(heldBy(DAVE), 0, "is not the successor's");
        isTrue(participants.participantOf(ALICE).status == ParticipantStatus.Succeeded, "still succeeded");
    }

    function _succeed(address account, address successor) private {
        vm.prank(REGISTRAR);
        participants.proposeSuccessor(account, successor, REASON);
        passWindow(SUCCESSION_WINDOW);
        participants.recordSuccessor(account);
    }
}
