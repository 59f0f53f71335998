// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {IOffice} from "../../contracts/assets/IOffice.sol";
import {NoticeTerms, Objection, ObjectionState, Proceeding} from "../../contracts/assets/NoticeTypes.sol";
import {DomainId} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {Deadline, Window} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {NoticeTest} from "./NoticeTest.sol";

contract NoticeUnitTest is NoticeTest {
    uint48 private constant LIMIT = 90 days;

    function setUp() public {
        setUpNotice();
    }

    function test_NTC_01_termsAreKeptAndAnnounced() public {
        NoticeTerms memory longest = terms(LIMIT, LIMIT, type(uint32).max);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.NoticeTermsChanged(DOMAIN, longest);
        notice.setTerms(DOMAIN, longest);
        Check.holds(keccak256(abi.encode(notice.termsOf(DOMAIN))) == keccak256(abi.encode(longest)), "kept");
        NoticeTerms memory none = notice.termsOf(DomainId.wrap(1));
        Check.same(none.notice.duration + none.decision.duration + none.deposit, 0, "of another domain");
    }

    function test_NTC_02_windowsHaveALimit() public {
        bytes4 tooLong = INotice.Notice_WindowTooLong.selector;
        vm.expectRevert(abi.encodeWithSelector(tooLong, LIMIT + 1, LIMIT));
        setTerms(LIMIT + 1, LIMIT, 0);
        vm.expectRevert(abi.encodeWithSelector(tooLong, LIMIT + 2, LIMIT));
        setTerms(LIMIT, LIMIT + 2, 0);
    }

    /// @notice NTC-02 Blocks too: else a notice that waits for blocks would never end.
    function test_NTC_02_blocksHaveALimit() public {
        NoticeTerms memory t = NoticeTerms(Window(1, LIMIT), Window(1, LIMIT), 0);
        notice.setTerms(DOMAIN, t);
        bytes4 tooLong = INotice.Notice_WindowTooLong.selector;
        t.notice.blocks = LIMIT + 1;
        vm.expectRevert(abi.encodeWithSelector(tooLong, LIMIT + 1, LIMIT));
        notice.setTerms(DOMAIN, t);
        (t.notice.blocks, t.decision.blocks) = (LIMIT, type(uint48).max);
        vm.expectRevert(abi.encodeWithSelector(tooLong, type(uint48).max, LIMIT));
        notice.setTerms(DOMAIN, t);
    }

    function test_NTC_03_aNoticeNeedsTimeToDecide() public {
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NoDecisionWindow.selector, DOMAIN));
        setTerms(1, 0, 0);
        setTerms(0, 0, 0);
        setTerms(0, 1, 0);
    }

    /// @notice NTC-04 Terms bind later registrations only, in window, time to decide and deposit.
    function test_NTC_04_termsBindLaterRegistrationsOnly() public {
        Deadline end = notice.proceedingOf(id).end;
        setTerms(0, 1, 7);
        AssetId later = registerAsset(holder, 1_000, "later");
        Check.holds(notice.isOver(later), "without notice");
        setTerms(50, 60, 7);
        AssetId last = registerAsset(holder, 1_000, "last");
        Check.holds(Deadline.unwrap(notice.proceedingOf(id).end) == Deadline.unwrap(end), "end as it was");
        pass(50, NOTICE_BLOCKS);
        Check.holds(notice.isOver(last) && !notice.isOver(id), "each its own end");
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.Objected(
            id,
            1,
            objector,
            REASON,
            address(currency),
            DEPOSIT,
            deadlineIn(DECISION_TIME, DECISION_BLOCKS)
        );
        objectAs(objector);
    }

    function test_NTC_05_aRegistrationBeginsItsNotice() public {
        vm.expectEmit(true, true, true, true, address(notice));
        AssetId next = assets.assetIdOf(holder, sampleRelease("next").root);
        emit INotice.NoticeBegun(next, DOMAIN, deadlineIn(NOTICE_TIME, NOTICE_BLOCKS));
        Check.holds(registerAsset(holder, 1_000, "next") == next, "id");
        Proceeding memory p = notice.proceedingOf(next);
        Check.same(p.ordinal, 2, "ordinal");
        Check.same(DomainId.unwrap(p.domain), DomainId.unwrap(DOMAIN), "domain");
        Check.same(p.objections + p.open, 0, "objections");
        Check.same(p.deposit, DEPOSIT_UNITS, "deposit");
        Check.same(Deadline.unwrap(p.end), Deadline.unwrap(deadlineIn(NOTICE_TIME, NOTICE_BLOCKS)), "end");
        Check.holds(p.decideBy.isNone(), "nothing to decide");
        Check.same(p.decision.duration, DECISION_TIME, "time to decide");
        Check.same(p.decision.blocks, DECISION_BLOCKS, "blocks to decide");
        Check.holds(!notice.isOver(next), "not over");
    }

    /// @notice NTC-06 In a domain without notice, units move at once, and there is nothing to object to or to close.
    function test_NTC_06_aWindowOfZeroIsNoNotice() public {
        notice.setTerms(DOMAIN, NoticeTerms(Window(0, 9), Window(0, 0), 3));
        AssetId asset = registerAsset(holder, 1_000, "free");
        Check.same(notice.proceedingOf(asset).ordinal, 2, "counted all the same");
        Check.holds(notice.proceedingOf(asset).end.isNone() && notice.isOver(asset), "no notice");
        vm.prank(holder);
        assets.safeTransferFrom(holder, other, AssetId.unwrap(asset), 10, "");
        Check.same(assets.balanceOf(other, AssetId.unwrap(asset)), 10, "moved");
        bytes memory refusal = abi.encodeWithSelector(INotice.Notice_NotUnderNotice.selector, asset);
        vm.prank(objector);
        vm.expectRevert(refusal);
        notice.object(asset, REASON);
        vm.expectRevert(refusal);
        notice.close(asset);
    }

    function test_NTC_07_onlyTheRegisterBeginsANotice() public {
        vm.expectRevert(abi.encodeWithSelector(IOffice.Offices_NotRegister.selector, address(this)));
        notice.begin(id, holder);
    }

    function test_NTC_08_anObjectionIsKeptAnnouncedAndPaid() public {
        uint256 before = currency.balanceOf(objector);
        pass(100, 1);
        for (uint32 number = 1; number <= 2; ++number) {
            Deadline decideBy = deadlineIn(DECISION_TIME, DECISION_BLOCKS);
            vm.expectEmit(true, true, true, true, address(notice));
            emit INotice.Objected(id, number, objector, REASON, address(currency), DEPOSIT, decideBy);
            Check.same(objectAs(objector), number, "number");
            Objection memory o = notice.objectionOf(id, number);
            Check.holds(o.objector == objector && o.state == ObjectionState.Open && !o.duplicate, "kept");
            Check.holds(o.deposit == DEPOSIT && o.reason == REASON, "deposit and reason");
            Check.same(Deadline.unwrap(o.decideBy), Deadline.unwrap(decideBy), "to be decided by");
            Proceeding memory p = notice.proceedingOf(id);
            Check.holds(p.objections == number && p.open == number, "counted");
            Check.same(Deadline.unwrap(p.decideBy), Deadline.unwrap(decideBy), "the latest");
            pass(10, 1);
        }
        Check.same(before - currency.balanceOf(objector), 2 * DEPOSIT, "paid");
        Check.same(currency.balanceOf(address(notice)), 2 * DEPOSIT, "held");
    }

    function test_NTC_09_activeParticipantsObjectExceptTheHolder() public {
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, stranger));
        notice.object(id, REASON);
        suspend(objector);
        vm.prank(objector);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, objector));
        notice.object(id, REASON);
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_OwnAsset.selector, id, holder));
        notice.object(id, REASON);
    }

    function test_NTC_10_anObjectionAndADecisionGiveAReason() public {
        vm.prank(objector);
        vm.expectRevert(INotice.Notice_NoReason.selector);
        notice.object(id, 0);
        uint32 number = objectAs(objector);
        vm.expectRevert(INotice.Notice_NoReason.selector);
        notice.decide(id, number, true, 0);
        vm.expectRevert(INotice.Notice_NoReason.selector);
        notice.decide(id, number, false, 0);
    }

    /// @notice NTC-11 Objections are taken as long as seconds or blocks of the window are left, and no longer.
    function test_NTC_11_objectionsAreTakenUntilTheWindowIsOver() public {
        Deadline end = notice.proceedingOf(id).end;
        (uint256 second, uint256 height) = (end.time(), end.number());
        vm.warp(second - 1);
        vm.roll(height + 5);
        objectAs(objector);
        vm.warp(second + 5);
        vm.roll(height - 1);
        objectAs(objector);
        vm.warp(second);
        vm.roll(height);
        vm.prank(objector);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Over.selector, id, end));
        notice.object(id, REASON);
    }

    function test_NTC_12_unknownAssetsAndObjectionsAreRefused() public {
        AssetId unknown = AssetId.wrap(1);
        vm.prank(objector);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotUnderNotice.selector, unknown));
        notice.object(unknown, REASON);
        objectAs(objector);
        for (uint32 number = 0; number < 3; number += 2) {
            bytes memory refusal = abi.encodeWithSelector(INotice.Notice_ObjectionUnknown.selector, id, number);
            vm.expectRevert(refusal);
            notice.decide(id, number, true, REASON);
            vm.expectRevert(refusal);
            notice.lapse(id, number);
        }
    }

    function test_NTC_13_onlyTheRegistrarDecides() public {
        uint32 number = objectAs(objector);
        address[5] memory callers = [holder, objector, other, stranger, SUPERVISOR];
        for (uint256 i = 0; i < 5; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotRegistrar.selector, DOMAIN, callers[i]));
            notice.decide(id, number, true, REASON);
        }
        DomainId elsewhere = DomainId.wrap(44);
        participants.openDomain(elsewhere, stranger, "elsewhere");
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotRegistrar.selector, DOMAIN, stranger));
        notice.decide(id, number, true, REASON);
        hasState(number, ObjectionState.Open);
    }

    /// @notice NTC-14 Up to the last second or block of the window it is decided; from then on it lapses, by anyone.
    function test_NTC_14_decidedInTimeOrLapsed() public {
        uint32 first = objectAs(objector);
        uint32 second = objectAs(objector);
        uint32 third = objectAs(objector);
        Deadline by = notice.objectionOf(id, first).decideBy;
        for (uint256 i = 0; i < 2; ++i) {
            vm.warp(i == 0 ? by.time() - 1 : by.time() + 9);
            vm.roll(i == 0 ? by.number() + 9 : by.number() - 1);
            vm.prank(stranger);
            vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotOverdue.selector, id, third, by));
            notice.lapse(id, third);
            notice.decide(id, i == 0 ? first : second, false, REASON);
        }
        vm.warp(by.time());
        vm.roll(by.number());
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_DecisionOverdue.selector, id, third, by));
        notice.decide(id, third, false, REASON);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.ObjectionEnded(id, third, ObjectionState.Lapsed, stranger, 0);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DepositCredited(objector, address(currency), DEPOSIT);
        vm.prank(stranger);
        notice.lapse(id, third);
        hasState(third, ObjectionState.Lapsed);
        owes(objector, DEPOSIT);
        owes(holder, 2 * DEPOSIT);
        hasStatus(AssetStatus.Registered);
    }

    function test_NTC_15_dismissedTheDepositGoesToTheHolder() public {
        uint32 number = objectAs(objector);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.ObjectionEnded(id, number, ObjectionState.Dismissed, address(this), "unfounded");
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DepositCredited(holder, address(currency), DEPOSIT);
        notice.decide(id, number, false, "unfounded");
        hasState(number, ObjectionState.Dismissed);
        owes(holder, DEPOSIT);
        owes(objector, 0);
        hasStatus(AssetStatus.Registered);
        Check.same(notice.proceedingOf(id).open, 0, "open");
    }

    function test_NTC_16_upheldTheAssetIsStruckOffAndTheDepositGoesBack() public {
        uint32 number = objectAs(objector);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.ObjectionEnded(id, number, ObjectionState.Upheld, address(this), "a copy");
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DepositCredited(objector, address(currency), DEPOSIT);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.AssetStatusChanged(id, AssetStatus.Struck, address(notice), "a copy");
        notice.decide(id, number, true, "a copy");
        hasState(number, ObjectionState.Upheld);
        owes(objector, DEPOSIT);
        owes(holder, 0);
        hasStatus(AssetStatus.Struck);
        vm.prank(other);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_StruckOff.selector, id));
        notice.object(id, REASON);
    }

    /// @notice NTC-17 What has ended, in whatever way, is neither decided nor does it lapse again.
    function test_NTC_17_anObjectionEndsOnce() public {
        for (uint256 i = 0; i < 3; ++i) objectAs(objector);
        notice.decide(id, 1, false, REASON);
        notice.decide(id, 2, true, REASON);
        notice.lapse(id, 3);
        passDecision();
        ObjectionState[3] memory states = [ObjectionState.Dismissed, ObjectionState.Upheld, ObjectionState.Lapsed];
        for (uint32 i = 0; i < 3; ++i) {
            expectEnded(i + 1, states[i]);
            notice.decide(id, i + 1, true, REASON);
            expectEnded(i + 1, states[i]);
            notice.decide(id, i + 1, false, REASON);
            expectEnded(i + 1, states[i]);
            notice.lapse(id, i + 1);
        }
        owes(objector, 2 * DEPOSIT);
        owes(holder, DEPOSIT);
    }

    /// @notice NTC-18 Objections that are open when the registration is struck off lapse at once.
    function test_NTC_18_strikingOffLetsTheOthersLapseAtOnce() public {
        for (uint256 i = 0; i < 3; ++i) objectAs(i == 1 ? other : objector);
        notice.decide(id, 1, true, REASON);
        notice.lapse(id, 2);
        owes(other, DEPOSIT);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_StruckOff.selector, id));
        notice.decide(id, 3, false, REASON);
        notice.lapse(id, 3);
        owes(objector, 2 * DEPOSIT);
        Check.same(notice.proceedingOf(id).open, 0, "open");
    }

    function test_NTC_19_anObjectionWithoutDepositMovesNoMoney() public {
        setTerms(NOTICE_TIME, DECISION_TIME, 0);
        id = registerAsset(holder, 1_000, "free of charge");
        vm.prank(objector);
        currency.approve(address(notice), 0);
        vm.recordLogs();
        uint32 number = objectAs(objector);
        Check.same(vm.getRecordedLogs().length, 1, "nothing paid");
        Check.same(notice.objectionOf(id, number).deposit, 0, "deposit");
        vm.recordLogs();
        notice.decide(id, number, false, REASON);
        Check.same(vm.getRecordedLogs().length, 1, "nothing credited");
        owes(holder, 0);
    }
}
