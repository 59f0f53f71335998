// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deadline} from "../types/Window.sol";

/// @notice A province or a sector with a registrar of its own. Provinces use their code of GB/T 2260.
type DomainId is uint32;

enum ParticipantKind {
    None,
    Organisation,
    PublicBody,
    Person
}

enum ParticipantStatus {
    None,
    Active,
    Suspended,
    Revoked,
    Succeeded
}

/// @notice A participant as the registry knows it; all of it lies in one word.
/// @param since block time of the last change of status, in seconds
struct Participant {
    ParticipantStatus status;
    ParticipantKind kind;
    DomainId domain;
    uint48 since;
}

/// @notice A proposed succession.
/// @param registrar who proposed it
/// @param effectiveAt when it may be recorded
/// @param objected whether the account has objected
struct Succession {
    address successor;
    Deadline effectiveAt;
    address registrar;
    bool objected;
}
