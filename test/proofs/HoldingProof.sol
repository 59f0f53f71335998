// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Holding, HoldingLib} from "../../contracts/types/Holding.sol";

/// @title The packing of a holding
/// @notice For every word and every argument of its type. Ranges: units, credit and totals that fit, as the caller has checked; in
/// `settle`, that the settled credit is at most the total, which follows from units at most the supply and credit at most seen,
/// by arithmetic that is no part of these proofs.
/// @custom:halmos --panic-error-codes *
contract HoldingProof {
    error Outside();

    /// @notice `addUnits` adds the units.
    function check_addUnits_units(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _addUnits(raw, value);
        assert(next.units() == word.units() + value);
    }

    /// @notice `addUnits` keeps the credit.
    function check_addUnits_credit(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _addUnits(raw, value);
        assert(next.credit() == word.credit());
    }

    /// @notice `addUnits` keeps the revenue total last seen.
    function check_addUnits_seen(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _addUnits(raw, value);
        assert(next.seen() == word.seen());
    }

    /// @notice `addUnits` keeps the flags.
    function check_addUnits_flags(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _addUnits(raw, value);
        assert(next.flags() == word.flags());
    }

    /// @notice `subUnits` takes the units away.
    function check_subUnits_units(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _subUnits(raw, value);
        assert(next.units() == word.units() - value);
    }

    /// @notice `subUnits` keeps the credit.
    function check_subUnits_credit(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _subUnits(raw, value);
        assert(next.credit() == word.credit());
    }

    /// @notice `subUnits` keeps the revenue total last seen.
    function check_subUnits_seen(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _subUnits(raw, value);
        assert(next.seen() == word.seen());
    }

    /// @notice `subUnits` keeps the flags.
    function check_subUnits_flags(uint256 raw, uint256 value) external pure {
        (Holding word, Holding next) = _subUnits(raw, value);
        assert(next.flags() == word.flags());
    }

    /// @notice `addCredit` keeps the units.
    function check_addCredit_units(uint256 raw, uint256 amount) external pure {
        (Holding word, Holding next) = _addCredit(raw, amount);
        assert(next.units() == word.units());
    }

    /// @notice `addCredit` adds the amount to the credit.
    function check_addCredit_credit(uint256 raw, uint256 amount) external pure {
        (Holding word, Holding next) = _addCredit(raw, amount);
        assert(next.credit() == word.credit() + amount);
    }

    /// @notice `addCredit` keeps the revenue total last seen.
    function check_addCredit_seen(uint256 raw, uint256 amount) external pure {
        (Holding word, Holding next) = _addCredit(raw, amount);
        assert(next.seen() == word.seen());
    }

    /// @notice `addCredit` keeps the flags.
    function check_addCredit_flags(uint256 raw, uint256 amount) external pure {
        (Holding word, Holding next) = _addCredit(raw, amount);
        assert(next.flags() == word.flags());
    }

    /// @notice `withoutCredit` keeps the units.
    function check_withoutCredit_units(uint256 raw) external pure {
        (Holding word, Holding next) = _withoutCredit(raw);
        assert(next.units() == word.units());
    }

    /// @notice `withoutCredit` sets the credit to 0.
    function check_withoutCredit_credit(uint256 raw) external pure {
        (, Holding next) = _withoutCredit(raw);
        assert(next.credit() == 0);
    }

    /// @notice `withoutCredit` keeps the revenue total last seen.
    function check_withoutCredit_seen(uint256 raw) external pure {
        (Holding word, Holding next) = _withoutCredit(raw);
        assert(next.seen() == word.seen());
    }

    /// @notice `withoutCredit` keeps the flags.
    function check_withoutCredit_flags(uint256 raw) external pure {
        (Holding word, Holding next) = _withoutCredit(raw);
        assert(next.flags() == word.flags());
    }

    /// @notice `withFlag` keeps the units.
    function check_withFlag_units(uint256 raw, uint8 flag, bool set) external pure {
        (Holding word, Holding next) = _withFlag(raw, flag, set);
        assert(next.units() == word.units());
    }

    /// @notice `withFlag` keeps the credit.
    function check_withFlag_credit(uint256 raw, uint8 flag, bool set) external pure {
        (Holding word, Holding next) = _withFlag(raw, flag, set);
        assert(next.credit() == word.credit());
    }

    /// @notice `withFlag` keeps the revenue total last seen.
    function check_withFlag_seen(uint256 raw, uint8 flag, bool set) external pure {
        (Holding word, Holding next) = _withFlag(raw, flag, set);
        assert(next.seen() == word.seen());
    }

    /// @notice `withFlag` sets or clears the bits of the flag and keeps the other flags.
    function check_withFlag_flags(uint256 raw, uint8 flag, bool set) external pure {
        (Holding word, Holding next) = _withFlag(raw, flag, set);
        assert(next.flags() == (set ? word.flags() | flag : word.flags() & ~uint256(flag)));
    }

    /// @notice `settle` keeps the units.
    function check_settle_units(uint256 raw, uint256 total, uint256 supply) external pure {
        (Holding word, Holding next) = _settle(raw, total, supply);
        assert(next.units() == word.units());
    }

    /// @notice `settle` adds the revenue since then to the credit, rounded down.
    function check_settle_credit(uint256 raw, uint256 total, uint256 supply) external pure {
        (Holding word, Holding next) = _settle(raw, total, supply);
        assert(next.credit() == word.credit() + _share(word, total, supply));
    }

    /// @notice `settle` sets what was last seen to the total.
    function check_settle_seen(uint256 raw, uint256 total, uint256 supply) external pure {
        (, Holding next) = _settle(raw, total, supply);
        assert(next.seen() == total);
    }

    /// @notice `settle` keeps the flags.
    function check_settle_flags(uint256 raw, uint256 total, uint256 supply) external pure {
        (Holding word, Holding next) = _settle(raw, total, supply);
        assert(next.flags() == word.flags());
    }

    function _addUnits(uint256 raw, uint256 value) private pure returns (Holding word, Holding next) {
        word = Holding.wrap(raw);
        if (value > HoldingLib.MAX_UNITS - word.units()) revert Outside();
        next = word.addUnits(value);
    }

    function _subUnits(uint256 raw, uint256 value) private pure returns (Holding word, Holding next) {
        word = Holding.wrap(raw);
        if (value > word.units()) revert Outside();
        next = word.subUnits(value);
    }

    function _addCredit(uint256 raw, uint256 amount) private pure returns (Holding word, Holding next) {
        word = Holding.wrap(raw);
        if (amount > HoldingLib.MAX_TOTAL - word.credit()) revert Outside();
        next = word.addCredit(amount);
    }

    function _withoutCredit(uint256 raw) private pure returns (Holding word, Holding next) {
        word = Holding.wrap(raw);
        next = word.withoutCredit();
    }

    function _withFlag(uint256 raw, uint8 flag, bool set) private pure returns (Holding word, Holding next) {
        word = Holding.wrap(raw);
        next = word.withFlag(flag, set);
    }

    function _settle(uint256 raw, uint256 total, uint256 supply) private pure returns (Holding word, Holding next) {
        word = Holding.wrap(raw);
        if (total < word.seen() || total > HoldingLib.MAX_TOTAL || supply == 0) revert Outside();
        uint256 share = _share(word, total, supply);
        if (share > total || word.credit() + share > total) revert Outside();
        next = word.settle(total, supply);
    }

    function _share(Holding word, uint256 total, uint256 supply) private pure returns (uint256) {
        // 64 and 92 bits.
        unchecked {
            return (word.units() * (total - word.seen())) / supply;
        }
    }
}
