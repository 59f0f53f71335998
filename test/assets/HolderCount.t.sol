// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {CountingPolicy} from "../../contracts/mocks/CountingPolicy.sol";
import {ReenteringReceiver} from "../../contracts/mocks/ReenteringReceiver.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice The count of holders is the number of accounts that hold units, however units move.
contract HolderCountTest is OfficesTest {
    uint256 private constant STEPS = 40;
    uint256 private constant MOST = 10;

    /// @dev Whoever may hold units. Lost accounts stay on the list, and a successor is added for each.
    address[] private _people;
    uint256 private _dice;
    uint256 private _reached;

    function setUp() public {
        setUpOffices();
        (id, token) = registerSpread("counted", policies.admit(new CountingPolicy(true)));
        _people = [ALICE, BOB, CAROL, DAVE];
    }

    function test_PBK_20_theCountFollowsEachKindOfTransfer() public {
        _counted(3, "at first");
        send(ALICE, ALICE, 50);
        send(DAVE, ALICE, 0);
        send(ALICE, DAVE, 0);
        _counted(3, "nothing moved");
        send(ALICE, DAVE, 1);
        _counted(4, "one more");
        send(ALICE, BOB, 49);
        _counted(3, "one fewer");
        send(DAVE, ALICE, 1);
        _counted(3, "one for the other");
        forceMove(CAROL, CAROL, id, 20);
        _counted(3, "forced to oneself");
        forceMove(CAROL, DAVE, id, 20);
        _counted(3, "forced, all of it");
        forceMove(DAVE, CAROL, id, 5);
        _counted(4, "forced, a part");
        forceMove(DAVE, CAROL, id, 0);
        _counted(4, "forced, nothing");
        succeed(CAROL, DAVE);
        assets.handOver(CAROL, only(id));
        _counted(3, "handed over to a holder");
        assets.handOver(CAROL, only(id));
        _counted(3, "handed over again");
    }

    function test_PBK_21_idsRepeatedInABatchAreCountedOneAfterTheOther() public {
        (uint256[] memory ids, uint256[] memory units) = (new uint256[](4), new uint256[](4));
        for (uint256 i = 0; i < 4; ++i) ids[i] = token;
        (units[0], units[1], units[2], units[3]) = (10, 0, 10, 10);
        _batch(BOB, DAVE, ids, units);
        _counted(3, "all of Bob's to Dave");
        (units[0], units[1], units[2], units[3]) = (10, 10, 10, 0);
        _batch(DAVE, DAVE, ids, units);
        _counted(3, "to oneself");
        units[3] = 1;
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InsufficientBalance.selector, DAVE, 0, 1, token));
        _batch(DAVE, BOB, ids, units);
        _counted(3, "a refused batch");
    }

    function test_PBK_22_aReceiverThatSendsUnitsBackIsNotCountedTwice() public {
        ReenteringReceiver bouncer = new ReenteringReceiver();
        admitContract(address(bouncer));
        bouncer.setRounds(1);
        vm.prank(address(bouncer));
        assets.setApprovalForAll(address(bouncer), true);
        send(BOB, address(bouncer), 30);
        _counted(3, "back at Bob's");
        equal(heldBy(BOB), 30, "sent back");
        send(BOB, address(bouncer), 10);
        _counted(4, "and kept");
    }

    /// @notice PBK_23 After any history of transfers, batches, forced moves and hand-overs the count is the number of holders.
    function testFuzz_PBK_23_theCountIsTheNumberOfHolders(uint256 seed) public {
        _play(seed, STEPS);
    }

    /// @notice PBK_23 A long history reaches hand-overs and every number of holders from one on.
    function test_PBK_23_aLongHistoryReachesWhatItSpeaksOf() public {
        _play(2, 600);
        isTrue(_people.length == MOST && _reached & 0x1e == 0x1e, "reached");
    }

    function _play(uint256 seed, uint256 steps) private {
        _dice = seed;
        for (uint256 i = 0; i < steps; ++i) {
            uint256 deed = _roll(8);
            if (deed == 0) _force();
            else if (deed == 1) _lose();
            else if (deed < 4) _sendTwice();
            else _send();
            uint256 holders;
            for (uint256 j = 0; j < _people.length; ++j) if (heldBy(_people[j]) != 0) ++holders;
            _counted(holders, "holders");
            _reached |= 1 << holders;
        }
    }

    function _send() private {
        (address from, address to) = (_active(), _active());
        send(from, to, _part(heldBy(from)));
    }

    function _sendTwice() private {
        (address from, address to) = (_active(), _active());
        (uint256[] memory ids, uint256[] memory units) = (new uint256[](2), new uint256[](2));
        (ids[0], ids[1]) = (token, token);
        units[0] = _part(heldBy(from));
        units[1] = _part(heldBy(from) - units[0]);
        _batch(from, to, ids, units);
    }

    function _force() private {
        (address from, address to) = (_people[_roll(_people.length)], _active());
        uint256 units = _part(heldBy(from));
        vm.prank(address(supervision));
        assets.forcedTransfer(from, to, token, units);
    }

    /// @dev Each loss makes room for a successor who may hold units already.
    function _lose() private {
        if (_people.length == MOST) return;
        address lost = _active();
        address successor = _active();
        if (lost == successor) {
            successor = address(uint160(0xE0000 + _people.length));
            admitContract(successor);
            _people.push(successor);
        } else if (_roll(4) != 0) {
            return;
        }
        succeed(lost, successor);
        assets.handOver(lost, only(id));
        if (_people.length < MOST) {
            address newcomer = address(uint160(0xF0000 + _people.length));
            admitContract(newcomer);
            _people.push(newcomer);
        }
    }

    function _active() private returns (address account) {
        do account = _people[_roll(_people.length)]; while (!participants.isActive(account));
    }

    /// @dev Often nothing or everything, where the count changes.
    function _part(uint256 held) private returns (uint256) {
        uint256 choice = _roll(4);
        if (choice < 2) return held;
        return choice == 2 ? 0 : _roll(held + 1);
    }

    function _batch(address from, address to, uint256[] memory ids, uint256[] memory units) private {
        vm.prank(from);
        assets.safeBatchTransferFrom(from, to, ids, units, "");
    }

    function _counted(uint256 holders, string memory what) private view {
        equal(assets.holderCountOf(id), holders, what);
    }

    function _roll(uint256 sides) private returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % sides;
    }
}
