// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {Signatures} from "../types/Signatures.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {Agreement, Offer} from "./LicenceTypes.sol";
import {OfferHash} from "./OfferHash.sol";

/// @title The book of offers
/// @notice Which offers their operators made, and which they took back. Knows nothing of assets and money.
abstract contract Offers is ILicenceRegistry, EIP712 {
    /// @dev keccak256("Agreement(Offer offer,address licensee,uint256 keyX,uint256 keyY,uint256 nonce)" ‖ OfferHash.TYPE)
    bytes32 private constant AGREEMENT_TYPEHASH = 0x382b5a13e9e2704bf0219a87ed8fab293a7adf5e6a114cb14074eaa57ce9cba0;

    mapping(bytes32 offerHash => bool) private _posted;
    mapping(address operator => mapping(uint256 word => uint256 bitmap)) private _cancelled;

    constructor() EIP712("Cadastre Licences", "1") {}

    /// @inheritdoc ILicenceRegistry
    function cancelOffer(uint64 nonce) external {
        (uint256 word, uint256 bit) = _positionOf(nonce);
        _cancelled[msg.sender][word] |= bit;
        emit OfferCancelled(msg.sender, nonce);
    }

    /// @inheritdoc ILicenceRegistry
    function isOfferCancelled(address operator, uint64 nonce) public view returns (bool) {
        (uint256 word, uint256 bit) = _positionOf(nonce);
        return _cancelled[operator][word] & bit != 0;
    }

    /// @inheritdoc ILicenceRegistry
    function isOfferPosted(bytes32 offerHash) external view returns (bool) {
        return _posted[offerHash];
    }

    /// @inheritdoc ILicenceRegistry
    function hashOffer(Offer calldata offer) external view returns (bytes32) {
        return _hashTypedDataV4(OfferHash.hash(offer));
    }

    /// @inheritdoc ILicenceRegistry
    function hashAgreement(Agreement calldata agreement) external view returns (LicenceId) {
        return _idOf(agreement, OfferHash.hash(agreement.offer));
    }

    function _markPosted(Offer calldata offer) internal returns (bytes32 offerHash) {
        offerHash = _hashTypedDataV4(OfferHash.hash(offer));
        if (_posted[offerHash]) revert Licences_OfferAlreadyPosted(offerHash);
        _posted[offerHash] = true;
        emit OfferPosted(offerHash, offer.asset, offer.operator, offer);
    }

    /// @dev Reverts unless the operator made this offer and stands by it. Gives the id of the licence.
    function _checkOffer(Agreement calldata agreement, bytes calldata signature) internal view returns (LicenceId) {
        Offer calldata offer = agreement.offer;
        _checkAlive(offer);
        bytes32 structHash = OfferHash.hash(offer);
        bytes32 offerHash = _hashTypedDataV4(structHash);
        bool made = signature.length == 0 ? _posted[offerHash] : Signatures.isBy(offer.operator, offerHash, signature);
        if (!made) revert Licences_BadSignature(offerHash, offer.operator);
        return _idOf(agreement, structHash);
    }

    function _checkAlive(Offer calldata offer) internal view {
        if (block.timestamp > offer.expiry) revert Licences_OfferExpired(offer.expiry, block.timestamp);
        if (isOfferCancelled(offer.operator, offer.nonce)) {
            revert Licences_OfferCancelled(offer.operator, offer.nonce);
        }
    }

    function _idOf(Agreement calldata agreement) internal view returns (LicenceId) {
        return _idOf(agreement, OfferHash.hash(agreement.offer));
    }

    function _idOf(Agreement calldata a, bytes32 offerHash) private view returns (LicenceId) {
        bytes32 hash = keccak256(abi.encode(AGREEMENT_TYPEHASH, offerHash, a.licensee, a.keyX, a.keyY, a.nonce));
        return LicenceId.wrap(_hashTypedDataV4(hash));
    }

    function _positionOf(uint64 nonce) private pure returns (uint256 word, uint256 bit) {
        return (nonce >> 8, 1 << (nonce & 0xff));
    }
}
