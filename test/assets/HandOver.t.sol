// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {NoticeTerms} from "../../contracts/assets/NoticeTypes.sol";
import {RecordingReceiver} from "../../contracts/mocks/RecordingReceiver.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus, AssetWordLib} from "../../contracts/types/AssetWord.sol";
import {Window} from "../../contracts/types/Window.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice What a lost account had goes to its successor: all of it, in every state, once.
contract HandOverTest is OfficesTest {
    address private constant ERIN = address(0xE417);

    function setUp() public {
        setUpOffices();
    }

    function test_SUC_20_unitsRevenueHoldingRightAndOperationGoToTheSuccessor() public {
        distribute(1_000);
        freeze(ALICE, 10);
        succeed(ALICE, CAROL);
        distribute(1_000);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.HandedOver(id, ALICE, CAROL, 50, 1_000, 10);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IERC1155.TransferSingle(STRANGER, ALICE, CAROL, token, 50);
        vm.prank(STRANGER);
        assets.handOver(ALICE, only(id));
        equal(heldBy(CAROL), 70, "units");
        equal(heldBy(ALICE), 0, "none left");
        equal(assets.claimable(id, CAROL), 1_400, "revenue, and the successor's own");
        equal(assets.claimable(id, ALICE), 0, "none left to the lost key");
        equal(assets.assetOf(id).holder, CAROL, "holding right");
        equal(assets.operatorOf(id), CAROL, "operation");
        vm.prank(CAROL);
        assets.claim(only(id), CAROL);
        equal(currency.balanceOf(CAROL), 1e18 + 1_400, "paid");
    }

    function test_SUC_21_officesOfOthersStayTheirs() public {
        succeed(BOB, DAVE);
        assets.handOver(BOB, only(id));
        equal(assets.assetOf(id).holder, ALICE, "holder");
        equal(assets.operatorOf(id), ALICE, "operator");
        vote(ALICE, CAROL, 50);
        vote(DAVE, CAROL, 30);
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        enrol(ERIN);
        succeed(CAROL, ERIN);
        assets.handOver(CAROL, only(id));
        equal(assets.assetOf(id).holder, ALICE, "still the holder");
        equal(assets.operatorOf(id), ERIN, "the operator alone");
    }

    function test_SUC_22_nothingIsHandedOverWithoutARecordedSuccessor() public {
        bytes memory none = abi.encodeWithSelector(IDataAsset.Assets_NoSuccessor.selector, ALICE);
        vm.expectRevert(none);
        assets.handOver(ALICE, only(id));
        participants.revoke(ALICE, REASON);
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        passWindow(SUCCESSION_WINDOW);
        vm.expectRevert(none);
        assets.handOver(ALICE, only(id));
        participants.recordSuccessor(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, 7));
        assets.handOver(ALICE, only(AssetId.wrap(7)));
        participants.suspend(DAVE, REASON);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Inactive.selector, DAVE));
        assets.handOver(ALICE, only(id));
        participants.reinstate(DAVE, REASON);
        assets.handOver(ALICE, only(id));
        equal(heldBy(DAVE), 50, "in the end");
    }

    function test_SUC_23_aHandOverTakesEverythingOnceHoweverOftenItIsAsked() public {
        distribute(1_000);
        succeed(ALICE, DAVE);
        AssetId[] memory ids = new AssetId[](2);
        (ids[0], ids[1]) = (id, id);
        assets.handOver(ALICE, ids);
        assets.handOver(ALICE, ids);
        equal(heldBy(DAVE), 50, "units once");
        equal(assets.claimable(id, DAVE), 500, "revenue once");
    }

    function test_SUC_24_frozenUnitsStayFrozenAsLong() public {
        freeze(ALICE, 60);
        succeed(ALICE, DAVE);
        uint48 until = assets.frozenUntil(ALICE, token);
        assets.handOver(ALICE, only(id));
        equal(assets.getFrozenTokens(DAVE, token), 50, "as many as were held");
        equal(assets.frozenUntil(DAVE, token), until, "as long");
        equal(assets.frozenUntil(ALICE, token), 0, "none left behind");
        vm.expectRevert(stays(DAVE, 1, 0));
        send(DAVE, BOB, 1);
        vm.warp(until);
        send(DAVE, BOB, 50);
    }

    function test_SUC_25_freezesOfBothAddUpAndLastAsTheLonger() public {
        freeze(CAROL, 5);
        succeed(ALICE, CAROL);
        freeze(ALICE, 10);
        uint48 until = assets.frozenUntil(ALICE, token);
        assets.handOver(ALICE, only(id));
        equal(assets.getFrozenTokens(CAROL, token), 15, "both");
        equal(assets.frozenUntil(CAROL, token), until, "the longer of both");
        vm.expectRevert(stays(CAROL, 56, 55));
        send(CAROL, BOB, 56);
    }

    function test_SUC_26_aLongerFreezeOfTheSuccessorIsNotShortened() public {
        freeze(ALICE, 10);
        succeed(ALICE, CAROL);
        freeze(CAROL, 5);
        uint48 until = assets.frozenUntil(CAROL, token);
        assets.handOver(ALICE, only(id));
        equal(assets.frozenUntil(CAROL, token), until, "its own");
        equal(assets.getFrozenTokens(CAROL, token), 15, "both");
    }

    function test_SUC_27_aFreezeThatIsOverIsNotHandedOn() public {
        freeze(ALICE, 10);
        freeze(CAROL, 3);
        succeed(ALICE, CAROL);
        vm.warp(block.timestamp + FREEZE_TERM);
        assets.handOver(ALICE, only(id));
        equal(assets.getFrozenTokens(CAROL, token), 0, "neither comes back to life");
        send(CAROL, BOB, 70);
    }

    /// @notice SUC_28 A successor of whom all units whatsoever are frozen takes frozen units all the same.
    function test_SUC_28_aFreezeOfEverythingDoesNotStopAHandOver() public {
        freeze(ALICE, 10);
        succeed(ALICE, CAROL);
        freeze(CAROL, type(uint256).max);
        assets.handOver(ALICE, only(id));
        equal(heldBy(CAROL), 70, "handed over");
        equal(assets.getFrozenTokens(CAROL, token), type(uint256).max, "all frozen");
        vm.expectRevert(stays(CAROL, 1, 0));
        send(CAROL, BOB, 1);
    }

    function test_SUC_29_theSuccessorsOwnVoteGoesOn() public {
        freeze(ALICE, 50);
        vote(CAROL, DAVE, 20);
        succeed(ALICE, CAROL);
        assets.handOver(ALICE, only(id));
        equal(votes.lockedOf(id, CAROL), 20, "own units are free");
        vm.expectRevert(stays(CAROL, 1, 0));
        send(CAROL, BOB, 1);
    }

    function test_SUC_30_everyStateOfAnAssetLetsItPass() public {
        succeed(BOB, DAVE);
        uint256 snapshot = vm.snapshotState();
        vm.prank(SUPERVISOR);
        supervision.suspend(id, REASON);
        _handBobOver("suspended", snapshot);
        snapshot = vm.snapshotState();
        vm.prank(ALICE);
        assets.retire(id);
        _handBobOver("retired", snapshot);
        snapshot = vm.snapshotState();
        enactPolicy(ALICE, id, new RefusingPolicy(0x12345678), new address[](0));
        _handBobOver("refused by its policy", snapshot);
    }

    function test_SUC_31_underNoticeAndStruckOffToo() public {
        notice.setTerms(DOMAIN, NoticeTerms(Window(500, BLOCKS), Window(700, BLOCKS), 0));
        AssetId early = registerAsset(ALICE, 7, "early");
        uint256 number = AssetId.unwrap(early);
        vm.prank(BOB);
        notice.object(early, REASON);
        succeed(ALICE, DAVE);
        uint256 snapshot = vm.snapshotState();
        vm.warp(1_800_000_000 + 499);
        vm.roll(1);
        assets.handOver(ALICE, only(early));
        equal(assets.balanceOf(DAVE, number), 7, "under notice");
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_UnderNotice.selector, early));
        vm.prank(DAVE);
        assets.safeTransferFrom(DAVE, BOB, number, 1, "");
        vm.revertToState(snapshot);
        vm.prank(address(notice));
        assets.strike(early, REASON);
        assets.handOver(ALICE, only(early));
        equal(assets.balanceOf(DAVE, number), 7, "struck off");
        isTrue(assets.statusOf(early) == AssetStatus.Struck, "as before");
    }

    function test_SUC_32_excessGoesToTheSuccessorAndToNobodyElse() public {
        currency.mint(DAVE, AssetWordLib.MAX_TOTAL);
        distribute(AssetWordLib.MAX_TOTAL);
        distribute(77);
        address money = address(currency);
        equal(assets.excessOf(ALICE, money), 77, "does not fit");
        succeed(ALICE, CAROL);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Inactive.selector, ALICE));
        vm.prank(ALICE);
        assets.withdrawExcess(ALICE, money, CAROL);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotPayee.selector, ALICE, BOB));
        vm.prank(BOB);
        assets.withdrawExcess(ALICE, money, BOB);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.ExcessWithdrawn(ALICE, money, CAROL, 77);
        vm.prank(CAROL);
        equal(assets.withdrawExcess(ALICE, money, CAROL), 77, "paid");
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NothingToWithdraw.selector, ALICE, money));
        vm.prank(CAROL);
        assets.withdrawExcess(ALICE, money, CAROL);
    }

    function test_SUC_33_theLastOfAChainGetsItFromEachOfThem() public {
        distribute(1_000);
        succeed(ALICE, BOB);
        assets.handOver(ALICE, only(id));
        succeed(BOB, DAVE);
        assets.handOver(ALICE, only(id));
        equal(heldBy(DAVE), 0, "there was nothing left of hers");
        assets.handOver(BOB, only(id));
        equal(heldBy(DAVE), 80, "hers and his");
        equal(assets.claimable(id, DAVE), 800, "with revenue");
        equal(assets.assetOf(id).holder, DAVE, "and the right");
    }

    function test_SUC_34_aContractThatIsSuccessorIsAskedAndTold() public {
        RecordingReceiver receiver = new RecordingReceiver();
        admitContract(address(receiver));
        succeed(ALICE, address(receiver));
        vm.prank(STRANGER);
        assets.handOver(ALICE, only(id));
        equal(receiver.heldAtCall(), 50, "after the units arrived");
        equal(receiver.lastArguments(), keccak256(abi.encode(STRANGER, ALICE, token, 50, "")), "with these arguments");
    }

    function test_SUC_35_aContractThatRefusesLeavesEverythingToItsOwnSuccessor() public {
        distribute(1_000);
        admitContract(address(gate));
        succeed(ALICE, address(gate));
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(gate)));
        assets.handOver(ALICE, only(id));
        equal(heldBy(ALICE), 50, "nothing moved");
        equal(assets.assetOf(id).holder, ALICE, "nor the right");
        succeed(address(gate), DAVE);
        assets.handOver(ALICE, only(id));
        equal(heldBy(DAVE), 50, "to the last");
        equal(assets.claimable(id, DAVE), 500, "with revenue");
    }

    /// @notice SUC_36 Whatever was held, frozen, locked and earned by both: units and revenue are conserved, and what could not
    /// leave the lost account cannot leave its successor by the hand-over.
    function testFuzz_SUC_36_aHandOverConserves(uint256 frozen, uint256 own, uint256 locked, uint64 earned) public {
        frozen = frozen % 80;
        own = own % 40;
        locked = locked % 51;
        if (frozen != 0) freeze(ALICE, frozen);
        if (own != 0) freeze(CAROL, own);
        uint256 free = frozen < 50 ? 50 - frozen : 0;
        if (locked != 0 && locked <= free) vote(ALICE, DAVE, locked);
        if (earned != 0) {
            currency.mint(DAVE, earned);
            distribute(earned);
        }
        uint256 credit = assets.claimable(id, ALICE) + assets.claimable(id, CAROL);
        uint256 stays = frozen < 50 ? frozen : 50;
        succeed(ALICE, CAROL);
        assets.handOver(ALICE, only(id));
        equal(heldBy(ALICE), 0, "all gone");
        equal(heldBy(CAROL), 70, "all arrived");
        equal(assets.claimable(id, CAROL), credit, "revenue to the base unit");
        equal(assets.getFrozenTokens(CAROL, token), stays + own, "frozen");
        equal(votes.votesFor(id, DAVE), 0, "no votes left");
    }

    function _handBobOver(string memory what, uint256 snapshot) private {
        assets.handOver(BOB, only(id));
        equal(heldBy(DAVE), 30, what);
        isTrue(vm.revertToState(snapshot), "back");
    }
}
