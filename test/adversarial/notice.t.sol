// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {DomainId, ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {Deadline} from "../../contracts/types/Window.sol";
import {NoticeTest} from "../assets/NoticeTest.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";

/// @notice Objectors who grieve, registrars who are silent, hostile, replaced or party, and parties who change meanwhile.
contract NoticeAdversaryTest is NoticeTest {
    uint256 private constant SELLER_KEY = 0x5E11E4;

    address private registrar = address(0x4E6157);
    address private heir = address(0x4E14);
    address private lastHeir = address(0x1A57);

    function setUp() public {
        setUpNotice();
        enrol(heir);
        enrol(lastHeir);
    }

    /// @notice NTC-50 A crowd of objections ends with the last one's time, and the cost of asking does not grow with it.
    function test_NTC_50_aCrowdOfObjectionsDelaysNoLongerThanOne() public {
        Deadline end = notice.proceedingOf(id).end;
        objectAs(objector);
        uint256 snapshot = vm.snapshotState();
        passNotice();
        uint256 gasOfOne = _gasOfIsOver();
        vm.revertToState(snapshot);
        pass(NOTICE_TIME - 1, NOTICE_BLOCKS);
        for (uint256 i = 0; i < 150; ++i) objectAs(i % 2 == 0 ? objector : other);
        vm.warp(end.time() + DECISION_TIME - 2);
        vm.roll(block.number + DECISION_BLOCKS);
        // Reading one objection more would cost a hundred at least.
        Check.atMost(_gasOfIsOver(), gasOfOne + 50, "cost of asking");
        expectUnderNotice();
        this.moveFor(holder, other, 1);
        vm.warp(end.time() + DECISION_TIME - 1);
        Check.same(notice.proceedingOf(id).open, 151, "open");
        moveAs(holder, other, 1);
        notice.close(id);
        snapshot = vm.snapshotState();
        notice.lapse(id, 78);
        owes(objector, DEPOSIT);
        vm.revertToState(snapshot);
        for (uint32 number = 151; number != 0; --number) notice.lapse(id, number);
        Check.same(withdrawAs(objector) + withdrawAs(other), 151 * DEPOSIT, "every deposit came back");
    }

    /// @notice NTC-51 Without an open objection in its time, no registrar strikes anything off, before the end or after it.
    function test_NTC_51_aHostileRegistrarNeedsAnObjectionInTime() public {
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_ObjectionUnknown.selector, id, 1));
        notice.decide(id, 1, true, REASON);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_OnlyOffice.selector, address(notice), address(this)));
        assets.strike(id, REASON);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_OnlyOffice.selector, address(notice), address(this)));
        assets.endNotice(id);
        pass(NOTICE_TIME - 1, NOTICE_BLOCKS);
        objectAs(objector);
        objectAs(objector);
        notice.decide(id, 1, false, REASON);
        Deadline by = notice.objectionOf(id, 2).decideBy;
        passDecision();
        moveAs(holder, other, 500);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_DecisionOverdue.selector, id, 2, by));
        notice.decide(id, 2, true, REASON);
        hasStatus(AssetStatus.Registered);
    }

    /// @notice NTC-51 Whatever comes when: what has moved by itself is never struck off.
    function testFuzz_NTC_51_nothingIsStruckOffOnceItMoved(uint256 seed) public {
        uint256 sent;
        for (uint256 i = 0; i < 24; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            pass(word % 1_500, (word >> 64) % 4);
            (bool moved, ) = address(this).call(abi.encodeCall(this.moveFor, (holder, other, 1)));
            if (moved) ++sent;
            (bool objected, ) = address(this).call(abi.encodeCall(this.objectFor, (objector)));
            Check.holds(!(moved && objected), "moving and contested at once");
            uint32 objections = notice.proceedingOf(id).objections;
            if (objections == 0 || word >> 248 > 40) continue;
            uint32 number = uint32((word >> 128) % objections) + 1;
            (bool decided, ) = address(notice).call(abi.encodeCall(notice.decide, (id, number, word & 1 == 0, REASON)));
            Check.holds(!decided || sent == 0, "decided after units moved");
        }
        bool struck = assets.statusOf(id) == AssetStatus.Struck;
        Check.holds(!struck || assets.balanceOf(holder, token) == 1_000, "struck off with units elsewhere");
    }

    /// @notice NTC-52 A registrar who was replaced decides nothing; the new one decides what was objected to before.
    function test_NTC_52_theRegistrarOfTheDayDecides() public {
        objectAs(objector);
        participants.changeRegistrar(DOMAIN, registrar);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotRegistrar.selector, DOMAIN, address(this)));
        notice.decide(id, 1, true, REASON);
        vm.prank(registrar);
        notice.decide(id, 1, false, REASON);
        owes(holder, DEPOSIT);
    }

    /// @notice NTC-53 A registrar decides nothing in its own favour; a new registrar decides.
    function test_NTC_53_aRegistrarWhoIsPartyDoesNotDecideForItself() public {
        objectAs(objector);
        address[2] memory parties = [holder, objector];
        for (uint256 i = 0; i < 2; ++i) {
            participants.changeRegistrar(DOMAIN, parties[i]);
            vm.prank(parties[i]);
            vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Conflict.selector, id, parties[i]));
            notice.decide(id, 1, parties[i] == objector, REASON);
        }
        participants.changeRegistrar(DOMAIN, other);
        vm.prank(other);
        notice.decide(id, 1, true, REASON);
        hasStatus(AssetStatus.Struck);
    }

    /// @notice NTC-76 Else whoever copies data would only have to name the registrar as its operator.
    function test_NTC_76_aRegistrarNamedAsOperatorStillStrikesOff() public {
        address office = address(this);
        participants.admit(office, DOMAIN, ParticipantKind.PublicBody, 0);
        Registration memory r = sampleRegistration(holder, 1_000, "shielded");
        r.operator = office;
        vm.prank(holder);
        id = assets.register(r);
        objectAs(objector);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Conflict.selector, id, office));
        notice.decide(id, 1, false, REASON);
        notice.decide(id, 1, true, REASON);
        hasStatus(AssetStatus.Struck);
    }

    /// @notice NTC-53 Who has become the holder since is party as well, and who was it is no longer.
    function test_NTC_53_thePartiesAreThoseOfTheDay() public {
        setTerms(SUCCESSION_WINDOW * 2, SUCCESSION_WINDOW * 2, DEPOSIT_UNITS);
        id = registerAsset(holder, 1_000, "inherited");
        objectAs(objector);
        succeed(holder, heir);
        participants.changeRegistrar(DOMAIN, heir);
        handOver(holder);
        vm.prank(heir);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Conflict.selector, id, heir));
        notice.decide(id, 1, false, REASON);
        participants.changeRegistrar(DOMAIN, holder);
        vm.prank(holder);
        notice.decide(id, 1, false, REASON);
        owes(heir, DEPOSIT);
    }

    /// @notice NTC-54 A registrar's office is its domain's: suspended or revoked as a participant, it decides, and cannot object.
    function test_NTC_54_theOfficeIsNotTheParticipant() public {
        objectAs(objector);
        objectAs(objector);
        participants.changeRegistrar(DOMAIN, other);
        vm.startPrank(other);
        participants.suspend(other, REASON);
        notice.decide(id, 1, false, REASON);
        participants.revoke(other, REASON);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, other));
        notice.object(id, REASON);
        notice.decide(id, 2, true, REASON);
        vm.stopPrank();
        hasStatus(AssetStatus.Struck);
    }

    /// @notice NTC-55 An objection outlives its objector: suspended or revoked meanwhile, it is decided, and its deposit waits.
    function test_NTC_55_theDepositWaitsForASuspendedObjector() public {
        for (uint256 i = 0; i < 3; ++i) objectAs(objector);
        suspend(objector);
        notice.decide(id, 1, true, REASON);
        notice.lapse(id, 2);
        participants.revoke(objector, REASON);
        notice.lapse(id, 3);
        owes(objector, 3 * DEPOSIT);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, objector));
        this.withdrawFor(objector, objector, other);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotPayee.selector, objector, heir));
        this.withdrawFor(heir, objector, heir);
        participants.admit(objector, DOMAIN, ParticipantKind.Organisation, 0);
        Check.same(withdrawAs(objector), 3 * DEPOSIT, "after readmission");
    }

    /// @notice NTC-56 What a lost objector gets reaches its successor, credited before or after, down a chain of successors.
    function test_NTC_56_theDepositReachesTheSuccessor() public {
        objectAs(objector);
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        participants.revoke(objector, REASON);
        succeed(objector, heir);
        notice.lapse(id, 2);
        uint256 snapshot = vm.snapshotState();
        this.withdrawFor(heir, objector, lastHeir);
        Check.same(currency.balanceOf(lastHeir), 1e18 + 2 * DEPOSIT, "paid to whom the successor says");
        vm.revertToState(snapshot);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, objector));
        this.withdrawFor(objector, objector, heir);
        succeed(heir, lastHeir);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotPayee.selector, objector, heir));
        this.withdrawFor(heir, objector, heir);
        this.withdrawFor(lastHeir, objector, lastHeir);
        Check.same(currency.balanceOf(lastHeir), 1e18 + 2 * DEPOSIT, "paid");
    }

    /// @notice NTC-57 A dismissed objection's deposit is the holder's of the day, active or not, and its successor's after it.
    function test_NTC_57_theDepositOfASuspendedHolderWaits() public {
        objectAs(objector);
        suspend(holder);
        notice.decide(id, 1, false, REASON);
        owes(holder, DEPOSIT);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_Inactive.selector, holder));
        this.withdrawFor(holder, holder, other);
        succeed(holder, heir);
        this.withdrawFor(heir, holder, heir);
        Check.same(currency.balanceOf(heir), 1e18 + DEPOSIT, "paid");
    }

    /// @notice NTC-58 A receiver that calls back while its registration is being made is under notice already.
    function test_NTC_58_noMoveFromWithinTheRegistration() public {
        Reenterer contractHolder = new Reenterer();
        address account = address(contractHolder);
        participants.admit(account, DOMAIN, ParticipantKind.Organisation, 0);
        id = assets.assetIdOf(account, sampleRelease("contract").root);
        Reenterer.Call[] memory calls = new Reenterer.Call[](2);
        bytes memory data = abi.encodeCall(assets.safeTransferFrom, (account, other, AssetId.unwrap(id), 1_000, ""));
        calls[0] = Reenterer.Call(address(assets), data);
        calls[1] = Reenterer.Call(address(notice), abi.encodeCall(notice.close, (id)));
        contractHolder.prepare(calls);
        registerAsset(account, 1_000, "contract");
        Check.same(contractHolder.attempts(), 2, "attempts");
        Check.holds(contractHolder.reasons(0) == IDataAsset.Assets_UnderNotice.selector, "transfer refused");
        Check.holds(contractHolder.reasons(1) == INotice.Notice_Running.selector, "closing refused");
        Check.same(assets.balanceOf(account, AssetId.unwrap(id)), 1_000, "units");
    }

    /// @notice NTC-59 Orders under notice and after a strike are refused for the asset's reason, and explained by it.
    function test_NTC_59_ordersAreRefusedWithTheReason() public {
        address seller = vm.addr(SELLER_KEY);
        enrol(seller);
        id = registerAsset(seller, 1_000, "sold");
        Order memory order = sampleOrder(seller, id, Side.Sell);
        Fill memory f = Fill(order, signOrder(SELLER_KEY, order), 10, type(uint256).max);
        _refusesFill(f, abi.encodeWithSelector(IDataAsset.Assets_UnderNotice.selector, id));
        vm.prank(seller);
        market.post(order);
        f.signature = "";
        _refusesFill(f, abi.encodeWithSelector(IDataAsset.Assets_UnderNotice.selector, id));
        objectAs(objector);
        uint256 snapshot = vm.snapshotState();
        passDecision();
        (bool ok, bytes4 reason) = market.explainFill(other, f);
        Check.holds(ok && reason == 0, "afterwards");
        vm.prank(other);
        market.fill(f);
        Check.same(assets.balanceOf(other, AssetId.unwrap(id)), 10, "bought");
        vm.revertToState(snapshot);
        notice.decide(id, 1, true, REASON);
        uint256 before = currency.balanceOf(other);
        _refusesFill(f, abi.encodeWithSelector(IDataAsset.Assets_NotInForce.selector, id, AssetStatus.Struck));
        Check.same(currency.balanceOf(other), before, "nothing paid");
    }

    /// @notice NTC-60 A suspension ends no notice and a notice no suspension; the notice is named first.
    function test_NTC_60_noticeAndSuspensionTogether() public {
        vm.prank(SUPERVISOR);
        supervision.suspend(id, REASON);
        expectUnderNotice();
        this.moveFor(holder, other, 1);
        objectAs(objector);
        passDecision();
        uint48 until = assets.suspendedUntil(id);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Suspended.selector, id, until));
        this.moveFor(holder, other, 1);
        vm.warp(until);
        moveAs(holder, other, 1);
    }

    /// @notice NTC-61 The domain of a notice is the holder's at registration, whatever domain its successor is of.
    function test_NTC_61_theDomainStays() public {
        DomainId elsewhere = DomainId.wrap(44);
        participants.openDomain(elsewhere, registrar, "elsewhere");
        address foreign = address(0xF0);
        vm.prank(registrar);
        participants.admit(foreign, elsewhere, ParticipantKind.Organisation, 0);
        setTerms(SUCCESSION_WINDOW * 2, SUCCESSION_WINDOW * 2, 0);
        id = registerAsset(holder, 1_000, "moved away");
        objectAs(objector);
        succeed(holder, foreign);
        handOver(holder);
        vm.prank(registrar);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_NotRegistrar.selector, DOMAIN, registrar));
        notice.decide(id, 1, false, REASON);
        notice.decide(id, 1, true, REASON);
        hasStatus(AssetStatus.Struck);
    }

    function moveFor(address from, address to, uint256 units) external {
        moveAs(from, to, units);
    }

    function objectFor(address account) external {
        objectAs(account);
    }

    function withdrawFor(address caller, address account, address to) external {
        vm.prank(caller);
        notice.withdraw(account, address(currency), to);
    }

    function _refusesFill(Fill memory f, bytes memory refusal) private {
        (bool ok, bytes4 reason) = market.explainFill(other, f);
        Check.holds(!ok && reason == bytes4(refusal), "explained");
        vm.prank(other);
        vm.expectRevert(refusal);
        market.fill(f);
    }

    function _gasOfIsOver() private view returns (uint256) {
        // Once before, so that all it reads is warm.
        Check.holds(!notice.isOver(id), "not over");
        uint256 before = gasleft();
        notice.isOver(id);
        return before - gasleft();
    }
}
