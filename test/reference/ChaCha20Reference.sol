// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice ChaCha20 as RFC 8439 writes it down: sixteen numbers, one operation at a time, one byte at a time.
library ChaCha20Reference {
    /// @notice Section 2.4, one byte after the other.
    function encrypted(
        bytes memory text,
        bytes32 key,
        bytes12 nonce,
        uint32 counter
    ) internal pure returns (bytes memory result) {
        result = new bytes(text.length);
        bytes memory keystream;
        for (uint256 i = 0; i < text.length; ++i) {
            if (i % 64 == 0) keystream = blockOf(key, nonce, uint32(counter + i / 64));
            result[i] = text[i] ^ keystream[i % 64];
        }
    }

    /// @notice Section 2.3: 64 bytes of keystream.
    function blockOf(bytes32 key, bytes12 nonce, uint32 counter) internal pure returns (bytes memory serialized) {
        uint32[16] memory initial;
        (initial[0], initial[1], initial[2], initial[3]) = (0x61707865, 0x3320646e, 0x79622d32, 0x6b206574);
        for (uint256 i = 0; i < 8; ++i) initial[4 + i] = littleEndian(abi.encodePacked(key), 4 * i);
        initial[12] = counter;
        for (uint256 i = 0; i < 3; ++i) initial[13 + i] = littleEndian(abi.encodePacked(nonce), 4 * i);

        uint32[16] memory state;
        for (uint256 i = 0; i < 16; ++i) state[i] = initial[i];
        for (uint256 i = 0; i < 10; ++i) {
            quarterRound(state, 0, 4, 8, 12);
            quarterRound(state, 1, 5, 9, 13);
            quarterRound(state, 2, 6, 10, 14);
            quarterRound(state, 3, 7, 11, 15);
            quarterRound(state, 0, 5, 10, 15);
            quarterRound(state, 1, 6, 11, 12);
            quarterRound(state, 2, 7, 8, 13);
            quarterRound(state, 3, 4, 9, 14);
        }

        serialized = new bytes(64);
        for (uint256 i = 0; i < 64; ++i) {
            uint32 number = plus(state[i / 4], initial[i / 4]);
            serialized[i] = bytes1(uint8(number >> (8 * (i % 4))));
        }
    }

    /// @notice Section 2.1.
    function quarterRound(uint32[16] memory s, uint256 a, uint256 b, uint256 c, uint256 d) internal pure {
        s[a] = plus(s[a], s[b]);
        s[d] = rotated(s[d] ^ s[a], 16);
        s[c] = plus(s[c], s[d]);
        s[b] = rotated(s[b] ^ s[c], 12);
        s[a] = plus(s[a], s[b]);
        s[d] = rotated(s[d] ^ s[a], 8);
        s[c] = plus(s[c], s[d]);
        s[b] = rotated(s[b] ^ s[c], 7);
    }

    function plus(uint32 x, uint32 y) private pure returns (uint32) {
        return uint32((uint256(x) + y) % 2 ** 32);
    }

    function rotated(uint32 x, uint32 n) private pure returns (uint32) {
        return (x << n) | (x >> (32 - n));
    }

    function littleEndian(bytes memory data, uint256 from) private pure returns (uint32 number) {
        for (uint256 i = 0; i < 4; ++i) number |= uint32(uint8(data[from + i])) << uint32(8 * i);
    }
}
