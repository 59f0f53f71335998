// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetBase} from "./AssetBase.sol";
import {Parent, Release} from "./AssetTypes.sol";
import {Parents} from "./Parents.sol";
import {IDataAsset} from "./IDataAsset.sol";

/// @title The sequence of an asset's releases
/// @notice A root or a key commitment is used once by one holder; another holder may seal the same data under its own.
/// Does not guarantee that a holder can still use a root of its own: its operator may have published it first. Sealing the
/// data again gives another one.
abstract contract Releases is AssetBase, Parents {
    mapping(AssetId id => mapping(uint32 number => bytes32 hash)) private _releases;
    mapping(bytes32 holderAndValue => bool) private _sealed;

    /// @inheritdoc IDataAsset
    function publish(AssetId id, Release calldata release) external returns (uint32 number) {
        Record storage record = _inForce(id);
        if (record.operator != msg.sender) revert Assets_NotOperator(id, msg.sender);
        _checkActive(msg.sender);
        return _publish(id, record, release);
    }

    /// @inheritdoc IDataAsset
    function replaceOperator(AssetId id, address operator) external {
        _checkOffice(address(_votes));
        Record storage record = _known(id);
        emit OperatorReplaced(id, record.operator, operator);
        record.operator = operator;
    }

    /// @inheritdoc IDataAsset
    function releaseOf(AssetId id, uint32 number) external view returns (bytes32 hash) {
        return _releases[id][number];
    }

    /// @inheritdoc IDataAsset
    function latest(AssetId id) external view returns (uint32 number, bytes32 hash) {
        number = _known(id).latest;
        hash = _releases[id][number];
    }

    /// @inheritdoc IDataAsset
    function isRelease(AssetId id, uint32 number, Release calldata release) external view returns (bool) {
        return number != 0 && _releases[id][number] == keccak256(abi.encode(release));
    }

    /// @inheritdoc IERC1155MetadataURI
    function uri(uint256 id) external view returns (string memory) {
        return _records[AssetId.wrap(id)].uri;
    }

    function _publish(AssetId id, Record storage record, Release calldata release) internal returns (uint32 number) {
        if (release.root == 0 || release.keyCommitment == 0) revert Assets_EmptyRelease();
        _checkParentReleases(id, release.parentReleases);
        _seal(record.holder, release.root);
        _seal(record.holder, release.keyCommitment);
        number = ++record.latest;
        bytes32 hash = keccak256(abi.encode(release));
        _releases[id][number] = hash;
        record.uri = release.manifestUri;
        emit ReleasePublished(id, number, hash, release);
        emit URI(release.manifestUri, AssetId.unwrap(id));
    }

    function _seal(address holder, bytes32 value) private {
        bytes32 key = keccak256(abi.encode(holder, value));
        if (_sealed[key]) revert Assets_AlreadySealed(holder, value);
        _sealed[key] = true;
    }

    function _checkParentReleases(AssetId id, uint32[] calldata numbers) private view {
        Parent[] storage parents = _parents[id];
        if (numbers.length != parents.length) revert Assets_ParentReleases(numbers.length, parents.length);
        for (uint256 i = 0; i < numbers.length; ++i) {
            AssetId parent = parents[i].id;
            uint32 number = numbers[i];
            if (number == 0 || number > _records[parent].latest) revert Assets_ReleaseUnknown(parent, number);
        }
    }
}
