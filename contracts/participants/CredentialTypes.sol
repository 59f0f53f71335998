// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Identifies a schema: keccak-256 of the ABI encoding of its name and the URI of its definition.
type SchemaId is bytes32;

/// @notice What an issuer states of a subject; all but the hash lies in one word.
/// @param issuedAt block time in seconds
/// @param validUntil last second at which it is valid
/// @param claimHash hash of what is claimed, which stays off chain
struct Credential {
    address issuer;
    uint40 issuedAt;
    uint48 validUntil;
    bool revoked;
    bytes32 claimHash;
}

/// @notice A credential as its issuer asks for it.
struct Issuance {
    address subject;
    SchemaId schema;
    uint48 validUntil;
    bytes32 claimHash;
}

/// @notice A credential that its issuer signed and anyone may submit. Off chain: EIP-712, type `DelegatedIssuance` of the same
/// fields, `schema` as bytes32.
/// @param nonce the issuer's number for this signature, used once, in any order
/// @param deadline last second at which it may be submitted
struct DelegatedIssuance {
    address issuer;
    address subject;
    SchemaId schema;
    uint48 validUntil;
    bytes32 claimHash;
    uint64 nonce;
    uint48 deadline;
}
