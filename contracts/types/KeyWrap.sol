// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Point, Secp256k1} from "./Secp256k1.sol";

/// @notice That S is the point which licensee and custodian share: the licensee, who alone knows x with X = x·G, shows that
/// S = x·R without showing x (Chaum and Pedersen, made non-interactive by a hash). It gives one delivery away, and no other.
/// @param s S = x·R
/// @param a A = k·G, for a random k
/// @param b B = k·R
/// @param t T = e·S, where e is the challenge: of a product that a contract makes itself it learns the address alone
/// @param z k + e·x modulo N
/// @param inverse (T.x − B.x)^-1 modulo P: spares a contract an inversion
struct WrapProof {
    Point s;
    Point a;
    Point b;
    Point t;
    uint256 z;
    uint256 inverse;
}

using KeyWrap for WrapProof global;

/// @title Keys wrapped to a public key
/// @notice A custodian who delivers key K to the owner of X picks r and posts R = r·G and K XOR H(S.x), where S = r·X.
/// The licensee finds S = x·R. If what comes out is not the key, he proves S and lets everybody unwrap. H is SHA-256
/// with a domain tag; numbers are big-endian, points x ‖ y.
library KeyWrap {
    /// @notice What keys and proofs are bound to, 56 bytes: a proof for one delivery is worth nothing for another.
    function contextOf(bytes32 licence, uint32 release, address custodian) internal pure returns (bytes memory) {
        return abi.encodePacked(licence, release, custodian);
    }

    /// @notice The key that was wrapped, or another if the custodian wrapped something else.
    /// @param sharedX S.x
    function unwrap(bytes32 wrapped, uint256 sharedX, bytes memory context) internal pure returns (bytes32) {
        return wrapped ^ sha256(abi.encodePacked("cadastre/wrap/v1", sharedX, context));
    }

    /// @notice Whether S belongs to `publicKey` (X) and `ephemeral` (R): log_G X = log_R S.
    /// @dev Three products by `ecrecover` and one addition, about 15,000 gas. What is shown is z·G = A + e·X and z·R = B + e·S,
    /// where e is the hash of everything that was chosen before.
    ///
    /// Why no false S passes. Let S = y·R with y ≠ x, A = k·G and B = l·R. The equations are z = k + e·x and z = l + e·y modulo
    /// N: one e alone satisfies both, and e is hashed from S, A and B, so an attempt meets it once in 2^256 times. But points
    /// are compared by their addresses, 160 bits: A with z·G − e·X, T with e·S, B + T with z·R. z and T, which are not hashed,
    /// can be chosen to satisfy any two of these; then two points are left that e has settled, and their addresses are equal
    /// once in 2^160 times. So a forger needs about 2^158 attempts. Pairs of points with one address, which 2^80 steps find,
    /// are no help: A was hashed, and its partner follows from e; a T with the address of e·S must still be z·R − B, and for
    /// given B and z no other T will do, but by a second pair.
    ///
    /// Why nothing odd passes. `combine` refuses points off the curve, x ≥ N and scalars that are zero or not reduced: it
    /// answers zero, which equals nothing here. `add` refuses points off the curve and equal x: T = −B, which would leave z·R at
    /// infinity, and T = B, which has another formula; an honest prover meets neither in practice. A counts by its bytes alone,
    /// in the hash and in its address. v follows from the parity of y, so nobody chooses it. There are no points of small
    /// order, as N is prime.
    ///
    /// A custodian could escape by an R whose S has x ≥ N. He would have to find it: one S in 2^127 is such a point. An R of
    /// that kind he could simply name, as the licensee an X: whoever takes them asks `Secp256k1.isRecoverable`.
    /// @param context of `contextOf`: its length is fixed, so nothing hashed behind it can be read as part of it
    function proves(
        WrapProof memory self,
        Point memory publicKey,
        Point memory ephemeral,
        bytes memory context
    ) internal pure returns (bool) {
        // Below N; zero, which is no challenge, `combine` refuses.
        uint256 e = _challenge(self, publicKey, ephemeral, context);
        if (!_isAt(self.a, publicKey.combine(self.z, Secp256k1.N - e))) return false;
        if (!_isAt(self.t, self.s.combine(0, e))) return false;
        (bool ok, Point memory sum) = self.b.add(self.t, self.inverse);
        return ok && _isAt(sum, ephemeral.combine(0, self.z));
    }

    function _challenge(
        WrapProof memory self,
        Point memory publicKey,
        Point memory ephemeral,
        bytes memory context
    ) private pure returns (uint256) {
        bytes memory points = abi.encode(publicKey, ephemeral, self.s, self.a, self.b);
        return uint256(sha256(abi.encodePacked("cadastre/proof/v1", context, points))) % Secp256k1.N;
    }

    /// @dev Zero is what is left where there was no result.
    function _isAt(Point memory point, address result) private pure returns (bool) {
        return result != address(0) && result == point.toAddress();
    }
}
