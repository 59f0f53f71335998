// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetStatus, AssetWord, AssetWordLib} from "../../contracts/types/AssetWord.sol";

/// @title The packing of an asset's word
/// @notice For every word with one of the four statuses and every argument of its type. Ranges: flags up to 15, revenue up to the
/// room that the total has left.
/// @custom:halmos --panic-error-codes *
contract AssetWordProof {
    error Outside();

    /// @notice `create` sets the supply to the units.
    function check_create_supply(uint64 units, uint56 policy, uint256 flags) external pure {
        assert(_created(units, policy, flags).supply() == units);
    }

    /// @notice `create` sets the total to 0.
    function check_create_total(uint64 units, uint56 policy, uint256 flags) external pure {
        assert(_created(units, policy, flags).total() == 0);
    }

    /// @notice `create` sets the status to Registered.
    function check_create_status(uint64 units, uint56 policy, uint256 flags) external pure {
        assert(_created(units, policy, flags).status() == AssetStatus.Registered);
    }

    /// @notice `create` sets the policy version to 1.
    function check_create_policyVersion(uint64 units, uint56 policy, uint256 flags) external pure {
        assert(_created(units, policy, flags).policyVersion() == 1);
    }

    /// @notice `create` sets the policy.
    function check_create_policy(uint64 units, uint56 policy, uint256 flags) external pure {
        assert(_created(units, policy, flags).policy() == policy);
    }

    /// @notice `create` sets the flags.
    function check_create_flags(uint64 units, uint56 policy, uint256 flags) external pure {
        assert(_flags(_created(units, policy, flags)) == flags);
    }

    /// @notice `addRevenue` keeps the supply.
    function check_addRevenue_supply(uint256 raw, uint256 amount) external pure {
        (AssetWord word, AssetWord next) = _addRevenue(raw, amount);
        assert(next.supply() == word.supply());
    }

    /// @notice `addRevenue` adds the amount to the total.
    function check_addRevenue_total(uint256 raw, uint256 amount) external pure {
        (AssetWord word, AssetWord next) = _addRevenue(raw, amount);
        assert(next.total() == word.total() + amount);
    }

    /// @notice `addRevenue` keeps the status.
    function check_addRevenue_status(uint256 raw, uint256 amount) external pure {
        (AssetWord word, AssetWord next) = _addRevenue(raw, amount);
        assert(next.status() == word.status());
    }

    /// @notice `addRevenue` keeps the policy version.
    function check_addRevenue_policyVersion(uint256 raw, uint256 amount) external pure {
        (AssetWord word, AssetWord next) = _addRevenue(raw, amount);
        assert(next.policyVersion() == word.policyVersion());
    }

    /// @notice `addRevenue` keeps the policy.
    function check_addRevenue_policy(uint256 raw, uint256 amount) external pure {
        (AssetWord word, AssetWord next) = _addRevenue(raw, amount);
        assert(next.policy() == word.policy());
    }

    /// @notice `addRevenue` keeps the flags.
    function check_addRevenue_flags(uint256 raw, uint256 amount) external pure {
        (AssetWord word, AssetWord next) = _addRevenue(raw, amount);
        assert(_flags(next) == _flags(word));
    }

    /// @notice `withFlag` keeps the supply.
    function check_withFlag_supply(uint256 raw, uint8 flag, bool set) external pure {
        (AssetWord word, AssetWord next) = _withFlag(raw, flag, set);
        assert(next.supply() == word.supply());
    }

    /// @notice `withFlag` keeps the total.
    function check_withFlag_total(uint256 raw, uint8 flag, bool set) external pure {
        (AssetWord word, AssetWord next) = _withFlag(raw, flag, set);
        assert(next.total() == word.total());
    }

    /// @notice `withFlag` keeps the status.
    function check_withFlag_status(uint256 raw, uint8 flag, bool set) external pure {
        (AssetWord word, AssetWord next) = _withFlag(raw, flag, set);
        assert(next.status() == word.status());
    }

    /// @notice `withFlag` keeps the policy version.
    function check_withFlag_policyVersion(uint256 raw, uint8 flag, bool set) external pure {
        (AssetWord word, AssetWord next) = _withFlag(raw, flag, set);
        assert(next.policyVersion() == word.policyVersion());
    }

    /// @notice `withFlag` keeps the policy.
    function check_withFlag_policy(uint256 raw, uint8 flag, bool set) external pure {
        (AssetWord word, AssetWord next) = _withFlag(raw, flag, set);
        assert(next.policy() == word.policy());
    }

    /// @notice `withFlag` sets or clears the bits of the flag and keeps the other flags.
    function check_withFlag_flags(uint256 raw, uint8 flag, bool set) external pure {
        (AssetWord word, AssetWord next) = _withFlag(raw, flag, set);
        assert(_flags(next) == (set ? _flags(word) | flag : _flags(word) & ~uint256(flag)));
    }

    /// @notice `withStatus` keeps the supply.
    function check_withStatus_supply(uint256 raw, AssetStatus status) external pure {
        (AssetWord word, AssetWord next) = _withStatus(raw, status);
        assert(next.supply() == word.supply());
    }

    /// @notice `withStatus` keeps the total.
    function check_withStatus_total(uint256 raw, AssetStatus status) external pure {
        (AssetWord word, AssetWord next) = _withStatus(raw, status);
        assert(next.total() == word.total());
    }

    /// @notice `withStatus` sets the status.
    function check_withStatus_status(uint256 raw, AssetStatus status) external pure {
        (, AssetWord next) = _withStatus(raw, status);
        assert(next.status() == status);
    }

    /// @notice `withStatus` keeps the policy version.
    function check_withStatus_policyVersion(uint256 raw, AssetStatus status) external pure {
        (AssetWord word, AssetWord next) = _withStatus(raw, status);
        assert(next.policyVersion() == word.policyVersion());
    }

    /// @notice `withStatus` keeps the policy.
    function check_withStatus_policy(uint256 raw, AssetStatus status) external pure {
        (AssetWord word, AssetWord next) = _withStatus(raw, status);
        assert(next.policy() == word.policy());
    }

    /// @notice `withStatus` keeps the flags.
    function check_withStatus_flags(uint256 raw, AssetStatus status) external pure {
        (AssetWord word, AssetWord next) = _withStatus(raw, status);
        assert(_flags(next) == _flags(word));
    }

    /// @notice `withPolicy` keeps the supply.
    function check_withPolicy_supply(uint256 raw, uint56 policy, uint32 version) external pure {
        (AssetWord word, AssetWord next) = _withPolicy(raw, policy, version);
        assert(next.supply() == word.supply());
    }

    /// @notice `withPolicy` keeps the total.
    function check_withPolicy_total(uint256 raw, uint56 policy, uint32 version) external pure {
        (AssetWord word, AssetWord next) = _withPolicy(raw, policy, version);
        assert(next.total() == word.total());
    }

    /// @notice `withPolicy` keeps the status.
    function check_withPolicy_status(uint256 raw, uint56 policy, uint32 version) external pure {
        (AssetWord word, AssetWord next) = _withPolicy(raw, policy, version);
        assert(next.status() == word.status());
    }

    /// @notice `withPolicy` sets the policy version.
    function check_withPolicy_policyVersion(uint256 raw, uint56 policy, uint32 version) external pure {
        (, AssetWord next) = _withPolicy(raw, policy, version);
        assert(next.policyVersion() == version);
    }

    /// @notice `withPolicy` sets the policy.
    function check_withPolicy_policy(uint256 raw, uint56 policy, uint32 version) external pure {
        (, AssetWord next) = _withPolicy(raw, policy, version);
        assert(next.policy() == policy);
    }

    /// @notice `withPolicy` keeps the flags.
    function check_withPolicy_flags(uint256 raw, uint56 policy, uint32 version) external pure {
        (AssetWord word, AssetWord next) = _withPolicy(raw, policy, version);
        assert(_flags(next) == _flags(word));
    }

    /// @notice `movesFreely` holds exactly for policy 0, Registered or Retired, and no flag but that of parents.
    function check_movesFreely(uint256 raw) external pure {
        AssetWord word = _word(raw);
        AssetStatus status = word.status();
        bool alive = status == AssetStatus.Registered || status == AssetStatus.Retired;
        bool unflagged = _flags(word) & ~AssetWordLib.FLAG_PARENTS == 0;
        assert(word.movesFreely() == (alive && unflagged && word.policy() == 0));
    }

    /// @notice `has` reads the flag.
    function check_has(uint256 raw, uint8 flag) external pure {
        AssetWord word = _word(raw);
        assert(word.has(flag) == (_flags(word) & flag != 0));
    }

    function _word(uint256 raw) private pure returns (AssetWord) {
        if ((raw >> 156) & 0xff > uint256(type(AssetStatus).max)) revert Outside();
        return AssetWord.wrap(raw);
    }

    function _flags(AssetWord word) private pure returns (uint256) {
        return AssetWord.unwrap(word) >> 252;
    }

    function _created(uint64 units, uint56 policy, uint256 flags) private pure returns (AssetWord) {
        if (flags > 15) revert Outside();
        return AssetWordLib.create(units, policy, flags);
    }

    function _addRevenue(uint256 raw, uint256 amount) private pure returns (AssetWord word, AssetWord next) {
        word = _word(raw);
        if (amount > AssetWordLib.MAX_TOTAL - word.total()) revert Outside();
        next = word.addRevenue(amount);
    }

    function _withFlag(uint256 raw, uint8 flag, bool set) private pure returns (AssetWord word, AssetWord next) {
        if (flag > 15) revert Outside();
        word = _word(raw);
        next = word.withFlag(flag, set);
    }

    function _withStatus(uint256 raw, AssetStatus status) private pure returns (AssetWord word, AssetWord next) {
        word = _word(raw);
        next = word.withStatus(status);
    }

    function _withPolicy(
        uint256 raw,
        uint56 policy,
        uint32 version
    ) private pure returns (AssetWord word, AssetWord next) {
        word = _word(raw);
        next = word.withPolicy(policy, version);
    }
}
