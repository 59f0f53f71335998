// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {ISupervision} from "../../contracts/assets/ISupervision.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Freezes and suspensions: by whom, with a reason, and for how long.
contract SupervisionTest is OfficesTest {
    function setUp() public {
        setUpOffices();
    }

    function test_SUP_01_aFreezeIsOnRecordWithItsReasonAndItsEnd() public {
        uint48 until = uint48(block.timestamp) + FREEZE_TERM;
        vm.expectEmit(true, true, true, true, address(assets));
        emit IERC7943MultiToken.Frozen(BOB, token, 10);
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.UnitsFrozen(BOB, id, 10, SUPERVISOR, REASON, until);
        freeze(BOB, 10);
        equal(assets.getFrozenTokens(BOB, token), 10, "frozen");
        equal(assets.frozenUntil(BOB, token), until, "until");
        equal(assets.getFrozenTokens(CAROL, token), 0, "nobody else's");
    }

    function test_SUP_02_everyActOfASupervisorHasAReason() public {
        vm.startPrank(SUPERVISOR);
        supervision.freeze(BOB, id, 10, REASON);
        supervision.suspend(id, REASON);
        bytes memory noReason = abi.encodeWithSelector(ISupervision.Supervision_NoReason.selector);
        vm.expectRevert(noReason);
        supervision.freeze(CAROL, id, 10, 0);
        vm.expectRevert(noReason);
        supervision.release(BOB, id, 0);
        vm.expectRevert(noReason);
        supervision.suspend(id, 0);
        vm.expectRevert(noReason);
        supervision.reinstate(id, 0);
        vm.stopPrank();
    }

    function test_SUP_03_aFreezeIsOfOneUnitAtLeastOnAKnownAsset() public {
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NoUnits.selector));
        freeze(BOB, 0);
        AssetId unknown = AssetId.wrap(7);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, unknown));
        vm.prank(SUPERVISOR);
        supervision.freeze(BOB, unknown, 1, REASON);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, unknown));
        vm.prank(SUPERVISOR);
        supervision.suspend(unknown, REASON);
    }

    function test_SUP_04_aFreezeEndsByItselfAtItsSecond() public {
        freeze(BOB, 30);
        vm.warp(assets.frozenUntil(BOB, token) - 1);
        vm.expectRevert(stays(BOB, 1, 0));
        send(BOB, DAVE, 1);
        vm.warp(block.timestamp + 1);
        equal(assets.getFrozenTokens(BOB, token), 0, "over");
        send(BOB, DAVE, 30);
    }

    function test_SUP_05_anotherFreezeTakesThePlaceOfTheFirstFromNowOn() public {
        freeze(BOB, 30);
        vm.warp(block.timestamp + FREEZE_TERM - 1);
        freeze(BOB, 5);
        equal(assets.frozenUntil(BOB, token), block.timestamp + FREEZE_TERM, "the whole term");
        send(BOB, DAVE, 25);
        vm.warp(block.timestamp + FREEZE_TERM - 1);
        vm.expectRevert(stays(BOB, 1, 0));
        send(BOB, DAVE, 1);
        vm.warp(block.timestamp + 1);
        send(BOB, DAVE, 5);
    }

    function test_SUP_06_aReleaseEndsAFreezeAndNothingElse() public {
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotFrozen.selector, BOB, id));
        release(BOB);
        freeze(BOB, 30);
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.UnitsReleased(BOB, id, SUPERVISOR, REASON);
        release(BOB);
        equal(assets.frozenUntil(BOB, token), 0, "no end");
        send(BOB, DAVE, 30);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotFrozen.selector, BOB, id));
        release(BOB);
    }

    function test_SUP_07_aSuspensionStopsTransfersUntilItsSecond() public {
        uint48 until = uint48(block.timestamp) + FREEZE_TERM;
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.AssetSuspended(id, until);
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.Suspended(id, SUPERVISOR, REASON, until);
        _suspend();
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Suspended.selector, id, until));
        send(BOB, DAVE, 1);
        vm.warp(until);
        send(BOB, DAVE, 1);
    }

    function test_SUP_08_aSuspensionIsRenewedFromNowOn() public {
        _suspend();
        vm.warp(block.timestamp + FREEZE_TERM - 1);
        _suspend();
        uint48 until = uint48(block.timestamp) + FREEZE_TERM;
        equal(assets.suspendedUntil(id), until, "the whole term");
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Suspended.selector, id, until));
        send(BOB, DAVE, 1);
    }

    function test_SUP_09_aSupervisorEndsASuspensionBeforeItsTime() public {
        bytes memory notSuspended = abi.encodeWithSelector(ISupervision.Supervision_NotSuspended.selector, id);
        vm.expectRevert(notSuspended);
        _reinstate();
        _suspend();
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.Reinstated(id, SUPERVISOR, REASON);
        _reinstate();
        equal(assets.suspendedUntil(id), 0, "over");
        send(BOB, DAVE, 1);
        vm.expectRevert(notSuspended);
        _reinstate();
    }

    function test_SUP_10_anyoneClearsASuspensionWhoseTimeIsOver() public {
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotSuspended.selector, id));
        supervision.lift(id);
        _suspend();
        uint48 until = assets.suspendedUntil(id);
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotOver.selector, id, until));
        vm.prank(STRANGER);
        supervision.lift(id);
        vm.warp(until);
        vm.expectEmit(true, true, true, true, address(supervision));
        emit ISupervision.Reinstated(id, STRANGER, 0);
        vm.prank(STRANGER);
        supervision.lift(id);
        equal(assets.suspendedUntil(id), 0, "cleared");
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotSuspended.selector, id));
        supervision.lift(id);
    }

    function test_SUP_11_aSuspensionLeavesTheStatusAndEndsWithIt() public {
        vm.prank(ALICE);
        assets.retire(id);
        _suspend();
        isTrue(assets.statusOf(id) == AssetStatus.Retired, "still retired");
        uint48 until = assets.suspendedUntil(id);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Suspended.selector, id, until));
        send(BOB, DAVE, 1);
        _reinstate();
        isTrue(assets.statusOf(id) == AssetStatus.Retired, "retired as before");
        send(BOB, DAVE, 1);
    }

    function test_SUP_12_revenueIsPaidUnderFreezeAndSuspension() public {
        freeze(BOB, 30);
        _suspend();
        distribute(1_000);
        vm.prank(BOB);
        assets.claim(only(id), BOB);
        equal(currency.balanceOf(BOB), 1e18 + 300, "paid");
    }

    function test_SUP_13_onlyASupervisorFreezesReleasesSuspendsAndReinstates() public {
        freeze(BOB, 10);
        _suspend();
        replaceRegistrar();
        address[3] memory others = [REGISTRAR, ALICE, STRANGER];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory refused = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, others[i]);
            vm.startPrank(others[i]);
            vm.expectRevert(refused);
            supervision.freeze(BOB, id, 30, REASON);
            vm.expectRevert(refused);
            supervision.release(BOB, id, REASON);
            vm.expectRevert(refused);
            supervision.suspend(id, REASON);
            vm.expectRevert(refused);
            supervision.reinstate(id, REASON);
            vm.stopPrank();
        }
    }

    function test_SUP_14_theRegisterTakesOrdersFromItsOfficeAlone() public {
        address[3] memory others = [SUPERVISOR, address(this), address(votes)];
        for (uint256 i = 0; i < others.length; ++i) {
            bytes memory refused = abi.encodeWithSelector(
                IDataAsset.Assets_OnlyOffice.selector,
                supervision,
                others[i]
            );
            vm.startPrank(others[i]);
            vm.expectRevert(refused);
            assets.setFrozenTokens(BOB, token, 1);
            vm.expectRevert(refused);
            assets.forcedTransfer(BOB, DAVE, token, 1);
            vm.expectRevert(refused);
            assets.setSuspended(id, true);
            vm.stopPrank();
        }
    }

    /// @notice SUP_15 Whatever was frozen and locked when, exactly the units beyond both leave, until both are over.
    function testFuzz_SUP_15_exactlyTheRestMoves(uint256 frozen, uint256 locked, uint256 units, uint48 wait) public {
        frozen = 1 + (frozen % 70);
        locked = 1 + (locked % 50);
        units = units % 51;
        wait = uint48(wait % (2 * FREEZE_TERM));
        freeze(ALICE, frozen);
        if (frozen < 50 && locked <= 50 - frozen) vote(ALICE, DAVE, locked);
        else locked = 0;
        vm.warp(block.timestamp + wait);
        uint256 stay = (wait < FREEZE_TERM ? frozen : 0) + locked;
        uint256 free = stay < 50 ? 50 - stay : 0;
        if (units > free) vm.expectRevert(stays(ALICE, units, free));
        send(ALICE, DAVE, units);
        equal(heldBy(DAVE), units > free ? 0 : units, "moved");
    }

    function _suspend() private {
        vm.prank(SUPERVISOR);
        supervision.suspend(id, REASON);
    }

    function _reinstate() private {
        vm.prank(SUPERVISOR);
        supervision.reinstate(id, REASON);
    }
}
