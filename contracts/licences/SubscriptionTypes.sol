// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deadline} from "../types/Window.sol";
import {Offer} from "./LicenceTypes.sol";

/// @notice Identifies a subscription: the EIP-712 hash of all that was agreed.
type SubscriptionId is bytes32;

/// @notice Terms at which an operator sells the releases of a term, one after another.
/// @param entry terms of each release's licence; its release is the first one, and its price is earned with the first key
/// @param rest base units that are earned evenly over the term
/// @param term seconds from the settlement of the first key
struct Plan {
    Offer entry;
    uint96 rest;
    uint48 term;
}

/// @notice A plan, taken.
/// @param keyX the subscriber's encryption key, for every release
/// @param nonce the subscriber's number, so that it may take a plan twice
struct Subscription {
    Plan plan;
    address licensee;
    uint256 keyX;
    uint256 keyY;
    uint64 nonce;
}

enum SubscriptionStatus {
    None,
    Active,
    Closed
}

/// @notice A subscription as its view shows it.
/// @param started whether the first key was settled
/// @param late whether the key that is due now missed its first deadline: nothing is earned until one is settled
/// @param release number of the release that was opened last
/// @param attempt how often it was opened before
/// @param feeBps market fee, as it was at the purchase
/// @param accrued seconds of the term that are earned
/// @param bookedAt second up to which that was looked at
/// @param until after which nothing is earned and nothing opened; none before the start or a cancellation
/// @param paid base units that have left
struct SubscriptionState {
    SubscriptionStatus status;
    bool started;
    bool late;
    uint32 release;
    uint32 attempt;
    uint16 feeBps;
    uint48 accrued;
    uint48 bookedAt;
    Deadline until;
    uint96 paid;
}
