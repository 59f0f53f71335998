// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {SchemaId} from "../participants/CredentialTypes.sol";
import {DomainId} from "../participants/ParticipantTypes.sol";
import {Profile} from "./PolicyTypes.sol";

/// @title The rule of the parties' domains
interface IJurisdictionPolicy is IPolicy {
    event ProfileChanged(DomainId indexed domain, Profile profile);

    error JurisdictionPolicy_DomainUnknown(DomainId domain);
    error JurisdictionPolicy_Closed(DomainId domain);
    error JurisdictionPolicy_VenueNotApproved(DomainId domain, address operator);
    error JurisdictionPolicy_NotInSandbox(DomainId domain, address party);

    /// @notice Sets what an open domain demands. Requires the role STEWARD.
    function setProfile(DomainId domain, Profile profile) external;

    /// @notice What a domain demands, `Closed` where it was given no profile.
    function profileOf(DomainId domain) external view returns (Profile);

    /// @notice The schemas of the credentials that profiles demand.
    function needed() external view returns (SchemaId sandbox, SchemaId venue);
}
