// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {KeyWrap, WrapProof} from "../../contracts/types/KeyWrap.sol";
import {Point, Secp256k1} from "../../contracts/types/Secp256k1.sol";
import {Secp256k1Reference as Reference} from "../reference/Secp256k1Reference.sol";
import {equal, isTrue} from "../support/Equal.sol";

contract KeyWrapTest {
    /// @dev A proof and what it is about.
    struct Case {
        WrapProof proof;
        Point publicKey;
        Point ephemeral;
        bytes context;
    }

    uint256 private constant N = Secp256k1.N;
    /// @dev Words of an encoded proof; two for each of the two points that it is about.
    uint256 private constant WORDS = 10;

    /// @dev An encoded case that holds: most tests spoil it.
    bytes private _honest;

    constructor() {
        _honest = abi.encode(caseOf(11, 22, 33, contextOf(1)));
    }

    function testFuzz_TYP_52_unwrapsWhatWasWrapped(
        bytes32 key,
        uint256 x,
        bytes32 licence,
        uint32 release,
        address custodian
    ) public pure {
        bytes memory context = KeyWrap.contextOf(licence, release, custodian);
        equal(keccak256(context), keccak256(bytes.concat(licence, bytes4(release), bytes20(custodian))), "context");
        bytes32 mask = sha256(bytes.concat("cadastre/wrap/v1", bytes32(x), context));
        equal(KeyWrap.unwrap(key ^ mask, x, context), key, "unwrapped");
        equal(KeyWrap.unwrap(KeyWrap.unwrap(key, x, context), x, context), key, "its own inverse");
    }

    function testFuzz_TYP_52_unwrapsForOneDeliveryOnly(
        bytes32 wrapped,
        uint256 x,
        bytes32 licence,
        uint32 release,
        address custodian,
        uint8 bit
    ) public pure {
        bytes32 key = KeyWrap.unwrap(wrapped, x, KeyWrap.contextOf(licence, release, custodian));
        bytes32 other = KeyWrap.unwrap(wrapped, x ^ (1 << bit), KeyWrap.contextOf(licence, release, custodian));
        isTrue(other != key, "another point");
        other = KeyWrap.unwrap(wrapped, x, KeyWrap.contextOf(licence ^ bytes32(1 << bit), release, custodian));
        isTrue(other != key, "another licence");
        other = KeyWrap.unwrap(wrapped, x, KeyWrap.contextOf(licence, release ^ uint32(1 << (bit % 32)), custodian));
        isTrue(other != key, "another release");
        address stranger = address(uint160(custodian) ^ uint160(1 << (bit % 160)));
        other = KeyWrap.unwrap(wrapped, x, KeyWrap.contextOf(licence, release, stranger));
        isTrue(other != key, "another custodian");
    }

    function testFuzz_TYP_53_anHonestProofIsAccepted(uint256 x, uint256 r, uint256 k, uint256 seed) public view {
        isTrue(holds(caseOf(x, r, k, contextOf(seed))), "accepted");
    }

    function test_TYP_53_smallAndGreatSecretsAreAccepted() public view {
        uint256[4] memory scalars = [uint256(1), 2, N - 2, N - 1];
        for (uint256 i = 0; i < 4; ++i) {
            isTrue(holds(caseOf(scalars[i], scalars[(i + 1) % 4], scalars[(i + 3) % 4], contextOf(i))), "accepted");
        }
        isTrue(holds(caseOf(1, 1, 1, contextOf(4))), "all the same");
    }

    /// @notice TYP-54 One flipped bit in the proof, in the points that it is about or in the context.
    function testFuzz_TYP_54_refusesAnyFlippedBit(uint256 seed, uint8 bit) public view {
        Case memory honest = abi.decode(_honest, (Case));
        isTrue(holds(honest), "whole");
        for (uint256 word = 0; word < WORDS; ++word) {
            Case memory spoiled = abi.decode(_honest, (Case));
            spoiled.proof = flipped(honest.proof, word, bit);
            isTrue(!holds(spoiled), "in the proof");
        }
        uint256 flip = 1 << bit;
        honest.publicKey.x ^= flip;
        isTrue(!holds(honest), "in X.x");
        honest.publicKey.x ^= flip;
        honest.publicKey.y ^= flip;
        isTrue(!holds(honest), "in X.y");
        honest.publicKey.y ^= flip;
        honest.ephemeral.x ^= flip;
        isTrue(!holds(honest), "in R.x");
        honest.ephemeral.x ^= flip;
        honest.ephemeral.y ^= flip;
        isTrue(!holds(honest), "in R.y");
        honest.ephemeral.y ^= flip;
        honest.context[seed % 56] ^= bytes1(uint8(1 << (bit % 8)));
        isTrue(!holds(honest), "in the context");
    }

    function testFuzz_TYP_54_refusesWhatIsNoProof(uint256 seed) public view {
        Case memory c = abi.decode(_honest, (Case));
        bytes memory noise = new bytes(WORDS * 32);
        for (uint256 i = 0; i < noise.length; ++i) noise[i] = keccak256(abi.encode(seed, i / 32))[i % 32];
        c.proof = abi.decode(noise, (WrapProof));
        isTrue(!holds(c), "noise");
        c.proof = abi.decode(new bytes(WORDS * 32), (WrapProof));
        isTrue(!holds(c), "nothing");
    }

    /// @notice TYP-54 A number that is not reduced is not a second form of one that is.
    function test_TYP_54_refusesNumbersThatAreNotReduced() public view {
        Case memory c = abi.decode(_honest, (Case));
        c.proof.z = 0;
        isTrue(!holds(c), "zero");
        c.proof.z = N;
        isTrue(!holds(c), "N");
        c.proof.z = type(uint256).max;
        isTrue(!holds(c), "the greatest");
    }

    /// @notice TYP-55 Whoever knows another secret proves another S: about X it says nothing.
    function testFuzz_TYP_55_refusesAProofByAnotherSecret(uint256 other) public view {
        if (scalar(other) == 11) return;
        Case memory c = abi.decode(_honest, (Case));
        c.proof.s = Reference.times(scalar(other), c.ephemeral);
        isTrue(!holds(c), "as it is");
        rehash(c, 33, other);
        isTrue(!holds(c), "hashed for X");
        rehash(c, 33, 11);
        isTrue(!holds(c), "with the secret of X");
    }

    /// @notice TYP-55 Every equation but one holds, in each of the ways in which one can be left out.
    function test_TYP_55_refusesAProofThatLacksOneEquation() public view {
        for (uint256 seed = 1; seed < 6; ++seed) {
            uint256 noise = uint256(keccak256(abi.encode(seed)));
            lacking(scalar(noise), scalar(noise >> 1), scalar(noise >> 2));
        }
    }

    /// @notice TYP-55 −S has the x of S, and so would unwrap the same: still it is not x·R.
    function test_TYP_55_refusesNegativesAndPlacesChanged() public view {
        Case memory c = abi.decode(_honest, (Case));
        c.proof.s = Reference.negative(c.proof.s);
        isTrue(!holds(c), "-S");
        rehash(c, 33, 11);
        isTrue(!holds(c), "-S, hashed");
        rehash(c, 33, N - 11);
        isTrue(!holds(c), "-S, with -x");
        c = abi.decode(_honest, (Case));
        (c.publicKey, c.ephemeral) = (c.ephemeral, c.publicKey);
        isTrue(!holds(c), "X and R changed places");
        c = abi.decode(_honest, (Case));
        (c.proof.a, c.proof.b) = (c.proof.b, c.proof.a);
        isTrue(!holds(c), "A and B changed places");
        // The custodian knows S too, by r: that is not a proof about X.
        c = abi.decode(_honest, (Case));
        rehash(c, 33, 22);
        isTrue(!holds(c), "by r");
    }

    /// @notice TYP-55 T = −B leaves B + T at infinity, where z·R is for z = 0; T = B has another formula.
    function testFuzz_TYP_55_refusesTEqualOrOppositeToB(uint256 inverse, uint256 seed) public view {
        Case memory c = abi.decode(_honest, (Case));
        c.proof.inverse = inverse;
        c.proof.t = c.proof.b;
        isTrue(!holds(c), "T = B");
        c.proof.t = Reference.negative(c.proof.b);
        isTrue(!holds(c), "T = -B");
        c.proof.z = 0;
        isTrue(!holds(c), "T = -B, z = 0");
        // S chosen so that e·S is B: e is another as soon as S is hashed.
        c = abi.decode(_honest, (Case));
        c.proof.s = Reference.times(scalar(seed), c.ephemeral);
        rehash(c, 33, 11);
        c.proof.b = c.proof.t;
        isTrue(!holds(c), "B = eS");
    }

    /// @notice TYP-56 Points off the curve and points whose x is no scalar, in every place, all else made to fit.
    function test_TYP_56_refusesOddPointsInEveryPlace() public view {
        (bool exists, Point memory great, ) = Reference.lift(N);
        isTrue(exists && Secp256k1.isOnCurve(great.x, great.y), "x = N");
        Point[4] memory odd = [great, Point(0, 0), Point(1, 1), Point(N - 1, 2)];
        for (uint256 i = 0; i < 4; ++i) {
            Case memory c = abi.decode(_honest, (Case));
            c.publicKey = odd[i];
            rehash(c, 33, 11);
            isTrue(!holds(c), "X");
            c = abi.decode(_honest, (Case));
            c.ephemeral = odd[i];
            rehash(c, 33, 11);
            isTrue(!holds(c), "R");
            c = abi.decode(_honest, (Case));
            c.proof.s = odd[i];
            rehash(c, 33, 11);
            isTrue(!holds(c), "S");
            c = abi.decode(_honest, (Case));
            c.proof.a = odd[i];
            rehash(c, 33, 11);
            isTrue(!holds(c), "A");
            c = abi.decode(_honest, (Case));
            c.proof.b = odd[i];
            rehash(c, 33, 11);
            isTrue(!holds(c), "B");
            c = abi.decode(_honest, (Case));
            c.proof.t = odd[i];
            c.proof.inverse = inverseOf(c.proof);
            isTrue(!holds(c), "T");
        }
    }

    /// @notice TYP-56 The y of every point counts, though `ecrecover` reads its parity only.
    function testFuzz_TYP_56_refusesAnotherYOfTheSameParity(uint256 even) public view {
        uint256 add = even & ~uint256(1);
        if (add == 0) return;
        // Wraps around, which leaves the parity alone.
        unchecked {
            Case memory c = abi.decode(_honest, (Case));
            c.publicKey.y += add;
            rehash(c, 33, 11);
            isTrue(!holds(c), "X");
            c = abi.decode(_honest, (Case));
            c.ephemeral.y += add;
            rehash(c, 33, 11);
            isTrue(!holds(c), "R");
            c = abi.decode(_honest, (Case));
            c.proof.s.y += add;
            rehash(c, 33, 11);
            isTrue(!holds(c), "S");
        }
    }

    function lacking(uint256 x, uint256 r, uint256 k) private view {
        Case memory c = caseOf(x, r, k, contextOf(x));
        Point memory wrong = Reference.times(addmod(mulmod(x, r, N), 1, N), Reference.generator());
        c.proof.s = wrong;
        rehash(c, k, x);
        isTrue(!holds(c), "B + T is not zR");
        c.proof.t = difference(Reference.times(c.proof.z, c.ephemeral), c.proof.b);
        c.proof.inverse = inverseOf(c.proof);
        isTrue(!holds(c), "T is not eS");
        c.proof.t = Reference.times(challenge(c), wrong);
        c.proof.b = difference(Reference.times(c.proof.z, c.ephemeral), c.proof.t);
        c.proof.inverse = inverseOf(c.proof);
        isTrue(!holds(c), "B was not hashed");
        rehash(c, k, x);
        isTrue(!holds(c), "B hashed, and so another e");
        c.proof.z = addmod(c.proof.z, 1, N);
        c.proof.a = Reference.plus(c.proof.a, Reference.generator());
        isTrue(!holds(c), "A was not hashed");
    }

    function holds(Case memory c) private pure returns (bool) {
        return c.proof.proves(c.publicKey, c.ephemeral, c.context);
    }

    /// @dev What an honest licensee sends, secret and random numbers given.
    function caseOf(uint256 x, uint256 r, uint256 k, bytes memory context) private view returns (Case memory c) {
        (x, r, k) = (scalar(x), scalar(r), scalar(k));
        Point memory g = Reference.generator();
        c.publicKey = Reference.times(x, g);
        c.ephemeral = Reference.times(r, g);
        c.context = context;
        c.proof.s = Reference.times(x, c.ephemeral);
        c.proof.a = Reference.times(k, g);
        c.proof.b = Reference.times(k, c.ephemeral);
        rehash(c, k, x);
    }

    /// @dev Makes all that follows from the challenge anew.
    function rehash(Case memory c, uint256 k, uint256 x) private view {
        uint256 e = challenge(c);
        c.proof.t = Reference.times(e, c.proof.s);
        c.proof.z = addmod(scalar(k), mulmod(e, scalar(x), N), N);
        c.proof.inverse = inverseOf(c.proof);
    }

    function challenge(Case memory c) private pure returns (uint256) {
        bytes memory about = bytes.concat(bytesOf(c.publicKey), bytesOf(c.ephemeral));
        bytes memory chosen = bytes.concat(bytesOf(c.proof.s), bytesOf(c.proof.a), bytesOf(c.proof.b));
        return uint256(sha256(bytes.concat("cadastre/proof/v1", c.context, about, chosen))) % N;
    }

    function bytesOf(Point memory point) private pure returns (bytes memory) {
        return bytes.concat(bytes32(point.x), bytes32(point.y));
    }

    function inverseOf(WrapProof memory proof) private view returns (uint256) {
        return Reference.inverse(Reference.minus(proof.t.x, proof.b.x % Reference.P));
    }

    function difference(Point memory p, Point memory q) private view returns (Point memory) {
        return Reference.plus(p, Reference.negative(q));
    }

    function flipped(WrapProof memory proof, uint256 word, uint256 bit) private pure returns (WrapProof memory) {
        bytes memory encoded = abi.encode(proof);
        encoded[word * 32 + bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        return abi.decode(encoded, (WrapProof));
    }

    function contextOf(uint256 seed) private pure returns (bytes memory) {
        // Any bits will do.
        return KeyWrap.contextOf(keccak256(abi.encode(seed)), uint32(seed), address(uint160(seed >> 32)));
    }

    /// @dev Scalars stay what they are, so that small ones can be chosen.
    function scalar(uint256 any) private pure returns (uint256) {
        return any % N == 0 ? 1 : any % N;
    }
}
