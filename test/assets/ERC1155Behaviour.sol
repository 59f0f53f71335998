// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {AnsweringReceiver} from "../../contracts/mocks/AnsweringReceiver.sol";
import {RecordingReceiver} from "../../contracts/mocks/RecordingReceiver.sol";
import {ReenteringReceiver} from "../../contracts/mocks/ReenteringReceiver.sol";
import {RevertingReceiver} from "../../contracts/mocks/RevertingReceiver.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";

/// @notice What every ERC-1155 here must do. Run against Holdings alone, against the whole DataAsset, and against
/// OpenZeppelin's ERC1155, which shows that the expectations are OpenZeppelin's.
abstract contract ERC1155Behaviour {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA501);
    uint256 internal constant UNITS = 1_000;

    uint256 private _id;

    error ReceiverSaysNo(uint256 why);

    /// @dev Prepares the token and lets the three accounts take part.
    function prepare() internal virtual;

    function token() internal view virtual returns (IERC1155);

    /// @dev Makes a new id of which `holder` has all the units.
    function issue(address holder, uint256 units) internal virtual returns (uint256 id);

    /// @dev Lets an account take part where that needs permission.
    function welcome(address account) internal virtual {}

    /// @dev What a transfer from the zero address by the zero address reverts with.
    function zeroSenderError() internal pure virtual returns (bytes memory) {
        return abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidSender.selector, address(0));
    }

    function setUp() public {
        prepare();
        _id = issue(ALICE, UNITS);
    }

    function test_HLD_01_approvalIsSetAndTakenBackAndAnnounced() public {
        isTrue(!token().isApprovedForAll(ALICE, BOB), "not before");
        _expect();
        emit IERC1155.ApprovalForAll(ALICE, BOB, true);
        vm.prank(ALICE);
        token().setApprovalForAll(BOB, true);
        isTrue(token().isApprovedForAll(ALICE, BOB), "after");
        isTrue(!token().isApprovedForAll(BOB, ALICE), "one way only");
        isTrue(!token().isApprovedForAll(ALICE, CAROL), "nobody else");
        _expect();
        emit IERC1155.ApprovalForAll(ALICE, BOB, false);
        vm.prank(ALICE);
        token().setApprovalForAll(BOB, false);
        isTrue(!token().isApprovedForAll(ALICE, BOB), "taken back");
    }

    function test_HLD_02_refusesApprovalOfTheZeroAddress() public {
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidOperator.selector, address(0)));
        vm.prank(ALICE);
        token().setApprovalForAll(address(0), true);
    }

    function test_HLD_03_transferMovesExactlyAndAnnounces() public {
        _expect();
        emit IERC1155.TransferSingle(ALICE, ALICE, BOB, _id, 300);
        _send(ALICE, BOB, _id, 300);
        _holds(700, 300, 0);
    }

    function test_HLD_04_operatorNeedsApproval() public {
        bytes memory refusal = abi.encodeWithSelector(IERC1155Errors.ERC1155MissingApprovalForAll.selector, BOB, ALICE);
        vm.expectRevert(refusal);
        vm.prank(BOB);
        token().safeTransferFrom(ALICE, BOB, _id, 1, "");
        vm.expectRevert(refusal);
        vm.prank(BOB);
        token().safeBatchTransferFrom(ALICE, BOB, _one(_id), _one(1), "");

        vm.prank(ALICE);
        token().setApprovalForAll(BOB, true);
        _expect();
        emit IERC1155.TransferSingle(BOB, ALICE, CAROL, _id, 1);
        vm.prank(BOB);
        token().safeTransferFrom(ALICE, CAROL, _id, 1, "");
        vm.prank(BOB);
        token().safeBatchTransferFrom(ALICE, CAROL, _one(_id), _one(1), "");
        _holds(998, 0, 2);

        vm.prank(ALICE);
        token().setApprovalForAll(BOB, false);
        vm.expectRevert(refusal);
        vm.prank(BOB);
        token().safeTransferFrom(ALICE, BOB, _id, 1, "");
    }

    function test_HLD_05_refusesTheZeroAddressAsReceiver() public {
        bytes memory refusal = abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(0));
        vm.expectRevert(refusal);
        _send(ALICE, address(0), _id, 1);
        vm.expectRevert(refusal);
        _sendBatch(ALICE, address(0), _one(_id), _one(1));
    }

    /// @dev Only a simulated call can come from the zero address; it must not make units either.
    function test_HLD_06_refusesTheZeroAddressAsSender() public {
        vm.expectRevert(zeroSenderError());
        _send(address(0), BOB, _id, 1);
        vm.expectRevert(zeroSenderError());
        _sendBatch(address(0), BOB, _one(_id), _one(1));
        _holds(UNITS, 0, 0);
    }

    function test_HLD_07_refusesMoreThanIsHeld() public {
        vm.expectRevert(_insufficient(ALICE, UNITS, UNITS + 1, _id));
        _send(ALICE, BOB, _id, UNITS + 1);
        vm.expectRevert(_insufficient(ALICE, UNITS, type(uint256).max, _id));
        _send(ALICE, BOB, _id, type(uint256).max);
        vm.expectRevert(_insufficient(BOB, 0, 1, _id));
        _sendBatch(BOB, ALICE, _one(_id), _one(1));
        _holds(UNITS, 0, 0);
    }

    function test_HLD_08_batchMovesEachIdAndAnnouncesOnce() public {
        uint256 second = issue(ALICE, 50);
        _expect();
        emit IERC1155.TransferBatch(ALICE, ALICE, BOB, _two(_id, second), _two(10, 50));
        _sendBatch(ALICE, BOB, _two(_id, second), _two(10, 50));
        _holds(990, 10, 0);
        equal(token().balanceOf(ALICE, second), 0, "second, sender");
        equal(token().balanceOf(BOB, second), 50, "second, receiver");
    }

    function test_HLD_08_batchIsAllOrNothing() public {
        uint256 second = issue(ALICE, 50);
        vm.expectRevert(_insufficient(ALICE, 50, 51, second));
        _sendBatch(ALICE, BOB, _two(_id, second), _two(10, 51));
        _holds(UNITS, 0, 0);
    }

    function test_HLD_09_batchNeedsAValueForEachId() public {
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidArrayLength.selector, 2, 1));
        _sendBatch(ALICE, BOB, _two(_id, _id), _one(1));
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidArrayLength.selector, 1, 2));
        _sendBatch(ALICE, BOB, _one(_id), _two(1, 1));
    }

    function test_HLD_10_batchOfOneAnnouncesASingleTransferAndAsksAsABatch() public {
        RecordingReceiver receiver = _receiver();
        _expect();
        emit IERC1155.TransferSingle(ALICE, ALICE, address(receiver), _id, 7);
        vm.prank(ALICE);
        token().safeBatchTransferFrom(ALICE, address(receiver), _one(_id), _one(7), "note");
        equal(receiver.batchCalls(), 1, "asked as a batch");
        equal(receiver.singleCalls(), 0, "not asked as a single transfer");
        bytes32 arguments = keccak256(abi.encode(ALICE, ALICE, _one(_id), _one(7), bytes("note")));
        equal(receiver.lastArguments(), arguments, "arguments");
    }

    function test_HLD_11_emptyBatchMovesNothingButAnnouncesAndAsks() public {
        RecordingReceiver receiver = _receiver();
        uint256[] memory none = new uint256[](0);
        _expect();
        emit IERC1155.TransferBatch(ALICE, ALICE, address(receiver), none, none);
        _sendBatch(ALICE, address(receiver), none, none);
        equal(receiver.batchCalls(), 1, "asked");
        _holds(UNITS, 0, 0);
    }

    function test_HLD_12_idsRepeatedInABatchAreExact() public {
        _sendBatch(ALICE, BOB, _two(_id, _id), _two(300, 700));
        _holds(0, UNITS, 0);
        vm.expectRevert(_insufficient(BOB, 400, 401, _id));
        _sendBatch(BOB, ALICE, _two(_id, _id), _two(600, 401));
    }

    function test_HLD_13_transferToOneselfChangesNothing() public {
        _expect();
        emit IERC1155.TransferSingle(ALICE, ALICE, ALICE, _id, UNITS);
        _send(ALICE, ALICE, _id, UNITS);
        _holds(UNITS, 0, 0);
        _sendBatch(ALICE, ALICE, _two(_id, _id), _two(UNITS, UNITS));
        _holds(UNITS, 0, 0);
        vm.expectRevert(_insufficient(ALICE, UNITS, UNITS + 1, _id));
        _send(ALICE, ALICE, _id, UNITS + 1);
    }

    function test_HLD_14_zeroUnitsPassAndAreAnnounced() public {
        _expect();
        emit IERC1155.TransferSingle(BOB, BOB, CAROL, _id, 0);
        _send(BOB, CAROL, _id, 0);
        _sendBatch(BOB, CAROL, _two(_id, _id), _two(0, 0));
        _holds(UNITS, 0, 0);
    }

    function test_HLD_15_theGreatestNumberOfUnitsMoves() public {
        uint256 id = issue(ALICE, type(uint64).max);
        _send(ALICE, BOB, id, type(uint64).max);
        equal(token().balanceOf(ALICE, id), 0, "sender");
        equal(token().balanceOf(BOB, id), type(uint64).max, "receiver");
        _sendBatch(BOB, ALICE, _two(id, id), _two(type(uint64).max - 1, 1));
        equal(token().balanceOf(ALICE, id), type(uint64).max, "back again");
    }

    function test_HLD_16_balancesAreReadInBatches() public {
        uint256 second = issue(BOB, 50);
        address[] memory accounts = new address[](3);
        (accounts[0], accounts[1], accounts[2]) = (ALICE, BOB, address(0));
        uint256[] memory ids = new uint256[](3);
        (ids[0], ids[1], ids[2]) = (_id, second, _id);
        uint256[] memory balances = token().balanceOfBatch(accounts, ids);
        equal(balances.length, 3, "length");
        equal(balances[0], UNITS, "first");
        equal(balances[1], 50, "second");
        equal(balances[2], 0, "zero address");
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidArrayLength.selector, 1, 3));
        token().balanceOfBatch(accounts, _one(_id));
    }

    function test_HLD_17_receiverIsAskedOnceWithEverythingAfterTheUnitsMoved() public {
        RecordingReceiver receiver = _receiver();
        vm.prank(ALICE);
        token().setApprovalForAll(BOB, true);
        vm.prank(BOB);
        token().safeTransferFrom(ALICE, address(receiver), _id, 7, "note");
        equal(receiver.singleCalls(), 1, "asked once");
        equal(receiver.batchCalls(), 0, "not as a batch");
        equal(receiver.heldAtCall(), 7, "units are there already");
        equal(receiver.lastArguments(), keccak256(abi.encode(BOB, ALICE, _id, 7, bytes("note"))), "arguments");

        vm.prank(BOB);
        token().safeBatchTransferFrom(ALICE, address(receiver), _two(_id, _id), _two(1, 2), "more");
        equal(receiver.batchCalls(), 1, "asked as a batch");
        equal(receiver.heldAtCall(), 10, "units of the batch are there already");
        bytes32 arguments = keccak256(abi.encode(BOB, ALICE, _two(_id, _id), _two(1, 2), bytes("more")));
        equal(receiver.lastArguments(), arguments, "arguments of the batch");
    }

    function test_HLD_18_wrongAnswerOfAReceiverRefuses() public {
        _refused(new AnsweringReceiver(0xdeadbeef));
    }

    function test_HLD_18_answerToTheOtherQuestionRefuses() public {
        address receiver = address(new AnsweringReceiver(IERC1155Receiver.onERC1155Received.selector));
        welcome(receiver);
        _send(ALICE, receiver, _id, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, receiver));
        _sendBatch(ALICE, receiver, _one(_id), _one(1));
    }

    function test_HLD_19_receiverThatRevertsWithoutDataRefuses() public {
        address receiver = address(new RevertingReceiver(""));
        welcome(receiver);
        bytes memory refusal = abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, receiver);
        vm.expectRevert(refusal);
        _send(ALICE, receiver, _id, 1);
        vm.expectRevert(refusal);
        _sendBatch(ALICE, receiver, _two(_id, _id), _two(1, 1));
        _holds(UNITS, 0, 0);
    }

    function test_HLD_20_receiversOwnErrorIsPassedOn() public {
        bytes memory reason = abi.encodeWithSelector(ReceiverSaysNo.selector, 42);
        address receiver = address(new RevertingReceiver(reason));
        welcome(receiver);
        vm.expectRevert(reason);
        _send(ALICE, receiver, _id, 1);
        vm.expectRevert(reason);
        _sendBatch(ALICE, receiver, _two(_id, _id), _two(1, 1));
        _holds(UNITS, 0, 0);
    }

    function test_HLD_21_reenteringReceiverGainsNothing() public {
        (ReenteringReceiver left, ReenteringReceiver right) = (new ReenteringReceiver(), new ReenteringReceiver());
        welcome(address(left));
        welcome(address(right));
        left.setRounds(1);
        _send(ALICE, address(left), _id, 400);
        equal(left.rounds(), 0, "sent back");
        _holds(UNITS, 0, 0);

        _send(ALICE, address(left), _id, 100);
        left.setRounds(2);
        right.setRounds(2);
        _send(address(left), address(right), _id, 60);
        equal(left.rounds() + right.rounds(), 0, "to and fro until both were done");
        equal(token().balanceOf(address(left), _id), 40, "sender");
        equal(token().balanceOf(address(right), _id), 60, "receiver");
        _holds(900, 0, 0);
    }

    function test_HLD_22_saysThatItIsAnERC1155() public view {
        isTrue(token().supportsInterface(type(IERC165).interfaceId), "ERC-165");
        isTrue(token().supportsInterface(type(IERC1155).interfaceId), "ERC-1155");
        isTrue(!token().supportsInterface(0xffffffff), "ERC-165 forbids 0xffffffff");
    }

    function _refused(AnsweringReceiver receiver) private {
        welcome(address(receiver));
        bytes memory refusal = abi.encodeWithSelector(
            IERC1155Errors.ERC1155InvalidReceiver.selector,
            address(receiver)
        );
        vm.expectRevert(refusal);
        _send(ALICE, address(receiver), _id, 1);
        vm.expectRevert(refusal);
        _sendBatch(ALICE, address(receiver), _two(_id, _id), _two(1, 1));
        _holds(UNITS, 0, 0);
    }

    function _receiver() private returns (RecordingReceiver receiver) {
        receiver = new RecordingReceiver();
        welcome(address(receiver));
    }

    function _send(address from, address to, uint256 id, uint256 value) private {
        vm.prank(from);
        token().safeTransferFrom(from, to, id, value, "");
    }

    function _sendBatch(address from, address to, uint256[] memory ids, uint256[] memory values) private {
        vm.prank(from);
        token().safeBatchTransferFrom(from, to, ids, values, "");
    }

    function _holds(uint256 alice, uint256 bob, uint256 carol) private view {
        equal(token().balanceOf(ALICE, _id), alice, "Alice");
        equal(token().balanceOf(BOB, _id), bob, "Bob");
        equal(token().balanceOf(CAROL, _id), carol, "Carol");
    }

    function _expect() private {
        vm.expectEmit(true, true, true, true, address(token()));
    }

    function _insufficient(
        address account,
        uint256 held,
        uint256 needed,
        uint256 id
    ) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, account, held, needed, id);
    }

    function _one(uint256 a) private pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = a;
    }

    function _two(uint256 a, uint256 b) private pure returns (uint256[] memory list) {
        list = new uint256[](2);
        (list[0], list[1]) = (a, b);
    }
}
