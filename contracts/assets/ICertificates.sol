// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DomainId} from "../participants/ParticipantTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetStatus} from "../types/AssetWord.sol";
import {Certificate} from "./CertificateTypes.sol";

/// @title Registration certificates (登记凭证)
/// @notice The registrar of the holder's domain certifies a registration for a term. What a certificate states is read from the
/// register whenever somebody looks; a signed document made from it names this contract for its status.
interface ICertificates {
    event CertificateIssued(
        AssetId indexed id,
        uint64 indexed number,
        DomainId indexed domain,
        address registrar,
        uint48 validUntil
    );
    event CertificateRenewed(AssetId indexed id, uint64 indexed number, address registrar, uint48 validUntil);
    /// @param reason hash of the registrar's statement of reasons
    event CertificateWithdrawn(AssetId indexed id, uint64 indexed number, address registrar, bytes32 reason);
    /// @param key Ed25519 public key
    event SigningKeyChanged(DomainId indexed domain, address indexed registrar, bytes32 key);

    error Certificates_NotRegistrar(DomainId domain, address caller);
    error Certificates_NotRegistered(AssetId id, AssetStatus status);
    error Certificates_UnderNotice(AssetId id);
    error Certificates_AlreadyIssued(AssetId id, uint64 number);
    error Certificates_NotIssued(AssetId id);
    error Certificates_TermInvalid(uint48 term, uint48 limit);
    error Certificates_NotLater(AssetId id, uint48 validUntil, uint48 renewedUntil);
    error Certificates_NoReason();

    /// @notice Certifies a registration whose notice is over. Only the registrar of the holder's domain.
    /// @param term seconds from now
    function issue(AssetId id, uint48 term) external returns (uint64 number);

    /// @notice Lengthens a certificate's term, expired or not. Only the registrar of its domain.
    /// @param term seconds from now
    function renew(AssetId id, uint48 term) external;

    /// @notice Withdraws a certificate that should not have been issued; another may be issued later. Only the registrar of its
    /// domain.
    function withdraw(AssetId id, bytes32 reason) external;

    /// @notice Publishes the Ed25519 key with which the registrar of a domain signs documents. Only that registrar.
    function setSigningKey(DomainId domain, bytes32 key) external;

    /// @notice Status `None` where there is no certificate.
    function certificate(AssetId id) external view returns (Certificate memory);

    /// @notice The key of the present registrar, zero where it has published none: a former registrar's key ends with its office.
    function signingKeyOf(DomainId domain) external view returns (bytes32);
}
