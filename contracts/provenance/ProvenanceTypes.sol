// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Identifies a journal's stream: the hash of the chain, the registry, its owner and its name.
type StreamId is bytes32;

/// @notice A batch of records as it was appended to a stream.
/// @param root RFC 9162 tree hash over the records
/// @param count number of records, at least 1
/// @param uri where the records can be had, if they can
struct Batch {
    bytes32 root;
    uint64 count;
    string uri;
}

/// @notice One record of a batch and the way from it to the batch's root.
/// @param data the record's bytes, not their hash
/// @param path RFC 9162 inclusion proof, from the leaf upwards
struct RecordProof {
    bytes data;
    uint64 index;
    bytes32[] path;
}
