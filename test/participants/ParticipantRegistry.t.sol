// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {Window} from "../../contracts/types/Window.sol";
import {ParticipantRegistry} from "../../contracts/participants/ParticipantRegistry.sol";
import {
    DomainId,
    Participant,
    ParticipantKind,
    ParticipantStatus
} from "../../contracts/participants/ParticipantTypes.sol";
import {Draws} from "../support/Draws.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";

/// @notice Domains, registrars and participants. This contract is administrator without delay.
contract ParticipantRegistryTest is Draws {
    DomainId private constant FIRST = DomainId.wrap(330_000);
    DomainId private constant SECOND = DomainId.wrap(1_000_001);
    DomainId private constant CLOSED = DomainId.wrap(9);
    address private constant REGISTRAR = address(0x1);
    address private constant OTHER = address(0x2);
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);

    ParticipantRegistry private _registry;

    /// @dev The model that random operations are compared with.
    mapping(address account => ParticipantStatus) private _status;
    mapping(address account => DomainId) private _domain;

    function setUp() public {
        vm.warp(1_800_000_000);
        _registry = new ParticipantRegistry(address(new AccessManager(address(this))), Window(1, 1));
        _registry.openDomain(FIRST, REGISTRAR, "first");
        _registry.openDomain(SECOND, OTHER, "second");
    }

    function test_PAR_01_openingADomainNamesItsRegistrar() public {
        vm.expectEmit(true, true, true, true, address(_registry));
        emit IParticipantRegistry.DomainOpened(CLOSED, ALICE, "third");
        _registry.openDomain(CLOSED, ALICE, "third");
        equal(_registry.registrarOf(CLOSED), ALICE, "registrar");
        equal(_registry.registrarOf(DomainId.wrap(10)), address(0), "not open");
    }

    function test_PAR_02_aDomainNeedsANumberAndARegistrarAndIsOpenedOnce() public {
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_ZeroDomain.selector));
        _registry.openDomain(DomainId.wrap(0), ALICE, "");
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_ZeroAddress.selector));
        _registry.openDomain(CLOSED, address(0), "");
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_DomainExists.selector, FIRST));
        _registry.openDomain(FIRST, ALICE, "");
    }

    function test_PAR_03_anotherRegistrarTakesAllPowersOver() public {
        _admit(REGISTRAR, ALICE, FIRST);
        vm.expectEmit(true, true, true, true, address(_registry));
        emit IParticipantRegistry.RegistrarChanged(FIRST, REGISTRAR, address(0x3));
        _registry.changeRegistrar(FIRST, address(0x3));
        equal(_registry.registrarOf(FIRST), address(0x3), "registrar");
        vm.expectRevert(_notRegistrar(FIRST, REGISTRAR));
        _suspend(REGISTRAR, ALICE);
        _suspend(address(0x3), ALICE);
        isTrue(!_registry.isActive(ALICE), "suspended by the new one");
    }

    function test_PAR_04_aRegistrarIsChangedToSomebodyInAnOpenDomainOnly() public {
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_ZeroAddress.selector));
        _registry.changeRegistrar(FIRST, address(0));
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_DomainUnknown.selector, CLOSED));
        _registry.changeRegistrar(CLOSED, ALICE);
    }

    function test_PAR_05_admissionIsRecordedWhole() public {
        vm.expectEmit(true, true, true, true, address(_registry));
        emit IParticipantRegistry.ParticipantAdmitted(ALICE, FIRST, ParticipantKind.Person, "profile", 1_800_000_000);
        vm.prank(REGISTRAR);
        _registry.admit(ALICE, FIRST, ParticipantKind.Person, "profile");
        _is(ALICE, ParticipantStatus.Active, FIRST, 1_800_000_000);
        isTrue(_registry.participantOf(ALICE).kind == ParticipantKind.Person, "kind");
    }

    function test_PAR_06_onlyTheRegistrarOfTheDomainAdmits() public {
        vm.expectRevert(_notRegistrar(FIRST, OTHER));
        _admit(OTHER, ALICE, FIRST);
        vm.expectRevert(_notRegistrar(FIRST, address(this)));
        _admit(address(this), ALICE, FIRST);
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_DomainUnknown.selector, CLOSED));
        _admit(REGISTRAR, ALICE, CLOSED);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_DomainUnknown.selector, DomainId.wrap(0))
        );
        _admit(REGISTRAR, ALICE, DomainId.wrap(0));
    }

    function test_PAR_07_admissionNeedsAnAccountAndAKind() public {
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_ZeroAddress.selector));
        _admit(REGISTRAR, address(0), FIRST);
        vm.expectRevert(abi.encodeWithSelector(IParticipantRegistry.Participants_KindMissing.selector, ALICE));
        vm.prank(REGISTRAR);
        _registry.admit(ALICE, FIRST, ParticipantKind.None, 0);
    }

    function test_PAR_08_anAccountIsAdmittedOnce() public {
        _admit(REGISTRAR, ALICE, FIRST);
        vm.expectRevert(_alreadyAdmitted(ParticipantStatus.Active));
        _admit(REGISTRAR, ALICE, FIRST);
        vm.expectRevert(_alreadyAdmitted(ParticipantStatus.Active));
        _admit(OTHER, ALICE, SECOND);
        _suspend(REGISTRAR, ALICE);
        vm.expectRevert(_alreadyAdmitted(ParticipantStatus.Suspended));
        _admit(OTHER, ALICE, SECOND);
    }

    function test_PAR_09_changesOfStatusAreAnnouncedWithReasonAndTime() public {
        _admit(REGISTRAR, ALICE, FIRST);
        vm.warp(1_800_000_010);
        _announced(ParticipantStatus.Suspended, "why", 1_800_000_010);
        vm.prank(REGISTRAR);
        _registry.suspend(ALICE, "why");
        _is(ALICE, ParticipantStatus.Suspended, FIRST, 1_800_000_010);
        vm.warp(1_800_000_020);
        _announced(ParticipantStatus.Active, "over", 1_800_000_020);
        vm.prank(REGISTRAR);
        _registry.reinstate(ALICE, "over");
        _is(ALICE, ParticipantStatus.Active, FIRST, 1_800_000_020);
        vm.warp(1_800_000_030);
        _announced(ParticipantStatus.Revoked, "end", 1_800_000_030);
        vm.prank(REGISTRAR);
        _registry.revoke(ALICE, "end");
        _is(ALICE, ParticipantStatus.Revoked, FIRST, 1_800_000_030);
    }

    function test_PAR_18_changesNeedAReason() public {
        bytes memory refusal = abi.encodeWithSelector(IParticipantRegistry.Participants_NoReason.selector, ALICE);
        _admit(REGISTRAR, ALICE, FIRST);
        _admit(REGISTRAR, BOB, FIRST);
        vm.startPrank(REGISTRAR);
        vm.expectRevert(refusal);
        _registry.suspend(ALICE, 0);
        vm.expectRevert(refusal);
        _registry.revoke(ALICE, 0);
        vm.expectRevert(refusal);
        _registry.proposeSuccessor(ALICE, BOB, 0);
        _registry.suspend(ALICE, "why");
        vm.expectRevert(refusal);
        _registry.reinstate(ALICE, 0);
        vm.expectRevert(refusal);
        _registry.revoke(ALICE, 0);
        vm.stopPrank();
        _is(ALICE, ParticipantStatus.Suspended, FIRST, uint48(block.timestamp));
        assert(_registry.successionOf(ALICE).successor == address(0));
    }

    function test_PAR_10_eachChangeNeedsTheStatusBeforeIt() public {
        _admit(REGISTRAR, ALICE, FIRST);
        vm.expectRevert(_wrongStatus(ParticipantStatus.Active));
        _reinstate(REGISTRAR, ALICE);
        _suspend(REGISTRAR, ALICE);
        vm.expectRevert(_wrongStatus(ParticipantStatus.Suspended));
        _suspend(REGISTRAR, ALICE);
        _revoke(REGISTRAR, ALICE);
        vm.expectRevert(_wrongStatus(ParticipantStatus.Revoked));
        _suspend(REGISTRAR, ALICE);
        vm.expectRevert(_wrongStatus(ParticipantStatus.Revoked));
        _reinstate(REGISTRAR, ALICE);
        vm.expectRevert(_wrongStatus(ParticipantStatus.Revoked));
        _revoke(REGISTRAR, ALICE);
    }

    function test_PAR_11_anAccountThatWasNeverAdmittedHasNothingToChange() public {
        bytes memory refusal = _wrongStatus(ParticipantStatus.None);
        vm.expectRevert(refusal);
        _suspend(REGISTRAR, ALICE);
        vm.expectRevert(refusal);
        _reinstate(REGISTRAR, ALICE);
        vm.expectRevert(refusal);
        _revoke(REGISTRAR, ALICE);
    }

    function test_PAR_12_aRegistrarsPowerEndsAtItsDomain() public {
        _admit(REGISTRAR, ALICE, FIRST);
        vm.expectRevert(_notRegistrar(FIRST, OTHER));
        _suspend(OTHER, ALICE);
        vm.expectRevert(_notRegistrar(FIRST, OTHER));
        _revoke(OTHER, ALICE);
        vm.expectRevert(_notRegistrar(FIRST, address(this)));
        _revoke(address(this), ALICE);
        _suspend(REGISTRAR, ALICE);
        vm.expectRevert(_notRegistrar(FIRST, OTHER));
        _reinstate(OTHER, ALICE);
    }

    function test_PAR_13_aRevokedAccountComesBackOnlyThroughTheDomainThatRevokedIt() public {
        _admit(REGISTRAR, ALICE, FIRST);
        _revoke(REGISTRAR, ALICE);
        vm.expectRevert(
            abi.encodeWithSelector(IParticipantRegistry.Participants_RevokedElsewhere.selector, ALICE, FIRST)
        );
        _admit(OTHER, ALICE, SECOND);
        vm.warp(1_800_000_050);
        vm.prank(REGISTRAR);
        _registry.admit(ALICE, FIRST, ParticipantKind.PublicBody, 0);
        _is(ALICE, ParticipantStatus.Active, FIRST, 1_800_000_050);
        isTrue(_registry.participantOf(ALICE).kind == ParticipantKind.PublicBody, "kind is the new one");
    }

    function test_PAR_14_contractsAreAdmittedLikePeople() public {
        _admit(REGISTRAR, address(this), FIRST);
        isTrue(_registry.isActive(address(this)), "active");
    }

    function test_PAR_15_bothMustBeActiveToBeActiveTogether() public {
        address bob = address(0xB0B);
        isTrue(!_registry.areActive(ALICE, bob), "neither");
        _admit(REGISTRAR, ALICE, FIRST);
        isTrue(!_registry.areActive(ALICE, bob), "one");
        isTrue(!_registry.areActive(bob, ALICE), "the other");
        isTrue(_registry.areActive(ALICE, ALICE), "with itself");
        _admit(OTHER, bob, SECOND);
        isTrue(_registry.areActive(ALICE, bob), "both, of different domains");
        _suspend(OTHER, bob);
        isTrue(!_registry.areActive(ALICE, bob), "one suspended");
        isTrue(_registry.isActive(ALICE) && !_registry.isActive(bob), "each alone");
    }

    /// @notice Random operations by random callers against a model of a few lines.
    function testFuzz_PAR_16_everySequenceFollowsTheModel(uint256 seed) public {
        seedDraws(seed);
        for (uint256 i = 0; i < 40; ++i) {
            address caller =
                draw(8) == 0
                    ? address(this)
                    : draw(2) == 0
                        ? REGISTRAR
                        : OTHER;
            address account = address(uint160(0xA0 + draw(3)));
            DomainId domain = draw(2) == 0 ? FIRST : SECOND;
            uint256 kind = draw(4);
            bool expected = _model(caller, account, domain, kind);
            vm.prank(caller);
            (bool done, ) = address(_registry).call(_operation(account, domain, kind));
            isTrue(done == expected, "outcome");
            Participant memory participant = _registry.participantOf(account);
            isTrue(participant.status == _status[account], "status");
            equal(DomainId.unwrap(participant.domain), DomainId.unwrap(_domain[account]), "domain");
            isTrue(_registry.isActive(account) == (_status[account] == ParticipantStatus.Active), "active");
        }
    }

    function _operation(address account, DomainId domain, uint256 kind) private pure returns (bytes memory) {
        if (kind == 0) {
            return abi.encodeCall(IParticipantRegistry.admit, (account, domain, ParticipantKind.Organisation, 0));
        }
        if (kind == 1) return abi.encodeCall(IParticipantRegistry.suspend, (account, "reason"));
        if (kind == 2) return abi.encodeCall(IParticipantRegistry.reinstate, (account, "reason"));
        return abi.encodeCall(IParticipantRegistry.revoke, (account, "reason"));
    }

    function _model(address caller, address account, DomainId domain, uint256 kind) private returns (bool) {
        ParticipantStatus status = _status[account];
        if (kind == 0) {
            if (caller != _registrar(domain)) return false;
            bool back =
                status == ParticipantStatus.Revoked && DomainId.unwrap(domain) == DomainId.unwrap(_domain[account]);
            if (status != ParticipantStatus.None && !back) return false;
            (_status[account], _domain[account]) = (ParticipantStatus.Active, domain);
            return true;
        }
        if (status == ParticipantStatus.None || caller != _registrar(_domain[account])) return false;
        bool active = status == ParticipantStatus.Active;
        bool suspended = status == ParticipantStatus.Suspended;
        if (
            kind == 1
                ? !active
                : kind == 2
                    ? !suspended
                    : !active && !suspended
        ) return false;
        _status[account] =
            kind == 1
                ? ParticipantStatus.Suspended
                : kind == 2
                    ? ParticipantStatus.Active
                    : ParticipantStatus.Revoked;
        return true;
    }

    function _registrar(DomainId domain) private pure returns (address) {
        return DomainId.unwrap(domain) == DomainId.unwrap(FIRST) ? REGISTRAR : OTHER;
    }

    function _admit(address caller, address account, DomainId domain) private {
        vm.prank(caller);
        _registry.admit(account, domain, ParticipantKind.Organisation, 0);
    }

    function _suspend(address caller, address account) private {
        vm.prank(caller);
        _registry.suspend(account, "reason");
    }

    function _reinstate(address caller, address account) private {
        vm.prank(caller);
        _registry.reinstate(account, "reason");
    }

    function _revoke(address caller, address account) private {
        vm.prank(caller);
        _registry.revoke(account, "reason");
    }

    function _announced(ParticipantStatus status, bytes32 reason, uint48 since) private {
        vm.expectEmit(true, true, true, true, address(_registry));
        emit IParticipantRegistry.ParticipantStatusChanged(ALICE, FIRST, status, reason, since);
    }

    function _is(address account, ParticipantStatus status, DomainId domain, uint48 since) private view {
        Participant memory participant = _registry.participantOf(account);
        isTrue(participant.status == status, "status");
        equal(DomainId.unwrap(participant.domain), DomainId.unwrap(domain), "domain");
        equal(participant.since, since, "since");
    }

    function _notRegistrar(DomainId domain, address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.Participants_NotRegistrar.selector, domain, caller);
    }

    function _alreadyAdmitted(ParticipantStatus status) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.Participants_AlreadyAdmitted.selector, ALICE, status);
    }

    function _wrongStatus(ParticipantStatus status) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParticipantRegistry.Participants_WrongStatus.selector, ALICE, status);
    }
}
