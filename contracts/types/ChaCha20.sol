// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ChaCha20 (RFC 8439)
/// @notice Encrypts and decrypts, which is one: XOR with the keystream.
/// @dev A row of the state, four of its sixteen numbers, is one word of the EVM: each number has a lane of 64 bits, the
/// first the highest, and lies in the lane's lower half. What is done to a word is done to a row, so a round is one
/// quarter round on words. Carries pile up in the upper halves, at most six bits of them, and are cut off before they
/// could do harm. Between rounds the rows b, c and d move by one, two and three lanes, so that diagonals become columns,
/// and back.
///
/// 4 KiB take about 366,000 gas with 20,000 runs of the optimiser. For fewer than 2,000 runs it fetches the masks from the
/// code each time to save bytes, and they take twice as much.
library ChaCha20 {
    /// @dev The lower half of every lane.
    uint256 private constant LANES = 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
    /// @dev "expand 32-byte k", the first row.
    uint256 private constant SIGMA = 0x0000000061707865000000003320646e0000000079622d32000000006b206574;
    /// @dev 2^256 is 1 modulo this: a product with 2^n is a word rotated by n bits, unless it is all ones, which no row is.
    uint256 private constant RING = 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff;
    /// @dev Factors that write a number twice, side by side, and shift both: the upper half of its lane is it rotated.
    uint256 private constant BY_16 = 0x0001000000010000;
    uint256 private constant BY_12 = 0x0000100000001000;
    uint256 private constant BY_8 = 0x0000010000000100;
    uint256 private constant BY_7 = 0x0000008000000080;
    /// @dev Factors that rotate a row by lanes, modulo RING.
    uint256 private constant ONE_LANE = 0x10000000000000000;
    uint256 private constant TWO_LANES = 0x100000000000000000000000000000000;
    uint256 private constant THREE_LANES = 0x1000000000000000000000000000000000000000000000000;
    /// @dev One more block: the counter is the first number of its row.
    uint256 private constant COUNT = 0x1000000000000000000000000000000000000000000000000;
    /// @dev The lower halves of 16, 32, 128 and 256 bits, all over a word.
    uint256 private constant BYTES = 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
    uint256 private constant DOUBLETS = 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
    uint256 private constant PAIRS = 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
    uint256 private constant HALF = 0x00000000000000000000000000000000ffffffffffffffffffffffffffffffff;

    /// @notice `data` XOR the keystream of `key` and `nonce` from block `counter` on. The result is a new array.
    /// @param counter of blocks of 64 bytes; it and the blocks of `data` are at most 2^32, where RFC 8439 ends
    function xorKeystream(
        bytes memory data,
        bytes32 key,
        uint96 nonce,
        uint32 counter
    ) internal pure returns (bytes memory output) {
        uint256 numbers = _swapped(uint256(key));
        uint256 b = _row(numbers >> 128);
        uint256 c = _row(numbers & HALF);
        uint256 d = _row((uint256(counter) << 96) | _swapped(nonce));
        uint256 next;
        uint256 end;
        // Safe for memory: takes it from behind the free pointer, enough for whole pieces of 64 bytes and a word behind.
        assembly ("memory-safe") {
            let length := mload(data)
            output := mload(0x40)
            next := add(output, 0x20)
            end := add(next, length)
            mstore(0x40, add(next, and(add(length, 0x5f), not(0x1f))))
            mstore(output, length)
            mcopy(next, add(data, 0x20), length)
        }
        // Neither place in memory nor row of the state comes near the end of a word.
        unchecked {
            for (; next < end; next += 64) {
                (uint256 first, uint256 second) = _keystream(b, c, d);
                // Safe for memory: the next piece of what was taken; the last one reaches behind the data.
                assembly ("memory-safe") {
                    mstore(next, xor(mload(next), first))
                    mstore(add(next, 0x20), xor(mload(add(next, 0x20)), second))
                }
                d += COUNT;
            }
        }
        // Safe for memory: clears the word behind the data, which was taken.
        assembly ("memory-safe") {
            mstore(end, 0)
        }
    }

    /// @dev 64 bytes of keystream from the rows below SIGMA.
    function _keystream(uint256 b0, uint256 c0, uint256 d0) private pure returns (uint256 first, uint256 second) {
        (uint256 a, uint256 b, uint256 c, uint256 d) = _rounds(SIGMA, b0, c0, d0);
        // Sums stay in their lanes.
        unchecked {
            return (_bytes(a + SIGMA, b + b0), _bytes(c + c0, d + d0));
        }
    }

    /// @dev Twenty rounds, two at a time. In Yul, since most of the gas goes here, and Solidity would take some more. A loop that
    /// looks at its end costs less than one that looks at its beginning.
    ///
    /// What has a `leave` is not put inline. Among the variables of a caller there is not always room for the rows on the stack;
    /// the compiler then computes them anew wherever they are used, and 4 KiB took five times as much.
    function _rounds(
        uint256 a0,
        uint256 b0,
        uint256 c0,
        uint256 d0
    ) private pure returns (uint256 a, uint256 b, uint256 c, uint256 d) {
        // Safe for memory: touches none. Sums stay in their lanes; what a product loses at the top is waste.
        assembly ("memory-safe") {
            // Cuts off carries and rotates each number of a row.
            function turned(row, by) -> x {
                x := and(shr(32, mul(and(row, LANES), by)), LANES)
            }
            function rounds(p0, q0, r0, s0) -> p, q, r, s {
                p := p0
                q := q0
                r := r0
                s := s0
                for {
                    let i := 1
                } 1 {
                    i := add(i, 1)
                } {
                    p := add(p, q)
                    s := turned(xor(s, p), BY_16)
                    r := add(r, s)
                    q := turned(xor(q, r), BY_12)
                    p := add(p, q)
                    s := turned(xor(s, p), BY_8)
                    r := add(r, s)
                    q := turned(xor(q, r), BY_7)
                    q := mulmod(q, ONE_LANE, RING)
                    r := mulmod(r, TWO_LANES, RING)
                    s := mulmod(s, THREE_LANES, RING)
                    p := add(p, q)
                    s := turned(xor(s, p), BY_16)
                    r := add(r, s)
                    q := turned(xor(q, r), BY_12)
                    p := add(p, q)
                    s := turned(xor(s, p), BY_8)
                    r := add(r, s)
                    q := turned(xor(q, r), BY_7)
                    q := mulmod(q, THREE_LANES, RING)
                    r := mulmod(r, TWO_LANES, RING)
                    s := mulmod(s, ONE_LANE, RING)
                    if eq(i, 10) {
                        leave
                    }
                }
            }
            a, b, c, d := rounds(a0, b0, c0, d0)
        }
    }

    /// @dev The row of the four numbers in the lower half of a word, whose higher half is empty.
    function _row(uint256 numbers) private pure returns (uint256 row) {
        row = (numbers | (numbers << 64)) & PAIRS;
        return (row | (row << 32)) & LANES;
    }

    /// @dev The eight numbers of two rows as the 32 bytes of keystream that they are.
    function _bytes(uint256 row, uint256 below) private pure returns (uint256) {
        return _swapped((_numbers(row) & ~HALF) | (_numbers(below) >> 128));
    }

    /// @dev The four numbers of a row, in the higher half of a word; the lower half is waste.
    function _numbers(uint256 row) private pure returns (uint256 numbers) {
        // What is multiplied beyond 256 bits is meant to fall off.
        unchecked {
            numbers = ((row & LANES) * 0x10000000100000000) & ~PAIRS;
            return numbers * 0x10000000000000001;
        }
    }

    /// @dev Reverses the bytes of each of eight numbers.
    function _swapped(uint256 numbers) private pure returns (uint256 swapped) {
        swapped = ((numbers & BYTES) << 8) | ((numbers >> 8) & BYTES);
        return ((swapped & DOUBLETS) << 16) | ((swapped >> 16) & DOUBLETS);
    }
}
