// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {ISupervision} from "../../contracts/assets/ISupervision.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {DomainId} from "../../contracts/participants/ParticipantTypes.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {equal} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Units that are moved without their owner's consent: who proposes, who carries out, when, and which units.
contract ForcedMovesTest is OfficesTest {
    function setUp() public {
        setUpOffices();
    }

    function test_SUP_20_theRegistrarProposesWithAReason() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        bytes32 moveId = keccak256(abi.encode(move));
        Deadline ready = endOf(MOVE_WINDOW);
        uint48 expiry = ready.time() + 30 days;
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.MoveProposed(moveId, address(this), move, ready, expiry);
        equal(supervision.proposeMove(move), moveId, "id");
        (address registrar, Deadline when, uint48 last) = supervision.moveOf(moveId);
        equal(registrar, address(this), "registrar");
        equal(Deadline.unwrap(when), Deadline.unwrap(ready), "ready");
        equal(last, expiry, "expiry");
        move.reason = 0;
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NoReason.selector));
        supervision.proposeMove(move);
    }

    function test_SUP_21_nobodyButTheRegistrarOfTheOwnersDomainProposes() public {
        DomainId other = DomainId.wrap(440_000);
        participants.openDomain(other, REGISTRAR, "elsewhere");
        address[4] memory others = [REGISTRAR, SUPERVISOR, BOB, STRANGER];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotRegistrar.selector, DOMAIN, others[i]));
            vm.prank(others[i]);
            supervision.proposeMove(moveOf(BOB, DAVE, 10));
        }
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotRegistrar.selector, 0, address(this)));
        supervision.proposeMove(moveOf(address(0), DAVE, 10));
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotRegistrar.selector, 0, address(this)));
        supervision.proposeMove(moveOf(STRANGER, DAVE, 10));
    }

    function test_SUP_22_aMoveWaitsForSecondsAndBlocks() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        bytes32 moveId = supervision.proposeMove(move);
        Deadline ready = endOf(MOVE_WINDOW);
        bytes memory early = abi.encodeWithSelector(ISupervision.Supervision_TooEarly.selector, moveId, ready);
        vm.warp(ready.time() - 1);
        vm.roll(ready.number());
        _refused(early, move);
        vm.warp(ready.time());
        vm.roll(ready.number() - 1);
        _refused(early, move);
        vm.roll(ready.number());
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.MoveCarriedOut(moveId, address(this), SUPERVISOR);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IERC7943MultiToken.ForcedTransfer(BOB, DAVE, token, 10);
        _carryOut(move);
        equal(heldBy(DAVE), 10, "moved");
        equal(heldBy(BOB), 20, "taken");
    }

    function test_SUP_23_aProposalExpiresThirtyDaysAfterItsWindow() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        bytes32 moveId = supervision.proposeMove(move);
        (, , uint48 expiry) = supervision.moveOf(moveId);
        vm.roll(block.number + BLOCKS);
        vm.warp(expiry);
        bytes memory already = abi.encodeWithSelector(ISupervision.Supervision_AlreadyProposed.selector, moveId);
        vm.expectRevert(already);
        supervision.proposeMove(move);
        uint256 snapshot = vm.snapshotState();
        _carryOut(move);
        vm.revertToState(snapshot);
        vm.warp(expiry + 1);
        _refused(abi.encodeWithSelector(ISupervision.Supervision_Expired.selector, moveId, expiry), move);
        supervision.proposeMove(move);
        Deadline ready = endOf(MOVE_WINDOW);
        _refused(abi.encodeWithSelector(ISupervision.Supervision_TooEarly.selector, moveId, ready), move);
    }

    function test_SUP_24_aProposalIsCarriedOutOnce() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        bytes32 moveId = supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        _carryOut(move);
        _refused(abi.encodeWithSelector(ISupervision.Supervision_NotProposed.selector, moveId), move);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        _carryOut(move);
        equal(heldBy(DAVE), 20, "twice, by two proposals");
    }

    function test_SUP_25_aProposalIsForThatMoveAlone() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        supervision.proposeMove(move);
        (move.id, ) = registerSpread("other", 0);
        passWindow(MOVE_WINDOW);
        _notProposed(move);
        (move.id, move.from) = (id, CAROL);
        _notProposed(move);
        (move.from, move.to) = (BOB, CAROL);
        _notProposed(move);
        (move.to, move.units) = (DAVE, 11);
        _notProposed(move);
        (move.units, move.reason) = (10, keccak256("another reason"));
        _notProposed(move);
        move.reason = REASON;
        _carryOut(move);
    }

    function test_SUP_26_aRegistrarWithdrawsAProposalItsSuccessorInOfficeToo() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        bytes32 moveId = supervision.proposeMove(move);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotRegistrar.selector, DOMAIN, SUPERVISOR));
        vm.prank(SUPERVISOR);
        supervision.withdrawMove(move);
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.MoveWithdrawn(moveId, address(this));
        supervision.withdrawMove(move);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotProposed.selector, moveId));
        supervision.withdrawMove(move);
        supervision.proposeMove(move);
        replaceRegistrar();
        vm.prank(REGISTRAR);
        supervision.withdrawMove(move);
        passWindow(MOVE_WINDOW);
        _notProposed(move);
    }

    function test_SUP_27_aProposalDiesWithTheOfficeOfItsRegistrar() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        bytes32 moveId = supervision.proposeMove(move);
        replaceRegistrar();
        passWindow(MOVE_WINDOW);
        _refused(
            abi.encodeWithSelector(ISupervision.Supervision_RegistrarChanged.selector, moveId, address(this)),
            move
        );
        vm.prank(REGISTRAR);
        supervision.proposeMove(move);
        Deadline ready = endOf(MOVE_WINDOW);
        _refused(abi.encodeWithSelector(ISupervision.Supervision_TooEarly.selector, moveId, ready), move);
        passWindow(MOVE_WINDOW);
        _carryOut(move);
    }

    function test_SUP_28_noOneCarriesOutItsOwnProposal() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_SamePerson.selector, address(this)));
        supervision.carryOutMove(move);
        equal(heldBy(BOB), 30, "not moved");
    }

    function test_SUP_29_norHasItCarriedOutByTheAccessManager() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        bytes memory call = abi.encodeCall(ISupervision.carryOutMove, (move));
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_SamePerson.selector, address(manager)));
        manager.execute(address(supervision), call);
        equal(heldBy(BOB), 30, "not moved");
    }

    function test_SUP_30_onlyASupervisorCarriesOut() public {
        replaceRegistrar();
        ForcedMove memory move = moveOf(BOB, DAVE, 10);
        vm.prank(REGISTRAR);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, REGISTRAR));
        vm.prank(REGISTRAR);
        supervision.carryOutMove(move);
        _carryOut(move);
    }

    function test_SUP_31_aMoveReleasesLocksFirstThenFrozenUnits() public {
        freeze(ALICE, 20);
        vote(ALICE, DAVE, 25);
        forceMove(ALICE, BOB, id, 5);
        _checkRestraints(20, 25, "5 were neither frozen nor locked");
        forceMove(ALICE, BOB, id, 10);
        _checkRestraints(20, 15, "locked ones next");
        forceMove(ALICE, BOB, id, 15);
        _checkRestraints(20, 0, "all locked ones");
        uint48 until = assets.frozenUntil(ALICE, token);
        forceMove(ALICE, BOB, id, 5);
        _checkRestraints(15, 0, "then frozen ones");
        equal(assets.frozenUntil(ALICE, token), until, "which stay frozen as long");
        forceMove(ALICE, BOB, id, 15);
        _checkRestraints(0, 0, "the last ones");
        equal(heldBy(ALICE), 0, "all taken");
    }

    function test_SUP_32_aMoveToOneselfChangesNothing() public {
        freeze(ALICE, 20);
        vote(ALICE, DAVE, 25);
        distribute(1_000);
        forceMove(ALICE, ALICE, id, 50);
        _checkRestraints(20, 25, "as before");
        equal(heldBy(ALICE), 50, "held");
        equal(votes.votesFor(id, DAVE), 25, "votes");
        equal(assets.claimable(id, ALICE), 500, "revenue");
        ForcedMove memory move = moveOf(ALICE, ALICE, 51);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        _refused(
            abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, ALICE, 50, 51, token),
            move
        );
    }

    function test_SUP_33_revenueStaysWithWhomItWasDistributedTo() public {
        distribute(1_000);
        forceMove(ALICE, DAVE, id, 50);
        equal(assets.claimable(id, ALICE), 500, "earned before");
        equal(assets.claimable(id, DAVE), 0, "not bought");
    }

    function test_SUP_34_aMoveThatFailsCanBeCarriedOutLater() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 31);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        _refused(abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, BOB, 30, 31, token), move);
        participants.suspend(DAVE, REASON);
        send(ALICE, BOB, 1);
        _refused(abi.encodeWithSelector(IERC7943MultiToken.ERC7943CannotReceive.selector, DAVE), move);
        participants.reinstate(DAVE, REASON);
        _carryOut(move);
        equal(heldBy(DAVE), 31, "moved");
    }

    /// @notice SUP_35 Whatever is held, frozen, locked and taken: units are conserved, what is frozen and locked fits into the
    /// rest, and no more is released than needed.
    function testFuzz_SUP_35_aMoveReleasesNoMoreThanItNeeds(uint256 frozen, uint256 locked, uint256 units) public {
        frozen = frozen % 80;
        locked = locked % 51;
        units = units % 51;
        if (frozen != 0) freeze(ALICE, frozen);
        uint256 free = frozen < 50 ? 50 - frozen : 0;
        if (locked > free) locked = free;
        if (locked != 0) vote(ALICE, DAVE, locked);
        forceMove(ALICE, BOB, id, units);
        equal(heldBy(ALICE), 50 - units, "left");
        equal(heldBy(BOB), 30 + units, "arrived");
        uint256 fromFree = units < free ? units : free;
        uint256 fromFrozen = units - fromFree;
        uint256 unlocked = free - fromFree;
        _checkRestraints(frozen - fromFrozen, locked < unlocked ? locked : unlocked, "released");
    }

    function _carryOut(ForcedMove memory move) private {
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
    }

    function _refused(bytes memory reason, ForcedMove memory move) private {
        vm.expectRevert(reason);
        _carryOut(move);
    }

    function _notProposed(ForcedMove memory move) private {
        bytes32 moveId = keccak256(abi.encode(move));
        _refused(abi.encodeWithSelector(ISupervision.Supervision_NotProposed.selector, moveId), move);
    }

    function _checkRestraints(uint256 frozen, uint256 locked, string memory what) private view {
        equal(assets.getFrozenTokens(ALICE, token), frozen, what);
        equal(votes.lockedOf(id, ALICE), locked, what);
    }
}
