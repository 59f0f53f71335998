// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {DomainId} from "../participants/ParticipantTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetStatus} from "../types/AssetWord.sol";
import {Asset} from "./AssetTypes.sol";
import {Certificate, CertificateStatus} from "./CertificateTypes.sol";
import {ICertificates} from "./ICertificates.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {INotice} from "./INotice.sol";

/// @title Certificates
/// @notice No roles: each registrar acts for its own domain. Nothing depends on a certificate, so a registrar who issues none
/// locks nothing. Assumes that the registries of assets and participants and the notice tell the truth. Does not guarantee
/// that what was registered is true.
contract Certificates is ICertificates {
    struct Issued {
        uint64 number;
        DomainId domain;
        uint48 issuedAt;
        uint48 validUntil;
        bool withdrawn;
    }

    /// @notice Longest term, in seconds.
    uint48 public constant MAX_TERM = 3_653 days;

    IParticipantRegistry private immutable _participants;
    IDataAsset private immutable _assets;
    INotice private immutable _notice;

    uint64 private _count;
    mapping(AssetId id => Issued) private _issued;
    mapping(DomainId domain => mapping(address registrar => bytes32 key)) private _keys;

    constructor(IParticipantRegistry participants, IDataAsset assets, INotice notice) {
        _participants = participants;
        _assets = assets;
        _notice = notice;
    }

    /// @inheritdoc ICertificates
    function issue(AssetId id, uint48 term) external returns (uint64 number) {
        AssetStatus status = _assets.statusOf(id);
        if (status == AssetStatus.None || status == AssetStatus.Struck) revert Certificates_NotRegistered(id, status);
        DomainId domain = _participants.participantOf(_assets.assetOf(id).holder).domain;
        _checkRegistrar(domain);
        if (!_notice.isOver(id)) revert Certificates_UnderNotice(id);
        Issued storage issued = _issued[id];
        if (issued.number != 0 && !issued.withdrawn) revert Certificates_AlreadyIssued(id, issued.number);
        uint48 validUntil = _endOf(term);
        number = ++_count;
        // 48 bits of seconds last for millions of years.
        _issued[id] = Issued(number, domain, uint48(block.timestamp), validUntil, false);
        emit CertificateIssued(id, number, domain, msg.sender, validUntil);
    }

    /// @inheritdoc ICertificates
    function renew(AssetId id, uint48 term) external {
        Issued storage issued = _inForce(id);
        uint48 validUntil = _endOf(term);
        if (validUntil <= issued.validUntil) revert Certificates_NotLater(id, issued.validUntil, validUntil);
        issued.validUntil = validUntil;
        emit CertificateRenewed(id, issued.number, msg.sender, validUntil);
    }

    /// @inheritdoc ICertificates
    function withdraw(AssetId id, bytes32 reason) external {
        Issued storage issued = _inForce(id);
        if (reason == 0) revert Certificates_NoReason();
        issued.withdrawn = true;
        emit CertificateWithdrawn(id, issued.number, msg.sender, reason);
    }

    /// @inheritdoc ICertificates
    function setSigningKey(DomainId domain, bytes32 key) external {
        _checkRegistrar(domain);
        _keys[domain][msg.sender] = key;
        emit SigningKeyChanged(domain, msg.sender, key);
    }

    /// @inheritdoc ICertificates
    function certificate(AssetId id) external view returns (Certificate memory c) {
        Issued memory issued = _issued[id];
        if (issued.number == 0) return c;
        Asset memory asset = _assets.assetOf(id);
        c.number = issued.number;
        c.status = _statusOf(id, issued, asset.status);
        c.domain = issued.domain;
        c.registrar = _participants.registrarOf(issued.domain);
        c.holder = asset.holder;
        c.operator = asset.operator;
        c.issuedAt = issued.issuedAt;
        c.validUntil = issued.validUntil;
        (c.latestRelease, c.releaseHash) = _assets.latest(id);
        c.termsHash = asset.termsHash;
        c.fractions = asset.fractions;
        c.currency = asset.currency;
        c.policy = asset.policy;
        c.policyVersion = asset.policyVersion;
        c.noticeEndedAt = _notice.proceedingOf(id).end.time();
    }

    /// @inheritdoc ICertificates
    function signingKeyOf(DomainId domain) external view returns (bytes32) {
        return _keys[domain][_participants.registrarOf(domain)];
    }

    function _statusOf(AssetId id, Issued memory issued, AssetStatus status) private view returns (CertificateStatus) {
        if (issued.withdrawn) return CertificateStatus.Withdrawn;
        if (status == AssetStatus.Struck) return CertificateStatus.StruckOff;
        if (block.timestamp < _assets.suspendedUntil(id)) return CertificateStatus.Suspended;
        return block.timestamp > issued.validUntil ? CertificateStatus.Expired : CertificateStatus.Valid;
    }

    function _inForce(AssetId id) private view returns (Issued storage issued) {
        issued = _issued[id];
        if (issued.number == 0 || issued.withdrawn) revert Certificates_NotIssued(id);
        _checkRegistrar(issued.domain);
    }

    function _checkRegistrar(DomainId domain) private view {
        if (_participants.registrarOf(domain) != msg.sender) revert Certificates_NotRegistrar(domain, msg.sender);
    }

    function _endOf(uint48 term) private view returns (uint48) {
        if (term == 0 || term > MAX_TERM) revert Certificates_TermInvalid(term, MAX_TERM);
        // 48 bits of seconds last for millions of years.
        return uint48(block.timestamp) + term;
    }
}
