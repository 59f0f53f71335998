// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice RFC 9162, 2.1.1 and 2.1.3.1, as the text defines them.
library TreeReference {
    function mth(bytes[] memory d) internal pure returns (bytes32) {
        if (d.length == 0) return sha256("");
        if (d.length == 1) return sha256(bytes.concat(hex"00", d[0]));
        uint256 k = split(d.length);
        return sha256(bytes.concat(hex"01", mth(part(d, 0, k)), mth(part(d, k, d.length))));
    }

    function path(uint256 m, bytes[] memory d) internal pure returns (bytes32[] memory) {
        if (d.length == 1) return new bytes32[](0);
        uint256 k = split(d.length);
        return
            m < k
                ? appended(path(m, part(d, 0, k)), mth(part(d, k, d.length)))
                : appended(path(m - k, part(d, k, d.length)), mth(part(d, 0, k)));
    }

    /// @notice A path through a tree too large to build, with made-up siblings, and the root that it leads to.
    function imagined(
        bytes memory leaf,
        uint256 m,
        uint256 n,
        uint256 seed
    ) internal pure returns (bytes32 root, bytes32[] memory siblings) {
        if (n == 1) return (sha256(bytes.concat(hex"00", leaf)), new bytes32[](0));
        uint256 k = split(n);
        (bytes32 inner, bytes32[] memory below) = m < k
            ? imagined(leaf, m, k, seed)
            : imagined(leaf, m - k, n - k, seed);
        bytes32 sibling = keccak256(abi.encode(seed, below.length));
        root = sha256(m < k ? bytes.concat(hex"01", inner, sibling) : bytes.concat(hex"01", sibling, inner));
        siblings = appended(below, sibling);
    }

    /// @notice The largest power of two below `n`.
    function split(uint256 n) internal pure returns (uint256 k) {
        k = 1;
        while (k < n - k) k *= 2;
    }

    function part(bytes[] memory d, uint256 from, uint256 to) internal pure returns (bytes[] memory slice) {
        slice = new bytes[](to - from);
        for (uint256 i = from; i < to; ++i) slice[i - from] = d[i];
    }

    function appended(bytes32[] memory list, bytes32 value) internal pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; ++i) longer[i] = list[i];
        longer[list.length] = value;
    }
}
