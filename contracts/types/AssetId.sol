// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Identifies an asset, and is its ERC-1155 token id: the hash of the chain, the contract, the holder and the first root.
type AssetId is uint256;

using {equals as ==, differs as !=} for AssetId global;

function equals(AssetId a, AssetId b) pure returns (bool) {
    return AssetId.unwrap(a) == AssetId.unwrap(b);
}

function differs(AssetId a, AssetId b) pure returns (bool) {
    return AssetId.unwrap(a) != AssetId.unwrap(b);
}
