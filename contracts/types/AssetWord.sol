// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What every transfer and distribution needs to know of an asset, in one word.
/// @dev From the lowest bit: supply 64, revenue total 92, state 8, policy version 32, policy 56, flags 4.
type AssetWord is uint256;

/// @notice The states of an asset. `None` is an asset that was never registered, `Struck` one whose registration an objection
/// has ended. A suspension is no state: it passes, and the state stays what it was.
enum AssetStatus {
    None,
    Registered,
    Retired,
    Struck
}

using AssetWordLib for AssetWord global;

library AssetWordLib {
    uint256 internal constant MAX_TOTAL = (1 << 92) - 1;
    uint256 internal constant MAX_POLICY = type(uint56).max;
    /// @dev Part of each distribution goes to parents.
    uint256 internal constant FLAG_PARENTS = 1;
    /// @dev A supervisor has suspended the asset; for how long must be looked up.
    uint256 internal constant FLAG_SUSPENDED = 2;
    /// @dev Its registration is under public notice; whether that is over must be asked.
    uint256 internal constant FLAG_NOTICE = 4;
    /// @dev Its holders are counted.
    uint256 internal constant FLAG_COUNTED = 8;

    uint256 private constant TOTAL_SHIFT = 64;
    uint256 private constant STATUS_SHIFT = 156;
    uint256 private constant VERSION_SHIFT = 164;
    uint256 private constant POLICY_SHIFT = 196;
    uint256 private constant FLAGS_SHIFT = 252;
    uint256 private constant RULE_FLAGS = FLAG_SUSPENDED | FLAG_NOTICE | FLAG_COUNTED;
    /// @dev Status, policy without its version, and the flags that a transfer must heed.
    uint256 private constant RULES =
        (uint256(0xff) << STATUS_SHIFT) | (MAX_POLICY << POLICY_SHIFT) | (RULE_FLAGS << FLAGS_SHIFT);

    /// @notice A freshly registered asset: no revenue, policy version 1.
    /// @param flags any of the four flags, added up
    function create(uint64 units, uint56 policyId, uint256 flags) internal pure returns (AssetWord) {
        return
            AssetWord.wrap(
                uint256(units) |
                    (uint256(AssetStatus.Registered) << STATUS_SHIFT) |
                    (1 << VERSION_SHIFT) |
                    (uint256(policyId) << POLICY_SHIFT) |
                    (flags << FLAGS_SHIFT)
            );
    }

    function supply(AssetWord self) internal pure returns (uint256) {
        return AssetWord.unwrap(self) & type(uint64).max;
    }

    function total(AssetWord self) internal pure returns (uint256) {
        return (AssetWord.unwrap(self) >> TOTAL_SHIFT) & MAX_TOTAL;
    }

    function status(AssetWord self) internal pure returns (AssetStatus) {
        return AssetStatus((AssetWord.unwrap(self) >> STATUS_SHIFT) & 0xff);
    }

    function policyVersion(AssetWord self) internal pure returns (uint32) {
        // The shift leaves the version in the lowest 32 bits, which the cast keeps.
        return uint32(AssetWord.unwrap(self) >> VERSION_SHIFT);
    }

    function policy(AssetWord self) internal pure returns (uint56) {
        // The shift leaves the policy in the lowest 56 bits, which the cast keeps.
        return uint56(AssetWord.unwrap(self) >> POLICY_SHIFT);
    }

    /// @notice Whether nothing but active parties is needed: policy 0, registered or retired, nothing else to heed.
    function movesFreely(AssetWord self) internal pure returns (bool) {
        uint256 rules = (AssetWord.unwrap(self) & RULES) >> STATUS_SHIFT;
        return rules == uint256(AssetStatus.Registered) || rules == uint256(AssetStatus.Retired);
    }

    function has(AssetWord self, uint256 flag) internal pure returns (bool) {
        return (AssetWord.unwrap(self) >> FLAGS_SHIFT) & flag != 0;
    }

    /// @param amount at most `MAX_TOTAL` less the total
    function addRevenue(AssetWord self, uint256 amount) internal pure returns (AssetWord) {
        // The caller has checked that the new total fits its 92 bits.
        unchecked {
            return AssetWord.wrap(AssetWord.unwrap(self) + (amount << TOTAL_SHIFT));
        }
    }

    function withFlag(AssetWord self, uint256 flag, bool set) internal pure returns (AssetWord) {
        uint256 bit = flag << FLAGS_SHIFT;
        return AssetWord.wrap(set ? AssetWord.unwrap(self) | bit : AssetWord.unwrap(self) & ~bit);
    }

    function withStatus(AssetWord self, AssetStatus newStatus) internal pure returns (AssetWord) {
        uint256 cleared = AssetWord.unwrap(self) & ~(uint256(0xff) << STATUS_SHIFT);
        return AssetWord.wrap(cleared | (uint256(newStatus) << STATUS_SHIFT));
    }

    /// @notice Sets the policy and its version.
    function withPolicy(AssetWord self, uint56 newPolicy, uint32 newVersion) internal pure returns (AssetWord) {
        uint256 cleared = AssetWord.unwrap(self) & ~(uint256(type(uint88).max) << VERSION_SHIFT);
        return AssetWord.wrap(cleared | (uint256(newVersion) << VERSION_SHIFT) | (uint256(newPolicy) << POLICY_SHIFT));
    }
}
