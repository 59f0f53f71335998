// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice By what right an asset is derived from one parent.
enum EvidenceKind {
    None,
    Consent,
    Licence
}

/// @notice The evidence for one parent.
/// @param data for `None` nothing, for `Consent` an `abi.encode(Consent)`, for `Licence` an `abi.encode(Agreement)`
struct Evidence {
    EvidenceKind kind;
    bytes data;
}
