// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {AnsweringReceiver} from "../../contracts/mocks/AnsweringReceiver.sol";
import {RecordingReceiver} from "../../contracts/mocks/RecordingReceiver.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {Vm, vm} from "../support/Vm.sol";

/// @notice Freezes, forced transfers and checks of parties as ERC-7943 has them.
contract ERC7943Test is SystemTest {
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    address private constant CAROL = address(0xCA501);

    uint256 private _id;

    function setUp() public {
        setUpSystem();
        enrol(ALICE);
        enrol(BOB);
        _id = AssetId.unwrap(registerAsset(ALICE, 100, "a"));
    }

    function test_AST_60_interfaceIdIsTheStandards() public view {
        isTrue(type(IERC7943MultiToken).interfaceId == bytes4(0x41c4fbad), "of the interface");
        isTrue(assets.supportsInterface(0x41c4fbad), "announced");
    }

    function test_AST_61_inactiveSenderAndReceiverAreRefused() public {
        vm.expectRevert(_error(IERC7943MultiToken.ERC7943CannotReceive.selector, CAROL));
        _send(ALICE, CAROL, 1);
        participants.suspend(ALICE, "reason");
        vm.expectRevert(_error(IERC7943MultiToken.ERC7943CannotSend.selector, ALICE));
        _send(ALICE, BOB, 1);
        vm.expectRevert(_error(IERC7943MultiToken.ERC7943CannotSend.selector, ALICE));
        _send(ALICE, CAROL, 1);
        vm.expectRevert(_error(IERC7943MultiToken.ERC7943CannotSend.selector, ALICE));
        _sendTwice(ALICE, BOB, 0, 0);
        participants.reinstate(ALICE, "reason");
        _send(ALICE, BOB, 1);
        equal(assets.balanceOf(BOB, _id), 1, "active again");
    }

    function test_AST_61_anOperatorNeedNotBeAParticipant() public {
        vm.prank(ALICE);
        assets.setApprovalForAll(CAROL, true);
        vm.prank(CAROL);
        assets.safeTransferFrom(ALICE, BOB, _id, 1, "");
        equal(assets.balanceOf(BOB, _id), 1, "moved");
    }

    function test_AST_62_canSendAndCanReceiveSayWhoIsActive() public {
        isTrue(assets.canSend(ALICE) && assets.canReceive(ALICE), "active");
        isTrue(!assets.canSend(CAROL) && !assets.canReceive(CAROL), "never admitted");
        participants.suspend(ALICE, "reason");
        isTrue(!assets.canSend(ALICE) && !assets.canReceive(ALICE), "suspended");
    }

    function test_AST_63_frozenUnitsStay() public {
        vm.expectEmit(true, true, true, true, address(assets));
        emit IERC7943MultiToken.Frozen(ALICE, _id, 60);
        isTrue(freezeUnits(ALICE, _id, 60), "says so");
        equal(assets.getFrozenTokens(ALICE, _id), 60, "frozen");
        vm.expectRevert(_unfrozen(ALICE, 41, 40));
        _send(ALICE, BOB, 41);
        _send(ALICE, BOB, 40);
        vm.expectRevert(_unfrozen(ALICE, 1, 0));
        _send(ALICE, BOB, 1);
        vm.expectRevert(_unfrozen(ALICE, 60, 0));
        _send(ALICE, ALICE, 60);
        _send(BOB, ALICE, 40);
        _send(ALICE, BOB, 40);
        equal(assets.getFrozenTokens(ALICE, _id), 60, "transfers do not wear a freeze off");
    }

    function test_AST_63_moreThanIsHeldIsShortOfUnitsNotFrozen() public {
        freezeUnits(ALICE, _id, 60);
        vm.expectRevert(_insufficient(ALICE, 100, 101));
        _send(ALICE, BOB, 101);
    }

    function test_AST_64_aFreezeMayExceedWhatIsHeld() public {
        freezeUnits(BOB, _id, 50);
        _send(ALICE, BOB, 50);
        vm.expectRevert(_unfrozen(BOB, 1, 0));
        _send(BOB, ALICE, 1);
        _send(ALICE, BOB, 10);
        _send(BOB, ALICE, 10);
        freezeUnits(BOB, _id, type(uint256).max);
        equal(assets.getFrozenTokens(BOB, _id), type(uint256).max, "kept whole");
        vm.expectRevert(_unfrozen(BOB, 50, 0));
        _send(BOB, ALICE, 50);
    }

    function test_AST_65_endOfAFreezeFreesTheUnits() public {
        freezeUnits(ALICE, _id, 100);
        freezeUnits(ALICE, _id, 30);
        _send(ALICE, BOB, 70);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IERC7943MultiToken.Frozen(ALICE, _id, 0);
        freezeUnits(ALICE, _id, 0);
        _send(ALICE, BOB, 30);
        equal(assets.balanceOf(BOB, _id), 100, "all moved");
    }

    function test_AST_66_repeatedIdsInABatchCannotPassAFreeze() public {
        freezeUnits(ALICE, _id, 50);
        vm.expectRevert(_unfrozen(ALICE, 21, 20));
        _sendTwice(ALICE, BOB, 30, 21);
        _sendTwice(ALICE, BOB, 30, 20);
        equal(assets.balanceOf(BOB, _id), 50, "exactly what was not frozen");
    }

    /// @notice However many parts a batch has, no more than the unfrozen units leave.
    function testFuzz_AST_66_batchesNeverPassAFreeze(uint8 frozen, uint8 first, uint8 second) public {
        freezeUnits(ALICE, _id, frozen);
        vm.prank(ALICE);
        (bool moved, ) = address(assets).call(
            abi.encodeCall(assets.safeBatchTransferFrom, (ALICE, BOB, _ids(), _values(first, second), ""))
        );
        uint256 free = frozen < 100 ? 100 - uint256(frozen) : 0;
        isTrue(moved == (uint256(first) + second <= free), "moves exactly if it is free");
        equal(assets.balanceOf(BOB, _id), moved ? uint256(first) + second : 0, "exact");
    }

    function test_AST_67_aFreezeHoldsForOneAccountAndOneAsset() public {
        uint256 other = AssetId.unwrap(registerAsset(ALICE, 100, "b"));
        _send(ALICE, BOB, 50);
        freezeUnits(ALICE, _id, 100);
        equal(assets.getFrozenTokens(BOB, _id) + assets.getFrozenTokens(ALICE, other), 0, "nobody else's");
        _send(BOB, ALICE, 50);
        vm.prank(ALICE);
        assets.safeTransferFrom(ALICE, BOB, other, 100, "");
        equal(assets.balanceOf(BOB, other), 100, "other asset moves");
    }

    function test_AST_68_unknownAssetsAreNeitherFrozenNorForced() public {
        bytes memory refusal = abi.encodeWithSelector(IDataAsset.Assets_Unknown.selector, 7);
        vm.expectRevert(refusal);
        freezeUnits(ALICE, 7, 1);
        vm.expectRevert(refusal);
        forceUnits(ALICE, BOB, 7, 0);
    }

    function test_AST_69_forcedTransferNeedsNoConsentNorRule() public {
        uint56 policy = policies.admit(new RefusingPolicy(0xdeadbeef));
        vm.prank(ALICE);
        policies.propose(AssetId.wrap(_id), policy);
        passWindow(POLICY_NOTICE);
        policies.enact(AssetId.wrap(_id), ALICE, new address[](0));
        suspendAsset(AssetId.wrap(_id));
        participants.revoke(ALICE, "reason");
        vm.expectEmit(true, true, true, true, address(assets));
        emit IERC1155.TransferSingle(address(supervision), ALICE, BOB, _id, 40);
        vm.expectEmit(true, true, true, true, address(assets));
        emit IERC7943MultiToken.ForcedTransfer(ALICE, BOB, _id, 40);
        isTrue(forceUnits(ALICE, BOB, _id, 40), "says so");
        equal(assets.balanceOf(ALICE, _id), 60, "from");
        equal(assets.balanceOf(BOB, _id), 40, "to");
    }

    function test_AST_70_forcedTransferReleasesOnlyWhatItNeeds() public {
        freezeUnits(ALICE, _id, 60);
        forceUnits(ALICE, BOB, _id, 40);
        equal(assets.getFrozenTokens(ALICE, _id), 60, "the unfrozen units were enough");

        vm.recordLogs();
        forceUnits(ALICE, BOB, _id, 10);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        equal(logs.length, 4, "four events");
        equal(logs[0].topics[0], IERC7943MultiToken.Frozen.selector, "release is announced first");
        equal(logs[0].topics[1], bytes32(uint256(uint160(ALICE))), "whose");
        equal(abi.decode(logs[0].data, (uint256)), 50, "what stays frozen");
        equal(logs[1].topics[0], IDataAsset.FrozenUntil.selector, "then until when");
        equal(logs[2].topics[0], IERC1155.TransferSingle.selector, "then the transfer");
        equal(logs[3].topics[0], IERC7943MultiToken.ForcedTransfer.selector, "then that it was forced");
        equal(assets.getFrozenTokens(ALICE, _id), 50, "released as far as needed");
        vm.expectRevert(_unfrozen(ALICE, 1, 0));
        _send(ALICE, BOB, 1);

        forceUnits(ALICE, BOB, _id, 50);
        equal(assets.getFrozenTokens(ALICE, _id), 0, "all released");
        _send(BOB, ALICE, 100);
        _send(ALICE, BOB, 100);
    }

    function test_AST_71_forcedTransferToAnInactiveReceiverIsRefused() public {
        vm.expectRevert(_error(IERC7943MultiToken.ERC7943CannotReceive.selector, CAROL));
        forceUnits(ALICE, CAROL, _id, 1);
        vm.expectRevert(_error(IERC7943MultiToken.ERC7943CannotReceive.selector, address(0)));
        forceUnits(ALICE, address(0), _id, 1);
    }

    function test_AST_72_forcedTransferOfMoreThanIsHeldIsRefused() public {
        freezeUnits(ALICE, _id, 100);
        vm.expectRevert(_insufficient(ALICE, 100, 101));
        forceUnits(ALICE, BOB, _id, 101);
        equal(assets.getFrozenTokens(ALICE, _id), 100, "still frozen");
    }

    function test_AST_73_forcedTransferToOneselfChangesNothing() public {
        freezeUnits(ALICE, _id, 60);
        forceUnits(ALICE, ALICE, _id, 100);
        equal(assets.balanceOf(ALICE, _id), 100, "units");
        equal(assets.getFrozenTokens(ALICE, _id), 60, "freeze");
        vm.expectRevert(_unfrozen(ALICE, 41, 40));
        _send(ALICE, BOB, 41);
    }

    function test_AST_74_forcedTransferMakesNoUnits() public {
        vm.expectRevert(_error(IERC1155Errors.ERC1155InvalidSender.selector, address(0)));
        forceUnits(address(0), BOB, _id, 5);
    }

    function test_AST_75_forcedTransferAsksAReceivingContract() public {
        RecordingReceiver willing = new RecordingReceiver();
        participants.admit(address(willing), DOMAIN, ParticipantKind.Organisation, 0);
        forceUnits(ALICE, address(willing), _id, 5);
        equal(willing.singleCalls(), 1, "asked");
        bytes32 arguments = keccak256(abi.encode(address(supervision), ALICE, _id, 5, bytes("")));
        equal(willing.lastArguments(), arguments, "arguments");

        address unwilling = address(new AnsweringReceiver(0xdeadbeef));
        participants.admit(unwilling, DOMAIN, ParticipantKind.Organisation, 0);
        vm.expectRevert(_error(IERC1155Errors.ERC1155InvalidReceiver.selector, unwilling));
        forceUnits(ALICE, unwilling, _id, 5);
    }

    /// @notice Units are conserved, and what stays frozen never exceeds what was frozen.
    function testFuzz_AST_70_forcedTransfersConserveUnits(uint8 frozen, uint8 units) public {
        freezeUnits(ALICE, _id, frozen);
        vm.prank(address(supervision));
        (bool moved, ) = address(assets).call(abi.encodeCall(assets.forcedTransfer, (ALICE, BOB, _id, units)));
        isTrue(moved == (units <= 100), "moves whatever is held");
        uint256 left = moved ? 100 - uint256(units) : 100;
        equal(assets.balanceOf(ALICE, _id), left, "from");
        equal(assets.balanceOf(BOB, _id), 100 - left, "to");
        uint256 unfrozen = frozen < 100 ? 100 - uint256(frozen) : 0;
        uint256 released = moved && units > unfrozen ? units - unfrozen : 0;
        equal(
            assets.getFrozenTokens(ALICE, _id),
            frozen - released,
            "released as far as needed, beyond the holding too"
        );
    }

    function _send(address from, address to, uint256 units) private {
        vm.prank(from);
        assets.safeTransferFrom(from, to, _id, units, "");
    }

    function _sendTwice(address from, address to, uint256 first, uint256 second) private {
        uint256[] memory ids = _ids();
        uint256[] memory values = _values(first, second);
        vm.prank(from);
        assets.safeBatchTransferFrom(from, to, ids, values, "");
    }

    function _ids() private view returns (uint256[] memory ids) {
        ids = new uint256[](2);
        (ids[0], ids[1]) = (_id, _id);
    }

    function _values(uint256 first, uint256 second) private pure returns (uint256[] memory values) {
        values = new uint256[](2);
        (values[0], values[1]) = (first, second);
    }

    function _error(bytes4 selector, address account) private pure returns (bytes memory) {
        return abi.encodeWithSelector(selector, account);
    }

    function _unfrozen(address account, uint256 units, uint256 free) private view returns (bytes memory) {
        bytes4 selector = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        return abi.encodeWithSelector(selector, account, _id, units, free);
    }

    function _insufficient(address account, uint256 held, uint256 units) private view returns (bytes memory) {
        bytes4 selector = IERC1155Errors.ERC1155InsufficientBalance.selector;
        return abi.encodeWithSelector(selector, account, held, units, _id);
    }
}
