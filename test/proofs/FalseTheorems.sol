// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetWord} from "../../contracts/types/AssetWord.sol";
import {Holding} from "../../contracts/types/Holding.sol";
import {Deadline, Window} from "../../contracts/types/Window.sol";
import {CurrencyRegistry} from "../../contracts/assets/CurrencyRegistry.sol";
import {ParticipantRegistry} from "../../contracts/participants/ParticipantRegistry.sol";
import {Participant, ParticipantStatus} from "../../contracts/participants/ParticipantTypes.sol";
import {Allower} from "./Authorities.sol";
import {svm} from "./Svm.sol";
import {vm} from "../support/Vm.sol";

/// @title Theorems that do not hold
/// @notice Each is a true one with a condition left out, in the same set-up: if it is not refuted, the true one proves nothing.
contract FalseTheorems {
    ParticipantRegistry private _registry;
    CurrencyRegistry private _currencies;

    function setUp() external {
        address authority = address(new Allower());
        _registry = new ParticipantRegistry(authority, Window(1, 1));
        _currencies = new CurrencyRegistry(authority);
        svm.enableSymbolicStorage(address(_registry));
        svm.enableSymbolicStorage(address(_currencies));
        vm.store(address(_registry), 0, bytes32(uint256(uint160(authority))));
        vm.store(address(_currencies), 0, bytes32(uint256(uint160(authority))));
    }

    /// @notice `addRevenue` keeps the policy version, even of more than the room left.
    function check_addRevenue(uint256 raw, uint96 amount) external pure {
        AssetWord word = AssetWord.wrap(raw);
        assert(word.addRevenue(amount).policyVersion() == word.policyVersion());
    }

    /// @notice `addUnits` keeps the credit, even if the units do not fit.
    function check_addUnits(uint256 raw, uint64 value) external pure {
        Holding word = Holding.wrap(raw);
        assert(word.addUnits(value).credit() == word.credit());
    }

    /// @notice A window is over once its time is reached, at any block number.
    function check_isOver(uint96 raw, uint48 time, uint48 height) external {
        vm.warp(time);
        vm.roll(height);
        Deadline end = Deadline.wrap(raw);
        assert(end.isOver() == (time >= end.time()));
    }

    /// @notice A restricted function reverts for everybody, even if the authority says yes.
    function check_dismiss(address caller, address currency) external {
        vm.prank(caller);
        (bool ok, ) = address(_currencies).call(abi.encodeCall(_currencies.dismiss, (currency)));
        assert(!ok);
    }

    /// @notice Only the registrar changes a status, `recordSuccessor` included.
    function check_status(address caller, address account, uint48 time, uint48 height) external {
        ParticipantStatus before = _registry.participantOf(account).status;
        bytes memory data = svm.createCalldata("ParticipantRegistry");
        vm.warp(time);
        vm.roll(height);
        vm.prank(caller);
        (bool ok, ) = address(_registry).call(data);
        Participant memory later = _registry.participantOf(account);
        assert(!ok || later.status == before || caller == _registry.registrarOf(later.domain));
    }
}
