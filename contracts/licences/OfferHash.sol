// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Offer} from "./LicenceTypes.sol";

/// @title The EIP-712 struct hash of an offer
library OfferHash {
    bytes internal constant TYPE =
        "Offer(address operator,uint256 asset,uint32 release,bytes32 termsHash,uint96 price,uint48 duration,uint64 quota,bytes32 credential,uint8 tier,bool derivation,address custodian,uint96 bond,uint96 answerFee,uint24 deliverySeconds,uint24 deliveryBlocks,uint24 disputeSeconds,uint24 disputeBlocks,uint32 policyVersion,uint16 maxFeeBps,uint48 expiry,uint64 nonce)";
    /// @dev keccak256(TYPE), which the compiler would take anew in each call, as it does where literals are put together.
    bytes32 private constant TYPEHASH = 0xa73b65b5ffbc6c18ba3c5fdd59edafa0e77b45673481e4c4094c959ba3ddfe91;
    /// @dev Bytes of an ABI-encoded offer: 21 words.
    uint256 private constant SIZE = 672;

    function hash(Offer calldata offer) internal pure returns (bytes32 digest) {
        bytes32 typeHash = TYPEHASH;
        // An offer has no dynamic fields, so it lies in the calldata as EIP-712 encodes it. Words with dirty upper bits hash to
        // something that nobody signed. Writes to free memory only.
        assembly ("memory-safe") {
            let data := mload(0x40)
            mstore(data, typeHash)
            calldatacopy(add(data, 0x20), offer, SIZE)
            digest := keccak256(data, add(SIZE, 0x20))
        }
    }
}
