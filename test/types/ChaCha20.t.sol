// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ChaCha20} from "../../contracts/types/ChaCha20.sol";
import {ChaCha20Reference} from "../reference/ChaCha20Reference.sol";
import {equal, isTrue} from "../support/Equal.sol";

contract ChaCha20Test {
    bytes32 private constant COUNTING = 0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f;

    /// @notice TYP-41 The reference itself: RFC 8439, 2.1.1 and 2.2.1.
    function test_TYP_41_theReferenceTurnsQuartersAsKnown() public pure {
        uint32[16] memory s;
        (s[0], s[1], s[2], s[3]) = (0x11111111, 0x01020304, 0x9b8d6f43, 0x01234567);
        ChaCha20Reference.quarterRound(s, 0, 1, 2, 3);
        equal(s[0], 0xea2a92f4, "a");
        equal(s[1], 0xcb1cf8ce, "b");
        equal(s[2], 0x4581472e, "c");
        equal(s[3], 0x5881c4bb, "d");
        (s[2], s[7], s[8], s[13]) = (0x516461b1, 0x2a5f714c, 0x53372767, 0x3d631689);
        ChaCha20Reference.quarterRound(s, 2, 7, 8, 13);
        equal(s[2], 0xbdb886dc, "2");
        equal(s[7], 0xcfacafd2, "7");
        equal(s[8], 0xe46bea80, "8");
        equal(s[13], 0xccc07c79, "13");
    }

    /// @notice TYP-40 RFC 8439, 2.3.2.
    function test_TYP_40_theKeystreamOfTheBlockFunction() public pure {
        bytes memory expected =
            hex"10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
            hex"d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e";
        encrypts(new bytes(64), COUNTING, 0x000000090000004a00000000, 1, expected);
    }

    /// @notice TYP-40 RFC 8439, 2.4.2.
    function test_TYP_40_theSunscreen() public pure {
        encrypts(
            "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
            "sunscreen would be it.",
            COUNTING,
            0x000000000000004a00000000,
            1,
            hex"6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b"
            hex"f91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
            hex"07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736"
            hex"5af90bbf74a35be6b40b8eedf2785e42874d"
        );
    }

    /// @notice TYP-40 RFC 8439, A.1: keystreams, which are encryptions of zeros.
    function test_TYP_40_theKeystreamsOfTheAppendix() public pure {
        bytes memory zeros = new bytes(64);
        encrypts(
            zeros,
            0,
            0,
            0,
            hex"76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
            hex"da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
        );
        encrypts(
            zeros,
            0,
            0,
            1,
            hex"9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
            hex"29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"
        );
        encrypts(
            zeros,
            bytes32(uint256(1)),
            0,
            1,
            hex"3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a"
            hex"8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0"
        );
        encrypts(
            zeros,
            bytes32(uint256(0xff) << 240),
            0,
            2,
            hex"72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca"
            hex"13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096"
        );
        encrypts(
            zeros,
            0,
            2,
            0,
            hex"c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7"
            hex"8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d"
        );
    }

    /// @notice TYP-40 RFC 8439, A.2.
    function test_TYP_40_theCiphertextsOfTheAppendix() public pure {
        encrypts(
            "Any submission to the IETF intended by the Contributor for publication as all or part of an IETF "
            "Internet-Draft or RFC and any statement made within the context of an IETF activity is considered an "
            '"IETF Contribution". Such statements include oral statements in IETF sessions, as well as written and '
            "electronic communications made at any time or place, which are addressed to",
            bytes32(uint256(1)),
            2,
            1,
            hex"a3fbf07df3fa2fde4f376ca23e82737041605d9f4f4f57bd8cff2c1d4b7955ec2a97948bd3722915c8f3d337f7d37005"
            hex"0e9e96d647b7c39f56e031ca5eb6250d4042e02785ececfa4b4bb5e8ead0440e20b6e8db09d881a7c6132f420e527950"
            hex"42bdfa7773d8a9051447b3291ce1411c680465552aa6c405b7764d5e87bea85ad00f8449ed8f72d0d662ab052691ca66"
            hex"424bc86d2df80ea41f43abf937d3259dc4b2d0dfb48a6c9139ddd7f76966e928e635553ba76c5c879d7b35d49eb2e62b"
            hex"0871cdac638939e25e8a1e0ef9d5280fa8ca328b351c3c765989cbcf3daa8b6ccc3aaf9f3979c92b3720fc88dc95ed84"
            hex"a1be059c6499b9fda236e7e818b04b0bc39c1e876b193bfe5569753f88128cc08aaa9b63d1a16f80ef2554d7189c411f"
            hex"5869ca52c5b83fa36ff216b9c1d30062bebcfd2dc5bce0911934fda79a86f6e698ced759c3ff9b6477338f3da4f9cd85"
            hex"14ea9982ccafb341b2384dd902f3d1ab7ac61dd29c6f21ba5b862f3730e37cfdc4fd806c22f221"
        );
        encrypts(
            "'Twas brillig, and the slithy toves\nDid gyre and gimble in the wabe:\nAll mimsy were the borogoves,\n"
            "And the mome raths outgrabe.",
            0x1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0,
            2,
            42,
            hex"62e6347f95ed87a45ffae7426f27a1df5fb69110044c0d73118effa95b01e5cf166d3df2d721caf9b21e5fb14c616871"
            hex"fd84c54f9d65b283196c7fe4f60553ebf39c6402c42234e32a356b3e764312a61a5532055716ead6962568f87d3f3f77"
            hex"04c6a8d1bcd1bf4d50d6154b6da731b187b58dfd728afa36757a797ac188d1"
        );
    }

    /// @notice TYP-41 Every length up to two pieces of 64 bytes and one more.
    function test_TYP_41_everyLengthAsTheReference() public pure {
        for (uint256 length = 0; length < 130; ++length) asTheReference(noise(length, length), keccak256("key"), 5, 6);
    }

    /// @notice TYP-41 The longest there are, and their last bytes.
    function test_TYP_41_wholeBlocksAsTheReference() public pure {
        asTheReference(noise(4_096, 1), keccak256("key"), 1, type(uint32).max - 63);
        bytes memory whole = ChaCha20.xorKeystream(noise(4_096, 1), keccak256("key"), 1, 7);
        for (uint256 length = 4_031; length < 4_096; ++length) {
            bytes memory output = ChaCha20.xorKeystream(noise(length, 1), keccak256("key"), 1, 7);
            isTrue(startsWith(whole, output), "as far as it goes");
        }
    }

    function testFuzz_TYP_41_asTheReference(uint256 seed, bytes32 key, uint96 nonce, uint32 counter) public pure {
        asTheReference(noise(seed % 200, seed), key, nonce, counter % (2 ** 32 - 4));
    }

    /// @notice TYP-41 Numbers of which all bits are set, or none, or the first or last: carries and rotations at the edges.
    function testFuzz_TYP_41_extremesAsTheReference(uint256 words, uint96 nonce, uint32 counter) public pure {
        asTheReference(new bytes(64), extreme(words), uint96(uint256(extreme(words >> 8))), 0);
        asTheReference(new bytes(64), extreme(words >> 16), nonce, counter);
    }

    /// @notice TYP-41 Inputs made so that the first round turns a row of which every bit is set. Such a row is the one
    /// number that a product modulo 2^256 − 1 would lose.
    function testFuzz_TYP_41_aRowOfOnesAsTheReference(uint256 seed) public pure {
        (bytes32 key, uint96 nonce, uint32 counter) = rowOfOnes(seed);
        asTheReference(new bytes(64), key, nonce, counter);
    }

    /// @notice TYP-41 What lies above the bits of an argument is not part of it.
    function testFuzz_TYP_41_narrowArgumentsAreReadNarrow(
        bytes32 key,
        uint256 wideNonce,
        uint256 wideCounter
    ) public pure {
        uint96 nonce;
        uint32 counter;
        // Safe for memory: touches none.
        assembly ("memory-safe") {
            nonce := wideNonce
            counter := wideCounter
        }
        bytes12 plainNonce = bytes12(uint96(wideNonce % 2 ** 96));
        bytes memory expected = ChaCha20Reference.blockOf(key, plainNonce, uint32(wideCounter % 2 ** 32));
        bytes memory output = ChaCha20.xorKeystream(new bytes(64), key, nonce, counter);
        equal(keccak256(output), keccak256(expected), "bytes");
    }

    function testFuzz_TYP_42_twiceIsPlainAgain(uint256 seed, bytes32 key, uint96 nonce, uint32 counter) public pure {
        counter %= 2 ** 32 - 64;
        bytes memory data = noise(seed % 4_097, seed);
        bytes memory once = ChaCha20.xorKeystream(data, key, nonce, counter);
        equal(keccak256(ChaCha20.xorKeystream(once, key, nonce, counter)), keccak256(data), "plain again");
    }

    /// @notice TYP-42 The result lies in memory of its own: nothing around it changes, nothing later falls into it.
    function testFuzz_TYP_42_onlyTheResultIsWritten(uint128 seed, bytes32 key) public pure {
        bytes memory data = noise(seed % 300, seed);
        bytes memory neighbour = noise(100, uint256(seed) + 1);
        bytes memory output = ChaCha20.xorKeystream(data, key, 1, 2);
        bytes32 hash = keccak256(output);
        bytes memory later = noise(200, uint256(seed) + 2);
        equal(keccak256(data), keccak256(noise(seed % 300, seed)), "the input");
        equal(keccak256(neighbour), keccak256(noise(100, uint256(seed) + 1)), "what was there");
        equal(keccak256(later), keccak256(noise(200, uint256(seed) + 2)), "what came later");
        equal(keccak256(output), hash, "the result");
        equal(behind(output), 0, "no keystream behind it");
        isTrue(freePointer() % 32 == 0, "in step");
    }

    function encrypts(
        bytes memory text,
        bytes32 key,
        uint96 nonce,
        uint32 counter,
        bytes memory expected
    ) private pure {
        equal(keccak256(ChaCha20.xorKeystream(text, key, nonce, counter)), keccak256(expected), "encrypted");
        bytes memory known = ChaCha20Reference.encrypted(text, key, bytes12(nonce), counter);
        equal(keccak256(known), keccak256(expected), "the reference");
    }

    function asTheReference(bytes memory data, bytes32 key, uint96 nonce, uint32 counter) private pure {
        bytes memory expected = ChaCha20Reference.encrypted(data, key, bytes12(nonce), counter);
        bytes memory output = ChaCha20.xorKeystream(data, key, nonce, counter);
        equal(output.length, data.length, "length");
        equal(keccak256(output), keccak256(expected), "bytes");
    }

    /// @dev Each of eight numbers as one of: nothing, everything, the lowest bit, the highest bit.
    function extreme(uint256 choice) private pure returns (bytes32 words) {
        uint32[4] memory numbers = [0, type(uint32).max, 1, 0x80000000];
        for (uint256 i = 0; i < 8; ++i) {
            words = (words << 32) | bytes32(uint256(numbers[(choice >> (2 * i)) % 4]));
        }
    }

    /// @dev Works the first round backwards: b XOR c is all ones before the last rotation, all else is as it comes.
    function rowOfOnes(uint256 seed) private pure returns (bytes32 key, uint96 nonce, uint32 counter) {
        uint32[4] memory sigma = [0x61707865, 0x3320646e, 0x79622d32, 0x6b206574];
        uint256[3] memory rows;
        for (uint256 i = 0; i < 4; ++i) {
            (uint32 b, uint32 c, uint32 d) = columnOfOnes(sigma[i], uint32(seed), uint32(seed >> 32));
            seed = uint256(keccak256(abi.encode(seed)));
            if (i == 0) counter = d;
            rows[0] = (rows[0] << 32) | reversed(b);
            rows[1] = (rows[1] << 32) | reversed(c);
            rows[2] = (rows[2] << 32) | reversed(d);
        }
        return (bytes32((rows[0] << 128) | rows[1]), uint96(rows[2]), counter);
    }

    /// @dev The numbers of a column that starts with `a`, from those at its end that are free.
    function columnOfOnes(uint32 a, uint32 bEnd, uint32 dEnd) private pure returns (uint32 b, uint32 c, uint32 d) {
        // Arithmetic modulo 2^32 is meant.
        unchecked {
            uint32 cMiddle = ~bEnd - dEnd;
            b = rotated(bEnd, 20) ^ cMiddle;
            uint32 aMiddle = a + b;
            uint32 dMiddle = rotated(dEnd, 24) ^ (aMiddle + bEnd);
            c = cMiddle - dMiddle;
            d = rotated(dMiddle, 16) ^ aMiddle;
        }
    }

    function reversed(uint32 x) private pure returns (uint32 y) {
        for (uint32 i = 0; i < 4; ++i) y |= ((x >> (8 * i)) & 0xff) << (24 - 8 * i);
    }

    function rotated(uint32 x, uint32 n) private pure returns (uint32) {
        return (x << n) | (x >> (32 - n));
    }

    function startsWith(bytes memory whole, bytes memory start) private pure returns (bool) {
        bytes32 hash = keccak256(start);
        for (uint256 i = 0; i < start.length; ++i) if (whole[i] != start[i]) return false;
        return hash == keccak256(start);
    }

    /// @dev What lies between the last byte and the end of its word.
    function behind(bytes memory data) private pure returns (uint256 rest) {
        // Safe for memory: only reads. A shift by 256 leaves nothing.
        assembly ("memory-safe") {
            let length := mload(data)
            rest := mload(add(data, and(add(length, 0x1f), not(0x1f))))
            rest := shl(sub(256, shl(3, and(sub(0, length), 0x1f))), rest)
        }
    }

    function freePointer() private pure returns (uint256 pointer) {
        // Safe for memory: only reads.
        assembly ("memory-safe") {
            pointer := mload(0x40)
        }
    }

    /// @dev Words of noise, the last one whole, so that there is noise behind the data too.
    function noise(uint256 length, uint256 seed) private pure returns (bytes memory data) {
        data = new bytes(length);
        for (uint256 i = 0; i < length; i += 32) {
            bytes32 word = keccak256(abi.encode(seed, i));
            // Safe for memory: an array takes whole words of it.
            assembly ("memory-safe") {
                mstore(add(add(data, 0x20), i), word)
            }
        }
    }
}
