// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {DomainId, ParticipantKind, ParticipantStatus} from "../../contracts/participants/ParticipantTypes.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Who succeeds a lost account, when, and what that account can say to it.
contract SuccessionTest is OfficesTest {
    function setUp() public {
        setUpOffices();
    }

    function test_SUC_16_aProposalExpiresThirtyDaysAfterItsWindow() public {
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        uint48 expiry = endOf(SUCCESSION_WINDOW).time() + 30 days;
        passWindow(SUCCESSION_WINDOW);
        vm.warp(expiry + 1);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_SuccessionExpired.selector, ALICE, expiry)
        );
        participants.recordSuccessor(ALICE);
        vm.warp(expiry);
        participants.recordSuccessor(ALICE);
        equal(participants.successorOf(ALICE), DAVE, "in its last second");
    }

    function test_SUC_01_aProposalIsOnRecordWithItsReason() public {
        Deadline effectiveAt = endOf(SUCCESSION_WINDOW);
        vm.expectEmit(true, true, true, true, address(participants));
        emit IParticipantRegistry.SuccessionProposed(ALICE, DAVE, address(this), REASON, effectiveAt);
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        _checkProposal(ALICE, DAVE, effectiveAt, false);
        equal(participants.successionOf(ALICE).registrar, address(this), "registrar");
        equal(participants.successorOf(ALICE), address(0), "only proposed");
        isTrue(participants.isActive(ALICE), "as active as before");
    }

    function test_SUC_02_onlyTheRegistrarOfTheAccountsDomainProposes() public {
        participants.openDomain(DomainId.wrap(440_000), REGISTRAR, "elsewhere");
        address[4] memory others = [REGISTRAR, ALICE, DAVE, STRANGER];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(_notRegistrar(others[i]));
            vm.prank(others[i]);
            participants.proposeSuccessor(ALICE, DAVE, REASON);
        }
    }

    function test_SUC_03_theSuccessorIsActiveAndSomebodyElse() public {
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_OwnSuccessor.selector, ALICE));
        participants.proposeSuccessor(ALICE, ALICE, REASON);
        vm.expectRevert(_successorInactive(STRANGER));
        participants.proposeSuccessor(ALICE, STRANGER, REASON);
        vm.expectRevert(_successorInactive(address(0)));
        participants.proposeSuccessor(ALICE, address(0), REASON);
        participants.suspend(DAVE, REASON);
        vm.expectRevert(_successorInactive(DAVE));
        participants.proposeSuccessor(ALICE, DAVE, REASON);
    }

    function test_SUC_04_anAccountIsSucceededInEveryStateThatItWasAdmittedTo() public {
        vm.expectRevert(_wrongStatus(STRANGER, ParticipantStatus.None));
        participants.proposeSuccessor(STRANGER, DAVE, REASON);
        participants.suspend(BOB, REASON);
        participants.revoke(CAROL, REASON);
        address[3] memory lost = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < lost.length; ++i) {
            succeed(lost[i], DAVE);
            equal(participants.successorOf(lost[i]), DAVE, "successor");
            isTrue(participants.participantOf(lost[i]).status == ParticipantStatus.Succeeded, "status");
            vm.expectRevert(_wrongStatus(lost[i], ParticipantStatus.Succeeded));
            participants.proposeSuccessor(lost[i], DAVE, REASON);
        }
    }

    function test_SUC_05_anyoneRecordsAfterSecondsAndBlocksAndNotBefore() public {
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        Deadline effectiveAt = endOf(SUCCESSION_WINDOW);
        vm.warp(effectiveAt.time() - 1);
        vm.roll(effectiveAt.number());
        _pending(effectiveAt);
        vm.warp(effectiveAt.time());
        vm.roll(effectiveAt.number() - 1);
        _pending(effectiveAt);
        vm.roll(effectiveAt.number());
        vm.expectEmit(true, true, true, true, address(participants));
        emit IParticipantRegistry.AccountSucceeded(ALICE, DAVE);
        vm.expectEmit(true, true, true, true, address(participants));
        emit IParticipantRegistry.ParticipantStatusChanged(
            ALICE,
            DOMAIN,
            ParticipantStatus.Succeeded,
            0,
            effectiveAt.time()
        );
        vm.prank(STRANGER);
        participants.recordSuccessor(ALICE);
        equal(participants.participantOf(ALICE).since, effectiveAt.time(), "since");
        isTrue(!participants.isActive(ALICE), "not active");
        _checkProposal(ALICE, address(0), Deadline.wrap(0), false);
        vm.expectRevert(_notProposed(ALICE));
        participants.recordSuccessor(ALICE);
    }

    function test_SUC_06_anObjectionBeginsTheWindowAnewOnce() public {
        vm.expectRevert(_notProposed(ALICE));
        _object(ALICE);
        participants.suspend(ALICE, REASON);
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        passWindow(SUCCESSION_WINDOW - 1);
        Deadline effectiveAt = endOf(SUCCESSION_WINDOW);
        vm.expectEmit(true, true, true, true, address(participants));
        emit IParticipantRegistry.SuccessionObjected(ALICE, DAVE, effectiveAt);
        _object(ALICE);
        _checkProposal(ALICE, DAVE, effectiveAt, true);
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_AlreadyObjected.selector, ALICE));
        _object(ALICE);
        vm.warp(block.timestamp + 1);
        _pending(effectiveAt);
        vm.warp(effectiveAt.time());
        vm.roll(effectiveAt.number());
        participants.recordSuccessor(ALICE);
        equal(participants.successorOf(ALICE), DAVE, "no veto");
    }

    function test_SUC_07_nobodyObjectsForAnother() public {
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        vm.expectRevert(_notProposed(DAVE));
        _object(DAVE);
        vm.expectRevert(_notProposed(BOB));
        _object(BOB);
    }

    function test_SUC_08_anotherProposalNeverShortensAnObjection() public {
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        passWindow(100);
        _object(ALICE);
        Deadline objected = endOf(SUCCESSION_WINDOW);
        participants.proposeSuccessor(ALICE, BOB, REASON);
        _checkProposal(ALICE, BOB, objected, false);
        passWindow(100);
        _object(ALICE);
        _checkProposal(ALICE, BOB, endOf(SUCCESSION_WINDOW), true);
    }

    function test_SUC_09_aRegistrarWithdrawsItsSuccessorInOfficeToo() public {
        vm.expectRevert(_notProposed(ALICE));
        participants.withdrawSuccessor(ALICE);
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        vm.expectRevert(_notRegistrar(ALICE));
        vm.prank(ALICE);
        participants.withdrawSuccessor(ALICE);
        vm.expectEmit(true, true, true, true, address(participants));
        emit IParticipantRegistry.SuccessionWithdrawn(ALICE, DAVE, address(this));
        participants.withdrawSuccessor(ALICE);
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        replaceRegistrar();
        vm.expectRevert(_notRegistrar(address(this)));
        participants.withdrawSuccessor(ALICE);
        vm.prank(REGISTRAR);
        participants.withdrawSuccessor(ALICE);
        passWindow(SUCCESSION_WINDOW);
        vm.expectRevert(_notProposed(ALICE));
        participants.recordSuccessor(ALICE);
    }

    function test_SUC_10_aProposalDiesWithTheOfficeOfItsRegistrar() public {
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        passWindow(SUCCESSION_WINDOW);
        replaceRegistrar();
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_RegistrarChanged.selector, ALICE, address(this))
        );
        participants.recordSuccessor(ALICE);
        vm.prank(REGISTRAR);
        participants.proposeSuccessor(ALICE, BOB, REASON);
        _checkProposal(ALICE, BOB, endOf(SUCCESSION_WINDOW), false);
    }

    function test_SUC_11_theSuccessorIsStillActiveWhenItIsRecorded() public {
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        passWindow(SUCCESSION_WINDOW);
        participants.suspend(DAVE, REASON);
        vm.expectRevert(_successorInactive(DAVE));
        participants.recordSuccessor(ALICE);
        participants.reinstate(DAVE, REASON);
        participants.recordSuccessor(ALICE);
    }

    function test_SUC_12_aSucceededAccountNeverBecomesActiveAgain() public {
        succeed(ALICE, DAVE);
        bytes memory wrong = _wrongStatus(ALICE, ParticipantStatus.Succeeded);
        vm.expectRevert(wrong);
        participants.reinstate(ALICE, REASON);
        vm.expectRevert(wrong);
        participants.suspend(ALICE, REASON);
        vm.expectRevert(wrong);
        participants.revoke(ALICE, REASON);
        vm.expectRevert(
            abi.encodeWithSelector(
                IParticipantRegistry.Participants_AlreadyAdmitted.selector,
                ALICE,
                ParticipantStatus.Succeeded
            )
        );
        participants.admit(ALICE, DOMAIN, ParticipantKind.Person, REASON);
        vm.expectRevert(_successorInactive(ALICE));
        participants.proposeSuccessor(BOB, ALICE, REASON);
        isTrue(!participants.areActive(ALICE, DAVE) && participants.isActive(DAVE), "one active");
    }

    function test_SUC_13_aChainOfSuccessorsLeadsToTheLast() public {
        succeed(ALICE, BOB);
        succeed(BOB, CAROL);
        equal(participants.successorOf(ALICE), CAROL, "two steps");
        succeed(CAROL, DAVE);
        equal(participants.successorOf(ALICE), DAVE, "three steps");
        equal(participants.successorOf(BOB), DAVE, "from the middle");
        equal(participants.successorOf(DAVE), address(0), "the last has none");
    }

    function test_SUC_14_successorsNeverGoRoundInACircle() public {
        participants.proposeSuccessor(ALICE, BOB, REASON);
        participants.proposeSuccessor(BOB, CAROL, REASON);
        participants.proposeSuccessor(CAROL, ALICE, REASON);
        passWindow(SUCCESSION_WINDOW);
        participants.recordSuccessor(ALICE);
        vm.expectRevert(_successorInactive(ALICE));
        participants.recordSuccessor(CAROL);
        participants.recordSuccessor(BOB);
        vm.expectRevert(_successorInactive(ALICE));
        participants.recordSuccessor(CAROL);
        equal(participants.successorOf(ALICE), CAROL, "ends");
    }

    /// @notice SUC_15 Whenever the account objects, the succession waits a whole window from then on, and never less than it would have.
    function testFuzz_SUC_15_anObjectionOnlyLengthens(
        uint48 wait,
        uint48 blocks,
        uint48 later,
        uint48 laterBlocks
    ) public {
        participants.proposeSuccessor(ALICE, DAVE, REASON);
        Deadline before = endOf(SUCCESSION_WINDOW);
        vm.warp(block.timestamp + (wait % (2 * SUCCESSION_WINDOW)));
        vm.roll(block.number + (blocks % (2 * BLOCKS)));
        _object(ALICE);
        Deadline effectiveAt = participants.successionOf(ALICE).effectiveAt;
        Deadline whole = endOf(SUCCESSION_WINDOW);
        isTrue(effectiveAt.time() >= before.time() && effectiveAt.number() >= before.number(), "not shorter");
        equal(Deadline.unwrap(effectiveAt), Deadline.unwrap(whole), "a whole window");
        vm.warp(block.timestamp + (later % (2 * SUCCESSION_WINDOW)));
        vm.roll(block.number + (laterBlocks % (2 * BLOCKS)));
        bool over = block.timestamp >= effectiveAt.time() && block.number >= effectiveAt.number();
        if (!over) _pending(effectiveAt);
        else participants.recordSuccessor(ALICE);
        isTrue(participants.isActive(ALICE) != over, "recorded when over");
    }

    function _object(address account) private {
        vm.prank(account);
        participants.objectToSuccession();
    }

    function _pending(Deadline effectiveAt) private {
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_SuccessionPending.selector, ALICE, effectiveAt)
        );
        participants.recordSuccessor(ALICE);
    }

    function _checkProposal(address account, address successor, Deadline effectiveAt, bool objected) private view {
        equal(participants.successionOf(account).successor, successor, "proposed successor");
        equal(
            Deadline.unwrap(participants.successionOf(account).effectiveAt),
            Deadline.unwrap(effectiveAt),
            "effective at"
        );
        isTrue(participants.successionOf(account).objected == objected, "objected");
    }

    function _notRegistrar(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.Participants_NotRegistrar.selector, DOMAIN, caller);
    }

    function _successorInactive(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.Participants_SuccessorInactive.selector, account);
    }

    function _notProposed(address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.Participants_NoSuccessionProposed.selector, account);
    }

    function _wrongStatus(address account, ParticipantStatus status) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.Participants_WrongStatus.selector, account, status);
    }
}
