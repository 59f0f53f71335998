// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Case, IDisputes, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Delivery, Fault, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {WrapProof} from "../../contracts/types/KeyWrap.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {SaleActions} from "./SaleActions.sol";

/// @notice Disputes with true proofs, and now and then with another licence's; blocks demanded, shown and withheld.
abstract contract DisputeActions is SaleActions {
    bool public proofDenied;
    mapping(uint256 number => WrapProof) private _proofs;
    /// @dev Number of the licence that was proved last.
    uint256 private _proved;

    function demand(uint256 seed) external {
        seed = mix(seed);
        uint256 number = pickOpen(seed, stageBit(LicenceStatus.Delivered));
        if (number == 0) return;
        Note storage note = notes[number];
        Offer memory offer = note.agreement.offer;
        uint64 last = _sealedOf(note).last;
        bool beyond = seed % 16 == 0;
        bytes4 reason;
        if (note.content == 0) reason = IDisputes.Disputes_OtherDelivery.selector;
        else if (beyond) reason = IDisputes.Disputes_NoSuchBlock.selector;
        else if (note.stage != LicenceStatus.Delivered) reason = ILicenceRegistry.Licences_WrongStatus.selector;
        else if (!isOpen(note)) reason = ILicenceRegistry.Licences_DisputeOver.selector;
        bytes memory call = abi.encodeCall(disputes.demandBlock, (_caseOf(note), beyond ? last + 1 : last));
        if (!attempt("demand", note.agreement.licensee, address(disputes), call, reason)) return;
        note.stage = LicenceStatus.Demanded;
        note.demanded = last;
        restart(note, offer.disputeSeconds, offer.disputeBlocks);
        owned[note.agreement.licensee][moneyOf(offer.asset)] -= offer.answerFee;
        sums.deposits[moneyOf(offer.asset)] += offer.answerFee;
    }

    function answer(uint256 seed) external {
        seed = mix(seed);
        uint256 number = pickOpen(seed, stageBit(LicenceStatus.Demanded));
        // Some are never answered.
        if (number == 0 || number % 4 == 0) return;
        Note storage note = notes[number];
        Offer memory offer = note.agreement.offer;
        StoredBlock memory stored = _lastOf(note);
        if (seed % 16 == 0) ++stored.index;
        bytes4 reason;
        if (note.content == 0) reason = IDisputes.Disputes_OtherDelivery.selector;
        else if (stored.index != note.demanded) reason = IDisputes.Disputes_OtherBlock.selector;
        else if (note.stage != LicenceStatus.Demanded) reason = ILicenceRegistry.Licences_WrongStatus.selector;
        else if (!isOpen(note)) reason = ILicenceRegistry.Licences_AnswerOver.selector;
        bytes memory call = abi.encodeCall(disputes.answerBlock, (_caseOf(note), stored));
        if (!attempt("answer", offer.custodian, address(disputes), call, reason)) return;
        note.stage = LicenceStatus.Delivered;
        restart(note, offer.disputeSeconds, offer.disputeBlocks);
        sums.deposits[moneyOf(offer.asset)] -= offer.answerFee;
        notePayment(offer.custodian, moneyOf(offer.asset), offer.answerFee);
    }

    function closeDemand(uint256 seed) external {
        seed = mix(seed);
        uint256 number = pick(seed, stageBit(LicenceStatus.Demanded));
        if (number != 0) endDemand(number);
    }

    function disputeKey(uint256 seed) external {
        seed = mix(seed);
        uint256 number = _pickKey(seed, true);
        if (number == 0) return;
        Note storage note = notes[number];
        bool keyIsRight = note.content == _sealedOf(note).key;
        (WrapProof memory proof, bool proven) = _proofFor(number, seed);
        bytes4 reason;
        if (note.content == 0) reason = IDisputes.Disputes_OtherDelivery.selector;
        else if (!proven) reason = IDisputes.Disputes_BadProof.selector;
        else if (keyIsRight) reason = IDisputes.Disputes_KeyIsRight.selector;
        else reason = _whyNotRuled(note);
        bytes memory call = abi.encodeCall(disputes.disputeKey, (_caseOf(note), proof));
        bool ok = attempt("disputeKey", STRANGER, address(disputes), call, reason);
        if (ok) _noteWon(note, Fault.Key);
        else if (reason == 0) proofDenied = true;
    }

    function disputeContent(uint256 seed) external {
        seed = mix(seed);
        uint256 number = _pickKey(seed, false);
        if (number == 0) return;
        Note storage note = notes[number];
        bool keyIsRight = note.content == _sealedOf(note).key;
        (WrapProof memory proof, bool proven) = _proofFor(number, seed);
        bytes4 reason;
        if (note.content == 0) reason = IDisputes.Disputes_OtherDelivery.selector;
        else if (!proven) reason = IDisputes.Disputes_BadProof.selector;
        else if (!keyIsRight) reason = IDisputes.Disputes_KeyIsWrong.selector;
        else if (!_sealedOf(note).bad) reason = IDisputes.Disputes_BlockIsRight.selector;
        else reason = _whyNotRuled(note);
        bytes memory call = abi.encodeCall(disputes.disputeContent, (_caseOf(note), proof, _lastOf(note)));
        bool ok = attempt("disputeContent", STRANGER, address(disputes), call, reason);
        if (ok) _noteWon(note, Fault.Content);
        else if (reason == 0) proofDenied = true;
    }

    function endDemand(uint256 number) internal {
        Note storage note = notes[number];
        bytes4 reason;
        if (note.stage != LicenceStatus.Demanded) reason = ILicenceRegistry.Licences_WrongStatus.selector;
        else if (isOpen(note)) reason = ILicenceRegistry.Licences_AnswerOpen.selector;
        bytes memory call = abi.encodeCall(disputes.closeDemand, (note.agreement));
        if (attempt("closeDemand", STRANGER, address(disputes), call, reason)) _noteWon(note, Fault.Missing);
    }

    function _whyNotRuled(Note storage note) private view returns (bytes4) {
        if (!isDelivered(note)) return ILicenceRegistry.Licences_WrongStatus.selector;
        return isOpen(note) ? bytes4(0) : ILicenceRegistry.Licences_DisputeOver.selector;
    }

    function _noteWon(Note storage note, Fault fault) private {
        Offer memory offer = note.agreement.offer;
        note.won = true;
        uint256 penalty = fault == Fault.Content ? 0 : offer.bond;
        if (fault == Fault.Content) freeBond[offer.custodian][offer.asset] += offer.bond;
        giveBack(note, LicenceStatus.Refunded, penalty);
        if (fault != Fault.Key) _noteFaulty(offer.asset, offer.release);
    }

    /// @dev All whose window is open at the first fault must have their money back.
    function _noteFaulty(AssetId id, uint32 release) private {
        if (faulty[id][release]) return;
        faulty[id][release] = true;
        for (uint256 i = 0; i < live.length; ++i) {
            Note storage note = notes[live[i]];
            Offer storage offer = note.agreement.offer;
            if (offer.release != release || moneyOf(offer.asset) != moneyOf(id)) continue;
            if (note.stage < LicenceStatus.Settled && isOpen(note)) note.doomed = true;
        }
    }

    /// @dev Mostly a licence that was delivered with a key or a release of this kind.
    function _pickKey(uint256 seed, bool wrong) private view returns (uint256) {
        for (uint256 i = 0; i < live.length && seed % 8 != 0; ++i) {
            uint256 number = live[((seed >> 128) + i) % live.length];
            Note storage note = notes[number];
            if (!isDelivered(note) || !isOpen(note) || note.content == 0) continue;
            if (wrong ? note.content == WRONG : note.content != WRONG && _sealedOf(note).bad) return number;
        }
        return pick(seed, stageBit(LicenceStatus.Delivered) | stageBit(LicenceStatus.Demanded));
    }

    /// @dev Made once for each licence. Now and then that of another one.
    function _proofFor(uint256 number, uint256 seed) private returns (WrapProof memory proof, bool proven) {
        if (notes[number].content == 0) return (proof, false);
        if ((seed >> 8) % 8 == 0 && _proved != 0 && _proved != number) return (_proofs[_proved], false);
        if (_proofs[number].s.x == 0) _proofs[number] = proofOf(notes[number].agreement);
        _proved = number;
        return (_proofs[number], true);
    }

    function _caseOf(Note storage note) private view returns (Case memory) {
        Agreement memory a = note.agreement;
        Delivery memory nothing;
        return Case(a, _sealedOf(note).release, note.content == 0 ? nothing : deliveryOf(a, note.content));
    }

    function _lastOf(Note storage note) private view returns (StoredBlock memory) {
        Sealed storage s = _sealedOf(note);
        return StoredBlock(s.last, s.stored, s.path);
    }

    function _sealedOf(Note storage note) private view returns (Sealed storage) {
        return sealings[note.agreement.offer.asset][note.agreement.offer.release];
    }
}
