// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {AssetStatus} from "../types/AssetWord.sol";

/// @notice One sealed state of an asset's data. The chain keeps the hash of this struct and emits it whole.
/// @param root RFC 9162 root over the stored blocks
/// @param keyCommitment SHA-256 of the domain tag and the key
/// @param length bytes of plaintext
/// @param manifestHash SHA-256 of the canonical manifest
/// @param manifestUri where the manifest lies; ERC-1155's `uri` while this is the latest release
/// @param parentReleases for each parent, in the order of registration, the number of the release that this one was made from
struct Release {
    bytes32 root;
    bytes32 keyCommitment;
    uint64 length;
    bytes32 manifestHash;
    string manifestUri;
    uint32[] parentReleases;
}

/// @notice An asset that another was derived from.
/// @param shareBps the part of the child's revenue that goes to this parent's holders, in basis points
struct Parent {
    AssetId id;
    uint16 shareBps;
}

/// @notice Everything that a registration states.
/// @param holder who has the holding right, receives the first fractions and royalties; must be the caller
/// @param operator who publishes releases and, later, offers
/// @param termsHash hash of the asset's terms document
/// @param fractions number of fractions, fixed for good
/// @param currency the one currency of settlement; a derived asset's parents have the same
/// @param royaltyBps ERC-2981 royalty of the holder on sales, in basis points
/// @param policy number of an admitted policy, 0 for "both parties active"
/// @param evidence what the derivation gate asks for, empty without parents
struct Registration {
    address holder;
    address operator;
    bytes32 termsHash;
    uint64 fractions;
    address currency;
    uint16 royaltyBps;
    uint56 policy;
    Release release;
    Parent[] parents;
    bytes evidence;
}

/// @notice An asset as its views show it.
/// @param revenue all that was ever distributed to the fractions, in base units of the currency
/// @param latest number of the latest release; the first is 1
struct Asset {
    address holder;
    address operator;
    address currency;
    uint16 royaltyBps;
    AssetStatus status;
    uint56 policy;
    uint32 policyVersion;
    uint32 latest;
    uint64 fractions;
    uint256 revenue;
    bytes32 termsHash;
}

/// @notice What a seller of licences must know of an asset.
/// @param open whether it is registered and not suspended
/// @param latest number of the latest release
struct Standing {
    bool open;
    uint32 policyVersion;
    uint32 latest;
    address currency;
    address operator;
}

/// @notice What a market must know of an asset before a sale.
/// @param royalty ERC-2981 royalty on the price that was asked about, in base units of the currency
struct SaleTerms {
    address currency;
    address royaltyReceiver;
    uint256 royalty;
    uint32 policyVersion;
}
