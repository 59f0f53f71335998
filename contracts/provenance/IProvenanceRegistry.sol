// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent, Release} from "../assets/AssetTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {Batch, RecordProof, StreamId} from "./ProvenanceTypes.sol";

/// @title Where data came from, and what was done with it
/// @notice Journals: streams of hashed records, anchored in batches of any size; and views on the lineage of assets.
interface IProvenanceRegistry {
    event StreamOpened(StreamId indexed stream, address indexed owner, string name, bytes32 head);
    /// @param head the stream's head from now on: keccak-256 of the previous head and the batch
    event BatchAppended(StreamId indexed stream, bytes32 indexed root, uint64 count, bytes32 head, string uri);

    error Provenance_Inactive(address account);
    error Provenance_StreamExists(StreamId stream);
    error Provenance_StreamUnknown(StreamId stream);
    error Provenance_EmptyBatch(StreamId stream);
    error Provenance_NotARelease(AssetId id, uint32 number);
    error Provenance_NoLimit();

    /// @notice Opens a stream of the caller, an active participant.
    /// @dev Reverts with `Provenance_Inactive`, `Provenance_StreamExists`.
    /// @param name unique among the caller's streams
    function openStream(string calldata name) external returns (StreamId stream);

    /// @notice Appends a batch to a stream of the caller, an active participant. Costs the same whatever the batch's size.
    /// @dev `append("shipments", Batch(root, 1000, "https://…"))`; the caller and the name make the stream. Reverts with
    /// `Provenance_Inactive`, `Provenance_StreamUnknown`, `Provenance_EmptyBatch` for a count of zero.
    /// @return head the stream's new head
    function append(string calldata name, Batch calldata batch) external returns (bytes32 head);

    /// @notice The id of a stream by this owner and name, open or not.
    function streamIdOf(address owner, string calldata name) external view returns (StreamId);

    /// @notice The head of a stream before its first batch.
    function genesisOf(StreamId stream) external pure returns (bytes32);

    /// @notice Zero where the stream is not open.
    function headOf(StreamId stream) external view returns (bytes32);

    /// @notice The head that a stream has after these batches, in this order. An omitted, added, changed or reordered batch
    /// gives another one.
    function headAfter(bytes32 head, Batch[] calldata batches) external pure returns (bytes32);

    /// @notice Whether a record is in a batch with this root.
    /// @dev `verify(batch, RecordProof(data, 17, path))`. Vouches for root, index and bytes. The count decides how the path
    /// is read, and some indexes have the same path under several counts: only the stream's head vouches for the count, in
    /// `verifyInStream`.
    function verify(Batch calldata batch, RecordProof calldata proof) external pure returns (bool);

    /// @notice Whether a record is in the first of these batches, and they are the last ones of the stream.
    /// @dev `verifyInStream(stream, headBefore, [batch, next, last], RecordProof(data, 17, path))` where the record is in
    /// `batch`. False for a stream that is not open.
    /// @param headBefore the head before the first of them: the one in the event of the batch before, or `genesisOf(stream)`
    function verifyInStream(
        StreamId stream,
        bytes32 headBefore,
        Batch[] calldata batches,
        RecordProof calldata proof
    ) external view returns (bool);

    /// @notice What an asset was derived from, directly and indirectly, nearest first; nothing for an unknown id.
    /// @dev Reverts with `Provenance_NoLimit`.
    /// @param limit how many to return at most, not zero; never more than 1,000 are returned
    /// @return ids each once
    /// @return complete whether these are all
    function ancestors(AssetId id, uint256 limit) external view returns (AssetId[] memory ids, bool complete);

    /// @notice What was derived from an asset, directly and indirectly, nearest first; nothing for an unknown id.
    /// @dev Reverts with `Provenance_NoLimit`.
    /// @param limit how many to return at most, not zero; never more than 1,000 are returned
    /// @return ids each once
    /// @return complete whether these are all
    function descendants(AssetId id, uint256 limit) external view returns (AssetId[] memory ids, bool complete);

    /// @notice Which release of each parent one release was made from.
    /// @dev `sourcesOf(id, 2, release)`, with the release from its `ReleasePublished`. Reverts with
    /// `Provenance_NotARelease`.
    /// @param release the release as it was published under `number`
    function sourcesOf(
        AssetId id,
        uint32 number,
        Release calldata release
    ) external view returns (Parent[] memory parents, uint32[] memory releases);
}
