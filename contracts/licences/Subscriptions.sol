// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Custody, CustodyLib} from "../types/Custody.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {LicenceStatus} from "../types/LicenceWord.sol";
import {Permit} from "../types/Permit.sol";
import {Signatures} from "../types/Signatures.sol";
import {Deadline, Window, WindowLib} from "../types/Window.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {ISubscriptions} from "./ISubscriptions.sol";
import {Agreement, Licence, Offer, Tier} from "./LicenceTypes.sol";
import {OfferHash} from "./OfferHash.sol";
import {Payments} from "./Payments.sol";
import {Plan, Subscription, SubscriptionId, SubscriptionState, SubscriptionStatus} from "./SubscriptionTypes.sol";

/// @title Subscriptions
/// @notice Assumes that the registry of licences tells the truth of each release's licence. No roles. Guarantees that nothing is
/// earned before the first key is settled, while a key is overdue, after a dispute was won, or after the end; and that what is
/// not earned goes back, whoever asks. Does not guarantee that anything is published: a subscriber cancels.
/// Where a key missed its deadline, earning begins again when a later one is settled.
contract Subscriptions is ISubscriptions, Payments, EIP712 {
    bytes private constant PLAN_TYPE = "Plan(Offer entry,uint96 rest,uint48 term)";
    bytes32 private constant PLAN_TYPEHASH = keccak256(bytes.concat(PLAN_TYPE, OfferHash.TYPE));
    bytes32 private constant SUBSCRIPTION_TYPEHASH = keccak256(
        bytes.concat(
            "Subscription(Plan plan,address licensee,uint256 keyX,uint256 keyY,uint64 nonce)",
            OfferHash.TYPE,
            PLAN_TYPE
        )
    );
    /// @dev A hundred years: sums of it do not overflow a deadline.
    uint48 private constant LONGEST = 36_525 days;

    ILicenceRegistry private immutable _licences;

    mapping(SubscriptionId id => SubscriptionState) private _states;
    mapping(bytes32 planHash => bool) private _posted;

    constructor(
        IDataAsset assets,
        IParticipantRegistry participants,
        ILicenceRegistry licences
    ) Payments(assets, participants) EIP712("Cadastre Subscriptions", "1") {
        _licences = licences;
    }

    /// @inheritdoc ISubscriptions
    function post(Plan calldata plan) external returns (bytes32 planHash) {
        _checkAlive(plan.entry);
        _checkOperator(plan.entry.asset, msg.sender);
        if (plan.entry.operator != msg.sender) {
            revert Subscriptions_NotOperator(plan.entry.asset, plan.entry.operator, msg.sender);
        }
        planHash = hashPlan(plan);
        if (_posted[planHash]) revert Subscriptions_PlanAlreadyPosted(planHash);
        _posted[planHash] = true;
        emit PlanPosted(planHash, plan.entry.asset, msg.sender, plan);
    }

    /// @inheritdoc ISubscriptions
    function subscribe(
        Subscription calldata subscription,
        bytes calldata signature
    ) external nonReentrant returns (SubscriptionId id) {
        return _subscribe(subscription, signature);
    }

    /// @inheritdoc ISubscriptions
    function subscribeWithPermit(
        Subscription calldata subscription,
        bytes calldata signature,
        Permit calldata permit
    ) external nonReentrant returns (SubscriptionId id) {
        permit.submit(_currencyOf(subscription.plan.entry.asset));
        return _subscribe(subscription, signature);
    }

    /// @inheritdoc ISubscriptions
    function open(
        Subscription calldata subscription,
        uint32 release
    ) external nonReentrant returns (LicenceId licence) {
        (SubscriptionId id, SubscriptionState memory state) = _active(subscription);
        (LicenceId last, Licence memory current) = _current(id, subscription, state);
        _book(subscription, state, current);
        AssetId asset = subscription.plan.entry.asset;
        if (!state.until.isNone() && state.until.isOver()) revert Subscriptions_Over(id, state.until);
        if (state.started && _isMissed(subscription, current) && current.status == LicenceStatus.Refunded) {
            state.late = true;
            if (release != state.release) {
                // Nobody is owed a faulty release.
                _checkNext(id, asset, state.release - 1, release);
            }
            state.attempt = release == state.release ? state.attempt + 1 : 0;
        } else {
            if (current.status != LicenceStatus.Settled) {
                revert Subscriptions_KeyPending(id, last, current.status);
            }
            _checkNext(id, asset, state.release, release);
            state.attempt = 0;
        }
        state.release = release;
        _states[id] = state;
        licence = _licences.admit(_agreementOf(id, subscription, state.release, state.attempt), false);
        emit ReleaseOpened(id, asset, release, licence, state.late);
    }

    /// @inheritdoc ISubscriptions
    function earn(Subscription calldata subscription) external nonReentrant returns (uint256 amount) {
        (SubscriptionId id, SubscriptionState memory state) = _active(subscription);
        (, Licence memory current) = _current(id, subscription, state);
        uint256 fee;
        (amount, fee) = _account(subscription, state, current);
        _states[id] = state;
        _payEarned(id, subscription, state, amount, fee);
    }

    /// @inheritdoc ISubscriptions
    function cancel(Subscription calldata subscription) external nonReentrant returns (Deadline until) {
        if (msg.sender != subscription.licensee) revert Subscriptions_NotLicensee(subscription.licensee, msg.sender);
        (SubscriptionId id, SubscriptionState memory state) = _active(subscription);
        (, Licence memory current) = _current(id, subscription, state);
        _book(subscription, state, current);
        if (!state.until.isNone() && state.until.isOver()) revert Subscriptions_Over(id, state.until);
        Offer calldata entry = subscription.plan.entry;
        until = Window(
            uint48(entry.deliverySeconds) + entry.disputeSeconds,
            uint48(entry.deliveryBlocks) + entry.disputeBlocks
        ).end();
        if (!state.until.isNone() && state.until.time() < until.time()) until = state.until;
        state.until = until;
        _states[id] = state;
        emit SubscriptionCancelled(id, entry.asset, until);
    }

    /// @inheritdoc ISubscriptions
    function close(Subscription calldata subscription) external nonReentrant {
        (SubscriptionId id, SubscriptionState memory state) = _active(subscription);
        (LicenceId last, Licence memory current) = _current(id, subscription, state);
        (uint256 amount, uint256 fee) = _account(subscription, state, current);
        if (!_isBroken(subscription, state, current)) {
            if (state.until.isNone() || !state.until.isOver()) revert Subscriptions_NotOver(id, state.until);
            if (current.status < LicenceStatus.Settled) revert Subscriptions_KeyPending(id, last, current.status);
        }
        _close(id, subscription, state, amount, fee, address(0), 0);
    }

    /// @inheritdoc ISubscriptions
    function revoke(Subscription calldata subscription, bytes32 reason) external nonReentrant {
        _checkOperator(subscription.plan.entry.asset, msg.sender);
        if (reason == 0) revert Subscriptions_NoReason();
        (SubscriptionId id, SubscriptionState memory state) = _active(subscription);
        (, Licence memory current) = _current(id, subscription, state);
        (uint256 amount, uint256 fee) = _account(subscription, state, current);
        _close(id, subscription, state, amount, fee, msg.sender, reason);
    }

    /// @inheritdoc ISubscriptions
    function stateOf(SubscriptionId id) external view returns (SubscriptionState memory) {
        return _states[id];
    }

    /// @inheritdoc ISubscriptions
    function earned(Subscription calldata subscription) external view returns (uint256 amount, uint48 accrued) {
        (SubscriptionId id, SubscriptionState memory state) = _active(subscription);
        (, Licence memory current) = _current(id, subscription, state);
        (amount, ) = _account(subscription, state, current);
        accrued = state.accrued;
    }

    /// @inheritdoc ISubscriptions
    function currentAgreement(Subscription calldata subscription) external view returns (Agreement memory) {
        SubscriptionId id = _idOf(subscription);
        SubscriptionState memory state = _states[id];
        if (state.status == SubscriptionStatus.None) revert Subscriptions_WrongStatus(id, state.status);
        return _agreementOf(id, subscription, state.release, state.attempt);
    }

    /// @inheritdoc ISubscriptions
    function agreementOf(
        Subscription calldata subscription,
        uint32 release,
        uint32 attempt
    ) external view returns (Agreement memory) {
        return _agreementOf(_idOf(subscription), subscription, release, attempt);
    }

    /// @inheritdoc ISubscriptions
    function explainSubscribe(Subscription calldata, bytes calldata) external view returns (bool ok, bytes4 reason) {
        bytes memory answer;
        // The arguments as they came: both functions have the same.
        (ok, answer) = address(this).staticcall(bytes.concat(this.checkSubscribe.selector, msg.data[4:]));
        if (!ok) reason = bytes4(answer);
    }

    /// @notice Reverts as `subscribe` by the subscriber would revert now, but for the payment; what `explainSubscribe` asks.
    function checkSubscribe(Subscription calldata subscription, bytes calldata signature) external view {
        SubscriptionId id = _checkPlan(subscription, signature);
        _licences.checkAdmission(_agreementOf(id, subscription, subscription.plan.entry.release, 0));
    }

    /// @inheritdoc ISubscriptions
    function isPlanPosted(bytes32 planHash) external view returns (bool) {
        return _posted[planHash];
    }

    /// @inheritdoc ISubscriptions
    function hashPlan(Plan calldata plan) public view returns (bytes32) {
        return _hashTypedDataV4(_planHash(plan));
    }

    /// @inheritdoc ISubscriptions
    function hashSubscription(Subscription calldata subscription) external view returns (SubscriptionId) {
        return _idOf(subscription);
    }

    function _subscribe(
        Subscription calldata subscription,
        bytes calldata signature
    ) private returns (SubscriptionId id) {
        if (msg.sender != subscription.licensee) revert Subscriptions_NotLicensee(subscription.licensee, msg.sender);
        id = _checkPlan(subscription, signature);
        Plan calldata plan = subscription.plan;
        (uint16 feeBps, ) = _licences.feeOf();
        SubscriptionState memory state;
        state.status = SubscriptionStatus.Active;
        state.release = plan.entry.release;
        state.feeBps = feeBps;
        _states[id] = state;
        emit Subscribed(id, plan.entry.asset, msg.sender, subscription, feeBps);
        address currency = _currencyOf(plan.entry.asset);
        _pull(msg.sender, currency, uint256(plan.rest) + plan.entry.price);
        _approve(currency, address(_licences), plan.entry.price);
        LicenceId licence = _licences.admit(_agreementOf(id, subscription, plan.entry.release, 0), true);
        emit ReleaseOpened(id, plan.entry.asset, plan.entry.release, licence, false);
    }

    function _checkPlan(
        Subscription calldata subscription,
        bytes calldata signature
    ) private view returns (SubscriptionId id) {
        Plan calldata plan = subscription.plan;
        Offer calldata entry = plan.entry;
        _checkAlive(entry);
        if (plan.term == 0 || plan.term > LONGEST || entry.duration > LONGEST) {
            revert Subscriptions_BadTerm(plan.term, entry.duration, LONGEST);
        }
        // Who computes where the data lies sees each release anyway: a licence does.
        if (entry.tier == Tier.ComputeOnly) revert Subscriptions_ComputeOnly();
        bytes32 planHash = hashPlan(plan);
        bool made = signature.length == 0 ? _posted[planHash] : Signatures.isBy(entry.operator, planHash, signature);
        if (!made) revert Subscriptions_BadSignature(planHash, entry.operator);
        id = _idOf(subscription);
        if (_states[id].status != SubscriptionStatus.None) revert Subscriptions_AlreadySubscribed(id);
    }

    function _checkAlive(Offer calldata entry) private view {
        if (block.timestamp > entry.expiry) revert Subscriptions_OfferExpired(entry.expiry, block.timestamp);
        if (_licences.isOfferCancelled(entry.operator, entry.nonce)) {
            revert Subscriptions_OfferCancelled(entry.operator, entry.nonce);
        }
    }

    function _checkOperator(AssetId asset, address account) private view {
        address operator = _assets.operatorOf(asset);
        if (account != operator) revert Subscriptions_NotOperator(asset, operator, account);
        if (!_participants.isActive(account)) revert Subscriptions_Inactive(account);
    }

    /// @dev The next release, or a later one if all between are faulty: nobody is owed those.
    function _checkNext(SubscriptionId id, AssetId asset, uint32 last, uint32 release) private view {
        if (release <= last) revert Subscriptions_NotNext(id, last + 1, release);
        for (uint32 skipped = last + 1; skipped < release; ++skipped) {
            if (_licences.faultOf(asset, skipped).isNone()) revert Subscriptions_NotNext(id, skipped, release);
        }
    }

    /// @dev Books, and takes what is earned out of what is left.
    function _account(
        Subscription calldata subscription,
        SubscriptionState memory state,
        Licence memory current
    ) private view returns (uint256 amount, uint256 fee) {
        _book(subscription, state, current);
        Plan calldata plan = subscription.plan;
        // Rounded down, in favour of the subscriber; never more than the rest, which has 96 bits.
        uint96 sum = uint96(Math.mulDiv(plan.rest, state.accrued, plan.term));
        amount = sum - state.paid;
        // Of all that has left, so that nobody spares it by asking often.
        fee = _feeOf(sum, state.feeBps) - _feeOf(state.paid, state.feeBps);
        state.paid = sum;
    }

    /// @dev Adds the seconds that are earned since they were looked at last.
    function _book(
        Subscription calldata subscription,
        SubscriptionState memory state,
        Licence memory current
    ) private view {
        uint256 to = state.bookedAt;
        if (current.status == LicenceStatus.Settled) {
            uint48 settledAt = current.end.time() - subscription.plan.entry.duration;
            if (!state.started) {
                state.started = true;
                state.bookedAt = settledAt;
                Deadline end = WindowLib.deadline(settledAt + subscription.plan.term, 0);
                if (state.until.isNone() || end.time() < state.until.time()) state.until = end;
            } else if (state.late) {
                state.late = false;
                state.bookedAt = settledAt;
            }
            to = block.timestamp;
        } else if (state.started && !state.late && _isMissed(subscription, current)) {
            // Up to the deadline of a key that is not there; what follows it is earned when it is settled.
            to = Math.min(current.end.time(), block.timestamp);
        }
        if (!state.until.isNone()) to = Math.min(to, state.until.time());
        if (to <= state.bookedAt) return;
        // Seconds of today fit 48 bits.
        state.accrued += uint48(to) - state.bookedAt;
        state.bookedAt = uint48(to);
    }

    /// @dev Whether no key was delivered: not yet, or not in time.
    function _isMissed(Subscription calldata subscription, Licence memory current) private pure returns (bool) {
        if (current.status == LicenceStatus.Paid) return true;
        Offer calldata entry = subscription.plan.entry;
        Custody owed = CustodyLib.owed(entry.custodian, entry.bond);
        return current.status == LicenceStatus.Refunded && current.custody.equals(owed);
    }

    /// @dev Whether the other side has failed the subscriber for good.
    function _isBroken(
        Subscription calldata subscription,
        SubscriptionState memory state,
        Licence memory current
    ) private pure returns (bool) {
        if (current.status == LicenceStatus.Revoked) return true;
        return current.status == LicenceStatus.Refunded && !(state.started && _isMissed(subscription, current));
    }

    function _close(
        SubscriptionId id,
        Subscription calldata subscription,
        SubscriptionState memory state,
        uint256 amount,
        uint256 fee,
        address by,
        bytes32 reason
    ) private {
        Plan calldata plan = subscription.plan;
        uint256 back = plan.rest - state.paid;
        state.status = SubscriptionStatus.Closed;
        state.paid = plan.rest;
        _states[id] = state;
        emit SubscriptionClosed(id, plan.entry.asset, by, reason, back);
        _payEarned(id, subscription, state, amount, fee);
        _pay(plan.entry.asset, subscription.licensee, back);
    }

    function _payEarned(
        SubscriptionId id,
        Subscription calldata subscription,
        SubscriptionState memory state,
        uint256 amount,
        uint256 fee
    ) private {
        AssetId asset = subscription.plan.entry.asset;
        emit SubscriptionEarned(id, asset, state.accrued, amount, fee);
        (, address feeReceiver) = _licences.feeOf();
        _payOut(asset, amount, fee, feeReceiver);
    }

    function _active(
        Subscription calldata subscription
    ) private view returns (SubscriptionId id, SubscriptionState memory state) {
        id = _idOf(subscription);
        state = _states[id];
        if (state.status != SubscriptionStatus.Active) revert Subscriptions_WrongStatus(id, state.status);
    }

    function _current(
        SubscriptionId id,
        Subscription calldata subscription,
        SubscriptionState memory state
    ) private view returns (LicenceId licence, Licence memory current) {
        licence = _licences.hashAgreement(_agreementOf(id, subscription, state.release, state.attempt));
        current = _licences.licenceOf(subscription.plan.entry.asset, licence);
    }

    /// @dev The number says whose licence it is, so that no other agreement is the same. Only the first key has a price of its own.
    function _agreementOf(
        SubscriptionId id,
        Subscription calldata subscription,
        uint32 release,
        uint32 attempt
    ) private pure returns (Agreement memory agreement) {
        agreement.offer = subscription.plan.entry;
        if (release != agreement.offer.release || attempt != 0) agreement.offer.price = 0;
        agreement.offer.release = release;
        agreement.licensee = subscription.licensee;
        agreement.keyX = subscription.keyX;
        agreement.keyY = subscription.keyY;
        agreement.nonce = uint256(keccak256(abi.encode(id, release, attempt)));
    }

    function _idOf(Subscription calldata s) private view returns (SubscriptionId) {
        bytes32 hash = keccak256(
            abi.encode(SUBSCRIPTION_TYPEHASH, _planHash(s.plan), s.licensee, s.keyX, s.keyY, s.nonce)
        );
        return SubscriptionId.wrap(_hashTypedDataV4(hash));
    }

    function _planHash(Plan calldata plan) private pure returns (bytes32) {
        return keccak256(abi.encode(PLAN_TYPEHASH, OfferHash.hash(plan.entry), plan.rest, plan.term));
    }
}
