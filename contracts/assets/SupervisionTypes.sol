// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";

/// @notice Units to be moved without their owner's consent.
/// @param reason hash of the decision that it rests on
struct ForcedMove {
    address from;
    address to;
    AssetId id;
    uint256 units;
    bytes32 reason;
}
