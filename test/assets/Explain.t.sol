// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {NoticeTerms} from "../../contracts/assets/NoticeTypes.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {BurningPolicy} from "../../contracts/mocks/BurningPolicy.sol";
import {ChangeablePolicy} from "../../contracts/mocks/ChangeablePolicy.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {RevertingPolicy} from "../../contracts/mocks/RevertingPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Window} from "../../contracts/types/Window.sol";
import {Draws} from "../support/Draws.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice What is explained before a transfer is what the transfer does.
contract ExplainTest is SystemTest, Draws {
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    address private constant CAROL = address(0xCA501);
    address private constant OPERATOR = address(0x0972);
    uint256 private constant POLICIES = 5;

    /// @dev One asset for each policy, and one under public notice, each with 100 units of Alice.
    uint256[] private _ids;

    function setUp() public {
        setUpSystem();
        enrol(ALICE);
        enrol(BOB);
        policies.admit(new RefusingPolicy(0));
        policies.admit(new RefusingPolicy(0x12345678));
        policies.admit(new RevertingPolicy());
        policies.admit(new BurningPolicy());
        ChangeablePolicy odd = new ChangeablePolicy(abi.encode(false));
        policies.admit(IPolicy(address(odd)));
        odd.set(ChangeablePolicy.Mood.Answers, "nonsense");
        for (uint56 policy = 0; policy <= POLICIES; ++policy) {
            Registration memory registration = sampleRegistration(ALICE, 100, bytes32(uint256(policy)));
            registration.policy = policy;
            vm.prank(ALICE);
            _ids.push(AssetId.unwrap(assets.register(registration)));
        }
        notice.setTerms(DOMAIN, NoticeTerms(Window(500, 1), Window(500, 1), 0));
        _ids.push(AssetId.unwrap(registerAsset(ALICE, 100, "under notice")));
    }

    /// @notice Over operator, parties, approval, state of asset and participants, notice, suspension, freeze, lock, policy and units.
    function testFuzz_AST_80_explanationAgreesWithTheTransfer(uint256 seed) public {
        seedDraws(seed);
        // The plain rule and the passing policy half of the time, so that the later questions are reached.
        uint256 id = draw(2) == 0 ? _ids[draw(2)] : _ids[draw(_ids.length)];
        if (draw(12) == 0) id = draw(3);
        else _shape(id);
        address from = draw(8) == 0 ? _anyone() : ALICE;
        address to = draw(3) == 0 ? _anyone() : BOB;
        address operator = draw(2) == 0 ? from : OPERATOR;
        if (operator == address(0)) operator = OPERATOR;
        uint256 units = draw(10) == 0 ? type(uint256).max - draw(2) : draw(120);
        _check(operator, from, to, id, units);
    }

    function test_AST_81_eachReasonIsGivenInTheOrderOfTheTransfersQuestions() public {
        uint256 id = _ids[2];
        freezeUnits(ALICE, id, 60);
        participants.suspend(ALICE, "reason");
        suspendAsset(AssetId.wrap(id));

        _explained(OPERATOR, address(0), id, 101, IERC1155Errors.ERC1155MissingApprovalForAll.selector);
        vm.prank(ALICE);
        assets.setApprovalForAll(OPERATOR, true);
        _explained(OPERATOR, address(0), id, 101, IERC1155Errors.ERC1155InvalidReceiver.selector);
        _explained(OPERATOR, CAROL, id, 101, IERC7943MultiToken.ERC7943CannotSend.selector);
        participants.reinstate(ALICE, "reason");
        _explained(OPERATOR, CAROL, id, 101, IERC7943MultiToken.ERC7943CannotReceive.selector);
        _explained(OPERATOR, BOB, 7, 101, IDataAsset.Assets_Unknown.selector);
        _explained(OPERATOR, BOB, id, 101, IDataAsset.Assets_Suspended.selector);
        reinstateAsset(AssetId.wrap(id));
        _explained(OPERATOR, BOB, id, 101, IDataAsset.Assets_PolicyRefused.selector);
        RefusingPolicy(address(policies.policyAt(2))).setReason(0);
        _explained(OPERATOR, BOB, id, 101, IERC1155Errors.ERC1155InsufficientBalance.selector);
        _explained(OPERATOR, BOB, id, 41, IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector);
        _explained(OPERATOR, BOB, id, 40, bytes4(0));
        _explained(ALICE, BOB, id, 40, bytes4(0));
    }

    function test_AST_82_canTransferSaysNothingOfApprovals() public {
        isTrue(assets.canTransfer(ALICE, BOB, _ids[0], 100), "may move");
        isTrue(assets.canTransfer(ALICE, BOB, _ids[1], 100), "policy passes");
        isTrue(!assets.canTransfer(ALICE, BOB, _ids[2], 100), "policy refuses");
        isTrue(!assets.canTransfer(ALICE, BOB, _ids[0], 101), "more than is held");
        isTrue(!assets.canTransfer(ALICE, CAROL, _ids[0], 1), "inactive receiver");
        isTrue(!assets.canTransfer(CAROL, ALICE, _ids[0], 0), "inactive sender");
        isTrue(!assets.canTransfer(ALICE, address(0), _ids[0], 1), "zero address");
        isTrue(!assets.canTransfer(ALICE, BOB, 7, 0), "unknown asset");
        freezeUnits(ALICE, _ids[0], 1);
        isTrue(!assets.canTransfer(ALICE, BOB, _ids[0], 100), "one is frozen");
        isTrue(assets.canTransfer(ALICE, BOB, _ids[0], 99), "the others are not");
        suspendAsset(AssetId.wrap(_ids[0]));
        isTrue(!assets.canTransfer(ALICE, BOB, _ids[0], 1), "suspended asset");
    }

    function _shape(uint256 id) private {
        if (draw(2) == 0) {
            vm.prank(ALICE);
            assets.setApprovalForAll(OPERATOR, true);
        }
        if (draw(3) == 0) {
            vm.prank(ALICE);
            votes.vote(AssetId.wrap(id), BOB, 1 + draw(100));
        }
        uint256 kind = draw(6);
        if (kind == 0) suspendAsset(AssetId.wrap(id));
        if (kind == 1) {
            vm.prank(ALICE);
            assets.retire(AssetId.wrap(id));
        }
        if (draw(2) == 0) freezeUnits(ALICE, id, draw(150));
        if (draw(4) == 0) vm.warp(block.timestamp + FREEZE_TERM - draw(2));
        kind = draw(16);
        if (kind == 0) participants.suspend(ALICE, "reason");
        if (kind == 1) participants.revoke(ALICE, "reason");
        if (kind == 2) participants.suspend(BOB, "reason");
    }

    function _check(address operator, address from, address to, uint256 id, uint256 units) private {
        (bool ok, bytes4 reason) = assets.explainTransfer(operator, from, to, id, units);
        isTrue(ok == (reason == 0), "a reason exactly if it is refused");
        bool alone = assets.canTransfer(from, to, id, units);
        (bool own, ) = assets.explainTransfer(from, from, to, id, units);
        isTrue(alone == own, "canTransfer is the same without approvals");

        uint256 snapshot = vm.snapshotState();
        uint256[] memory ids = new uint256[](1);
        uint256[] memory values = new uint256[](1);
        (ids[0], values[0]) = (id, units);
        vm.prank(operator);
        try assets.safeBatchTransferFrom(from, to, ids, values, "") {
            isTrue(ok, "batch was explained as refused");
        } catch (bytes memory failure) {
            equal(bytes32(reason), bytes32(bytes4(failure)), "batch failed for another reason");
        }
        vm.revertToState(snapshot);
        snapshot = vm.snapshotState();
        vm.prank(operator);
        try assets.safeTransferFrom(from, to, id, units, "") {
            isTrue(ok, "transfer was explained as refused");
        } catch (bytes memory failure) {
            equal(bytes32(reason), bytes32(bytes4(failure)), "transfer failed for another reason");
        }
        vm.revertToState(snapshot);
    }

    function _explained(address operator, address to, uint256 id, uint256 units, bytes4 expected) private {
        (, bytes4 reason) = assets.explainTransfer(operator, ALICE, to, id, units);
        equal(bytes32(reason), bytes32(expected), "reason");
        _check(operator, ALICE, to, id, units);
    }

    function _anyone() private returns (address) {
        return [ALICE, BOB, CAROL, address(0)][draw(4)];
    }
}
