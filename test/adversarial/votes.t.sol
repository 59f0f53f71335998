// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {IOperatorVote} from "../../contracts/assets/IOperatorVote.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Attempts to vote twice with one unit, to keep a vote and sell it, and to stop or hurry a replacement.
contract VoteAdversaryTest is OfficesTest {
    uint256 private constant SELLER_KEY = 0x5E11E4;

    function setUp() public {
        setUpOffices();
    }

    function test_VOT_30_aUnitCountsOnceHoweverItGoesRound() public {
        address[3] memory path = [BOB, CAROL, DAVE];
        send(CAROL, BOB, 20);
        for (uint256 i = 0; i < 9; ++i) {
            address voter = path[i % 3];
            vote(voter, CAROL, 50);
            equal(votes.votesFor(id, CAROL), 50, "fifty units, fifty votes");
            withdrawVote(voter);
            equal(votes.votesFor(id, CAROL), 0, "none left behind");
            send(voter, path[(i + 1) % 3], 50);
        }
        checkNoMajority("never more than half");
    }

    function test_VOT_31_unitsThatWereTakenByForceVoteAtTheirNewPlaceOnly() public {
        vote(BOB, DAVE, 30);
        forceMove(BOB, CAROL, id, 30);
        vote(CAROL, DAVE, 50);
        equal(votes.votesFor(id, DAVE), 50, "once");
        succeed(CAROL, BOB);
        assets.handOver(CAROL, only(id));
        vote(BOB, DAVE, 50);
        equal(votes.votesFor(id, DAVE), 50, "once after a hand-over");
        checkNoMajority("half");
    }

    function test_VOT_32_aContractThatVotesAsItReceivesCannotPassTheUnitsOn() public {
        Reenterer attacker = new Reenterer();
        admitContract(address(attacker));
        Reenterer.Call[] memory calls = new Reenterer.Call[](4);
        bytes memory pass = abi.encodeCall(IERC1155.safeTransferFrom, (address(attacker), BOB, token, 30, ""));
        calls[0] = Reenterer.Call(address(votes), abi.encodeCall(IOperatorVote.vote, (id, DAVE, 30)));
        calls[1] = Reenterer.Call(address(assets), pass);
        calls[2] = Reenterer.Call(address(votes), abi.encodeCall(IOperatorVote.withdraw, (id)));
        calls[3] = Reenterer.Call(address(assets), pass);
        attacker.prepare(calls);
        send(BOB, address(attacker), 30);
        isTrue(attacker.succeeded(0) && !attacker.succeeded(1), "voted, and kept");
        equal(
            bytes32(attacker.reasons(1)),
            bytes32(IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector),
            "because locked"
        );
        isTrue(attacker.succeeded(2) && attacker.succeeded(3), "taken back, and passed on");
        equal(votes.votesFor(id, DAVE), 0, "no vote stays behind");
    }

    function test_VOT_33_idsRepeatedInABatchDoNotPassALock() public {
        vote(BOB, DAVE, 21);
        (uint256[] memory ids, uint256[] memory units) = (new uint256[](3), new uint256[](3));
        for (uint256 i = 0; i < 3; ++i) (ids[i], units[i]) = (token, 4);
        vm.expectRevert(stays(BOB, 4, 1));
        vm.prank(BOB);
        assets.safeBatchTransferFrom(BOB, CAROL, ids, units, "");
        units[2] = 1;
        vm.prank(BOB);
        assets.safeBatchTransferFrom(BOB, CAROL, ids, units, "");
        equal(heldBy(BOB), 21, "what is locked");
    }

    /// @notice VOT_34 However a batch is cut, exactly what is neither frozen nor locked leaves by it.
    function testFuzz_VOT_34_noCutOfABatchPassesALockOrAFreeze(uint256 seed, bool frozen) public {
        uint256 stay = 1 + (seed % 50);
        if (frozen) freeze(ALICE, stay);
        else vote(ALICE, DAVE, stay);
        (uint256[] memory ids, uint256[] memory units) = (new uint256[](5), new uint256[](5));
        uint256 sum;
        for (uint256 i = 0; i < 5; ++i) {
            ids[i] = token;
            units[i] = uint256(keccak256(abi.encode(seed, i))) % 14;
            sum += units[i];
        }
        vm.prank(ALICE);
        (bool ok, ) = address(assets).call(
            abi.encodeCall(IERC1155.safeBatchTransferFrom, (ALICE, DAVE, ids, units, ""))
        );
        isTrue(ok == (sum + stay <= 50), "exactly the rest");
        equal(heldBy(ALICE), ok ? 50 - sum : 50, "held");
    }

    function test_VOT_35_aFreezeAtTheLastMomentStopsAMajorityAndTheVoteBeginsAnew() public {
        _majority();
        passWindow(VOTE_WINDOW);
        freeze(BOB, 30);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_NoMajority.selector, id));
        votes.replace(id);
        vote(CAROL, DAVE, 1);
        checkMajority(DAVE, endOf(VOTE_WINDOW), "of units that are not frozen");
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        equal(assets.operatorOf(id), DAVE, "replaced");
    }

    function test_VOT_36_aFreezeThatWasAlreadyRunningDoesNotComeIntoItWhenItEnds() public {
        freeze(BOB, 29);
        _majority();
        vm.warp(block.timestamp + FREEZE_TERM);
        vm.roll(block.number + BLOCKS);
        equal(votes.lockedOf(id, BOB), 1, "as voted");
        votes.replace(id);
        equal(assets.operatorOf(id), DAVE, "replaced");
    }

    function test_VOT_37_aVoterLeavesEvenAfterTheWindowAndBeforeTheReplacement() public {
        _majority();
        passWindow(10 * VOTE_WINDOW);
        withdrawVote(BOB);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_NoMajority.selector, id));
        votes.replace(id);
    }

    function test_VOT_38_sellingAndBuyingMeanwhileDoesNotHurryAWindow() public {
        _majority();
        passWindow(VOTE_WINDOW - 1);
        withdrawVote(BOB);
        send(BOB, CAROL, 1);
        vote(CAROL, DAVE, 1);
        checkMajority(DAVE, endOf(VOTE_WINDOW), "a whole window again");
    }

    function test_VOT_39_lockedUnitsAreNotSold() public {
        address seller = vm.addr(SELLER_KEY);
        enrol(seller);
        send(ALICE, seller, 10);
        Order memory order = sampleOrder(seller, id, Side.Sell);
        order.units = 10;
        Fill memory fill = Fill(order, signOrder(SELLER_KEY, order), 10, type(uint256).max);
        vote(seller, DAVE, 1);
        vm.expectRevert(stays(seller, 10, 9));
        vm.prank(BOB);
        market.fill(fill);
        withdrawVote(seller);
        vm.prank(BOB);
        market.fill(fill);
        equal(heldBy(BOB), 40, "sold");
    }

    function test_VOT_40_aCandidateWhoseKeyIsLostNeverBecomesOperator() public {
        _majority();
        succeed(DAVE, CAROL);
        vm.expectRevert(abi.encodeWithSelector(IOperatorVote.Votes_Inactive.selector, DAVE));
        votes.replace(id);
        vote(ALICE, CAROL, 50);
        vote(BOB, CAROL, 1);
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        equal(assets.operatorOf(id), CAROL, "voted for anew");
    }

    function test_VOT_41_anOperatorWhoIsVotedOutHandsNothingOver() public {
        _majority();
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        succeed(ALICE, CAROL);
        assets.handOver(ALICE, only(id));
        equal(assets.operatorOf(id), DAVE, "not taken back by a succession");
        equal(assets.assetOf(id).holder, CAROL, "only the holding right");
    }

    /// @dev 51 of 100 for Dave: Alice's 50 and one of Bob's.
    function _majority() private {
        vote(ALICE, DAVE, 50);
        vote(BOB, DAVE, 1);
    }
}
