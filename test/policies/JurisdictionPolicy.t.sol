// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ParticipantKind, DomainId} from "../../contracts/participants/ParticipantTypes.sol";
import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {IJurisdictionPolicy} from "../../contracts/policies/IJurisdictionPolicy.sol";
import {JurisdictionPolicy} from "../../contracts/policies/JurisdictionPolicy.sol";
import {Profile} from "../../contracts/policies/PolicyTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {PolicyTest} from "./PolicyTest.sol";

/// @notice What the parties' domains demand. Alice is of `DOMAIN`, Dave of `SECTOR`.
contract JurisdictionPolicyTest is PolicyTest {
    DomainId private constant SECTOR = DomainId.wrap(1_000_001);
    address private constant DAVE = address(0xDA7E);
    bytes4 private constant CLOSED = IJurisdictionPolicy.JurisdictionPolicy_Closed.selector;
    bytes4 private constant NO_VENUE = IJurisdictionPolicy.JurisdictionPolicy_VenueNotApproved.selector;
    bytes4 private constant NO_SANDBOX = IJurisdictionPolicy.JurisdictionPolicy_NotInSandbox.selector;

    SchemaId private _sandbox;
    SchemaId private _venue;
    JurisdictionPolicy private _policy;
    AssetId private _id;

    function setUp() public {
        setUpPolicies();
        participants.openDomain(SECTOR, address(this), "sector");
        participants.admit(DAVE, SECTOR, ParticipantKind.Organisation, 0);
        _sandbox = openSchema("sandbox", address(this));
        _venue = openSchema("venue", address(this));
        _policy = new JurisdictionPolicy(address(manager), participants, credentials, _sandbox, _venue);
        _id = listUnder(_policy);
    }

    function test_POL_40_aDomainWithoutAProfileIsClosed() public {
        isTrue(_policy.profileOf(DOMAIN) == Profile.Closed, "closed");
        tried(_id, ALICE, ALICE, BOB, 1, CLOSED);
        _policy.setProfile(DOMAIN, Profile.Open);
        tried(_id, ALICE, ALICE, BOB, 1, 0);
        tried(_id, ALICE, ALICE, DAVE, 1, CLOSED);
        _policy.setProfile(SECTOR, Profile.Open);
        tried(_id, ALICE, ALICE, DAVE, 1, 0);
        _policy.setProfile(DOMAIN, Profile.Closed);
        tried(_id, ALICE, ALICE, DAVE, 1, CLOSED);
        answers(_policy, ALICE, DAVE, address(0xE0A), 1, CLOSED);
    }

    function test_POL_41_anApprovedVenueIsDemandedOfTheOperator() public {
        _policy.setProfile(DOMAIN, Profile.ApprovedVenue);
        tried(_id, ALICE, ALICE, BOB, 1, NO_VENUE);
        certify(ALICE, _sandbox);
        certify(BOB, _venue);
        tried(_id, OPERATOR, ALICE, BOB, 1, NO_VENUE);
        certify(OPERATOR, _venue);
        tried(_id, OPERATOR, ALICE, BOB, 1, 0);
        tried(_id, ALICE, ALICE, BOB, 1, NO_VENUE);
        vm.warp(END + 1);
        tried(_id, OPERATOR, ALICE, BOB, 1, NO_VENUE);
    }

    function test_POL_42_theSandboxIsForPartiesWithItsCredential() public {
        _policy.setProfile(DOMAIN, Profile.Sandbox);
        certify(OPERATOR, _sandbox);
        certify(ALICE, _sandbox);
        certify(BOB, _venue);
        tried(_id, OPERATOR, ALICE, BOB, 1, NO_SANDBOX);
        certify(BOB, _sandbox);
        tried(_id, ALICE, ALICE, BOB, 1, 0);
        credentials.revoke(ALICE, _sandbox, 0);
        tried(_id, ALICE, ALICE, BOB, 1, NO_SANDBOX);
    }

    function test_POL_43_theDemandsOfBothDomainsAreMetTheSendersFirst() public {
        _policy.setProfile(DOMAIN, Profile.ApprovedVenue);
        _policy.setProfile(SECTOR, Profile.Sandbox);
        tried(_id, OPERATOR, ALICE, DAVE, 1, NO_VENUE);
        answers(_policy, OPERATOR, DAVE, ALICE, 1, NO_SANDBOX);
        certify(OPERATOR, _venue);
        tried(_id, OPERATOR, ALICE, DAVE, 1, NO_SANDBOX);
        certify(DAVE, _sandbox);
        tried(_id, OPERATOR, ALICE, DAVE, 1, NO_SANDBOX);
        certify(ALICE, _sandbox);
        tried(_id, OPERATOR, ALICE, DAVE, 1, 0);
        tried(_id, ALICE, ALICE, DAVE, 1, NO_VENUE);
    }

    function test_POL_44_aProfileIsSetForAnOpenDomainAndAnnounced() public {
        vm.expectEmit(true, true, true, true, address(_policy));
        emit IJurisdictionPolicy.ProfileChanged(SECTOR, Profile.Sandbox);
        _policy.setProfile(SECTOR, Profile.Sandbox);
        isTrue(_policy.profileOf(SECTOR) == Profile.Sandbox, "set");
        isTrue(_policy.profileOf(DOMAIN) == Profile.Closed, "the other is as it was");
        DomainId unknown = DomainId.wrap(9);
        vm.expectRevert(abi.encodeWithSelector(IJurisdictionPolicy.JurisdictionPolicy_DomainUnknown.selector, unknown));
        _policy.setProfile(unknown, Profile.Open);
        (SchemaId sandbox, SchemaId venue) = _policy.needed();
        equal(SchemaId.unwrap(sandbox), SchemaId.unwrap(_sandbox), "sandbox");
        equal(SchemaId.unwrap(venue), SchemaId.unwrap(_venue), "venue");
        isTrue(!_policy.countsHolders(), "counts nobody");
    }

    /// @notice POL-45 Over both profiles and who has which credential.
    function testFuzz_POL_45_everyPairOfProfilesIsJudgedByBoth(uint8 first, uint8 second, uint8 has) public {
        Profile a = Profile(first % 4);
        Profile b = Profile(second % 4);
        _policy.setProfile(DOMAIN, a);
        _policy.setProfile(SECTOR, b);
        if (has & 1 != 0) certify(OPERATOR, _venue);
        if (has & 2 != 0) certify(ALICE, _sandbox);
        if (has & 4 != 0) certify(DAVE, _sandbox);
        bytes4 expected = _judge(a, has);
        if (expected == 0) expected = _judge(b, has);
        tried(_id, OPERATOR, ALICE, DAVE, 1, expected);
    }

    function _judge(Profile profile, uint8 has) private pure returns (bytes4) {
        if (profile == Profile.Closed) return CLOSED;
        if (profile == Profile.ApprovedVenue && has & 1 == 0) return NO_VENUE;
        return profile == Profile.Sandbox && has & 6 != 6 ? NO_SANDBOX : bytes4(0);
    }
}
