// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DomainId} from "../participants/ParticipantTypes.sol";

enum CertificateStatus {
    None,
    Valid,
    Expired,
    Suspended,
    StruckOff,
    Withdrawn
}

/// @notice Everything that a registration certificate (登记凭证) states, as it is now.
/// @param number of the certificate, from 1 on over the whole register
/// @param registrar of the domain now
/// @param issuedAt block time of the issue, in seconds
/// @param validUntil last second of its term
/// @param releaseHash of the latest release
/// @param noticeEndedAt when the window of public notice ended, in seconds; 0 where there was none
struct Certificate {
    uint64 number;
    CertificateStatus status;
    DomainId domain;
    address registrar;
    address holder;
    address operator;
    uint48 issuedAt;
    uint48 validUntil;
    uint32 latestRelease;
    bytes32 releaseHash;
    bytes32 termsHash;
    uint64 fractions;
    address currency;
    uint56 policy;
    uint32 policyVersion;
    uint48 noticeEndedAt;
}
