// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../assets/IDataAsset.sol";
import {Custody} from "../types/Custody.sol";
import {KeyWrap, WrapProof} from "../types/KeyWrap.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {SealedBlock} from "../types/SealedBlock.sol";
import {Point} from "../types/Secp256k1.sol";
import {TreeHash} from "../types/TreeHash.sol";
import {Case, IDisputes, StoredBlock} from "./IDisputes.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {Agreement, Fault, Offer} from "./LicenceTypes.sol";

/// @title Disputes
/// @notice Assumes that the registry of licences carries out what is shown here, and nothing else. No roles, no money: deposits and
/// bonds lie in the registry. Guarantees that nobody loses a case without a proof, and that proofs of other licences, releases or
/// custodians are worth nothing. Does not guarantee that anyone sends one: a licensee who waits too long has accepted.
contract Disputes is IDisputes {
    uint256 private constant COMMITMENT_SIZE = 32;

    ILicenceRegistry private immutable _licences;
    IDataAsset private immutable _assets;

    mapping(LicenceId id => uint64 index) private _demanded;

    constructor(ILicenceRegistry licences, IDataAsset assets) {
        _licences = licences;
        _assets = assets;
    }

    /// @inheritdoc IDisputes
    function disputeKey(Case calldata c, WrapProof calldata proof) external {
        (LicenceId id, bytes32 key) = _openedKey(c, proof);
        if (SealedBlock.keyCommitment(key) == c.release.keyCommitment) revert Disputes_KeyIsRight(id);
        _licences.rule(c.agreement, Fault.Key);
    }

    /// @inheritdoc IDisputes
    function disputeContent(Case calldata c, WrapProof calldata proof, StoredBlock calldata stored) external {
        (LicenceId id, bytes32 key) = _openedKey(c, proof);
        if (SealedBlock.keyCommitment(key) != c.release.keyCommitment) revert Disputes_KeyIsWrong(id);
        bool whole = _checkStored(id, c, stored);
        bytes calldata leaf = stored.stored;
        if (whole) {
            // The length was checked: a commitment comes first.
            bytes32 commitment = bytes32(leaf[:COMMITMENT_SIZE]);
            bool right = SealedBlock.keeps(key, stored.index, commitment, leaf[COMMITMENT_SIZE:]);
            if (right) revert Disputes_BlockIsRight(id, stored.index);
        }
        _licences.rule(c.agreement, Fault.Content);
    }

    /// @inheritdoc IDisputes
    function demandBlock(Case calldata c, uint64 index) external {
        address licensee = c.agreement.licensee;
        if (msg.sender != licensee) revert Disputes_NotLicensee(licensee, msg.sender);
        LicenceId id = _checkCase(c);
        uint256 blocks = SealedBlock.count(c.release.length);
        if (index >= blocks) revert Disputes_NoSuchBlock(index, blocks);
        _demanded[id] = index;
        emit DemandMade(id, index, _licences.demand(c.agreement));
    }

    /// @inheritdoc IDisputes
    function answerBlock(Case calldata c, StoredBlock calldata stored) external {
        address custodian = c.agreement.offer.custodian;
        if (msg.sender != custodian) revert Disputes_NotCustodian(custodian, msg.sender);
        LicenceId id = _checkCase(c);
        if (stored.index != _demanded[id]) revert Disputes_OtherBlock(id, _demanded[id], stored.index);
        _checkStored(id, c, stored);
        emit DemandAnswered(id, stored);
        _licences.answer(c.agreement);
    }

    /// @inheritdoc IDisputes
    function closeDemand(Agreement calldata agreement) external {
        _licences.rule(agreement, Fault.Missing);
    }

    /// @inheritdoc IDisputes
    function demandedOf(LicenceId id) external view returns (uint64 index) {
        return _demanded[id];
    }

    /// @dev The key that the delivery unwraps to, by the licensee's proof.
    function _openedKey(Case calldata c, WrapProof calldata proof) private view returns (LicenceId id, bytes32 key) {
        id = _checkCase(c);
        Offer calldata offer = c.agreement.offer;
        bytes memory context = KeyWrap.contextOf(LicenceId.unwrap(id), offer.release, offer.custodian);
        Point memory publicKey = Point(c.agreement.keyX, c.agreement.keyY);
        Point memory ephemeral = Point(c.delivery.rX, c.delivery.rY);
        WrapProof memory shown = proof;
        if (!shown.proves(publicKey, ephemeral, context)) revert Disputes_BadProof(id);
        key = KeyWrap.unwrap(c.delivery.wrapped, shown.s.x, context);
    }

    function _checkCase(Case calldata c) private view returns (LicenceId id) {
        Offer calldata offer = c.agreement.offer;
        id = _licences.hashAgreement(c.agreement);
        if (Custody.unwrap(_licences.licenceOf(offer.asset, id).custody) != keccak256(abi.encode(c.delivery))) {
            revert Disputes_OtherDelivery(id);
        }
        if (!_assets.isRelease(offer.asset, offer.release, c.release)) {
            revert Disputes_OtherRelease(offer.asset, offer.release);
        }
    }

    /// @dev Reverts unless this is the leaf at its index. Says whether it is as long as its block should be.
    function _checkStored(
        LicenceId id,
        Case calldata c,
        StoredBlock calldata stored
    ) private pure returns (bool whole) {
        uint256 length = c.release.length;
        uint256 blocks = SealedBlock.count(length);
        if (!TreeHash.includes(c.release.root, blocks, stored.index, stored.stored, stored.path)) {
            revert Disputes_NotStored(id, stored.index);
        }
        return stored.stored.length == COMMITMENT_SIZE + SealedBlock.size(length, stored.index);
    }
}
