// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {ISupervision} from "../../contracts/assets/ISupervision.sol";
import {NoticeTerms} from "../../contracts/assets/NoticeTypes.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Window} from "../../contracts/types/Window.sol";
import {equal} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Supervisors and registrars who go further than they may, and owners who would rather not be reached. From here on
/// the registrar has no role, and the supervisor is nobody's registrar.
contract PowersAdversaryTest is OfficesTest {
    uint256 private constant SELLER_KEY = 0x5E11E4;
    uint64 private constant SUPERVISING = 3;

    Reenterer private _attacker;

    function setUp() public {
        setUpOffices();
        // The supervisor holds the role alone here, and not every role there is.
        bytes4[] memory functions = new bytes4[](5);
        functions[0] = ISupervision.freeze.selector;
        functions[1] = ISupervision.release.selector;
        functions[2] = ISupervision.suspend.selector;
        functions[3] = ISupervision.reinstate.selector;
        functions[4] = ISupervision.carryOutMove.selector;
        manager.setTargetFunctionRole(address(supervision), functions, SUPERVISING);
        manager.grantRole(SUPERVISING, SUPERVISOR, 0);
        manager.revokeRole(0, SUPERVISOR);
        enrol(vm.addr(SELLER_KEY));
        _attacker = new Reenterer();
        admitContract(address(_attacker));
        replaceRegistrar();
    }

    function test_SUP_40_aSupervisorAloneMovesNothing() public {
        ForcedMove memory move = moveOf(BOB, SUPERVISOR, 30);
        bytes32 moveId = keccak256(abi.encode(move));
        vm.startPrank(SUPERVISOR);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotRegistrar.selector, DOMAIN, SUPERVISOR));
        supervision.proposeMove(move);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_NotProposed.selector, moveId));
        supervision.carryOutMove(move);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_OnlyOffice.selector, supervision, SUPERVISOR));
        assets.forcedTransfer(BOB, SUPERVISOR, token, 30);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, SUPERVISOR, BOB));
        assets.safeTransferFrom(BOB, SUPERVISOR, token, 30, "");
        vm.stopPrank();
        equal(heldBy(BOB), 30, "nothing moved");
    }

    function test_SUP_41_aRegistrarAloneMovesNothing() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 30);
        vm.startPrank(REGISTRAR);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, REGISTRAR));
        supervision.carryOutMove(move);
        bytes4 carryOut = ISupervision.carryOutMove.selector;
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessManager.AccessManagerUnauthorizedCall.selector,
                REGISTRAR,
                supervision,
                carryOut
            )
        );
        manager.execute(address(supervision), abi.encodeCall(ISupervision.carryOutMove, (move)));
        vm.stopPrank();
        equal(heldBy(BOB), 30, "nothing moved");
    }

    function test_SUP_42_aRegistrarWhoSupervisesTooMovesNothingAlone() public {
        manager.grantRole(SUPERVISING, REGISTRAR, 0);
        ForcedMove memory move = moveOf(BOB, DAVE, 30);
        bytes memory call = abi.encodeCall(ISupervision.carryOutMove, (move));
        vm.startPrank(REGISTRAR);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_SamePerson.selector, REGISTRAR));
        supervision.carryOutMove(move);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_SamePerson.selector, manager));
        manager.execute(address(supervision), call);
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(manager.execute, (address(supervision), call));
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_SamePerson.selector, manager));
        manager.multicall(calls);
        vm.stopPrank();
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        equal(heldBy(DAVE), 30, "somebody else does");
    }

    function test_SUP_43_aSupervisorBehindADelayCarriesOutInPerson() public {
        manager.grantRole(SUPERVISING, CAROL, 500);
        ForcedMove memory move = moveOf(BOB, DAVE, 30);
        vm.prank(REGISTRAR);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        vm.startPrank(CAROL);
        manager.schedule(address(supervision), abi.encodeCall(ISupervision.carryOutMove, (move)), 0);
        vm.warp(block.timestamp + 500);
        supervision.carryOutMove(move);
        vm.stopPrank();
        equal(heldBy(DAVE), 30, "moved");
    }

    function test_SUP_44_whatWasScheduledBeforeTheRegistrarLeftIsNotCarriedOut() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 30);
        vm.prank(REGISTRAR);
        bytes32 moveId = supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        participants.changeRegistrar(DOMAIN, STRANGER);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_RegistrarChanged.selector, moveId, REGISTRAR));
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        vm.prank(STRANGER);
        supervision.proposeMove(move);
        participants.changeRegistrar(DOMAIN, REGISTRAR);
        passWindow(MOVE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(ISupervision.Supervision_RegistrarChanged.selector, moveId, STRANGER));
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
    }

    function test_SUP_45_anOwnerEscapesAMoveByTransferUnlessItIsFrozenFirst() public {
        ForcedMove memory move = moveOf(BOB, DAVE, 30);
        vm.prank(REGISTRAR);
        supervision.proposeMove(move);
        send(BOB, CAROL, 1);
        passWindow(MOVE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, BOB, 29, 30, token));
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        send(CAROL, BOB, 1);
        freeze(BOB, type(uint256).max);
        vm.expectRevert(stays(BOB, 1, 0));
        send(BOB, CAROL, 1);
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        equal(heldBy(DAVE), 30, "moved");
    }

    function test_SUP_46_aReceiverOfAForcedMoveGetsNothingMoreByCallingBack() public {
        manager.grantRole(SUPERVISING, address(_attacker), 0);
        ForcedMove memory move = moveOf(BOB, address(_attacker), 10);
        vm.prank(REGISTRAR);
        bytes32 moveId = supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        calls[0] = Reenterer.Call(address(supervision), abi.encodeCall(ISupervision.carryOutMove, (move)));
        _attacker.prepare(calls);
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        equal(bytes32(_attacker.reasons(0)), bytes32(ISupervision.Supervision_NotProposed.selector), "once");
        equal(heldBy(address(_attacker)), 10, "no more");
        (address registrar, , ) = supervision.moveOf(moveId);
        equal(registrar, address(0), "done");
    }

    function test_SUP_47_aFreezeBetweenOrderAndFillStopsTheFillForItsTermOnly() public {
        Fill memory fill = _signedSale();
        freeze(fill.order.maker, 1);
        vm.expectRevert(stays(fill.order.maker, 10, 9));
        vm.prank(BOB);
        market.fill(fill);
        vm.warp(block.timestamp + FREEZE_TERM);
        vm.prank(BOB);
        market.fill(fill);
        equal(heldBy(BOB), 40, "sold");
    }

    function test_SUP_48_aSuspensionBetweenOrderAndFillStopsTheFillForItsTermOnly() public {
        Fill memory fill = _signedSale();
        vm.prank(SUPERVISOR);
        supervision.suspend(id, REASON);
        uint48 until = assets.suspendedUntil(id);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_Suspended.selector, id, until));
        vm.prank(BOB);
        market.fill(fill);
        vm.warp(until);
        vm.prank(BOB);
        market.fill(fill);
        equal(heldBy(BOB), 40, "sold");
    }

    function test_SUP_49_aForcedMoveWaitsForTheEndOfAPublicNotice() public {
        notice.setTerms(DOMAIN, NoticeTerms(Window(50_000, BLOCKS), Window(700, BLOCKS), 0));
        AssetId early = registerAsset(ALICE, 7, "early");
        ForcedMove memory move = moveOf(ALICE, DAVE, 7);
        move.id = early;
        vm.prank(REGISTRAR);
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_UnderNotice.selector, early));
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        passWindow(50_000);
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
        equal(assets.balanceOf(DAVE, AssetId.unwrap(early)), 7, "after it");
    }

    function test_SUP_50_aReleaseFreesOnlyWhatItNames() public {
        (AssetId other, uint256 number) = registerSpread("other", 0);
        freeze(BOB, 30);
        vm.startPrank(SUPERVISOR);
        supervision.freeze(BOB, other, 30, REASON);
        supervision.freeze(CAROL, id, 20, REASON);
        supervision.release(BOB, other, REASON);
        vm.stopPrank();
        vm.prank(BOB);
        assets.safeTransferFrom(BOB, DAVE, number, 30, "");
        vm.expectRevert(stays(BOB, 1, 0));
        send(BOB, DAVE, 1);
        vm.expectRevert(stays(CAROL, 1, 0));
        send(CAROL, DAVE, 1);
    }

    function _signedSale() private returns (Fill memory) {
        address seller = vm.addr(SELLER_KEY);
        send(ALICE, seller, 10);
        Order memory order = sampleOrder(seller, id, Side.Sell);
        order.units = 10;
        return Fill(order, signOrder(SELLER_KEY, order), 10, type(uint256).max);
    }
}
