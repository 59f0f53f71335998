// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {Custody} from "../types/Custody.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {LicenceStatus, LicenceWord} from "../types/LicenceWord.sol";
import {Secp256k1} from "../types/Secp256k1.sol";
import {Deadline} from "../types/Window.sol";
import {Escrow} from "./Escrow.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {Delivery, Licence} from "./LicenceTypes.sol";

/// @title The delivery of keys
/// @notice A custodian delivers once, in time, and never twice: the hash of what it delivered takes the place of its name.
/// Only who has delivered can lose a bond, so nobody is a custodian against his will.
abstract contract KeyDelivery is Escrow {
    struct Record {
        LicenceWord word;
        Custody custody;
    }

    /// @dev By asset, so that whoever names a licence has named its currency.
    mapping(AssetId asset => mapping(LicenceId id => Record)) internal _records;

    /// @inheritdoc ILicenceRegistry
    function deliver(AssetId asset, LicenceId id, Delivery calldata delivery) external {
        _deliver(asset, id, delivery);
    }

    /// @inheritdoc ILicenceRegistry
    function deliverMany(AssetId asset, LicenceId[] calldata ids, Delivery[] calldata deliveries) external {
        if (ids.length != deliveries.length) revert Licences_LengthsDiffer(ids.length, deliveries.length);
        for (uint256 i = 0; i < ids.length; ++i) _deliver(asset, ids[i], deliveries[i]);
    }

    /// @inheritdoc ILicenceRegistry
    function grantAccess(AssetId asset, LicenceId id) external {
        Deadline disputeBy = _handOver(asset, id, true, 0);
        emit AccessGranted(id, asset, msg.sender, disputeBy);
    }

    /// @inheritdoc ILicenceRegistry
    function licenceOf(AssetId asset, LicenceId id) external view returns (Licence memory) {
        Record storage record = _records[asset][id];
        LicenceWord word = record.word;
        return Licence(word.status(), word.amount(), word.end(), record.custody);
    }

    function _hashOf(Delivery calldata delivery) private pure returns (bytes32 hash) {
        // Three full words, encoded as they lie in the calldata. Writes to free memory only.
        assembly ("memory-safe") {
            let data := mload(0x40)
            calldatacopy(data, delivery, 0x60)
            hash := keccak256(data, 0x60)
        }
    }

    function _deliver(AssetId asset, LicenceId id, Delivery calldata delivery) private {
        if (!Secp256k1.isRecoverable(delivery.rX, delivery.rY)) revert Licences_KeyNotOnCurve(delivery.rX, delivery.rY);
        Deadline disputeBy = _handOver(asset, id, false, _hashOf(delivery));
        emit KeyDelivered(id, asset, msg.sender, delivery, disputeBy);
    }

    function _handOver(AssetId asset, LicenceId id, bool compute, bytes32 hash) private returns (Deadline disputeBy) {
        Record storage record = _records[asset][id];
        LicenceWord word = record.word;
        if (word.status() != LicenceStatus.Paid) revert Licences_WrongStatus(id, word.status());
        Custody custody = record.custody;
        address custodian = custody.custodian();
        if (msg.sender != custodian) revert Licences_NotCustodian(custodian, msg.sender);
        if (word.isComputeOnly() != compute) revert Licences_WrongTier(id);
        if (word.end().isOver()) revert Licences_DeliveryOver(id, word.end());
        disputeBy = word.disputeEnd();
        record.word = word.moved(LicenceStatus.Delivered, disputeBy);
        record.custody = Custody.wrap(hash);
        _lockBond(custodian, asset, custody.bond());
    }
}
