// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetWordLib} from "./AssetWord.sol";

/// @notice What one account holds of one asset, in one word.
/// @dev From the lowest bit: units 64, credit 92, seen 92, flags 8.
/// `credit` is revenue settled and not yet claimed, in base units of the asset's currency; `seen` is the asset's revenue
/// total at the last settlement; a flag says that something else about the holding must be looked up before units leave it.
/// `credit <= seen` always, because units never exceed the supply: so both fit wherever the total fits.
type Holding is uint256;

using HoldingLib for Holding global;

library HoldingLib {
    uint256 internal constant MAX_UNITS = type(uint64).max;
    uint256 internal constant MAX_TOTAL = AssetWordLib.MAX_TOTAL;
    /// @dev Some of the units are frozen.
    uint256 internal constant FLAG_FROZEN = 1;
    /// @dev Some of the units are locked for a vote.
    uint256 internal constant FLAG_LOCKED = 2;

    uint256 private constant CREDIT_SHIFT = 64;
    uint256 private constant SEEN_SHIFT = 156;
    uint256 private constant FLAGS_SHIFT = 248;

    function units(Holding self) internal pure returns (uint256) {
        return Holding.unwrap(self) & MAX_UNITS;
    }

    function credit(Holding self) internal pure returns (uint256) {
        return (Holding.unwrap(self) >> CREDIT_SHIFT) & MAX_TOTAL;
    }

    function seen(Holding self) internal pure returns (uint256) {
        return (Holding.unwrap(self) >> SEEN_SHIFT) & MAX_TOTAL;
    }

    function flags(Holding self) internal pure returns (uint256) {
        return Holding.unwrap(self) >> FLAGS_SHIFT;
    }

    /// @notice Credits the revenue that arrived since the last settlement, rounded down.
    /// @param total the asset's revenue total, at least `seen` and at most `MAX_TOTAL`
    /// @param supply the asset's units, at least the units of this holding; 0 where there is no revenue to settle
    function settle(Holding self, uint256 total, uint256 supply) internal pure returns (Holding) {
        // Cannot overflow: 64 + 92 bits in the product, and credit <= seen <= total <= MAX_TOTAL is kept by units <= supply.
        unchecked {
            uint256 word = Holding.unwrap(self);
            uint256 arrived = total - ((word >> SEEN_SHIFT) & MAX_TOTAL);
            if (arrived == 0) return self;
            // Added in their places: both stay within their 92 bits.
            return
                Holding.wrap(
                    word + ((((word & MAX_UNITS) * arrived) / supply) << CREDIT_SHIFT) + (arrived << SEEN_SHIFT)
                );
        }
    }

    /// @param value at most `MAX_UNITS` less the units held
    function addUnits(Holding self, uint256 value) internal pure returns (Holding) {
        // The caller has checked that the sum fits the lowest 64 bits.
        unchecked {
            return Holding.wrap(Holding.unwrap(self) + value);
        }
    }

    /// @param value at most the units held
    function subUnits(Holding self, uint256 value) internal pure returns (Holding) {
        // The caller has checked that the lowest 64 bits hold at least `value`.
        unchecked {
            return Holding.wrap(Holding.unwrap(self) - value);
        }
    }

    /// @param amount at most `MAX_TOTAL` less the credit
    function addCredit(Holding self, uint256 amount) internal pure returns (Holding) {
        // The caller knows that the sum fits its 92 bits.
        unchecked {
            return Holding.wrap(Holding.unwrap(self) + (amount << CREDIT_SHIFT));
        }
    }

    function withoutCredit(Holding self) internal pure returns (Holding) {
        return Holding.wrap(Holding.unwrap(self) & ~(MAX_TOTAL << CREDIT_SHIFT));
    }

    function withFlag(Holding self, uint256 flag, bool set) internal pure returns (Holding) {
        uint256 bit = flag << FLAGS_SHIFT;
        return Holding.wrap(set ? Holding.unwrap(self) | bit : Holding.unwrap(self) & ~bit);
    }
}
