// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent, Release} from "../assets/AssetTypes.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {TreeHash} from "../types/TreeHash.sol";
import {IProvenanceRegistry} from "./IProvenanceRegistry.sol";
import {Batch, RecordProof, StreamId} from "./ProvenanceTypes.sol";

/// @title ProvenanceRegistry
/// @notice Keeps one word for each stream: the head of a hash chain over its batches, so that nobody, its owner included, can
/// later leave out, change or reorder a batch unseen. No roles: a stream is written by its owner alone.
/// Does not guarantee that a record is true, or that its bytes can be had: it proves that they were anchored, when and by whom.
contract ProvenanceRegistry is IProvenanceRegistry {
    /// @dev Memory and time of a walk grow with it.
    uint256 private constant MAX_WALK = 1_000;

    IParticipantRegistry private immutable _participants;
    IDataAsset private immutable _assets;

    mapping(StreamId stream => bytes32 head) private _heads;

    constructor(IParticipantRegistry participants, IDataAsset assets) {
        _participants = participants;
        _assets = assets;
    }

    /// @inheritdoc IProvenanceRegistry
    function openStream(string calldata name) external returns (StreamId stream) {
        _checkActive();
        stream = streamIdOf(msg.sender, name);
        if (_heads[stream] != 0) revert Provenance_StreamExists(stream);
        bytes32 head = genesisOf(stream);
        _heads[stream] = head;
        emit StreamOpened(stream, msg.sender, name, head);
    }

    /// @inheritdoc IProvenanceRegistry
    function append(string calldata name, Batch calldata batch) external returns (bytes32 head) {
        _checkActive();
        StreamId stream = streamIdOf(msg.sender, name);
        bytes32 former = _heads[stream];
        if (former == 0) revert Provenance_StreamUnknown(stream);
        if (batch.count == 0) revert Provenance_EmptyBatch(stream);
        head = _chain(former, batch);
        _heads[stream] = head;
        emit BatchAppended(stream, batch.root, batch.count, head, batch.uri);
    }

    /// @inheritdoc IProvenanceRegistry
    function headOf(StreamId stream) external view returns (bytes32) {
        return _heads[stream];
    }

    /// @inheritdoc IProvenanceRegistry
    function verifyInStream(
        StreamId stream,
        bytes32 headBefore,
        Batch[] calldata batches,
        RecordProof calldata proof
    ) external view returns (bool) {
        bytes32 head = _heads[stream];
        return head != 0 && batches.length != 0 && headAfter(headBefore, batches) == head && verify(batches[0], proof);
    }

    /// @inheritdoc IProvenanceRegistry
    function ancestors(AssetId id, uint256 limit) external view returns (AssetId[] memory ids, bool complete) {
        return _walk(id, limit, true);
    }

    /// @inheritdoc IProvenanceRegistry
    function descendants(AssetId id, uint256 limit) external view returns (AssetId[] memory ids, bool complete) {
        return _walk(id, limit, false);
    }

    /// @inheritdoc IProvenanceRegistry
    function sourcesOf(
        AssetId id,
        uint32 number,
        Release calldata release
    ) external view returns (Parent[] memory parents, uint32[] memory releases) {
        if (!_assets.isRelease(id, number, release)) revert Provenance_NotARelease(id, number);
        return (_assets.parentsOf(id), release.parentReleases);
    }

    /// @inheritdoc IProvenanceRegistry
    function streamIdOf(address owner, string calldata name) public view returns (StreamId) {
        return StreamId.wrap(keccak256(abi.encode(block.chainid, address(this), owner, name)));
    }

    /// @inheritdoc IProvenanceRegistry
    function genesisOf(StreamId stream) public pure returns (bytes32) {
        return keccak256(abi.encode(stream));
    }

    /// @inheritdoc IProvenanceRegistry
    function headAfter(bytes32 head, Batch[] calldata batches) public pure returns (bytes32) {
        for (uint256 i = 0; i < batches.length; ++i) head = _chain(head, batches[i]);
        return head;
    }

    /// @inheritdoc IProvenanceRegistry
    function verify(Batch calldata batch, RecordProof calldata proof) public pure returns (bool) {
        return TreeHash.includes(batch.root, batch.count, proof.index, proof.data, proof.path);
    }

    function _chain(bytes32 head, Batch calldata batch) private pure returns (bytes32) {
        return keccak256(abi.encode(head, batch.root, batch.count, keccak256(bytes(batch.uri))));
    }

    function _checkActive() private view {
        if (!_participants.isActive(msg.sender)) revert Provenance_Inactive(msg.sender);
    }

    /// @dev Breadth first. Stops as soon as one more asset than the limit allows is found.
    function _walk(AssetId start, uint256 limit, bool upwards) private view returns (AssetId[] memory, bool) {
        if (limit == 0) revert Provenance_NoLimit();
        if (limit > MAX_WALK) limit = MAX_WALK;
        AssetId[] memory found = new AssetId[](limit);
        uint256 count;
        AssetId current = start;
        for (uint256 next = 0; ; ++next) {
            AssetId[] memory neighbours = upwards ? _parentsOf(current) : _assets.childrenOf(current, 0, limit + 1);
            for (uint256 i = 0; i < neighbours.length; ++i) {
                if (_contains(found, count, neighbours[i])) continue;
                if (count == limit) return (found, false);
                found[count++] = neighbours[i];
            }
            if (next == count) break;
            current = found[next];
        }
        // Shortens the array to what was found, which never exceeds what was allocated.
        assembly ("memory-safe") {
            mstore(found, count)
        }
        return (found, true);
    }

    function _parentsOf(AssetId id) private view returns (AssetId[] memory ids) {
        Parent[] memory parents = _assets.parentsOf(id);
        ids = new AssetId[](parents.length);
        for (uint256 i = 0; i < parents.length; ++i) ids[i] = parents[i].id;
    }

    function _contains(AssetId[] memory ids, uint256 count, AssetId id) private pure returns (bool) {
        for (uint256 i = 0; i < count; ++i) if (ids[i] == id) return true;
        return false;
    }
}
