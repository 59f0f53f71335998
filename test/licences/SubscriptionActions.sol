// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {ISubscriptions} from "../../contracts/licences/ISubscriptions.sol";
import {Agreement, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {Plan, Subscription, SubscriptionId} from "../../contracts/licences/SubscriptionTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {vm} from "../support/Vm.sol";
import {SaleActions} from "./SaleActions.sol";

/// @notice Subscriptions taken, opened, earned, cancelled, closed and revoked. What is paid out is held against the seconds that a
/// bystander would grant at most.
abstract contract SubscriptionActions is SaleActions {
    uint256 private constant MAX_RUNNING = 5;
    uint48 private constant SHORT = 3_000;
    uint48 internal constant LONG = 20_000;

    bool public overEarned;

    function subscribe(uint256 seed) external {
        seed = mix(seed);
        if (running.length == MAX_RUNNING && !_forgetClosed()) return;
        Subscription memory s = _planned(seed);
        SubscriptionId id = subscriptions.hashSubscription(s);
        Agreement memory first = _agreed(s, id, s.plan.entry.release, 0);
        LicenceId licence = licences.hashAgreement(first);
        bool off = cancelled[s.plan.entry.nonce];
        bytes4 reason = off ? ISubscriptions.Subscriptions_OfferCancelled.selector : whyNotSold(first, licence);
        bytes memory call = abi.encodeCall(subscriptions.subscribe, (s, _signed(s)));
        if (!attempt("subscribe", s.licensee, address(subscriptions), call, reason)) return _renumber(seed % 2);
        uint256 money = moneyOf(s.plan.entry.asset);
        owned[s.licensee][money] -= uint256(s.plan.rest) + s.plan.entry.price;
        sums.rests[money] += s.plan.rest;
        running.push(++subscribed);
        Term storage term = terms[subscribed];
        (term.subscription, term.id, term.release, term.feeBps) = (s, id, s.plan.entry.release, feeBps);
        term.current = noteLicence(first, licence, subscribed);
    }

    function open(uint256 seed) external {
        seed = mix(seed);
        uint256 number = _openableNear(seed);
        if (number == 0) return;
        Term storage term = terms[number];
        uint32 release = _nextOf(term, seed);
        Subscription memory s = term.subscription;
        (bytes4 reason, uint32 attempts) = _whyNotOpened(term, release);
        Agreement memory a = _agreed(s, term.id, release, attempts);
        bytes memory call = abi.encodeCall(subscriptions.open, (s, release));
        if (!attempt(attempts == 0 ? "open" : "reopen", STRANGER, address(subscriptions), call, reason)) return;
        (term.release, term.attempt) = (release, attempts);
        term.current = noteLicence(a, licences.hashAgreement(a), number);
    }

    function earn(uint256 seed) external {
        seed = mix(seed);
        Term storage term = _termAt(seed);
        if (term.current == 0) return;
        Subscription memory s = term.subscription;
        uint256 amount = _earnedNow(term);
        bytes4 reason = term.closed ? ISubscriptions.Subscriptions_WrongStatus.selector : bytes4(0);
        bytes memory call = abi.encodeCall(subscriptions.earn, (s));
        if (!attempt("earn", STRANGER, address(subscriptions), call, reason)) return;
        if (amount != 0) ++done[keccak256("earn something")];
        _noteEarned(term, amount);
    }

    function cancel(uint256 seed) external {
        seed = mix(seed);
        // Now and then only: else few subscriptions would see a second release.
        if ((seed >> 64) % 3 != 0) return;
        Term storage term = _termAt(seed);
        if (term.current == 0) return;
        Subscription memory s = term.subscription;
        bytes4 reason;
        if (term.closed) reason = ISubscriptions.Subscriptions_WrongStatus.selector;
        else if (_isOver(term)) reason = ISubscriptions.Subscriptions_Over.selector;
        bytes memory call = abi.encodeCall(subscriptions.cancel, (s));
        if (!attempt("cancel", s.licensee, address(subscriptions), call, reason)) return;
        Offer memory entry = s.plan.entry;
        uint48 notice = uint48(block.timestamp) + entry.deliverySeconds + entry.disputeSeconds;
        if (untilOf(term) != 0 && untilOf(term) < notice) return;
        uint48 height = uint48(block.number) + entry.deliveryBlocks + entry.disputeBlocks;
        (term.cancelTime, term.cancelBlock) = (notice, height);
    }

    function close(uint256 seed) external {
        seed = mix(seed);
        Term storage term = _termAt(seed);
        if (term.current != 0) closeTerm(term);
    }

    function revokeSubscription(uint256 seed) external {
        seed = mix(seed);
        if ((seed >> 64) % 6 != 0) return;
        Term storage term = _termAt(seed);
        if (term.current == 0) return;
        bytes4 reason = term.closed ? ISubscriptions.Subscriptions_WrongStatus.selector : bytes4(0);
        uint256 amount = _earnedNow(term);
        bytes memory call = abi.encodeCall(subscriptions.revoke, (term.subscription, REASON));
        if (!attempt("revokeSubscription", operator, address(subscriptions), call, reason)) return;
        _noteClosed(term, amount);
    }

    function closeTerm(Term storage term) internal {
        uint256 amount = _earnedNow(term);
        bytes memory call = abi.encodeCall(subscriptions.close, (term.subscription));
        if (!attempt("close", STRANGER, address(subscriptions), call, _whyNotClosed(term))) return;
        _noteClosed(term, amount);
    }

    /// @notice Seconds that can have been earned by now: from the first key to the end, but for those in which one was overdue.
    function earnableOf(Term storage term) internal view returns (uint256) {
        if (term.startedAt == 0) return 0;
        uint256 to = block.timestamp < untilOf(term) ? block.timestamp : untilOf(term);
        if (term.missedFrom != 0 && term.missedFrom < to) to = term.missedFrom;
        uint256 from = uint256(term.startedAt) + term.lost;
        return to > from ? to - from : 0;
    }

    function _planned(uint256 seed) private view returns (Subscription memory s) {
        Offer memory entry = offerOf(seed % 2, 0);
        entry.release = releaseAt(entry.asset, seed >> 1);
        if ((seed >> 32) % 4 == 0) entry.price = 0;
        s.plan = seed % 2 == 0 ? Plan(entry, 1_000_003, LONG) : Plan(entry, 999_999, SHORT);
        if ((seed >> 40) % 8 == 0) s.plan.rest = 0;
        (s.licensee, s.keyX, s.keyY) = (licenseeAt(seed >> 48), meeting.x.x, meeting.x.y);
        s.nonce = uint64(subscribed + 1);
    }

    function _signed(Subscription memory s) private view returns (bytes memory) {
        (uint8 v, bytes32 x, bytes32 y) = vm.sign(OPERATOR_KEY, subscriptions.hashPlan(s.plan));
        return abi.encodePacked(x, y, v);
    }

    /// @dev As the design says it: the first key alone has a price, and the number names subscription, release and attempt.
    function _agreed(
        Subscription memory s,
        SubscriptionId id,
        uint32 release,
        uint32 attempts
    ) private view returns (Agreement memory a) {
        bool first = release == s.plan.entry.release && attempts == 0;
        a = agreementOf(s.plan.entry, s.licensee, uint256(keccak256(abi.encode(id, release, attempts))));
        // A copy: memory is shared by reference, and the plan keeps its own terms.
        a.offer = abi.decode(abi.encode(s.plan.entry), (Offer));
        a.offer.release = release;
        if (!first) a.offer.price = 0;
    }

    /// @dev Mostly one that is not closed.
    function _numberOf(uint256 seed) private view returns (uint256 number) {
        if (running.length == 0) return 0;
        for (uint256 i = 0; i < running.length && (seed >> 248) % 8 != 0; ++i) {
            number = running[((seed >> 128) + i) % running.length];
            if (!terms[number].closed) return number;
        }
        return running[(seed >> 128) % running.length];
    }

    function _termAt(uint256 seed) private view returns (Term storage) {
        return terms[_numberOf(seed)];
    }

    /// @dev Mostly one whose last key is settled or never came.
    function _openableNear(uint256 seed) private view returns (uint256 number) {
        for (uint256 i = 0; i < running.length && seed % 8 != 0; ++i) {
            number = running[((seed >> 128) + i) % running.length];
            Term storage term = terms[number];
            bool settled = notes[term.current].stage == LicenceStatus.Settled;
            if (!term.closed && (_isMissed(term) || (settled && term.release < published[_assetOf(term)])))
                return number;
        }
        return _numberOf(seed);
    }

    function _assetOf(Term storage term) private view returns (AssetId) {
        return term.subscription.plan.entry.asset;
    }

    /// @dev Mostly the next one that is not faulty, or the last one again if its key never came.
    function _nextOf(Term storage term, uint256 seed) private view returns (uint32 release) {
        if (seed % 8 == 0) return uint32((seed >> 8) % (term.release + 3));
        AssetId id = _assetOf(term);
        release = term.release + (_isMissed(term) ? 0 : 1);
        while (faulty[id][release]) ++release;
    }

    function _isMissed(Term storage term) private view returns (bool) {
        Note storage note = notes[term.current];
        return term.startedAt != 0 && note.stage == LicenceStatus.Refunded && note.content == 0;
    }

    function _isOver(Term storage term) private view returns (bool) {
        uint48 until = untilOf(term);
        if (until == 0) return false;
        bool byNotice = term.cancelTime != 0 && term.cancelTime == until;
        return block.timestamp >= until && (!byNotice || block.number >= term.cancelBlock);
    }

    function _whyNotOpened(Term storage term, uint32 release) private view returns (bytes4 reason, uint32 attempts) {
        AssetId id = _assetOf(term);
        bool missed = _isMissed(term);
        bool again = missed && release == term.release;
        if (again) attempts = term.attempt + 1;
        if (term.closed) return (ISubscriptions.Subscriptions_WrongStatus.selector, attempts);
        if (_isOver(term)) return (ISubscriptions.Subscriptions_Over.selector, attempts);
        if (!missed && notes[term.current].stage != LicenceStatus.Settled) {
            return (ISubscriptions.Subscriptions_KeyPending.selector, attempts);
        }
        uint32 owed = missed ? term.release : term.release + 1;
        if (release < owed) return (ISubscriptions.Subscriptions_NotNext.selector, attempts);
        for (; owed < release; ++owed) {
            if (!faulty[id][owed]) return (ISubscriptions.Subscriptions_NotNext.selector, attempts);
        }
        if (release > published[id]) reason = ILicenceRegistry.Licences_ReleaseUnknown.selector;
        else if (faulty[id][release]) reason = ILicenceRegistry.Licences_ReleaseFaulty.selector;
    }

    function _whyNotClosed(Term storage term) private view returns (bytes4) {
        LicenceStatus stage = notes[term.current].stage;
        if (term.closed) return ISubscriptions.Subscriptions_WrongStatus.selector;
        if (stage == LicenceStatus.Revoked || (stage == LicenceStatus.Refunded && !_isMissed(term))) return 0;
        if (!_isOver(term)) return ISubscriptions.Subscriptions_NotOver.selector;
        return stage < LicenceStatus.Settled ? ISubscriptions.Subscriptions_KeyPending.selector : bytes4(0);
    }

    function _earnedNow(Term storage term) private view returns (uint256 amount) {
        if (!term.closed) (amount, ) = subscriptions.earned(term.subscription);
    }

    function _noteEarned(Term storage term, uint256 amount) private {
        Plan memory plan = term.subscription.plan;
        uint256 money = moneyOf(plan.entry.asset);
        // Of all that was earned: asking often spares nothing.
        uint256 fee = ((term.earned + amount) * term.feeBps) / 10_000 - (term.earned * term.feeBps) / 10_000;
        sums.rests[money] -= amount;
        sums.restCredits[money] += fee;
        noteRevenue(money, amount, fee);
        term.earned += amount;
        if (term.earned > plan.rest || term.earned > (plan.rest * earnableOf(term)) / plan.term) overEarned = true;
    }

    function _noteClosed(Term storage term, uint256 amount) private {
        _noteEarned(term, amount);
        Subscription memory s = term.subscription;
        uint256 money = moneyOf(s.plan.entry.asset);
        uint256 back = s.plan.rest - term.earned;
        sums.rests[money] -= back;
        owned[s.licensee][money] += back;
        if (isRefused(s.licensee, money)) sums.restCredits[money] += back;
        term.closed = true;
    }

    function _forgetClosed() private returns (bool) {
        for (uint256 i = 0; i < running.length; ++i) {
            if (!terms[running[i]].closed) continue;
            running[i] = running[running.length - 1];
            running.pop();
            return true;
        }
        return false;
    }
}
