// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Window} from "../../contracts/types/Window.sol";
import {ParticipantRegistry} from "../../contracts/participants/ParticipantRegistry.sol";
import {DomainId, Participant, ParticipantStatus, Succession} from "../../contracts/participants/ParticipantTypes.sol";
import {Allower} from "./Authorities.sol";
import {svm} from "./Svm.sol";
import {vm} from "../support/Vm.sol";

/// @title Who changes the status of participants
/// @notice For every caller, every account, every function with all arguments, every state of the registry and every block, the
/// authority letting everybody do everything.
contract ParticipantProof {
    error Outside();

    ParticipantRegistry private _registry;

    function setUp() external {
        address authority = address(new Allower());
        _registry = new ParticipantRegistry(authority, Window(1, 1));
        svm.enableSymbolicStorage(address(_registry));
        vm.store(address(_registry), 0, bytes32(uint256(uint160(authority))));
    }

    /// @notice `areActive` is `isActive` of both.
    function check_areActive(address a, address b) external view {
        assert(_registry.areActive(a, b) == (_registry.isActive(a) && _registry.isActive(b)));
    }

    /// @notice Apart from `recordSuccessor`, only the registrar of its domain changes a participant's status.
    function check_status_registrar(address caller, address account, uint48 time, uint48 height) external {
        ParticipantStatus before = _registry.participantOf(account).status;
        bytes4 selector = _callAnything(caller, time, height);
        if (selector == ParticipantRegistry.recordSuccessor.selector) revert Outside();
        Participant memory later = _registry.participantOf(account);
        assert(later.status == before || caller == _registry.registrarOf(later.domain));
    }

    /// @notice `recordSuccessor` makes a status Succeeded, and only once the window is over for which the registrar of the
    /// domain, still in office, has proposed it.
    function check_status_recordSuccessor(
        address caller,
        address account,
        address recorded,
        uint48 time,
        uint48 height
    ) external {
        Participant memory before = _registry.participantOf(account);
        Succession memory succession = _registry.successionOf(account);
        _at(time, height);
        vm.prank(caller);
        _registry.recordSuccessor(recorded);
        ParticipantStatus later = _registry.participantOf(account).status;
        bool proposed = succession.registrar == _registry.registrarOf(before.domain) && succession.effectiveAt.isOver();
        assert(later == before.status || (later == ParticipantStatus.Succeeded && account == recorded && proposed));
    }

    /// @notice Only the registrar of its domain proposes a participant's successor.
    function check_successor_registrar(address caller, address account, uint48 time, uint48 height) external {
        Succession memory before = _registry.successionOf(account);
        _callAnything(caller, time, height);
        Succession memory later = _registry.successionOf(account);
        bool same = later.successor == before.successor && later.registrar == before.registrar;
        address registrar = _registry.registrarOf(_registry.participantOf(account).domain);
        assert(same || later.successor == address(0) || (caller == registrar && later.registrar == caller));
    }

    /// @notice The domain of a participant that was ever admitted never changes.
    function check_domain(address caller, address account, uint48 time, uint48 height) external {
        Participant memory before = _registry.participantOf(account);
        _callAnything(caller, time, height);
        DomainId later = _registry.participantOf(account).domain;
        assert(before.status == ParticipantStatus.None || DomainId.unwrap(later) == DomainId.unwrap(before.domain));
    }

    function _callAnything(address caller, uint48 time, uint48 height) private returns (bytes4 selector) {
        bytes memory data = svm.createCalldata("ParticipantRegistry");
        _at(time, height);
        vm.prank(caller);
        (bool ok, ) = address(_registry).call(data);
        if (!ok) revert Outside();
        // The first four bytes of a call.
        selector = bytes4(data);
    }

    function _at(uint48 time, uint48 height) private {
        vm.warp(time);
        vm.roll(height);
    }
}
