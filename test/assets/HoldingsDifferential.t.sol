// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {AnsweringReceiver} from "../../contracts/mocks/AnsweringReceiver.sol";
import {HoldingsHarness} from "../../contracts/mocks/HoldingsHarness.sol";
import {OpenZeppelinERC1155} from "../../contracts/mocks/OpenZeppelinERC1155.sol";
import {RecordingReceiver} from "../../contracts/mocks/RecordingReceiver.sol";
import {Draws} from "../support/Draws.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {Vm, vm} from "../support/Vm.sol";

/// @notice The same random operations on Holdings and on OpenZeppelin's ERC1155: same outcome, same errors with the
/// same values, same events, same balances and approvals after each step.
contract HoldingsDifferentialTest is Draws {
    uint256 private constant IDS = 3;
    uint256 private constant STEPS = 24;

    HoldingsHarness private _ours;
    OpenZeppelinERC1155 private _theirs;
    address[] private _accounts;

    function setUp() public {
        _ours = new HoldingsHarness();
        _theirs = new OpenZeppelinERC1155();
        _accounts = [
            address(0xA11CE),
            address(0xB0B),
            address(0xCA501),
            address(new RecordingReceiver()),
            address(new AnsweringReceiver(0xdeadbeef)),
            address(0)
        ];
    }

    function testFuzz_HLD_25_behavesAsOpenZeppelins(uint256 seed) public {
        seedDraws(seed);
        for (uint256 id = 0; id < IDS; ++id) {
            for (uint256 i = 0; i < 3; ++i) {
                _ours.mint(_accounts[i], id, 20, "");
                _theirs.mint(_accounts[i], id, 20, "");
            }
        }
        for (uint256 i = 0; i < STEPS; ++i) {
            // Nothing can be signed by the zero address, which is the last account.
            address caller = _accounts[draw(_accounts.length - 1)];
            _compare(caller, _operation(caller));
        }
    }

    function _operation(address caller) private returns (bytes memory) {
        uint256 kind = draw(8);
        address from = draw(3) == 0 ? _account() : caller;
        if (kind == 0) return abi.encodeCall(IERC1155.setApprovalForAll, (_account(), draw(3) != 0));
        if (kind == 1) return abi.encodeCall(HoldingsHarness.mint, (_account(), draw(IDS), draw(40), ""));
        if (kind < 5) {
            return abi.encodeCall(IERC1155.safeTransferFrom, (from, _account(), draw(IDS), _value(), "data"));
        }
        uint256 length = draw(5);
        uint256[] memory ids = new uint256[](length);
        uint256[] memory values = new uint256[](draw(16) == 0 ? length + 1 : length);
        for (uint256 i = 0; i < length; ++i) (ids[i], values[i]) = (draw(IDS), _value());
        return abi.encodeCall(IERC1155.safeBatchTransferFrom, (from, _account(), ids, values, "data"));
    }

    function _compare(address caller, bytes memory operation) private {
        (bool ourSuccess, bytes32 ourAnswer, bytes32 ourEvents) = _run(address(_ours), caller, operation);
        (bool theirSuccess, bytes32 theirAnswer, bytes32 theirEvents) = _run(address(_theirs), caller, operation);
        isTrue(ourSuccess == theirSuccess, "outcome");
        equal(ourAnswer, theirAnswer, "answer or error");
        equal(ourEvents, theirEvents, "events");
        for (uint256 i = 0; i < _accounts.length; ++i) {
            address account = _accounts[i];
            for (uint256 id = 0; id < IDS; ++id) {
                equal(_ours.balanceOf(account, id), _theirs.balanceOf(account, id), "balance");
            }
            for (uint256 j = 0; j < _accounts.length; ++j) {
                bool approved = _ours.isApprovedForAll(account, _accounts[j]);
                isTrue(approved == _theirs.isApprovedForAll(account, _accounts[j]), "approval");
            }
        }
    }

    function _run(
        address target,
        address caller,
        bytes memory operation
    ) private returns (bool success, bytes32 answer, bytes32 events) {
        vm.recordLogs();
        vm.prank(caller);
        bytes memory data;
        (success, data) = target.call(operation);
        answer = keccak256(data);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            isTrue(logs[i].emitter == target, "only the token emits");
            events = keccak256(abi.encode(events, logs[i].topics, logs[i].data));
        }
    }

    function _account() private returns (address) {
        return _accounts[draw(_accounts.length)];
    }

    /// @dev Mostly small, so that balances suffice; now and then beyond any balance.
    function _value() private returns (uint256) {
        return draw(20) == 0 ? type(uint256).max - draw(2) : draw(16);
    }
}
