// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IPolicy} from "../assets/IPolicy.sol";
import {SchemaId} from "../participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../participants/ICredentialRegistry.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {DomainId} from "../participants/ParticipantTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {IJurisdictionPolicy} from "./IJurisdictionPolicy.sol";
import {Profile} from "./PolicyTypes.sol";

/// @title JurisdictionPolicy
/// @notice Asks for what the sender's domain demands, then for what the receiver's does; both must be met.
/// Blocks: every transfer of a domain that is closed or was given no profile; by operators without a valid venue credential
/// where a domain demands it; between parties of whom one has no valid sandbox credential where a domain demands it.
/// Role: STEWARD changes profiles, at once for all assets under this policy, after the delay of its role; the policy version of
/// those assets does not rise. Assumes that the registries of participants and credentials tell the truth.
contract JurisdictionPolicy is IJurisdictionPolicy, AccessManaged {
    IParticipantRegistry private immutable _participants;
    ICredentialRegistry private immutable _credentials;
    SchemaId private immutable _sandbox;
    SchemaId private immutable _venue;

    mapping(DomainId domain => Profile) private _profiles;

    constructor(
        address authority,
        IParticipantRegistry participants,
        ICredentialRegistry credentials,
        SchemaId sandbox,
        SchemaId venue
    ) AccessManaged(authority) {
        _participants = participants;
        _credentials = credentials;
        _sandbox = sandbox;
        _venue = venue;
    }

    /// @inheritdoc IJurisdictionPolicy
    function setProfile(DomainId domain, Profile profile) external restricted {
        if (_participants.registrarOf(domain) == address(0)) revert JurisdictionPolicy_DomainUnknown(domain);
        _profiles[domain] = profile;
        emit ProfileChanged(domain, profile);
    }

    /// @inheritdoc IPolicy
    function check(address operator, address from, address to, AssetId, uint256) external view returns (bytes4 reason) {
        Profile sending = _profiles[_participants.participantOf(from).domain];
        Profile receiving = _profiles[_participants.participantOf(to).domain];
        reason = _explain(sending, operator, from, to);
        // What was demanded once is not asked for again.
        if (reason == 0 && receiving != sending) reason = _explain(receiving, operator, from, to);
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }

    /// @inheritdoc IJurisdictionPolicy
    function profileOf(DomainId domain) external view returns (Profile) {
        return _profiles[domain];
    }

    /// @inheritdoc IJurisdictionPolicy
    function needed() external view returns (SchemaId sandbox, SchemaId venue) {
        return (_sandbox, _venue);
    }

    function _explain(Profile profile, address operator, address from, address to) private view returns (bytes4) {
        if (profile == Profile.Open) return 0;
        if (profile == Profile.ApprovedVenue) {
            return _credentials.isValid(operator, _venue) ? bytes4(0) : JurisdictionPolicy_VenueNotApproved.selector;
        }
        if (profile == Profile.Sandbox) {
            bool both = _credentials.isValid(from, _sandbox) && _credentials.isValid(to, _sandbox);
            return both ? bytes4(0) : JurisdictionPolicy_NotInSandbox.selector;
        }
        return JurisdictionPolicy_Closed.selector;
    }
}
