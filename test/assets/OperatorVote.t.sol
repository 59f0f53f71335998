// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IOffice} from "../../contracts/assets/IOffice.sol";
import {IOperatorVote} from "../../contracts/assets/IOperatorVote.sol";
import {OperatorVote} from "../../contracts/assets/OperatorVote.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Deadline, Window, WindowLib} from "../../contracts/types/Window.sol";
import {equal} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Who may vote with what, when a majority takes effect, and what ends a lock.
contract OperatorVoteTest is OfficesTest {
    function setUp() public {
        setUpOffices();
    }

    function test_VOT_01_aVoteLocksUnitsInPlaceOfTheFormer() public {
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.Voted(id, BOB, CAROL, 20);
        vote(BOB, CAROL, 20);
        _checkLock(BOB, CAROL, 20);
        equal(votes.votesFor(id, CAROL), 20, "counted");
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.Voted(id, BOB, DAVE, 30);
        vote(BOB, DAVE, 30);
        _checkLock(BOB, DAVE, 30);
        equal(votes.votesFor(id, CAROL), 0, "no longer for the former");
        equal(votes.votesFor(id, DAVE), 30, "for the new one");
        equal(votes.lockedOf(id, CAROL), 0, "nobody else's");
    }

    function test_VOT_02_voterAndCandidateAreActive() public {
        participants.suspend(CAROL, REASON);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_Inactive.selector, CAROL));
        vote(BOB, CAROL, 1);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_Inactive.selector, CAROL));
        vote(CAROL, BOB, 1);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_Inactive.selector, STRANGER));
        vote(BOB, STRANGER, 1);
        participants.reinstate(CAROL, REASON);
        vote(CAROL, BOB, 1);
    }

    function test_VOT_03_theOperatorIsNoCandidate() public {
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_OperatorAlready.selector, id, ALICE));
        vote(BOB, ALICE, 1);
    }

    function test_VOT_04_aVoteIsForUnitsThatAreHeldAndNotFrozen() public {
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_NoUnits.selector));
        vote(BOB, CAROL, 0);
        vm.expectRevert(_notEnough(BOB, 30, 31));
        vote(BOB, CAROL, 31);
        freeze(BOB, 10);
        vm.expectRevert(_notEnough(BOB, 20, 21));
        vote(BOB, CAROL, 21);
        vote(BOB, CAROL, 20);
        freeze(BOB, type(uint256).max);
        vm.expectRevert(_notEnough(BOB, 0, 1));
        vote(BOB, CAROL, 1);
        vm.expectRevert(_notEnough(DAVE, 0, 1 << 64));
        vote(DAVE, CAROL, 1 << 64);
    }

    function test_VOT_05_nobodyVotesOnAnUnknownAsset() public {
        AssetId unknown = AssetId.wrap(7);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, unknown));
        vm.prank(BOB);
        votes.vote(unknown, CAROL, 1);
    }

    function test_VOT_06_lockedUnitsStayAndEarnAndTheOthersMove() public {
        vote(BOB, CAROL, 20);
        vm.expectRevert(stays(BOB, 11, 10));
        send(BOB, DAVE, 11);
        vm.expectRevert(stays(BOB, 11, 10));
        send(BOB, BOB, 11);
        send(BOB, DAVE, 10);
        vm.expectRevert(stays(BOB, 1, 0));
        send(BOB, DAVE, 1);
        send(CAROL, BOB, 5);
        send(BOB, CAROL, 5);
        distribute(1_000);
        equal(assets.claimable(id, BOB), 200, "locked units earn");
    }

    function test_VOT_07_frozenUnitsAndLockedOnesStay() public {
        freeze(BOB, 10);
        vote(BOB, CAROL, 20);
        vm.expectRevert(stays(BOB, 1, 0));
        send(BOB, DAVE, 1);
        withdrawVote(BOB);
        vm.expectRevert(stays(BOB, 21, 20));
        send(BOB, DAVE, 21);
        send(BOB, DAVE, 20);
    }

    function test_VOT_08_aVoteIsTakenBackInEveryState() public {
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_NothingLocked.selector, id, BOB));
        withdrawVote(BOB);
        vote(BOB, CAROL, 30);
        vm.prank(SUPERVISOR);
        supervision.suspend(id, REASON);
        participants.revoke(BOB, REASON);
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.Voted(id, BOB, address(0), 0);
        withdrawVote(BOB);
        _checkLock(BOB, address(0), 0);
        equal(votes.votesFor(id, CAROL), 0, "not counted");
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_NothingLocked.selector, id, BOB));
        withdrawVote(BOB);
    }

    function test_VOT_09_halfOfTheUnitsIsNoMajority() public {
        vote(ALICE, DAVE, 50);
        checkNoMajority("half");
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_NoMajority.selector, id));
        votes.replace(id);
        Deadline effectiveAt = endOf(VOTE_WINDOW);
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.MajorityReached(id, DAVE, 51, effectiveAt);
        vote(BOB, DAVE, 1);
        checkMajority(DAVE, effectiveAt, "more than half");
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.MajorityLost(id, DAVE, 50);
        withdrawVote(BOB);
        checkNoMajority("half again");
    }

    /// @notice VOT_10 A majority takes effect when the seconds and the blocks have passed, and not before; anyone replaces.
    function testFuzz_VOT_10_aMajorityTakesEffectAfterSecondsAndBlocks(uint48 early, uint48 few) public {
        _makeMajority(DAVE);
        Deadline effectiveAt = endOf(VOTE_WINDOW);
        early = uint48(early % (VOTE_WINDOW + 1));
        few = uint48(few % (BLOCKS + 1));
        vm.warp(effectiveAt.time() - early);
        vm.roll(effectiveAt.number() - few);
        bool over = early == 0 && few == 0;
        if (!over) {
            vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_WindowRunning.selector, id, DAVE, effectiveAt));
        }
        vm.prank(STRANGER);
        votes.replace(id);
        equal(assets.operatorOf(id), over ? DAVE : ALICE, "operator");
    }

    function test_VOT_11_theExactSecondAndTheExactBlockBothCount() public {
        _makeMajority(DAVE);
        Deadline effectiveAt = endOf(VOTE_WINDOW);
        bytes memory running = abi.encodeWithSelector(
            IOperatorVote.Votes_WindowRunning.selector,
            id,
            DAVE,
            effectiveAt
        );
        vm.warp(effectiveAt.time() - 1);
        vm.roll(effectiveAt.number());
        vm.expectRevert(running);
        votes.replace(id);
        vm.warp(effectiveAt.time());
        vm.roll(effectiveAt.number() - 1);
        vm.expectRevert(running);
        votes.replace(id);
        vm.roll(effectiveAt.number());
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.OperatorReplaced(id, ALICE, DAVE);
        votes.replace(id);
    }

    function test_VOT_12_aMajorityThatWasLostBeginsItsWindowAnew() public {
        _makeMajority(DAVE);
        passWindow(VOTE_WINDOW - 1);
        withdrawVote(BOB);
        checkNoMajority("lost");
        vote(CAROL, DAVE, 1);
        Deadline effectiveAt = endOf(VOTE_WINDOW);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_WindowRunning.selector, id, DAVE, effectiveAt));
        votes.replace(id);
        vm.warp(effectiveAt.time());
        vm.roll(effectiveAt.number());
        votes.replace(id);
        equal(assets.operatorOf(id), DAVE, "in the end");
    }

    function test_VOT_13_aMajorityThatIsKeptGoesOnWhoeverMakesIt() public {
        _makeMajority(DAVE);
        Deadline effectiveAt = endOf(VOTE_WINDOW);
        passWindow(VOTE_WINDOW - 1);
        vote(CAROL, DAVE, 20);
        vote(BOB, CAROL, 30);
        vote(ALICE, DAVE, 31);
        checkMajority(DAVE, effectiveAt, "51 throughout");
        vote(ALICE, CAROL, 50);
        checkMajority(CAROL, endOf(VOTE_WINDOW), "another candidate");
        equal(votes.votesFor(id, CAROL) + votes.votesFor(id, DAVE), SUPPLY, "all votes");
    }

    function test_VOT_14_aReplacementEndsAllLocksUntouched() public {
        _makeMajority(DAVE);
        vote(CAROL, BOB, 20);
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        checkNoMajority("ended");
        equal(votes.votesFor(id, DAVE) + votes.votesFor(id, BOB), 0, "votes");
        _checkLock(ALICE, address(0), 0);
        _checkLock(CAROL, address(0), 0);
        send(ALICE, DAVE, 50);
        send(CAROL, DAVE, 20);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_NoMajority.selector, id));
        votes.replace(id);
        withdrawVote(BOB);
        vote(DAVE, ALICE, 70);
        equal(votes.votesFor(id, ALICE), 70, "counted from nothing");
        checkMajority(ALICE, endOf(VOTE_WINDOW), "the replaced operator may come back");
    }

    function test_VOT_15_anInactiveCandidateDoesNotBecomeOperator() public {
        _makeMajority(DAVE);
        passWindow(VOTE_WINDOW);
        participants.suspend(DAVE, REASON);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_Inactive.selector, DAVE));
        votes.replace(id);
        vote(ALICE, CAROL, 50);
        vote(BOB, CAROL, 1);
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        equal(assets.operatorOf(id), CAROL, "holders choose another");
    }

    function test_VOT_16_aFreezeTakesVotesAwayForGood() public {
        _makeMajority(DAVE);
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.Voted(id, ALICE, DAVE, 10);
        freeze(ALICE, 40);
        _checkLock(ALICE, DAVE, 10);
        checkNoMajority("frozen units do not vote");
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.Voted(id, ALICE, address(0), 0);
        freeze(ALICE, 50);
        _checkLock(ALICE, address(0), 0);
        vm.warp(block.timestamp + FREEZE_TERM);
        equal(votes.votesFor(id, DAVE), 1, "not when the freeze is over either");
        vote(ALICE, DAVE, 50);
        checkMajority(DAVE, endOf(VOTE_WINDOW), "but may vote again");
    }

    function test_VOT_17_aFreezeOfOtherUnitsLeavesTheVote() public {
        vote(BOB, DAVE, 20);
        freeze(BOB, 10);
        _checkLock(BOB, DAVE, 20);
        freeze(BOB, 11);
        _checkLock(BOB, DAVE, 19);
    }

    function test_VOT_18_unitsTakenByForceDoNotVoteAndUnlockedOnesGoFirst() public {
        vote(ALICE, DAVE, 30);
        forceMove(ALICE, BOB, id, 20);
        _checkLock(ALICE, DAVE, 30);
        forceMove(ALICE, BOB, id, 5);
        _checkLock(ALICE, DAVE, 25);
        equal(votes.votesFor(id, DAVE), 25, "tally");
        forceMove(ALICE, BOB, id, 25);
        _checkLock(ALICE, address(0), 0);
        equal(votes.votesFor(id, DAVE), 0, "tally at the end");
    }

    function test_VOT_19_theVoteOfALostAccountEndsWithTheHandOver() public {
        _makeMajority(DAVE);
        succeed(ALICE, CAROL);
        equal(votes.lockedOf(id, ALICE), 50, "until then it counts");
        vm.expectEmit(true, true, true, true, address(votes));
        emit IOperatorVote.MajorityLost(id, DAVE, 1);
        assets.handOver(ALICE, only(id));
        _checkLock(ALICE, address(0), 0);
        equal(votes.lockedOf(id, CAROL), 0, "not handed on");
        send(CAROL, DAVE, 70);
    }

    function test_VOT_20_onlyTheRegisterTrims() public {
        vote(BOB, DAVE, 20);
        address[3] memory callers = [address(this), BOB, address(supervision)];
        for (uint256 i = 0; i < callers.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IOffice.Offices_NotRegister.selector, callers[i]));
            vm.prank(callers[i]);
            votes.trim(id, BOB, 0);
        }
        vm.prank(address(assets));
        votes.trim(id, BOB, 20);
        _checkLock(BOB, DAVE, 20);
        vm.prank(address(assets));
        votes.trim(id, BOB, 19);
        _checkLock(BOB, DAVE, 19);
    }

    function test_VOT_44_whereNothingIsLockedAnyMoreTheVoteIsNotAsked() public {
        vote(BOB, DAVE, 20);
        freeze(BOB, 30);
        _checkLock(BOB, address(0), 0);

        release(BOB);
        // Whatever the office of votes says now, nobody asks it.
        vm.mockCall(address(votes), abi.encodeCall(IOperatorVote.lockedOf, (id, BOB)), abi.encode(30));
        send(BOB, DAVE, 30);
        equal(heldBy(BOB), 0, "all moved");
    }

    function test_VOT_21_aVoteOfAnEndedRoundIsNotTrimmedIntoTheNext() public {
        _makeMajority(DAVE);
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        freeze(ALICE, 45);
        _checkLock(ALICE, address(0), 0);
        equal(votes.votesFor(id, DAVE), 0, "no votes appear");
        forceMove(ALICE, BOB, id, 50);
        _checkLock(ALICE, address(0), 0);
    }

    function test_VOT_22_votesOnOneAssetSayNothingOnAnother() public {
        (AssetId other, uint256 number) = registerSpread("other", 0);
        _makeMajority(DAVE);
        equal(votes.votesFor(other, DAVE), 0, "votes");
        equal(votes.lockedOf(other, ALICE), 0, "locks");
        vm.prank(ALICE);
        assets.safeTransferFrom(ALICE, DAVE, number, 50, "");
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        equal(assets.operatorOf(other), ALICE, "operator");
    }

    function test_VOT_23_withoutAWindowAMajorityTakesEffectAtOnce() public {
        OperatorVote quick = new OperatorVote(address(manager), participants, Window(0, 0));
        quick.setRegister(assets);
        vm.mockCall(address(assets), abi.encodeCall(IDataAsset.setLocked, (ALICE, id, true)), "");
        vm.mockCall(address(assets), abi.encodeCall(IDataAsset.replaceOperator, (id, DAVE)), "");
        send(BOB, ALICE, 1);
        vm.prank(ALICE);
        quick.vote(id, DAVE, 51);
        (, Deadline effectiveAt) = quick.majorityOf(id);
        Deadline now_ = WindowLib.deadline(uint48(block.timestamp), uint48(block.number));
        equal(Deadline.unwrap(effectiveAt), Deadline.unwrap(now_), "no wait");
        quick.replace(id);
        (address candidate, ) = quick.majorityOf(id);
        equal(candidate, address(0), "taken effect");
    }

    /// @notice VOT_24 For every freeze and every vote, locked and frozen units together are never more than what is held.
    function testFuzz_VOT_24_lockAndFreezeNeverOverlapWhenSet(uint256 frozen, uint256 units, bool freezeFirst) public {
        frozen = 1 + (frozen % 120);
        units = 1 + (units % 50);
        uint256 free = frozen < 50 ? 50 - frozen : 0;
        if (freezeFirst) {
            freeze(ALICE, frozen);
            if (units > free) vm.expectRevert(_notEnough(ALICE, free, units));
            vote(ALICE, DAVE, units);
            equal(votes.lockedOf(id, ALICE), units > free ? 0 : units, "no more than is free");
        } else {
            vote(ALICE, DAVE, units);
            freeze(ALICE, frozen);
            equal(votes.lockedOf(id, ALICE), units > free ? free : units, "trimmed");
        }
        equal(votes.votesFor(id, DAVE), votes.lockedOf(id, ALICE), "tally");
    }

    /// @dev 51 of 100: Alice's 50 and one of Bob's.
    function _makeMajority(address candidate) private {
        vote(ALICE, candidate, 50);
        vote(BOB, candidate, 1);
    }

    function _checkLock(address account, address candidate, uint256 units) private view {
        equal(votes.candidateOf(id, account), candidate, "candidate");
        equal(votes.lockedOf(id, account), units, "locked");
    }

    function _notEnough(address account, uint256 free, uint256 units) private view returns (bytes memory) {
        return abi.encodeWithSelector(IOperatorVote.Votes_NotEnoughFree.selector, id, account, free, units);
    }
}
