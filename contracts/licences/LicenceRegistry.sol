// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Standing} from "../assets/AssetTypes.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {SchemaId} from "../participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../participants/ICredentialRegistry.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {CustodyLib} from "../types/Custody.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {LicenceStatus, LicenceWord, LicenceWordLib} from "../types/LicenceWord.sol";
import {Permit} from "../types/Permit.sol";
import {Secp256k1} from "../types/Secp256k1.sol";
import {Deadline, Window, WindowLib} from "../types/Window.sol";
import {Escrow} from "./Escrow.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {KeyDelivery} from "./KeyDelivery.sol";
import {Agreement, Fault, Offer, Tier} from "./LicenceTypes.sol";
import {Offers} from "./Offers.sol";
import {Payments} from "./Payments.sol";

/// @title LicenceRegistry
/// @notice Sells licences to use data: each buyer gets the key of what was registered, or the money back. Assumes that the
/// register tells the truth, that admitted currencies move what they say, and that the contract of disputes decides by proofs
/// alone. Roles: STEWARD sets the market fee, which binds later purchases only; ADMIN names the contract of disputes once.
/// Guarantees that money leaves the escrow once, to the licensee or to the asset's fractions; that a licence cannot be bought
/// on other terms than its operator's and its licensee's; that neither needs anybody's leave to have its money back.
/// A suspended asset is not sold; what was sold before is delivered, disputed, settled and refunded as ever.
/// Does not guarantee that data is good, nor that a licensee keeps its key to itself.
contract LicenceRegistry is Offers, KeyDelivery {
    uint256 private constant MAX_WINDOW = 90 days;

    ICredentialRegistry private immutable _credentials;
    uint48 private immutable _leastDuration;
    uint48 private immutable _leastBlocks;

    address private _disputes;
    address private _subscriptions;
    mapping(AssetId asset => mapping(uint32 release => Deadline since)) private _faults;
    mapping(address account => mapping(AssetId asset => LicenceId)) private _current;
    mapping(LicenceId id => uint64 uses) private _used;

    /// @param least shortest window of a delivery and of a dispute
    constructor(
        address authority,
        IDataAsset assets,
        IParticipantRegistry participants,
        ICredentialRegistry credentials,
        Window memory least,
        uint16 feeBps,
        address feeReceiver
    ) AccessManaged(authority) Payments(assets, participants) Escrow(feeBps, feeReceiver) {
        _credentials = credentials;
        (_leastDuration, _leastBlocks) = (least.duration, least.blocks);
    }

    /// @inheritdoc ILicenceRegistry
    function connect(address disputes_, address subscriptions_) external restricted {
        if (disputes_ == address(0) || subscriptions_ == address(0)) revert Licences_ZeroAddress();
        if (_disputes != address(0)) revert Licences_AlreadyConnected(_disputes, _subscriptions);
        _disputes = disputes_;
        _subscriptions = subscriptions_;
        emit Connected(disputes_, subscriptions_);
    }

    /// @inheritdoc ILicenceRegistry
    function post(Offer calldata offer) external returns (bytes32 offerHash) {
        _checkAlive(offer);
        _checkOperator(offer.asset, msg.sender);
        if (offer.operator != msg.sender) revert Licences_NotOperator(offer.asset, offer.operator, msg.sender);
        return _markPosted(offer);
    }

    /// @inheritdoc ILicenceRegistry
    function buy(Agreement calldata agreement, bytes calldata signature) external nonReentrant returns (LicenceId id) {
        return _buy(agreement, signature);
    }

    /// @inheritdoc ILicenceRegistry
    function buyWithPermit(
        Agreement calldata agreement,
        bytes calldata signature,
        Permit calldata permit
    ) external nonReentrant returns (LicenceId id) {
        permit.submit(_currencyOf(agreement.offer.asset));
        return _buy(agreement, signature);
    }

    /// @inheritdoc ILicenceRegistry
    function admit(Agreement calldata agreement, bool first) external nonReentrant returns (LicenceId id) {
        if (msg.sender != _subscriptions) revert Licences_OnlySubscriptions(_subscriptions, msg.sender);
        Offer calldata offer = agreement.offer;
        id = _idOf(agreement);
        Standing memory standing = first ? _checkConditions(id, agreement) : _checkRelease(id, offer);
        _record(id, agreement, _deliverBy(offer));
        _records[offer.asset][id].word = _records[offer.asset][id].word.subscribed();
        _pull(msg.sender, standing.currency, offer.price);
    }

    /// @inheritdoc ILicenceRegistry
    function settle(Agreement calldata agreement) external nonReentrant {
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        if (word.status() != LicenceStatus.Delivered) revert Licences_WrongStatus(id, word.status());
        Deadline end = word.end();
        if (msg.sender != agreement.licensee && !end.isOver()) revert Licences_DisputeOpen(id, end);
        Offer calldata offer = agreement.offer;
        if (_wasOpenAtFault(offer, end)) revert Licences_ReleaseFaulty(offer.asset, offer.release, _faultOf(offer));
        _freeBond(offer.custodian, offer.asset, offer.bond);
        _settle(id, agreement, word);
    }

    /// @inheritdoc ILicenceRegistry
    function refund(Agreement calldata agreement) external nonReentrant {
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        Offer calldata offer = agreement.offer;
        LicenceStatus status = word.status();
        bool delivered = _isDelivered(status);
        if (!delivered && status != LicenceStatus.Paid) revert Licences_WrongStatus(id, status);
        if (!_wasOpenAtFault(offer, word.end())) {
            if (delivered) revert Licences_WrongStatus(id, status);
            if (!word.end().isOver()) revert Licences_DeliveryOpen(id, word.end());
        }
        if (delivered) {
            // A demand that was not answered in time ends in one way, which costs the custodian its bond.
            if (status == LicenceStatus.Demanded && word.end().isOver()) revert Licences_AnswerOver(id, word.end());
            // While a wrong key can be disputed, the licensee decides what it asks for.
            if (msg.sender != agreement.licensee && !word.end().isOver()) {
                revert Licences_DisputeOpen(id, word.end());
            }
            _freeBond(offer.custodian, offer.asset, offer.bond);
        }
        _refund(id, agreement, word, 0);
    }

    /// @inheritdoc ILicenceRegistry
    function revoke(Agreement calldata agreement, bytes32 reason) external nonReentrant {
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        Offer calldata offer = agreement.offer;
        _checkOperator(offer.asset, msg.sender);
        if (reason == 0) revert Licences_NoReason();
        LicenceStatus status = word.status();
        // What is earned is paid to the fractions, and what was not shown costs a bond: neither is called off.
        if (_isDelivered(status) && word.end().isOver()) revert Licences_DisputeOver(id, word.end());
        uint256 back = word.amount() + _depositOf(offer, word);
        if (status == LicenceStatus.Settled) {
            // It was paid for by the time of the subscription, which its price does not say.
            if (word.isSubscribed()) revert Licences_OfSubscription(id);
            uint48 until = word.end().time();
            if (block.timestamp >= until) revert Licences_Over(id, until);
            // Rounded up, in favour of the licensee.
            back = Math.mulDiv(offer.price, until - block.timestamp, offer.duration, Math.Rounding.Ceil);
            if (back > offer.price) back = offer.price;
        } else if (status == LicenceStatus.None || status > LicenceStatus.Settled) {
            revert Licences_WrongStatus(id, status);
        }
        _records[offer.asset][id].word = word.moved(LicenceStatus.Revoked, word.end()).emptied();
        if (_isDelivered(status)) _freeBond(offer.custodian, offer.asset, offer.bond);
        emit LicenceRevoked(id, offer.asset, msg.sender, reason, back);
        if (status == LicenceStatus.Settled) _pull(msg.sender, _currencyOf(offer.asset), back);
        _pay(offer.asset, agreement.licensee, back);
    }

    /// @inheritdoc ILicenceRegistry
    function renew(
        Agreement calldata former,
        Agreement calldata next,
        bytes calldata signature
    ) external nonReentrant returns (LicenceId id) {
        Deadline noEnd;
        address currency;
        (id, currency) = _take(next, signature, noEnd);
        (LicenceId formerId, LicenceWord word) = _recorded(former);
        if (word.status() != LicenceStatus.Settled) revert Licences_WrongStatus(formerId, word.status());
        bool same =
            former.licensee == next.licensee &&
                former.offer.asset == next.offer.asset &&
                former.offer.release == next.offer.release &&
                former.offer.tier == next.offer.tier;
        if (!same) revert Licences_OtherTerms(formerId, id);
        emit LicenceRenewed(id, formerId);
        _pull(msg.sender, currency, next.offer.price);
        _settle(id, next, _records[next.offer.asset][id].word);
    }

    /// @inheritdoc ILicenceRegistry
    function consume(Agreement calldata agreement, uint64 uses, bytes32 receipt) external {
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        Offer calldata offer = agreement.offer;
        if (msg.sender != offer.custodian) revert Licences_NotCustodian(offer.custodian, msg.sender);
        if (!_runs(word)) revert Licences_NotSettled(id, word.status());
        if (offer.quota == 0) revert Licences_NotMetered(id);
        if (uses == 0) revert Licences_NothingToConsume(id);
        uint64 left = offer.quota - _used[id];
        if (uses > left) revert Licences_QuotaExceeded(id, left, uses);
        uint64 used = _used[id] + uses;
        _used[id] = used;
        emit UsesConsumed(id, offer.asset, uses, used, receipt);
    }

    /// @inheritdoc ILicenceRegistry
    function choose(Agreement calldata agreement) external {
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        if (!_runs(word)) revert Licences_NotSettled(id, word.status());
        _choose(agreement.licensee, agreement.offer.asset, id, word.end().time());
    }

    /// @inheritdoc ILicenceRegistry
    function rule(Agreement calldata agreement, Fault fault) external nonReentrant {
        _checkDisputes();
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        LicenceStatus status = word.status();
        if (fault == Fault.Missing) {
            if (status != LicenceStatus.Demanded) revert Licences_WrongStatus(id, status);
            if (!word.end().isOver()) revert Licences_AnswerOpen(id, word.end());
        } else {
            if (!_isDelivered(status)) revert Licences_WrongStatus(id, status);
            if (word.end().isOver()) revert Licences_DisputeOver(id, word.end());
        }
        Offer calldata offer = agreement.offer;
        if (fault != Fault.Key) _markFault(offer);
        uint96 penalty = fault == Fault.Content ? 0 : offer.bond;
        emit FaultShown(id, offer.asset, offer.release, fault, penalty);
        if (penalty == 0) _freeBond(offer.custodian, offer.asset, offer.bond);
        else _forfeitBond(offer.custodian, offer.asset, penalty);
        _refund(id, agreement, word, penalty);
    }

    /// @inheritdoc ILicenceRegistry
    function demand(Agreement calldata agreement) external nonReentrant returns (Deadline answerBy) {
        _checkDisputes();
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        if (word.status() != LicenceStatus.Delivered) revert Licences_WrongStatus(id, word.status());
        if (word.end().isOver()) revert Licences_DisputeOver(id, word.end());
        Offer calldata offer = agreement.offer;
        answerBy = word.disputeEnd();
        _records[offer.asset][id].word = word.moved(LicenceStatus.Demanded, answerBy);
        emit BlockDemanded(id, offer.asset, answerBy);
        _pull(agreement.licensee, _currencyOf(offer.asset), offer.answerFee);
    }

    /// @inheritdoc ILicenceRegistry
    function answer(Agreement calldata agreement) external nonReentrant returns (Deadline disputeBy) {
        _checkDisputes();
        (LicenceId id, LicenceWord word) = _recorded(agreement);
        if (word.status() != LicenceStatus.Demanded) revert Licences_WrongStatus(id, word.status());
        if (word.end().isOver()) revert Licences_AnswerOver(id, word.end());
        Offer calldata offer = agreement.offer;
        disputeBy = word.disputeEnd();
        _records[offer.asset][id].word = word.moved(LicenceStatus.Delivered, disputeBy);
        emit BlockAnswered(id, offer.asset, disputeBy);
        _pay(offer.asset, offer.custodian, offer.answerFee);
    }

    /// @inheritdoc ILicenceRegistry
    function isLicensed(address account, AssetId asset) external view returns (bool) {
        return _runs(_records[asset][_current[account][asset]].word);
    }

    /// @inheritdoc ILicenceRegistry
    function explainUse(address account, AssetId asset) external view returns (bool ok, bytes4 reason) {
        LicenceWord word = _records[asset][_current[account][asset]].word;
        LicenceStatus status = word.status();
        if (status == LicenceStatus.None) reason = Licences_None.selector;
        else if (!_participants.isActive(account)) reason = Licences_Inactive.selector;
        else if (!_runs(word)) {
            reason = status == LicenceStatus.Settled ? Licences_Over.selector : Licences_NotSettled.selector;
        }
        return (reason == 0, reason);
    }

    /// @inheritdoc ILicenceRegistry
    function currentLicence(address account, AssetId asset) external view returns (LicenceId) {
        return _current[account][asset];
    }

    /// @inheritdoc ILicenceRegistry
    function explainBuy(Agreement calldata, bytes calldata) external view returns (bool ok, bytes4 reason) {
        bytes memory answer_;
        // The arguments as they came: both functions have the same.
        (ok, answer_) = address(this).staticcall(bytes.concat(this.checkBuy.selector, msg.data[4:]));
        if (!ok) reason = bytes4(answer_);
    }

    /// @notice Reverts as `buy` by the licensee would revert now, but for the payment; what `explainBuy` asks.
    function checkBuy(Agreement calldata agreement, bytes calldata signature) external view {
        _checkPurchase(agreement, signature);
    }

    /// @inheritdoc ILicenceRegistry
    function checkAdmission(Agreement calldata agreement) external view {
        _checkConditions(_idOf(agreement), agreement);
    }

    /// @inheritdoc ILicenceRegistry
    function faultOf(AssetId asset, uint32 release) external view returns (Deadline) {
        return _faults[asset][release];
    }

    /// @inheritdoc ILicenceRegistry
    function usedOf(LicenceId id) external view returns (uint64) {
        return _used[id];
    }

    /// @inheritdoc ILicenceRegistry
    function leastWindow() public view returns (Window memory) {
        return Window(_leastDuration, _leastBlocks);
    }

    /// @inheritdoc ILicenceRegistry
    function disputes() external view returns (address) {
        return _disputes;
    }

    /// @inheritdoc ILicenceRegistry
    function subscriptions() external view returns (address) {
        return _subscriptions;
    }

    function _buy(Agreement calldata agreement, bytes calldata signature) private returns (LicenceId id) {
        Offer calldata offer = agreement.offer;
        address currency;
        (id, currency) = _take(agreement, signature, _deliverBy(offer));
        _pull(msg.sender, currency, offer.price);
    }

    /// @param deliverBy none where no key is owed
    function _take(
        Agreement calldata agreement,
        bytes calldata signature,
        Deadline deliverBy
    ) private returns (LicenceId id, address currency) {
        if (agreement.licensee != msg.sender) revert Licences_NotLicensee(agreement.licensee, msg.sender);
        (id, currency) = _checkPurchase(agreement, signature);
        _record(id, agreement, deliverBy);
    }

    /// @dev Records a licence that was paid for, or is about to be.
    function _record(LicenceId id, Agreement calldata agreement, Deadline deliverBy) private {
        Offer calldata offer = agreement.offer;
        uint16 feeBps = _fee.bps;
        _records[offer.asset][id] = Record(
            LicenceWordLib.create(
                offer.price,
                deliverBy,
                offer.disputeSeconds,
                offer.disputeBlocks,
                feeBps,
                offer.tier == Tier.ComputeOnly
            ),
            CustodyLib.owed(offer.custodian, offer.bond)
        );
        _choose(agreement.licensee, offer.asset, id, 0);
        emit LicenceBought(id, offer.asset, agreement.licensee, agreement, deliverBy, feeBps);
    }

    function _deliverBy(Offer calldata offer) private view returns (Deadline) {
        return Window(offer.deliverySeconds, offer.deliveryBlocks).end();
    }

    function _checkPurchase(
        Agreement calldata agreement,
        bytes calldata signature
    ) private view returns (LicenceId id, address currency) {
        id = _checkOffer(agreement, signature);
        currency = _checkConditions(id, agreement).currency;
    }

    /// @dev Whatever must hold beside the operator's word.
    function _checkConditions(
        LicenceId id,
        Agreement calldata agreement
    ) private view returns (Standing memory standing) {
        Offer calldata offer = agreement.offer;
        standing = _checkRelease(id, offer);
        if (standing.operator != offer.operator) {
            revert Licences_NotOperator(offer.asset, standing.operator, offer.operator);
        }
        _checkTerms(offer, standing);
        _checkParties(offer, agreement.licensee);
        if (!Secp256k1.isRecoverable(agreement.keyX, agreement.keyY)) {
            revert Licences_KeyNotOnCurve(agreement.keyX, agreement.keyY);
        }
    }

    function _checkRelease(LicenceId id, Offer calldata offer) private view returns (Standing memory standing) {
        AssetId asset = offer.asset;
        if (_records[asset][id].word.status() != LicenceStatus.None) revert Licences_AlreadyBought(id);
        standing = _assets.onOffer(asset);
        if (offer.release == 0 || offer.release > standing.latest) {
            revert Licences_ReleaseUnknown(asset, offer.release);
        }
        Deadline since = _faultOf(offer);
        if (!since.isNone()) revert Licences_ReleaseFaulty(asset, offer.release, since);
    }

    function _checkTerms(Offer calldata offer, Standing memory standing) private view {
        if (!standing.open) revert Licences_AssetNotOffered(offer.asset);
        if (standing.policyVersion != offer.policyVersion) {
            revert Licences_PolicyChanged(offer.asset, offer.policyVersion, standing.policyVersion);
        }
        uint256 feeBps = _fee.bps;
        if (feeBps > offer.maxFeeBps) revert Licences_FeeAboveOffer(feeBps, offer.maxFeeBps);
        _checkWindow(offer.deliverySeconds, offer.deliveryBlocks);
        _checkWindow(offer.disputeSeconds, offer.disputeBlocks);
    }

    function _checkWindow(uint24 duration, uint24 blocks) private view {
        if (duration < _leastDuration || blocks < _leastBlocks) {
            revert Licences_WindowTooShort(duration, blocks, leastWindow());
        }
        // Blocks are bounded by the same number: else money could wait for a block that nobody lives to see.
        uint256 longest = duration > blocks ? duration : blocks;
        if (longest > MAX_WINDOW) revert Licences_WindowTooLong(longest, MAX_WINDOW);
    }

    function _checkParties(Offer calldata offer, address licensee) private view {
        if (!_participants.areActive(licensee, offer.operator)) {
            revert Licences_Inactive(_participants.isActive(licensee) ? offer.operator : licensee);
        }
        if (SchemaId.unwrap(offer.credential) == 0) return;
        (bool ok, bytes4 reason) = _credentials.explain(licensee, offer.credential);
        if (!ok) revert Licences_CredentialMissing(licensee, reason);
    }

    /// @dev The state before the money: whoever is paid may call back.
    function _settle(LicenceId id, Agreement calldata agreement, LicenceWord word) private {
        Offer calldata offer = agreement.offer;
        // The longest duration is for ever: it must not hinder a settlement.
        uint48 until = uint48(Math.min(block.timestamp + offer.duration, type(uint48).max));
        Deadline end = WindowLib.deadline(until, 0);
        _records[offer.asset][id].word = word.moved(LicenceStatus.Settled, end).emptied();
        _choose(agreement.licensee, offer.asset, id, until);
        uint256 amount = word.amount();
        uint256 fee = _feeOf(amount, word.fee());
        emit LicenceSettled(id, offer.asset, amount, fee, until);
        _payOut(offer.asset, amount, fee, _fee.receiver);
    }

    /// @param penalty what comes out of the custodian's bond
    function _refund(LicenceId id, Agreement calldata agreement, LicenceWord word, uint256 penalty) private {
        AssetId asset = agreement.offer.asset;
        _records[asset][id].word = word.moved(LicenceStatus.Refunded, word.end()).emptied();
        emit LicenceRefunded(id, asset, agreement.licensee, word.amount());
        _pay(asset, agreement.licensee, word.amount() + _depositOf(agreement.offer, word) + penalty);
    }

    /// @dev What a licensee deposited for an answer that has not come.
    function _depositOf(Offer calldata offer, LicenceWord word) private pure returns (uint256) {
        return word.status() == LicenceStatus.Demanded ? offer.answerFee : 0;
    }

    function _isDelivered(LicenceStatus status) private pure returns (bool) {
        return status == LicenceStatus.Delivered || status == LicenceStatus.Demanded;
    }

    /// @dev Keeps the first time: who had a window open then, or opens one later, has his money back.
    function _markFault(Offer calldata offer) private {
        if (!_faultOf(offer).isNone()) return;
        // 48 bits of seconds, and of blocks, last for millions of years.
        Deadline since = WindowLib.deadline(uint48(block.timestamp), uint48(block.number));
        _faults[offer.asset][offer.release] = since;
        emit ReleaseFaulted(offer.asset, offer.release, since);
    }

    /// @dev Makes this licence the one that `isLicensed` looks at, unless another one runs longer.
    function _choose(address account, AssetId asset, LicenceId id, uint48 until) private {
        LicenceId held = _current[account][asset];
        if (LicenceId.unwrap(held) == LicenceId.unwrap(id)) return;
        if (LicenceId.unwrap(held) != 0) {
            LicenceWord word = _records[asset][held].word;
            if (_runs(word) && word.end().time() >= until) return;
        }
        _current[account][asset] = id;
    }

    function _recorded(Agreement calldata agreement) private view returns (LicenceId id, LicenceWord word) {
        id = _idOf(agreement);
        word = _records[agreement.offer.asset][id].word;
    }

    function _runs(LicenceWord word) private view returns (bool) {
        LicenceStatus status = word.status();
        if (status == LicenceStatus.Settled) return block.timestamp < word.end().time();
        return _isDelivered(status) && !word.end().isOver();
    }

    function _faultOf(Offer calldata offer) private view returns (Deadline) {
        return _faults[offer.asset][offer.release];
    }

    function _wasOpenAtFault(Offer calldata offer, Deadline end) private view returns (bool) {
        Deadline since = _faultOf(offer);
        return !since.isNone() && (since.time() < end.time() || since.number() < end.number());
    }

    function _checkOperator(AssetId asset, address account) private view {
        address operator = _assets.operatorOf(asset);
        if (operator != account) revert Licences_NotOperator(asset, operator, account);
        if (!_participants.isActive(account)) revert Licences_Inactive(account);
    }

    function _checkDisputes() private view {
        if (msg.sender != _disputes) revert Licences_OnlyDisputes(_disputes, msg.sender);
    }
}
