// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetStatus, AssetWord, AssetWordLib} from "../types/AssetWord.sol";
import {AssetBase} from "./AssetBase.sol";
import {Asset, Registration, SaleTerms, Standing} from "./AssetTypes.sol";
import {Holdings} from "./Holdings.sol";
import {ICurrencyRegistry} from "./ICurrencyRegistry.sol";
import {IDerivationGate} from "./IDerivationGate.sol";
import {IERC7943MultiToken} from "./IERC7943MultiToken.sol";
import {Offices} from "./OfficeTypes.sol";
import {Releases} from "./Releases.sol";
import {Restraints} from "./Restraints.sol";
import {Revenue} from "./Revenue.sol";
import {IDataAsset} from "./IDataAsset.sol";

/// @title DataAsset
/// @notice Registers datasets, splits each into a fixed number of fractions, and pays revenue to whoever holds them.
/// Assumes that the participant registry tells the truth on who is active, that admitted currencies move what they say, and
/// that its offices are those of this repository. Role: STEWARD sets the derivation gate. The offices alone reach further:
/// `Supervision` freezes, suspends and forces transfers, `Notice` ends notices and strikes off, `PolicyBook` sets policies,
/// `OperatorVote` replaces operators. Nobody can mint, burn, change the number of fractions or take revenue.
/// Does not guarantee that registered data is good, or that two assets do not describe the same data.
contract DataAsset is Releases, Revenue, Restraints {
    uint256 private constant BPS = 10_000;
    uint256 private constant MAX_ROYALTY_BPS = 1_000;

    ICurrencyRegistry private immutable _currencies;

    constructor(
        address authority,
        IParticipantRegistry participants,
        ICurrencyRegistry currencies,
        IDerivationGate gate,
        Offices memory offices,
        uint48 term
    ) AccessManaged(authority) AssetBase(participants, offices, term) {
        _currencies = currencies;
        _setGate(gate);
    }

    /// @inheritdoc IDataAsset
    function register(Registration calldata r) external returns (AssetId id) {
        if (r.holder != msg.sender) revert Assets_NotHolder(r.holder, msg.sender);
        _checkBothActive(r.holder, r.operator);
        if (r.fractions == 0) revert Assets_NoFractions();
        if (r.royaltyBps > MAX_ROYALTY_BPS) revert Assets_RoyaltyTooHigh(r.royaltyBps, MAX_ROYALTY_BPS);
        if (!_currencies.isAdmitted(r.currency)) revert Assets_CurrencyNotAdmitted(r.currency);
        id = assetIdOf(r.holder, r.release.root);
        Record storage record = _records[id];
        if (record.word.status() != AssetStatus.None) revert Assets_AlreadyRegistered(id);

        _setParents(id, r.holder, r.currency, r.parents, r.evidence);
        record.word = AssetWordLib.create(r.fractions, r.policy, _firstFlags(id, r));
        record.currency = r.currency;
        record.royaltyBps = r.royaltyBps;
        record.holder = r.holder;
        record.operator = r.operator;
        record.termsHash = r.termsHash;
        emit AssetRegistered(
            id,
            r.holder,
            r.operator,
            r.termsHash,
            r.fractions,
            r.currency,
            r.royaltyBps,
            r.policy,
            r.parents
        );
        if (record.word.has(AssetWordLib.FLAG_COUNTED)) _setHolderCount(id, 1);
        _publish(id, record, r.release);
        _mint(r.holder, AssetId.unwrap(id), r.fractions, "");
    }

    /// @inheritdoc IDataAsset
    function assetOf(AssetId id) external view returns (Asset memory) {
        Record storage record = _known(id);
        AssetWord word = record.word;
        return
            Asset({
                holder: record.holder,
                operator: record.operator,
                currency: record.currency,
                royaltyBps: record.royaltyBps,
                status: word.status(),
                policy: word.policy(),
                policyVersion: word.policyVersion(),
                latest: record.latest,
                // The supply was registered from 64 bits.
                fractions: uint64(word.supply()),
                revenue: word.total(),
                termsHash: record.termsHash
            });
    }

    /// @inheritdoc IDataAsset
    function statusOf(AssetId id) external view returns (AssetStatus) {
        return _records[id].word.status();
    }

    /// @inheritdoc IDataAsset
    function operatorOf(AssetId id) external view returns (address) {
        return _known(id).operator;
    }

    /// @inheritdoc IDataAsset
    function totalSupply(uint256 id) external view returns (uint256) {
        return _records[AssetId.wrap(id)].word.supply();
    }

    /// @inheritdoc IDataAsset
    function onOffer(AssetId id) external view returns (Standing memory) {
        Record storage record = _records[id];
        AssetWord word = record.word;
        return
            Standing({
                open: word.status() == AssetStatus.Registered && !_isSuspended(id, word),
                policyVersion: word.policyVersion(),
                latest: record.latest,
                currency: record.currency,
                operator: record.operator
            });
    }

    /// @inheritdoc IDataAsset
    function termsOfSale(AssetId id, uint256 price) external view returns (SaleTerms memory terms) {
        Record storage record = _known(id);
        terms.policyVersion = record.word.policyVersion();
        terms.currency = record.currency;
        if (price != 0) (terms.royaltyReceiver, terms.royalty) = _royalty(record, price);
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(uint256 id, uint256 price) external view returns (address receiver, uint256 royalty) {
        return _royalty(_records[AssetId.wrap(id)], price);
    }

    /// @inheritdoc IDataAsset
    function explainTransfer(
        address operator,
        address from,
        address to,
        uint256 id,
        uint256 units
    ) external view returns (bool ok, bytes4 reason) {
        bool approved = from == operator || isApprovedForAll(from, operator);
        reason = approved ? _explain(operator, from, to, id, units) : ERC1155MissingApprovalForAll.selector;
        return (reason == 0, reason);
    }

    /// @inheritdoc IERC7943MultiToken
    function canTransfer(address from, address to, uint256 id, uint256 units) external view returns (bool) {
        return _explain(msg.sender, from, to, id, units) == 0;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(Holdings, IERC165) returns (bool) {
        return
            interfaceId == type(IERC1155MetadataURI).interfaceId ||
            interfaceId == type(IERC2981).interfaceId ||
            interfaceId == type(IERC7943MultiToken).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    /// @inheritdoc IDataAsset
    function assetIdOf(address holder, bytes32 root) public view returns (AssetId) {
        return AssetId.wrap(uint256(keccak256(abi.encode(block.chainid, address(this), holder, root))));
    }

    /// @inheritdoc Holdings
    function _checkParties(address from, address to) internal view override {
        if (_participants.areActive(from, to)) return;
        if (!_participants.isActive(from)) revert ERC7943CannotSend(from);
        revert ERC7943CannotReceive(to);
    }

    /// @inheritdoc Holdings
    function _admitMove(
        address from,
        address to,
        uint256 id,
        uint256 units
    ) internal override returns (uint256 total, uint256 supply) {
        AssetWord word = _records[AssetId.wrap(id)].word;
        if (!word.movesFreely()) {
            _checkRules(AssetId.wrap(id), word, from, to, units);
            _countHolders(AssetId.wrap(id), word, from, to, units);
        }
        return (word.total(), word.supply());
    }

    /// @inheritdoc Holdings
    function _checkFlagged(address from, uint256 id, uint256 held, uint256 units) internal view override {
        uint256 unfrozen = _transferable(from, id, held);
        if (units > unfrozen) revert ERC7943InsufficientUnfrozenBalance(from, id, units, unfrozen);
    }

    /// @dev The same questions as a transfer asks once it is approved, in the same order.
    function _explain(
        address operator,
        address from,
        address to,
        uint256 id,
        uint256 units
    ) private view returns (bytes4) {
        if (to == address(0)) return ERC1155InvalidReceiver.selector;
        if (!_participants.isActive(from)) return ERC7943CannotSend.selector;
        if (!_participants.isActive(to)) return ERC7943CannotReceive.selector;
        AssetId asset = AssetId.wrap(id);
        (bytes4 refusal, ) = _explainRules(asset, _records[asset].word, operator, from, to, units);
        if (refusal != 0) return refusal;
        uint256 held = balanceOf(from, id);
        if (units > held) return ERC1155InsufficientBalance.selector;
        return units > _transferable(from, id, held) ? ERC7943InsufficientUnfrozenBalance.selector : bytes4(0);
    }

    function _checkRules(AssetId id, AssetWord word, address from, address to, uint256 units) private view {
        (bytes4 refusal, bytes4 reason) = _explainRules(id, word, msg.sender, from, to, units);
        if (refusal == Assets_Unknown.selector) revert Assets_Unknown(id);
        if (refusal == Assets_NotInForce.selector) revert Assets_NotInForce(id, word.status());
        if (refusal == Assets_UnderNotice.selector) revert Assets_UnderNotice(id);
        if (refusal == Assets_Suspended.selector) revert Assets_Suspended(id, _suspendedUntil[id]);
        if (refusal != 0) revert Assets_PolicyRefused(id, word.policy(), reason);
    }

    function _firstFlags(AssetId id, Registration calldata r) private returns (uint256 flags) {
        if (r.parents.length != 0) flags = AssetWordLib.FLAG_PARENTS;
        if (r.policy != 0 && _policies.countsHolders(r.policy)) flags |= AssetWordLib.FLAG_COUNTED;
        if (_notice.begin(id, r.holder)) flags |= AssetWordLib.FLAG_NOTICE;
    }

    function _royalty(Record storage record, uint256 price) private view returns (address receiver, uint256 royalty) {
        uint256 bps = record.royaltyBps;
        if (bps == 0) return (address(0), 0);
        return (record.holder, Math.mulDiv(price, bps, BPS));
    }
}
