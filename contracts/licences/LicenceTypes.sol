// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SchemaId} from "../participants/CredentialTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {Custody} from "../types/Custody.sol";
import {LicenceStatus} from "../types/LicenceWord.sol";
import {Deadline} from "../types/Window.sol";

/// @notice How the licensee comes to use the data: with a key of its own, or by computations where the data lies.
enum Tier {
    HandedOver,
    ComputeOnly
}

/// @notice Terms at which an operator sells licences to one release, any number of them. Off chain: EIP-712, type `Offer` of the
/// same fields.
/// @param operator who offers; the offer is good only while it operates the asset
/// @param release number of the release whose key is sold
/// @param termsHash SHA-256 of the ODRL document
/// @param price base units of the asset's currency
/// @param duration seconds for which the licence runs from its settlement
/// @param quota uses that the custodian counts, 0 where they are not counted
/// @param credential schema of which the licensee needs a valid credential, 0 for none
/// @param derivation whether the licensee may derive assets
/// @param custodian who delivers the key
/// @param bond what the custodian loses to the licensee if it is at fault, in base units
/// @param answerFee what the licensee deposits to see one block, and the custodian earns by showing it, in base units
/// @param deliverySeconds time to deliver the key, with at least `deliveryBlocks`
/// @param disputeSeconds time to object to what was delivered, with at least `disputeBlocks`
/// @param policyVersion the version of the asset's policy that the operator knows
/// @param maxFeeBps highest market fee that the operator accepts, in basis points
/// @param expiry last second at which it can be taken
/// @param nonce the operator's number for this offer; cancelling a number cancels every offer that bears it
struct Offer {
    address operator;
    AssetId asset;
    uint32 release;
    bytes32 termsHash;
    uint96 price;
    uint48 duration;
    uint64 quota;
    SchemaId credential;
    Tier tier;
    bool derivation;
    address custodian;
    uint96 bond;
    uint96 answerFee;
    uint24 deliverySeconds;
    uint24 deliveryBlocks;
    uint24 disputeSeconds;
    uint24 disputeBlocks;
    uint32 policyVersion;
    uint16 maxFeeBps;
    uint48 expiry;
    uint64 nonce;
}

/// @notice An offer, taken. Its EIP-712 hash is the licence's id.
/// @param keyX the licensee's encryption key, a point of secp256k1 with an x below the group's order
/// @param nonce the licensee's number, so that it may take an offer twice; a hash where a subscription takes it
struct Agreement {
    Offer offer;
    address licensee;
    uint256 keyX;
    uint256 keyY;
    uint256 nonce;
}

/// @notice A key, wrapped for one licensee.
/// @param rX the custodian's ephemeral point of secp256k1, with an x below the group's order
/// @param wrapped the key, XOR a hash of the shared secret
struct Delivery {
    uint256 rX;
    uint256 rY;
    bytes32 wrapped;
}

/// @notice A licence as its view shows it.
/// @param amount money in escrow, in base units
/// @param end of the delivery, of the dispute window, or of the licence, as its status says
struct Licence {
    LicenceStatus status;
    uint256 amount;
    Deadline end;
    Custody custody;
}

/// @notice What a custodian has put up for an asset, in base units of the asset's currency.
/// @param free may be taken back
/// @param locked stands for deliveries whose window is open
struct Bond {
    uint128 free;
    uint128 locked;
}

/// @notice Whose fault a dispute has shown.
enum Fault {
    Key,
    Content,
    Missing
}
