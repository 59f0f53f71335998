// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {NoticeTerms, ObjectionState} from "../../contracts/assets/NoticeTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {Deadline, Window, WindowLib} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice A domain with a notice, whose registrar is this contract, and an asset of `holder` that is under it.
abstract contract NoticeTest is SystemTest {
    uint48 internal constant NOTICE_TIME = 5_000;
    uint48 internal constant NOTICE_BLOCKS = 7;
    uint48 internal constant DECISION_TIME = 8_000;
    uint48 internal constant DECISION_BLOCKS = 11;
    uint32 internal constant DEPOSIT_UNITS = 20;
    uint256 internal constant DEPOSIT = 20e6;
    bytes32 internal constant REASON = keccak256("statement of reasons");

    address internal holder = address(0xA11CE);
    address internal objector = address(0xB0B);
    address internal other = address(0xCA401);
    address internal stranger = address(0x5714A);
    AssetId internal id;
    uint256 internal token;

    function setUpNotice() internal {
        setUpSystem();
        vm.roll(1_000);
        address[3] memory people = [holder, objector, other];
        for (uint256 i = 0; i < 3; ++i) {
            enrol(people[i]);
            vm.prank(people[i]);
            currency.approve(address(notice), type(uint256).max);
        }
        setTerms(NOTICE_TIME, DECISION_TIME, DEPOSIT_UNITS);
        id = registerAsset(holder, 1_000, "asset");
        token = AssetId.unwrap(id);
    }

    function setTerms(uint48 noticeTime, uint48 decisionTime, uint32 deposit) internal {
        notice.setTerms(DOMAIN, terms(noticeTime, decisionTime, deposit));
    }

    function terms(uint48 noticeTime, uint48 decisionTime, uint32 deposit) internal pure returns (NoticeTerms memory) {
        return NoticeTerms(Window(noticeTime, NOTICE_BLOCKS), Window(decisionTime, DECISION_BLOCKS), deposit);
    }

    function objectAs(address account) internal returns (uint32) {
        vm.prank(account);
        return notice.object(id, REASON);
    }

    function passNotice() internal {
        pass(NOTICE_TIME, NOTICE_BLOCKS);
    }

    function passDecision() internal {
        pass(DECISION_TIME, DECISION_BLOCKS);
    }

    function pass(uint256 second, uint256 height) internal {
        vm.warp(block.timestamp + second);
        vm.roll(block.number + height);
    }

    function deadlineIn(uint48 second, uint48 height) internal view returns (Deadline) {
        return WindowLib.deadline(uint48(block.timestamp) + second, uint48(block.number) + height);
    }

    function withdrawAs(address account) internal returns (uint256) {
        vm.prank(account);
        return notice.withdraw(account, address(currency), account);
    }

    function moveAs(address from, address to, uint256 units) internal {
        vm.prank(from);
        assets.safeTransferFrom(from, to, token, units, "");
    }

    function expectUnderNotice() internal {
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_UnderNotice.selector, id));
    }

    function expectEnded(uint32 number, ObjectionState state) internal {
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_ObjectionEnded.selector, id, number, state));
    }

    function hasState(uint32 number, ObjectionState state) internal view {
        Check.same(uint256(notice.objectionOf(id, number).state), uint256(state), "state of the objection");
    }

    function hasStatus(AssetStatus status) internal view {
        Check.same(uint256(assets.statusOf(id)), uint256(status), "status of the asset");
    }

    function owes(address account, uint256 amount) internal view {
        Check.same(notice.depositOf(account, address(currency)), amount, "credited deposit");
    }

    /// @notice Suspends a participant, with the registrar's usual reason.
    function suspend(address account) internal {
        participants.suspend(account, REASON);
    }

    function handOver(address account) internal {
        AssetId[] memory ids = new AssetId[](1);
        ids[0] = id;
        assets.handOver(account, ids);
    }
}
