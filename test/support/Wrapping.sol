// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Point} from "../../contracts/types/Secp256k1.sol";
import {WrapProof} from "../../contracts/types/KeyWrap.sol";
import {Secp256k1Reference as Reference} from "../reference/Secp256k1Reference.sol";

/// @notice What custodians and licensees do off chain, by the naive reference of the curve.
library Wrapping {
    /// @dev The points that a licensee with key X = secret·G and a custodian with R = ephemeral·G meet in, and a proof's with its
    /// random number k. All of them are dear, and the same whatever the licence.
    struct Meeting {
        uint256 secret;
        uint256 k;
        Point x;
        Point r;
        Point s;
        Point a;
        Point b;
    }

    function meet(uint256 secret, uint256 ephemeral, uint256 k) internal view returns (Meeting memory m) {
        Point memory g = Reference.generator();
        (m.secret, m.k) = (secret, k);
        (m.x, m.r) = (Reference.times(secret, g), Reference.times(ephemeral, g));
        m.s = Reference.times(secret, m.r);
        (m.a, m.b) = (Reference.times(k, g), Reference.times(k, m.r));
    }

    function context(bytes32 licence, uint32 release, address custodian) internal pure returns (bytes memory) {
        return bytes.concat(licence, bytes4(release), bytes20(custodian));
    }

    /// @notice A key wrapped for the licensee.
    function wrap(Meeting memory m, bytes32 key, bytes memory about) internal pure returns (bytes32) {
        return key ^ sha256(bytes.concat("cadastre/wrap/v1", bytes32(m.s.x), about));
    }

    /// @notice The licensee's proof of the shared point.
    function prove(Meeting memory m, bytes memory about) internal view returns (WrapProof memory proof) {
        (proof.s, proof.a, proof.b) = (m.s, m.a, m.b);
        bytes memory points = abi.encode(m.x, m.r, m.s, m.a, m.b);
        uint256 e = uint256(sha256(bytes.concat("cadastre/proof/v1", about, points))) % Reference.N;
        proof.t = Reference.times(e, m.s);
        proof.z = addmod(m.k, mulmod(e, m.secret, Reference.N), Reference.N);
        proof.inverse = Reference.inverse(Reference.minus(proof.t.x, proof.b.x));
    }
}
