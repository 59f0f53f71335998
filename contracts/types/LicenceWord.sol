// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Deadline, WindowLib} from "./Window.sol";

/// @notice What the chain keeps of a licence beside its agreement, in one word.
/// @dev From the lowest bit: amount in escrow 96, end 96 (a `Deadline`), seconds 24 and blocks 24 of the dispute window, fee 10
/// (basis points), compute-only 1, status 4, of a subscription 1. `end` is of the delivery while it is paid, of the dispute window once it is
/// delivered, and of the licence once it is settled.
type LicenceWord is uint256;

/// @notice The states of a licence. `Demanded` is one whose custodian has to show a block; from `Settled` on the money has left.
enum LicenceStatus {
    None,
    Paid,
    Delivered,
    Demanded,
    Settled,
    Refunded,
    Revoked
}

using LicenceWordLib for LicenceWord global;

library LicenceWordLib {
    uint256 private constant AMOUNT = type(uint96).max;
    uint256 private constant END_SHIFT = 96;
    uint256 private constant SECONDS_SHIFT = 192;
    uint256 private constant BLOCKS_SHIFT = 216;
    uint256 private constant FEE_SHIFT = 240;
    uint256 private constant COMPUTE_SHIFT = 250;
    uint256 private constant STATUS_SHIFT = 251;
    uint256 private constant SUBSCRIPTION_SHIFT = 255;
    uint256 private constant FEE_BITS = 0x3ff;
    uint256 private constant STATUS_BITS = 0xf;

    /// @notice A licence that was paid for.
    /// @param deliverBy end of the delivery
    /// @param feeBps below 1,024
    function create(
        uint96 paid,
        Deadline deliverBy,
        uint24 disputeSeconds,
        uint24 disputeBlocks,
        uint256 feeBps,
        bool compute
    ) internal pure returns (LicenceWord) {
        return
            LicenceWord.wrap(
                uint256(paid) |
                    (uint256(Deadline.unwrap(deliverBy)) << END_SHIFT) |
                    (uint256(disputeSeconds) << SECONDS_SHIFT) |
                    (uint256(disputeBlocks) << BLOCKS_SHIFT) |
                    ((feeBps & FEE_BITS) << FEE_SHIFT) |
                    (uint256(compute ? 1 : 0) << COMPUTE_SHIFT) |
                    (uint256(LicenceStatus.Paid) << STATUS_SHIFT)
            );
    }

    /// @notice Money in escrow, in base units of the asset's currency.
    function amount(LicenceWord self) internal pure returns (uint256) {
        return LicenceWord.unwrap(self) & AMOUNT;
    }

    function end(LicenceWord self) internal pure returns (Deadline) {
        // The shift leaves the end in the lowest 96 bits, which the cast keeps.
        return Deadline.wrap(uint96(LicenceWord.unwrap(self) >> END_SHIFT));
    }

    /// @notice The end of a dispute window that begins now.
    function disputeEnd(LicenceWord self) internal view returns (Deadline) {
        // The casts to 24 bits keep what the shifts leave there; 48 bits of seconds, and of blocks, last for millions of years.
        return
            WindowLib.deadline(
                uint48(block.timestamp) + uint24(LicenceWord.unwrap(self) >> SECONDS_SHIFT),
                uint48(block.number) + uint24(LicenceWord.unwrap(self) >> BLOCKS_SHIFT)
            );
    }

    /// @notice The market fee that was in force at the purchase, in basis points.
    function fee(LicenceWord self) internal pure returns (uint256) {
        return (LicenceWord.unwrap(self) >> FEE_SHIFT) & FEE_BITS;
    }

    /// @notice Whether no key is ever handed over.
    function isComputeOnly(LicenceWord self) internal pure returns (bool) {
        return (LicenceWord.unwrap(self) >> COMPUTE_SHIFT) & 1 != 0;
    }

    function status(LicenceWord self) internal pure returns (LicenceStatus) {
        return LicenceStatus((LicenceWord.unwrap(self) >> STATUS_SHIFT) & STATUS_BITS);
    }

    /// @notice Whether it is a subscription's.
    function isSubscribed(LicenceWord self) internal pure returns (bool) {
        return LicenceWord.unwrap(self) >> SUBSCRIPTION_SHIFT != 0;
    }

    /// @notice The same as a subscription's.
    function subscribed(LicenceWord self) internal pure returns (LicenceWord) {
        return LicenceWord.wrap(LicenceWord.unwrap(self) | (1 << SUBSCRIPTION_SHIFT));
    }

    /// @notice The same in another state and with another end; the money stays.
    function moved(LicenceWord self, LicenceStatus newStatus, Deadline newEnd) internal pure returns (LicenceWord) {
        uint256 kept =
            LicenceWord.unwrap(self) & ~((uint256(type(uint96).max) << END_SHIFT) | (STATUS_BITS << STATUS_SHIFT));
        return
            LicenceWord.wrap(
                kept | (uint256(Deadline.unwrap(newEnd)) << END_SHIFT) | (uint256(newStatus) << STATUS_SHIFT)
            );
    }

    /// @notice The same without its money.
    function emptied(LicenceWord self) internal pure returns (LicenceWord) {
        return LicenceWord.wrap(LicenceWord.unwrap(self) & ~AMOUNT);
    }
}
