// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a domain demands of transfers to or from one of its participants. `Closed` lets nothing move, and is what a
/// domain has that was given no profile; `ApprovedVenue` demands an operator with a valid venue credential, `Sandbox` two
/// parties with a valid sandbox credential; `Open` demands nothing.
enum Profile {
    Closed,
    ApprovedVenue,
    Sandbox,
    Open
}
