// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Credential, DelegatedIssuance, Issuance, SchemaId} from "./CredentialTypes.sol";

/// @title What is certified of whom
/// @notice Schemas, the issuers accredited for each, and at most one credential for each schema and subject. A credential is
/// valid while it is neither revoked nor past its end and its issuer is accredited for its schema. Subjects are any accounts.
interface ICredentialRegistry {
    event SchemaOpened(SchemaId indexed schema, string name, string uri);
    event IssuerAccredited(SchemaId indexed schema, address indexed issuer);
    /// @param reason hash of the authority's statement of reasons
    event AccreditationWithdrawn(SchemaId indexed schema, address indexed issuer, bytes32 reason);
    /// @notice Replaces whatever the subject had of this schema.
    event CredentialIssued(
        SchemaId indexed schema,
        address indexed subject,
        address indexed issuer,
        uint40 issuedAt,
        uint48 validUntil,
        bytes32 claimHash
    );
    event CredentialRenewed(
        SchemaId indexed schema,
        address indexed subject,
        address indexed issuer,
        uint48 validUntil
    );
    /// @param reason hash of the issuer's statement of reasons
    event CredentialRevoked(SchemaId indexed schema, address indexed subject, address indexed issuer, bytes32 reason);
    /// @notice The issuer's number was used by a signed issue, or cancelled.
    event IssueNonceSpent(address indexed issuer, uint64 nonce);

    error Credentials_NoName();
    error Credentials_SchemaExists(SchemaId schema);
    error Credentials_SchemaUnknown(SchemaId schema);
    error Credentials_ZeroAddress();
    error Credentials_AlreadyAccredited(SchemaId schema, address issuer);
    error Credentials_NotAccredited(SchemaId schema, address issuer);
    error Credentials_EndsInThePast(uint48 validUntil, uint256 time);
    error Credentials_HeldFromAnother(SchemaId schema, address subject, address issuer);
    error Credentials_RevokedByAnother(SchemaId schema, address subject, address issuer);
    error Credentials_Missing(SchemaId schema, address subject);
    error Credentials_Revoked(SchemaId schema, address subject);
    error Credentials_Expired(SchemaId schema, address subject, uint48 validUntil);
    error Credentials_NotIssuer(SchemaId schema, address subject, address issuer, address caller);
    error Credentials_DeadlineOver(uint48 deadline, uint256 time);
    error Credentials_NonceSpent(address issuer, uint64 nonce);
    error Credentials_BadSignature(bytes32 hash, address issuer);

    /// @notice Opens a schema. Requires the role AUTHORITY.
    /// @param name not empty
    /// @param uri where the definition of the claim lies
    function openSchema(string calldata name, string calldata uri) external returns (SchemaId schema);

    /// @notice Lets an account issue credentials of a schema. Requires the role AUTHORITY.
    function accredit(SchemaId schema, address issuer) external;

    /// @notice Takes an accreditation back: the issuer's credentials of the schema are invalid from now on, and valid again if
    /// it is accredited again. Requires the role AUTHORITY.
    function withdrawAccreditation(SchemaId schema, address issuer, bytes32 reason) external;

    /// @notice Issues a credential. Only an issuer accredited for the schema.
    /// @dev `issue(Issuance(subject, schema, validUntil, claimHash))`. Replaces the caller's own credential, one that has
    /// expired, and one whose issuer is not accredited any more; never a valid one of another issuer, nor one that an issuer
    /// who is still accredited has revoked.
    function issue(Issuance calldata issuance) external;

    /// @notice Issues a credential that an accredited issuer signed. Anyone, once, until the deadline.
    /// @dev `issueBySignature(DelegatedIssuance(issuer, subject, schema, validUntil, claimHash, nonce, deadline), signature)`,
    /// signed in the domain ("Cadastre Credentials", "1") by a key or by ERC-1271. A revocation does not cancel what was signed
    /// and not submitted: the issuer cancels its nonces.
    function issueBySignature(DelegatedIssuance calldata issuance, bytes calldata signature) external;

    /// @notice Makes one of the caller's signatures worthless.
    function cancelNonce(uint64 nonce) external;

    /// @notice Sets another end of validity. Only the credential's issuer, while it is accredited and has not revoked it.
    function renew(address subject, SchemaId schema, uint48 validUntil) external;

    /// @notice Revokes a credential. Only its issuer, accredited or not.
    function revoke(address subject, SchemaId schema, bytes32 reason) external;

    /// @notice Whether the subject has a valid credential of the schema now.
    function isValid(address subject, SchemaId schema) external view returns (bool);

    /// @notice `isValid`, and if not, why: the selector of `Credentials_Missing`, `Credentials_Revoked`, `Credentials_Expired`
    /// or `Credentials_NotAccredited`, in this order.
    function explain(address subject, SchemaId schema) external view returns (bool ok, bytes4 reason);

    /// @notice The credential as it was last issued, valid or not; all zero where there is none.
    function credentialOf(address subject, SchemaId schema) external view returns (Credential memory);

    /// @notice Whether an account may issue credentials of a schema now; false where the schema is not open.
    function isAccredited(SchemaId schema, address issuer) external view returns (bool);

    /// @notice Both empty where the schema is not open.
    function schemaOf(SchemaId schema) external view returns (string memory name, string memory uri);

    /// @notice The id that a schema of this name and URI has.
    function schemaIdOf(string calldata name, string calldata uri) external pure returns (SchemaId);

    /// @notice Whether an issuer's number was used or cancelled.
    function isNonceSpent(address issuer, uint64 nonce) external view returns (bool);

    /// @notice What an issuer signs.
    function hashIssuance(DelegatedIssuance calldata issuance) external view returns (bytes32);
}
