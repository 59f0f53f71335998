// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {Holdings} from "../../contracts/assets/Holdings.sol";
import {HoldingsHarness} from "../../contracts/mocks/HoldingsHarness.sol";
import {OpenZeppelinERC1155} from "../../contracts/mocks/OpenZeppelinERC1155.sol";
import {RecordingReceiver} from "../../contracts/mocks/RecordingReceiver.sol";
import {RevertingReceiver} from "../../contracts/mocks/RevertingReceiver.sol";
import {equal} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {ERC1155Behaviour} from "./ERC1155Behaviour.sol";

/// @notice Holdings alone.
contract HoldingsTest is ERC1155Behaviour {
    HoldingsHarness private _token;
    uint256 private _ids;

    function prepare() internal override {
        _token = new HoldingsHarness();
    }

    function token() internal view override returns (IERC1155) {
        return _token;
    }

    function issue(address holder, uint256 units) internal override returns (uint256 id) {
        id = ++_ids;
        _token.mint(holder, id, units, "");
    }

    function test_HLD_23_mintAnnouncesAndAsksTheReceiver() public {
        RecordingReceiver receiver = new RecordingReceiver();
        vm.expectEmit(true, true, true, true, address(_token));
        emit IERC1155.TransferSingle(address(this), address(0), address(receiver), 99, 5);
        _token.mint(address(receiver), 99, 5, "note");
        equal(_token.balanceOf(address(receiver), 99), 5, "minted");
        equal(receiver.singleCalls(), 1, "asked");
        bytes32 arguments = keccak256(abi.encode(address(this), address(0), 99, 5, bytes("note")));
        equal(receiver.lastArguments(), arguments, "arguments");
    }

    function test_HLD_23_mintIsRefusedByAReceiverThatReverts() public {
        address receiver = address(new RevertingReceiver(""));
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, receiver));
        _token.mint(receiver, 99, 5, "");
    }

    function test_HLD_23_mintRefusesTheZeroAddress() public {
        vm.expectRevert(abi.encodeWithSelector(IERC1155Errors.ERC1155InvalidReceiver.selector, address(0)));
        _token.mint(address(0), 99, 5, "");
    }

    function test_HLD_24_refusesMoreUnitsThanAHoldingHasBitsFor() public {
        _token.mint(BOB, 99, type(uint64).max, "");
        vm.expectRevert(_tooMany(BOB, 99, 1));
        _token.mint(BOB, 99, 1, "");
        vm.expectRevert(_tooMany(CAROL, 99, 1 << 64));
        _token.mint(CAROL, 99, 1 << 64, "");
        vm.expectRevert(_tooMany(BOB, 99, type(uint256).max));
        _token.mint(BOB, 99, type(uint256).max, "");

        _token.mint(ALICE, 99, 1, "");
        vm.expectRevert(_tooMany(BOB, 99, 1));
        vm.prank(ALICE);
        _token.safeTransferFrom(ALICE, BOB, 99, 1, "");
        equal(_token.balanceOf(BOB, 99), type(uint64).max, "untouched");
    }

    function _tooMany(address account, uint256 id, uint256 units) private pure returns (bytes memory) {
        return abi.encodeWithSelector(Holdings.Holdings_TooManyUnits.selector, account, id, units);
    }
}

/// @notice OpenZeppelin's own: shows that the behaviours are what OpenZeppelin's ERC1155 does.
contract OpenZeppelinERC1155Test is ERC1155Behaviour {
    OpenZeppelinERC1155 private _token;
    uint256 private _ids;

    function prepare() internal override {
        _token = new OpenZeppelinERC1155();
    }

    function token() internal view override returns (IERC1155) {
        return _token;
    }

    function issue(address holder, uint256 units) internal override returns (uint256 id) {
        id = ++_ids;
        _token.mint(holder, id, units, "");
    }
}
