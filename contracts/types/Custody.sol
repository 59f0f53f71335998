// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice What a licence keeps of its custodian: from the lowest bit, custodian 160 and bond 96 (base units), until the delivery;
/// from then on the hash of what was delivered.
type Custody is bytes32;

using CustodyLib for Custody global;

library CustodyLib {
    uint256 private constant BOND_SHIFT = 160;

    function owed(address deliverer, uint96 amount) internal pure returns (Custody) {
        return Custody.wrap(bytes32(uint256(uint160(deliverer)) | (uint256(amount) << BOND_SHIFT)));
    }

    /// @notice Before the delivery.
    function custodian(Custody self) internal pure returns (address) {
        // The custodian is the lowest 160 bits, which the cast keeps.
        return address(uint160(uint256(Custody.unwrap(self))));
    }

    /// @notice Before the delivery.
    function bond(Custody self) internal pure returns (uint96) {
        // The shift leaves 96 bits.
        return uint96(uint256(Custody.unwrap(self)) >> BOND_SHIFT);
    }

    function equals(Custody self, Custody other) internal pure returns (bool) {
        return Custody.unwrap(self) == Custody.unwrap(other);
    }
}
