// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {Parent, Registration} from "../../contracts/assets/AssetTypes.sol";
import {Consent} from "../../contracts/assets/ConsentTypes.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {ObjectionState, Proceeding} from "../../contracts/assets/NoticeTypes.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {NoticeTest} from "./NoticeTest.sol";

/// @notice What a notice holds back, how it ends, and what becomes of deposits.
contract NoticeEndTest is NoticeTest {
    address private heir = address(0x4E14);

    function setUp() public {
        setUpNotice();
    }

    /// @notice NTC-20 Under notice no unit moves, not even none, to oneself, in a batch or by an operator; the views agree.
    function test_NTC_20_underNoticeNoUnitMoves() public {
        uint256[] memory ids = new uint256[](2);
        uint256[] memory values = new uint256[](2);
        (ids[0], ids[1]) = (AssetId.unwrap(_registerFree("free")), token);
        (values[0], values[1]) = (1, 1);
        expectUnderNotice();
        this.moveFor(holder, other, 1);
        expectUnderNotice();
        this.moveFor(holder, holder, 1);
        expectUnderNotice();
        this.moveFor(holder, other, 0);
        vm.prank(holder);
        expectUnderNotice();
        assets.safeBatchTransferFrom(holder, other, ids, values, "");
        vm.prank(holder);
        assets.setApprovalForAll(stranger, true);
        vm.prank(stranger);
        expectUnderNotice();
        assets.safeTransferFrom(holder, other, token, 1, "");
        _explains(IDataAsset.Assets_UnderNotice.selector);
        passNotice();
        _explains(0);
        moveAs(holder, other, 1);
    }

    /// @notice NTC-21 Under notice all else goes on: releases, revenue, policies, freezes, retirement.
    function test_NTC_21_underNoticeAllElseGoesOn() public {
        vm.startPrank(holder);
        Check.same(assets.publish(id, sampleRelease("second")), 2, "release");
        policies.propose(id, 0);
        vm.stopPrank();
        vm.prank(other);
        assets.distribute(id, 5_000);
        Check.same(_claim(holder), 5_000, "claimed");
        vm.prank(SUPERVISOR);
        supervision.freeze(holder, id, 10, REASON);
        vm.prank(holder);
        assets.retire(id);
        hasStatus(AssetStatus.Retired);
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        hasStatus(AssetStatus.Struck);
    }

    /// @notice NTC-22 No asset is derived from one that is under notice; afterwards one is.
    function test_NTC_22_nothingIsDerivedFromAnAssetUnderNotice() public {
        Registration memory r = sampleRegistration(holder, 10, "child");
        r.parents = new Parent[](1);
        r.parents[0] = Parent(id, 100);
        r.release.parentReleases = new uint32[](1);
        r.release.parentReleases[0] = 1;
        r.evidence = abi.encode(new Consent[](1));
        objectAs(objector);
        passNotice();
        vm.prank(holder);
        expectUnderNotice();
        assets.register(r);
        notice.decide(id, 1, false, REASON);
        uint256 snapshot = vm.snapshotState();
        vm.prank(holder);
        assets.register(r);
        vm.revertToState(snapshot);
        id = registerAsset(holder, 1_000, "struck");
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        r.parents[0].id = id;
        vm.prank(holder);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotInForce.selector, id, AssetStatus.Struck));
        assets.register(r);
    }

    /// @notice NTC-23 Without objections units move when the window is over, closed or not; closing only announces it.
    function test_NTC_23_unitsMoveByThemselvesOnceTheWindowIsOver() public {
        Deadline end = notice.proceedingOf(id).end;
        pass(NOTICE_TIME - 1, NOTICE_BLOCKS);
        _isRunning(end);
        vm.warp(end.time());
        vm.roll(end.number() - 1);
        _isRunning(end);
        vm.roll(end.number());
        moveAs(holder, other, 1);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.NoticeClosed(id);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.NoticeEnded(id);
        vm.prank(stranger);
        notice.close(id);
        moveAs(holder, other, 1);
    }

    /// @notice NTC-23 Once closed, a transfer does not ask the office any more.
    function test_NTC_23_closingSparesTheQuestion() public {
        passNotice();
        notice.close(id);
        vm.mockCall(address(notice), abi.encodeCall(notice.isOver, (id)), abi.encode(false));
        moveAs(holder, other, 1);
        vm.clearMockedCalls();
    }

    /// @notice NTC-24 An open objection prolongs the notice until it is decided, and at most until it lapses.
    function test_NTC_24_anOpenObjectionProlongsTheNotice() public {
        pass(NOTICE_TIME - 1, NOTICE_BLOCKS);
        objectAs(objector);
        Deadline by = notice.objectionOf(id, 1).decideBy;
        pass(1, 0);
        _isRunning(by);
        uint256 snapshot = vm.snapshotState();
        notice.decide(id, 1, false, REASON);
        moveAs(holder, other, 1);
        vm.revertToState(snapshot);
        vm.warp(by.time() - 1);
        vm.roll(by.number());
        _isRunning(by);
        vm.warp(by.time());
        vm.roll(by.number() - 1);
        _isRunning(by);
        vm.roll(by.number());
        moveAs(holder, other, 1);
        notice.close(id);
        notice.lapse(id, 1);
        owes(objector, DEPOSIT);
        hasStatus(AssetStatus.Registered);
    }

    /// @notice NTC-24 All objections decided in the window, it still runs to its end.
    function test_NTC_24_decisionsDoNotShortenTheWindow() public {
        objectAs(objector);
        notice.decide(id, 1, false, REASON);
        _isRunning(notice.proceedingOf(id).end);
        objectAs(other);
        Check.same(notice.proceedingOf(id).open, 1, "open");
    }

    /// @notice NTC-25 Whoever objects, however often and whenever: over with the window and one time to decide, at the latest.
    function testFuzz_NTC_25_theDelayIsBounded(uint256 seed, uint8 times) public {
        Deadline end = notice.proceedingOf(id).end;
        (uint256 second, uint256 height) = (end.time(), end.number());
        uint256 number;
        for (uint256 i = 0; i < times % 20; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            pass(word % 800, (word >> 64) % 2);
            if (end.isOver()) break;
            number = objectAs(word % 3 == 0 ? objector : other);
            if (word % 5 == 0) notice.decide(id, uint32(number), false, REASON);
            // Taken before the end in seconds or in blocks; of the other, more than the window may have passed.
            if (block.timestamp > second) second = block.timestamp;
            if (block.number > height) height = block.number;
        }
        vm.warp(second + DECISION_TIME);
        vm.roll(height + DECISION_BLOCKS);
        Check.holds(notice.isOver(id), "over");
        moveAs(holder, other, 1);
        notice.close(id);
        for (uint32 i = 1; i <= number; ++i) {
            if (notice.objectionOf(id, i).state == ObjectionState.Open) notice.lapse(id, i);
        }
        Check.same(notice.proceedingOf(id).open, 0, "open");
    }

    /// @notice NTC-26 A struck asset does not move, publish or retire; revenue is distributed and claimed as before.
    function test_NTC_26_struckOffNothingMovesAndRevenueIsClaimed() public {
        vm.prank(other);
        assets.distribute(id, 3_000);
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        passNotice();
        bytes memory refusal = abi.encodeWithSelector(IDataAsset.Assets_NotInForce.selector, id, AssetStatus.Struck);
        vm.expectRevert(refusal);
        this.moveFor(holder, other, 1);
        _explains(IDataAsset.Assets_NotInForce.selector);
        vm.startPrank(holder);
        vm.expectRevert(refusal);
        assets.publish(id, sampleRelease("second"));
        vm.expectRevert(refusal);
        assets.retire(id);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_AlreadyRegistered.selector, id));
        assets.register(sampleRegistration(holder, 5, "asset"));
        vm.stopPrank();
        vm.prank(other);
        assets.distribute(id, 2_000);
        Check.same(_claim(holder), 5_000, "claimed");
        notice.close(id);
        vm.expectRevert(refusal);
        this.moveFor(holder, other, 1);
    }

    /// @notice NTC-27 A lost account's units move to its successor under notice and after the asset was struck off.
    function test_NTC_27_successionPassesNoticeAndStrike() public {
        _admit(heir);
        setTerms(SUCCESSION_WINDOW * 3, DECISION_TIME, 0);
        id = registerAsset(holder, 1_000, "inherited");
        token = AssetId.unwrap(id);
        vm.prank(other);
        assets.distribute(id, 1_000);
        succeed(holder, heir);
        handOver(holder);
        Check.same(assets.balanceOf(heir, token), 1_000, "units");
        Check.holds(assets.assetOf(id).holder == heir, "holding right");
        vm.prank(heir);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_OwnAsset.selector, id, heir));
        notice.object(id, REASON);
        expectUnderNotice();
        this.moveFor(heir, other, 1);
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        _admit(stranger);
        succeed(heir, stranger);
        handOver(heir);
        Check.same(assets.balanceOf(stranger, token), 1_000, "units of the struck asset");
        Check.same(_claim(stranger), 1_000, "revenue");
    }

    /// @notice NTC-32 A forced move of two waits for the end of the notice: a strike finds all units with the holder.
    function test_NTC_32_aForcedMoveWaitsForTheEnd() public {
        ForcedMove memory move = ForcedMove(holder, other, id, 10, REASON);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        uint256 snapshot = vm.snapshotState();
        vm.prank(SUPERVISOR);
        expectUnderNotice();
        supervision.carryOutMove(move);
        passNotice();
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        Check.same(assets.balanceOf(other, token), 10, "moved");
        vm.revertToState(snapshot);
        objectAs(objector);
        passNotice();
        vm.prank(SUPERVISOR);
        expectUnderNotice();
        supervision.carryOutMove(move);
        notice.decide(id, 1, true, REASON);
        Check.same(assets.balanceOf(holder, token), 1_000, "all with the holder");
    }

    function test_NTC_28_depositsAreWithdrawnByTheirOwner() public {
        _lapsed(objector);
        uint256 before = currency.balanceOf(other);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DepositWithdrawn(objector, address(currency), other, DEPOSIT);
        vm.prank(objector);
        Check.same(notice.withdraw(objector, address(currency), other), DEPOSIT, "amount");
        Check.same(currency.balanceOf(other) - before, DEPOSIT, "paid");
        Check.same(currency.balanceOf(address(notice)), 0, "held");
        vm.prank(objector);
        bytes4 nothing = INotice.Notice_NothingToWithdraw.selector;
        vm.expectRevert(abi.encodeWithSelector(nothing, objector, address(currency)));
        notice.withdraw(objector, address(currency), other);
    }

    function test_NTC_29_nobodyElseWithdrawsADeposit() public {
        _lapsed(objector);
        address[3] memory callers = [holder, other, address(this)];
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(callers[i]);
            vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotPayee.selector, objector, callers[i]));
            notice.withdraw(objector, address(currency), callers[i]);
        }
        owes(objector, DEPOSIT);
    }

    function test_NTC_30_payerAndRecipientAreActive() public {
        _lapsed(objector);
        vm.prank(objector);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, stranger));
        notice.withdraw(objector, address(currency), stranger);
        suspend(objector);
        vm.prank(objector);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, objector));
        notice.withdraw(objector, address(currency), other);
        participants.reinstate(objector, REASON);
        Check.same(withdrawAs(objector), DEPOSIT, "after the reinstatement");
    }

    /// @notice NTC-31 Deposits that are held are those that are open or credited, and what came in has gone out in the end.
    function testFuzz_NTC_31_depositsAreConserved(uint256 seed) public {
        uint256 paidIn;
        for (uint32 number = 1; number <= 12; ++number) {
            uint256 word = uint256(keccak256(abi.encode(seed, number)));
            if (notice.proceedingOf(id).end.isOver() || assets.statusOf(id) == AssetStatus.Struck) break;
            paidIn += notice.objectionOf(id, objectAs(word % 2 == 0 ? objector : other)).deposit;
            uint32 target = uint32((word >> 8) % number) + 1;
            if (notice.objectionOf(id, target).state == ObjectionState.Open && !_overdue(target)) {
                if ((word >> 16) % 3 == 0) notice.decide(id, target, (word >> 24) % 8 == 0, REASON);
            }
            pass((word >> 32) % 900, (word >> 64) % 2);
            Check.same(currency.balanceOf(address(notice)), paidIn, "held");
            Check.same(_openDeposits() + _credited(), paidIn, "owed");
        }
        pass(NOTICE_TIME + DECISION_TIME, NOTICE_BLOCKS + DECISION_BLOCKS);
        Proceeding memory p = notice.proceedingOf(id);
        for (uint32 number = 1; number <= p.objections; ++number) {
            if (notice.objectionOf(id, number).state == ObjectionState.Open) notice.lapse(id, number);
        }
        Check.same(_credited(), paidIn, "all credited");
        address[3] memory people = [holder, objector, other];
        uint256 paidOut;
        for (uint256 i = 0; i < 3; ++i) {
            if (notice.depositOf(people[i], address(currency)) != 0) paidOut += withdrawAs(people[i]);
        }
        Check.same(paidOut, paidIn, "paid out");
        Check.same(currency.balanceOf(address(notice)), 0, "nothing left");
    }

    /// @dev Callable with `expectRevert`, which sees the next call only.
    function moveFor(address from, address to, uint256 units) external {
        moveAs(from, to, units);
    }

    function _isRunning(Deadline until) private {
        Check.holds(!notice.isOver(id), "running");
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Running.selector, id, until));
        notice.close(id);
        expectUnderNotice();
        this.moveFor(holder, other, 1);
    }

    function _explains(bytes4 expected) private view {
        (bool ok, bytes4 reason) = assets.explainTransfer(holder, holder, other, token, 1);
        Check.holds(ok == (expected == 0) && reason == expected, "explained");
        Check.holds(assets.canTransfer(holder, other, token, 1) == ok, "canTransfer");
    }

    function _claim(address account) private returns (uint256) {
        AssetId[] memory ids = new AssetId[](1);
        ids[0] = id;
        uint256 before = currency.balanceOf(account);
        vm.prank(account);
        assets.claim(ids, account);
        return currency.balanceOf(account) - before;
    }

    function _lapsed(address account) private {
        objectAs(account);
        passDecision();
        notice.lapse(id, 1);
    }

    function _admit(address account) private {
        participants.admit(account, DOMAIN, ParticipantKind.Organisation, 0);
    }

    function _registerFree(bytes32 salt) private returns (AssetId asset) {
        setTerms(0, 0, 0);
        asset = registerAsset(holder, 10, salt);
        setTerms(NOTICE_TIME, DECISION_TIME, DEPOSIT_UNITS);
    }

    function _overdue(uint32 number) private view returns (bool) {
        return notice.objectionOf(id, number).decideBy.isOver();
    }

    function _openDeposits() private view returns (uint256) {
        return notice.proceedingOf(id).open * DEPOSIT;
    }

    function _credited() private view returns (uint256) {
        return
            notice.depositOf(holder, address(currency)) +
            notice.depositOf(objector, address(currency)) +
            notice.depositOf(other, address(currency));
    }
}
