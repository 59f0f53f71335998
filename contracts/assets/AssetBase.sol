// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetStatus, AssetWord, AssetWordLib} from "../types/AssetWord.sol";
import {Holdings} from "./Holdings.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {INotice} from "./INotice.sol";
import {IOperatorVote} from "./IOperatorVote.sol";
import {IPolicyBook} from "./IPolicyBook.sol";
import {ISupervision} from "./ISupervision.sol";
import {Offices} from "./OfficeTypes.sol";

/// @title What all parts of DataAsset share: one record for each asset, and who takes part
abstract contract AssetBase is IDataAsset, Holdings, AccessManaged {
    /// @dev `word` is all that a transfer reads; `currency` and `royaltyBps` share a word for the market.
    struct Record {
        AssetWord word;
        address currency;
        uint16 royaltyBps;
        uint32 latest;
        address holder;
        address operator;
        bytes32 termsHash;
        string uri;
    }

    IParticipantRegistry internal immutable _participants;
    IPolicyBook internal immutable _policies;
    INotice internal immutable _notice;
    ISupervision internal immutable _supervision;
    IOperatorVote internal immutable _votes;
    uint48 internal immutable _freezeTerm;

    mapping(AssetId id => Record) internal _records;
    mapping(AssetId id => uint48 time) internal _suspendedUntil;

    constructor(IParticipantRegistry participants, Offices memory offices, uint48 term) {
        _participants = participants;
        _policies = offices.policies;
        _notice = offices.notice;
        _supervision = offices.supervision;
        _votes = offices.votes;
        _freezeTerm = term;
    }

    function _known(AssetId id) internal view returns (Record storage record) {
        record = _records[id];
        if (record.word.status() == AssetStatus.None) revert Assets_Unknown(id);
    }

    function _inForce(AssetId id) internal view returns (Record storage record) {
        record = _known(id);
        AssetStatus status = record.word.status();
        if (status != AssetStatus.Registered) revert Assets_NotInForce(id, status);
        if (_isSuspended(id, record.word)) revert Assets_Suspended(id, _suspendedUntil[id]);
    }

    function _isSuspended(AssetId id, AssetWord word) internal view returns (bool) {
        return word.has(AssetWordLib.FLAG_SUSPENDED) && block.timestamp < _suspendedUntil[id];
    }

    function _isUnderNotice(AssetId id, AssetWord word) internal view returns (bool) {
        return word.has(AssetWordLib.FLAG_NOTICE) && !_notice.isOver(id);
    }

    function _checkOffice(address office) internal view {
        if (msg.sender != office) revert Assets_OnlyOffice(office, msg.sender);
    }

    function _checkActive(address account) internal view {
        if (!_participants.isActive(account)) revert Assets_Inactive(account);
    }

    function _checkBothActive(address a, address b) internal view {
        if (_participants.areActive(a, b)) return;
        _checkActive(a);
        revert Assets_Inactive(b);
    }

    /// @inheritdoc Holdings
    function _revenueOf(uint256 id) internal view override returns (uint256 total, uint256 supply) {
        AssetWord word = _records[AssetId.wrap(id)].word;
        return (word.total(), word.supply());
    }
}
