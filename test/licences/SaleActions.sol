// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Offer, Tier} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {LicenceWorld} from "./LicenceWorld.sol";

/// @notice Licences bought, renewed, delivered, settled, refunded, revoked and used. Each refusal is foreseen from the notes.
abstract contract SaleActions is LicenceWorld {
    bool public settledThoughFaulty;
    bool public refundedThoughRight;

    function buy(uint256 seed) external {
        seed = mix(seed);
        uint256 kind = seed % KINDS;
        Offer memory offer = offerOf(kind, 0);
        offer.release = releaseAt(offer.asset, seed >> 8);
        Agreement memory a = agreementOf(offer, licenseeAt(seed >> 16), noted + 1);
        // Now and then one that was bought before.
        if ((seed >> 24) % 16 == 0 && live.length != 0) a = notes[anyOf(seed)].agreement;
        LicenceId id = licences.hashAgreement(a);
        bytes memory call = abi.encodeCall(licences.buy, (a, signOffer(OPERATOR_KEY, a.offer)));
        if (attempt("buy", a.licensee, address(licences), call, _whyNotBuy(a, id))) {
            owned[a.licensee][moneyOf(a.offer.asset)] -= a.offer.price;
            noteLicence(a, id, 0);
        } else _renumber(kind);
    }

    function renew(uint256 seed) external {
        seed = mix(seed);
        uint256 former = pick(seed, stageBit(LicenceStatus.Settled));
        if (former == 0) return;
        Note storage note = notes[former];
        Offer memory old = note.agreement.offer;
        uint256 kind = seed % 8 == 0 ? (seed >> 8) % KINDS : _kindLike(old);
        Agreement memory a = agreementOf(offerOf(kind, old.release), note.agreement.licensee, noted + 1);
        LicenceId id = licences.hashAgreement(a);
        bytes4 reason = _whyNotRenew(note, a, id);
        bytes memory call = abi.encodeCall(licences.renew, (note.agreement, a, signOffer(OPERATOR_KEY, a.offer)));
        if (attempt("renew", a.licensee, address(licences), call, reason)) {
            owned[a.licensee][moneyOf(a.offer.asset)] -= a.offer.price;
            _noteSettled(notes[noteLicence(a, id, 0)]);
        } else if (cancelled[a.offer.nonce]) _renumber(kind);
    }

    function deliver(uint256 seed) external {
        seed = mix(seed);
        uint256 number = _owedNear(seed);
        if (number == 0) return;
        Note storage note = notes[number];
        Agreement memory a = note.agreement;
        bool grant = (a.offer.tier == Tier.ComputeOnly) != (seed % 16 == 0);
        address caller = (seed >> 4) % 16 == 0 ? custodianAt(seed >> 8) : a.offer.custodian;
        bytes32 right = sealings[a.offer.asset][a.offer.release].key;
        bytes32 content = (seed >> 16) % 4 == 0 ? WRONG : right;
        bytes memory call =
            grant
                ? abi.encodeCall(licences.grantAccess, (a.offer.asset, note.id))
                : abi.encodeCall(licences.deliver, (a.offer.asset, note.id, deliveryOf(a, content)));
        bytes4 reason = _whyNotDeliver(note, grant, caller);
        if (!attempt(grant ? "grant" : "deliver", caller, address(licences), call, reason)) return;
        note.stage = LicenceStatus.Delivered;
        if (!grant) note.content = content;
        restart(note, a.offer.disputeSeconds, a.offer.disputeBlocks);
        freeBond[a.offer.custodian][a.offer.asset] -= a.offer.bond;
    }

    function settle(uint256 seed) external {
        seed = mix(seed);
        uint256 number = _settleableNear(seed);
        // Who has his money coming back must not be settled.
        if ((seed >> 8) % 4 == 0 && number != 0) number = _dueNear(seed);
        if (number != 0) settleLicence(number, isOpen(notes[number]) == ((seed >> 16) % 4 != 0));
    }

    function refund(uint256 seed) external {
        seed = mix(seed);
        uint256 number = seed % 4 == 0 ? anyOf(seed) : _dueNear(seed);
        if (number != 0) refundLicence(number, seed % 2 == 0);
    }

    function revoke(uint256 seed) external {
        seed = mix(seed);
        // Now and then only: else few licences would live to see anything else.
        if (seed % 3 != 0) return;
        uint256 number = pick(seed, (seed >> 8) % 2 == 0 ? stageBit(LicenceStatus.Settled) : type(uint256).max);
        if (number == 0) return;
        Note storage note = notes[number];
        Agreement memory a = note.agreement;
        LicenceStatus stage = note.stage;
        bytes4 reason;
        if (stage > LicenceStatus.Settled) reason = ILicenceRegistry.Licences_WrongStatus.selector;
        else if (stage == LicenceStatus.Settled && note.subscription != 0) {
            reason = ILicenceRegistry.Licences_OfSubscription.selector;
        } else if (stage == LicenceStatus.Settled && block.timestamp >= note.endTime) {
            reason = ILicenceRegistry.Licences_Over.selector;
        } else if (isDelivered(note) && !isOpen(note)) reason = ILicenceRegistry.Licences_DisputeOver.selector;
        bytes memory call = abi.encodeCall(licences.revoke, (a, REASON));
        bool settled = stage == LicenceStatus.Settled;
        string memory action = settled ? "revokeSettled" : "revoke";
        if (!attempt(action, operator, address(licences), call, reason)) return;
        if (settled) {
            uint256 back = _priceOfRest(note);
            note.stage = LicenceStatus.Revoked;
            owned[operator][moneyOf(a.offer.asset)] -= back;
            notePayment(a.licensee, moneyOf(a.offer.asset), back);
        } else {
            if (isDelivered(note)) freeBond[a.offer.custodian][a.offer.asset] += a.offer.bond;
            giveBack(note, LicenceStatus.Revoked, 0);
        }
    }

    function consume(uint256 seed) external {
        seed = mix(seed);
        uint256 number = pick(seed, stageBit(LicenceStatus.Settled));
        if (number == 0) return;
        Note storage note = notes[number];
        Agreement memory a = note.agreement;
        uint64 uses = uint64(seed % 5);
        bool runs =
            note.stage == LicenceStatus.Settled ? block.timestamp < note.endTime : isDelivered(note) && isOpen(note);
        bytes4 reason;
        if (!runs) reason = ILicenceRegistry.Licences_NotSettled.selector;
        else if (a.offer.quota == 0) reason = ILicenceRegistry.Licences_NotMetered.selector;
        else if (uses == 0) reason = ILicenceRegistry.Licences_NothingToConsume.selector;
        else if (note.used + uses > a.offer.quota) reason = ILicenceRegistry.Licences_QuotaExceeded.selector;
        bytes memory call = abi.encodeCall(licences.consume, (a, uses, REASON));
        if (attempt("consume", a.offer.custodian, address(licences), call, reason)) note.used += uses;
    }

    function cancelOffer(uint256 seed) external {
        seed = mix(seed);
        uint64 nonce = offerNonce[seed % KINDS];
        attempt("cancelOffer", operator, address(licences), abi.encodeCall(licences.cancelOffer, (nonce)), 0);
        cancelled[nonce] = true;
    }

    function settleLicence(uint256 number, bool byLicensee) internal {
        Note storage note = notes[number];
        Agreement memory a = note.agreement;
        bytes4 reason;
        if (note.stage != LicenceStatus.Delivered) reason = ILicenceRegistry.Licences_WrongStatus.selector;
        else if (!byLicensee && isOpen(note)) reason = ILicenceRegistry.Licences_DisputeOpen.selector;
        else if (note.doomed) reason = ILicenceRegistry.Licences_ReleaseFaulty.selector;
        address caller = byLicensee ? a.licensee : STRANGER;
        bytes memory call = abi.encodeCall(licences.settle, (a));
        if (!attempt(byLicensee ? "accept" : "settle", caller, address(licences), call, reason)) return;
        if (note.doomed) settledThoughFaulty = true;
        freeBond[a.offer.custodian][a.offer.asset] += a.offer.bond;
        _noteSettled(note);
        _noteFirstKey(note.subscription);
    }

    function refundLicence(uint256 number, bool byLicensee) internal {
        Note storage note = notes[number];
        Agreement memory a = note.agreement;
        LicenceStatus stage = note.stage;
        bool keyed = isDelivered(note);
        bytes4 reason;
        if (stage > LicenceStatus.Demanded || (keyed && !note.doomed)) {
            reason = ILicenceRegistry.Licences_WrongStatus.selector;
        } else if (!note.doomed && isOpen(note)) reason = ILicenceRegistry.Licences_DeliveryOpen.selector;
        else if (stage == LicenceStatus.Demanded && !isOpen(note)) {
            reason = ILicenceRegistry.Licences_AnswerOver.selector;
        } else if (keyed && isOpen(note) && !byLicensee) reason = ILicenceRegistry.Licences_DisputeOpen.selector;
        address caller = byLicensee ? a.licensee : STRANGER;
        string memory action = keyed ? "refundFaulty" : "refund";
        if (!attempt(action, caller, address(licences), abi.encodeCall(licences.refund, (a)), reason)) return;
        if (keyed && !note.doomed) refundedThoughRight = true;
        if (keyed) freeBond[a.offer.custodian][a.offer.asset] += a.offer.bond;
        giveBack(note, LicenceStatus.Refunded, 0);
        Term storage term = terms[note.subscription];
        bool first = term.missedFrom == 0 && term.current == number;
        if (!keyed && note.subscription != 0 && first) term.missedFrom = note.endTime;
    }

    /// @notice Price, penalty and any deposit go to the licensee.
    function giveBack(Note storage note, LicenceStatus stage, uint256 penalty) internal {
        Offer memory offer = note.agreement.offer;
        uint256 money = moneyOf(offer.asset);
        uint256 deposit = note.stage == LicenceStatus.Demanded ? offer.answerFee : 0;
        sums.deposits[money] -= deposit;
        sums.bonds[money] -= penalty;
        noteExit(note, stage);
        notePayment(note.agreement.licensee, money, offer.price + deposit + penalty);
    }

    /// @notice Why a licence that its operator offers is not sold.
    function whyNotSold(Agreement memory a, LicenceId id) internal view returns (bytes4) {
        AssetId asset_ = a.offer.asset;
        if (known[id]) return ILicenceRegistry.Licences_AlreadyBought.selector;
        if (a.offer.release > published[asset_]) return ILicenceRegistry.Licences_ReleaseUnknown.selector;
        if (faulty[asset_][a.offer.release]) return ILicenceRegistry.Licences_ReleaseFaulty.selector;
        if (block.timestamp < assets.suspendedUntil(asset_)) return ILicenceRegistry.Licences_AssetNotOffered.selector;
        if (feeBps > a.offer.maxFeeBps) return ILicenceRegistry.Licences_FeeAboveOffer.selector;
        return suspended[a.licensee] ? ILicenceRegistry.Licences_Inactive.selector : bytes4(0);
    }

    function _whyNotBuy(Agreement memory a, LicenceId id) private view returns (bytes4) {
        return cancelled[a.offer.nonce] ? ILicenceRegistry.Licences_OfferCancelled.selector : whyNotSold(a, id);
    }

    function _whyNotRenew(Note storage note, Agreement memory a, LicenceId id) private view returns (bytes4 reason) {
        reason = _whyNotBuy(a, id);
        if (reason != 0) return reason;
        if (note.stage != LicenceStatus.Settled) return ILicenceRegistry.Licences_WrongStatus.selector;
        Offer storage old = note.agreement.offer;
        bool same = moneyOf(old.asset) == moneyOf(a.offer.asset) && old.tier == a.offer.tier;
        if (!same) reason = ILicenceRegistry.Licences_OtherTerms.selector;
    }

    function _whyNotDeliver(Note storage note, bool grant, address caller) private view returns (bytes4) {
        Offer storage offer = note.agreement.offer;
        if (note.stage != LicenceStatus.Paid) return ILicenceRegistry.Licences_WrongStatus.selector;
        if (caller != offer.custodian) return ILicenceRegistry.Licences_NotCustodian.selector;
        if ((offer.tier == Tier.ComputeOnly) != grant) return ILicenceRegistry.Licences_WrongTier.selector;
        if (!isOpen(note)) return ILicenceRegistry.Licences_DeliveryOver.selector;
        bool bonded = freeBond[caller][offer.asset] >= offer.bond;
        return bonded ? bytes4(0) : ILicenceRegistry.Licences_BondTooSmall.selector;
    }

    /// @dev A licence whose money anybody may send back, if there is one: of a faulty release, or without a key in time.
    function _dueNear(uint256 seed) private view returns (uint256) {
        for (uint256 i = 0; i < 2 * live.length; ++i) {
            uint256 number = live[((seed >> 128) + i) % live.length];
            Note storage note = notes[number];
            if (note.stage >= LicenceStatus.Settled || !_isNext(note, seed, i)) continue;
            if (note.doomed || (note.stage == LicenceStatus.Paid && !isOpen(note))) return number;
        }
        return pick(seed, stageBit(LicenceStatus.Paid));
    }

    /// @dev Mostly a licence whose window is over; now and then the licensee accepts another.
    function _settleableNear(uint256 seed) private view returns (uint256) {
        for (uint256 i = 0; i < 2 * live.length && seed % 4 != 0; ++i) {
            uint256 number = live[((seed >> 128) + i) % live.length];
            Note storage note = notes[number];
            if (!_isNext(note, seed, i) || note.stage != LicenceStatus.Delivered || isOpen(note)) continue;
            return number;
        }
        return pick(seed, stageBit(LicenceStatus.Delivered));
    }

    /// @dev Mostly a licence whose key can be delivered in time.
    function _owedNear(uint256 seed) private view returns (uint256) {
        for (uint256 i = 0; i < 2 * live.length && seed % 8 != 1; ++i) {
            uint256 number = live[((seed >> 128) + i) % live.length];
            Note storage note = notes[number];
            if (_isForgotten(note, number) || !_isNext(note, seed, i)) continue;
            if (note.stage == LicenceStatus.Paid && isOpen(note)) return number;
        }
        return anyOf(seed);
    }

    /// @dev Subscriptions come first for half of the seeds: they go through more than a licence does.
    function _isNext(Note storage note, uint256 seed, uint256 i) private view returns (bool) {
        return i >= live.length || (seed >> 32) % 2 == 0 || note.subscription != 0;
    }

    /// @dev Some keys never come, and many later ones of a subscription.
    function _isForgotten(Note storage note, uint256 number) private view returns (bool) {
        if (note.subscription == 0) return number % 5 == 0;
        return terms[note.subscription].startedAt != 0 && number % 2 == 0;
    }

    function _kindLike(Offer memory offer) private view returns (uint256) {
        if (moneyOf(offer.asset) == 1) return 1;
        return offer.tier == Tier.ComputeOnly ? 4 : 0;
    }

    /// @dev What a licensee loses by a revocation, rounded up.
    function _priceOfRest(Note storage note) private view returns (uint256 price) {
        Offer storage offer = note.agreement.offer;
        uint256 left = uint256(offer.price) * (note.endTime - block.timestamp);
        price = left == 0 ? 0 : (left - 1) / offer.duration + 1;
    }

    function _noteSettled(Note storage note) private {
        Offer memory offer = note.agreement.offer;
        uint256 money = moneyOf(offer.asset);
        uint256 fee = (uint256(offer.price) * note.feeBps) / 10_000;
        noteExit(note, LicenceStatus.Settled);
        uint256 until = block.timestamp + offer.duration;
        (note.endTime, note.endBlock) = (until > type(uint48).max ? type(uint48).max : uint48(until), 0);
        sums.credits[money] += fee;
        noteRevenue(money, offer.price, fee);
    }

    /// @dev The term of a subscription begins with its first key, and goes on with the one that was overdue.
    function _noteFirstKey(uint256 subscription) private {
        if (subscription == 0) return;
        Term storage term = terms[subscription];
        if (term.startedAt == 0) term.startedAt = uint48(block.timestamp);
        if (term.missedFrom == 0) return;
        uint48 until = untilOf(term);
        uint48 from = term.missedFrom < until ? term.missedFrom : until;
        uint48 to = block.timestamp < until ? uint48(block.timestamp) : until;
        if (to > from) term.lost += to - from;
        term.missedFrom = 0;
    }

    /// @notice Second after which nothing is earned, 0 where it is not known.
    function untilOf(Term storage term) internal view returns (uint48) {
        uint48 end = term.startedAt == 0 ? 0 : term.startedAt + term.subscription.plan.term;
        return end == 0 || (term.cancelTime != 0 && term.cancelTime <= end) ? term.cancelTime : end;
    }

    /// @dev An operator offers again what it has cancelled.
    function _renumber(uint256 kind) internal {
        if (cancelled[offerNonce[kind]]) offerNonce[kind] += 8;
    }
}
