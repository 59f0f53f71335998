// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Signatures} from "../types/Signatures.sol";
import {Credential, DelegatedIssuance, Issuance, SchemaId} from "./CredentialTypes.sol";
import {ICredentialRegistry} from "./ICredentialRegistry.sol";

/// @title CredentialRegistry
/// @notice Assumes that the authority accredits issuers who check what they state. Role: AUTHORITY opens schemas, accredits
/// issuers and withdraws accreditations; it issues and revokes nothing itself, unless it accredits itself. Who issued a
/// credential is read from this contract's storage, so a subject cannot choose whom to be judged by.
/// Does not guarantee that a claim is true, nor that a subject asked for its credential: an accredited issuer that issues and
/// revokes bars a subject from the schema until the authority withdraws its accreditation.
contract CredentialRegistry is ICredentialRegistry, AccessManaged, EIP712 {
    bytes32 private constant ISSUANCE_TYPEHASH = keccak256(
        "DelegatedIssuance(address issuer,address subject,bytes32 schema,uint48 validUntil,bytes32 claimHash,uint64 nonce,uint48 deadline)"
    );

    struct Schema {
        string name;
        string uri;
    }

    mapping(SchemaId schema => Schema) private _schemas;
    mapping(SchemaId schema => mapping(address issuer => bool)) private _accredited;
    mapping(SchemaId schema => mapping(address subject => Credential)) private _credentials;
    mapping(address issuer => mapping(uint256 word => uint256 bitmap)) private _nonces;

    constructor(address authority) AccessManaged(authority) EIP712("Cadastre Credentials", "1") {}

    /// @inheritdoc ICredentialRegistry
    function openSchema(string calldata name, string calldata uri) external restricted returns (SchemaId schema) {
        if (bytes(name).length == 0) revert Credentials_NoName();
        schema = schemaIdOf(name, uri);
        if (_isOpen(schema)) revert Credentials_SchemaExists(schema);
        _schemas[schema] = Schema(name, uri);
        emit SchemaOpened(schema, name, uri);
    }

    /// @inheritdoc ICredentialRegistry
    function accredit(SchemaId schema, address issuer) external restricted {
        if (issuer == address(0)) revert Credentials_ZeroAddress();
        if (!_isOpen(schema)) revert Credentials_SchemaUnknown(schema);
        if (_accredited[schema][issuer]) revert Credentials_AlreadyAccredited(schema, issuer);
        _accredited[schema][issuer] = true;
        emit IssuerAccredited(schema, issuer);
    }

    /// @inheritdoc ICredentialRegistry
    function withdrawAccreditation(SchemaId schema, address issuer, bytes32 reason) external restricted {
        _checkAccredited(schema, issuer);
        _accredited[schema][issuer] = false;
        emit AccreditationWithdrawn(schema, issuer, reason);
    }

    /// @inheritdoc ICredentialRegistry
    function issue(Issuance calldata issuance) external {
        _issue(msg.sender, issuance.subject, issuance.schema, issuance.validUntil, issuance.claimHash);
    }

    /// @inheritdoc ICredentialRegistry
    function issueBySignature(DelegatedIssuance calldata d, bytes calldata signature) external {
        if (block.timestamp > d.deadline) revert Credentials_DeadlineOver(d.deadline, block.timestamp);
        bytes32 hash = hashIssuance(d);
        if (!Signatures.isBy(d.issuer, hash, signature)) revert Credentials_BadSignature(hash, d.issuer);
        _spend(d.issuer, d.nonce);
        Credential storage former = _credentials[d.schema][d.subject];
        // A signature from before the revocation must not undo it: whoever revoked can issue again, in person.
        if (former.issuer == d.issuer && former.revoked) revert Credentials_Revoked(d.schema, d.subject);
        _issue(d.issuer, d.subject, d.schema, d.validUntil, d.claimHash);
    }

    /// @inheritdoc ICredentialRegistry
    function cancelNonce(uint64 nonce) external {
        _spend(msg.sender, nonce);
    }

    /// @inheritdoc ICredentialRegistry
    function renew(address subject, SchemaId schema, uint48 validUntil) external {
        Credential storage credential = _ownCredential(subject, schema);
        _checkAccredited(schema, msg.sender);
        _checkEnd(validUntil);
        credential.validUntil = validUntil;
        emit CredentialRenewed(schema, subject, msg.sender, validUntil);
    }

    /// @inheritdoc ICredentialRegistry
    function revoke(address subject, SchemaId schema, bytes32 reason) external {
        _ownCredential(subject, schema).revoked = true;
        emit CredentialRevoked(schema, subject, msg.sender, reason);
    }

    /// @inheritdoc ICredentialRegistry
    function isValid(address subject, SchemaId schema) external view returns (bool) {
        return _explain(subject, schema) == 0;
    }

    /// @inheritdoc ICredentialRegistry
    function explain(address subject, SchemaId schema) external view returns (bool ok, bytes4 reason) {
        reason = _explain(subject, schema);
        return (reason == 0, reason);
    }

    /// @inheritdoc ICredentialRegistry
    function credentialOf(address subject, SchemaId schema) external view returns (Credential memory) {
        return _credentials[schema][subject];
    }

    /// @inheritdoc ICredentialRegistry
    function isAccredited(SchemaId schema, address issuer) external view returns (bool) {
        return _accredited[schema][issuer];
    }

    /// @inheritdoc ICredentialRegistry
    function schemaOf(SchemaId schema) external view returns (string memory name, string memory uri) {
        Schema storage known = _schemas[schema];
        return (known.name, known.uri);
    }

    /// @inheritdoc ICredentialRegistry
    function isNonceSpent(address issuer, uint64 nonce) external view returns (bool) {
        return _nonces[issuer][nonce >> 8] & _bitOf(nonce) != 0;
    }

    /// @inheritdoc ICredentialRegistry
    function hashIssuance(DelegatedIssuance calldata d) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(
                        ISSUANCE_TYPEHASH,
                        d.issuer,
                        d.subject,
                        d.schema,
                        d.validUntil,
                        d.claimHash,
                        d.nonce,
                        d.deadline
                    )
                )
            );
    }

    /// @inheritdoc ICredentialRegistry
    function schemaIdOf(string calldata name, string calldata uri) public pure returns (SchemaId) {
        return SchemaId.wrap(keccak256(abi.encode(name, uri)));
    }

    function _issue(address issuer, address subject, SchemaId schema, uint48 validUntil, bytes32 claimHash) private {
        if (subject == address(0)) revert Credentials_ZeroAddress();
        if (!_isOpen(schema)) revert Credentials_SchemaUnknown(schema);
        _checkAccredited(schema, issuer);
        _checkEnd(validUntil);
        _checkReplaceable(issuer, subject, schema);
        // 40 bits of seconds last for more than thirty thousand years.
        uint40 issuedAt = uint40(block.timestamp);
        _credentials[schema][subject] = Credential(issuer, issuedAt, validUntil, false, claimHash);
        emit CredentialIssued(schema, subject, issuer, issuedAt, validUntil, claimHash);
    }

    /// @dev The bit is set once and never cleared.
    function _spend(address issuer, uint64 nonce) private {
        uint256 word = nonce >> 8;
        uint256 bitmap = _nonces[issuer][word];
        if (bitmap & _bitOf(nonce) != 0) revert Credentials_NonceSpent(issuer, nonce);
        _nonces[issuer][word] = bitmap | _bitOf(nonce);
        emit IssueNonceSpent(issuer, nonce);
    }

    /// @dev A revocation outlasts the credential's end: else a subject would only have to wait for another issuer.
    function _checkReplaceable(address issuer, address subject, SchemaId schema) private view {
        Credential storage credential = _credentials[schema][subject];
        address former = credential.issuer;
        if (former == issuer || !_accredited[schema][former]) return;
        if (credential.revoked) revert Credentials_RevokedByAnother(schema, subject, former);
        if (block.timestamp <= credential.validUntil) revert Credentials_HeldFromAnother(schema, subject, former);
    }

    /// @dev The caller's credential of a subject, not revoked.
    function _ownCredential(address subject, SchemaId schema) private view returns (Credential storage credential) {
        credential = _credentials[schema][subject];
        address issuer = credential.issuer;
        if (issuer == address(0)) revert Credentials_Missing(schema, subject);
        if (issuer != msg.sender) revert Credentials_NotIssuer(schema, subject, issuer, msg.sender);
        if (credential.revoked) revert Credentials_Revoked(schema, subject);
    }

    function _checkAccredited(SchemaId schema, address issuer) private view {
        if (!_accredited[schema][issuer]) revert Credentials_NotAccredited(schema, issuer);
    }

    function _checkEnd(uint48 validUntil) private view {
        if (block.timestamp > validUntil) revert Credentials_EndsInThePast(validUntil, block.timestamp);
    }

    function _explain(address subject, SchemaId schema) private view returns (bytes4) {
        Credential storage credential = _credentials[schema][subject];
        address issuer = credential.issuer;
        if (issuer == address(0)) return Credentials_Missing.selector;
        if (credential.revoked) return Credentials_Revoked.selector;
        if (block.timestamp > credential.validUntil) return Credentials_Expired.selector;
        return _accredited[schema][issuer] ? bytes4(0) : Credentials_NotAccredited.selector;
    }

    function _isOpen(SchemaId schema) private view returns (bool) {
        return bytes(_schemas[schema].name).length != 0;
    }

    function _bitOf(uint64 nonce) private pure returns (uint256) {
        return 1 << (nonce & 0xff);
    }
}
