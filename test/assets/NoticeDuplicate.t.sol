// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {INotice} from "../../contracts/assets/INotice.sol";
import {Registration, Release} from "../../contracts/assets/AssetTypes.sol";
import {ObjectionState, OpenedBlock} from "../../contracts/assets/NoticeTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {Check} from "../reference/Check.sol";
import {SealedData, Sealing} from "../support/Sealing.sol";
import {vm} from "../support/Vm.sol";
import {NoticeTest} from "./NoticeTest.sol";

/// @notice The same plaintext under two roots: the objector sealed it first, the holder registers it again under its own key.
contract NoticeDuplicateTest is NoticeTest {
    uint64 private constant INDEX = 1;
    uint64 private constant EARLIER_INDEX = 0;

    AssetId private earlier;
    SealedData private mine;
    SealedData private theirs;
    bytes private plaintext;

    function setUp() public {
        setUpNotice();
        bytes memory original = _noise(6_000, 1);
        // The holder put a block of its own before the copy.
        bytes memory copy = bytes.concat(_noise(4_096, 2), original);
        (mine, theirs) = (Sealing.seal(original, "my key"), Sealing.seal(copy, "their key"));
        earlier = _register(objector, Sealing.releaseOf(mine));
        id = _register(holder, Sealing.releaseOf(theirs));
        plaintext = Sealing.blockAt(original, EARLIER_INDEX);
        objectAs(objector);
    }

    function test_NTC_40_aDuplicateIsFound() public {
        (OpenedBlock memory opened, OpenedBlock memory openedEarlier) = (_opened(), _openedEarlier());
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DuplicateShown(id, 1, earlier, 1, INDEX, 1, EARLIER_INDEX);
        _show(objector, opened, earlier, openedEarlier, plaintext);
        Check.holds(notice.objectionOf(id, 1).duplicate, "kept");
        hasState(1, ObjectionState.Open);
        hasStatus(AssetStatus.Registered);
        Check.same(currency.balanceOf(address(notice)), DEPOSIT, "no money moved");
        _show(objector);
    }

    /// @notice NTC-40 It decides nothing: shown or not, the registrar may dismiss the objection, or let it lapse.
    function test_NTC_40_itDecidesNothing() public {
        _show(objector);
        notice.decide(id, 1, false, REASON);
        owes(holder, DEPOSIT);
        hasStatus(AssetStatus.Registered);
    }

    /// @notice NTC-41 The plaintext may lie at any place and in any release of either asset.
    function test_NTC_41_anyPlaceAndAnyRelease() public {
        bytes memory data = bytes.concat(_noise(4_096 * 4, 9), plaintext, "the rest");
        SealedData memory next = Sealing.seal(data, "their next key");
        Release memory release = Sealing.releaseOf(next);
        vm.prank(holder);
        assets.publish(id, release);
        (OpenedBlock memory opened, OpenedBlock memory openedEarlier) = (Sealing.opened(next, 2, 4), _openedEarlier());
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DuplicateShown(id, 1, earlier, 2, 4, 1, EARLIER_INDEX);
        _show(objector, opened, earlier, openedEarlier, plaintext);
    }

    /// @notice NTC-41 It shows that both hold the plaintext, not since when: a release that came later counts as well.
    function test_NTC_41_itDoesNotSayWhichReleaseCameFirst() public {
        id = _register(holder, Sealing.releaseOf(Sealing.seal(_noise(100, 5), "honest key")));
        objectAs(objector);
        SealedData memory copied = Sealing.seal(_noise(100, 5), "copier's key");
        Release memory release = Sealing.releaseOf(copied);
        vm.prank(objector);
        assets.publish(earlier, release);
        OpenedBlock memory honest = Sealing.opened(Sealing.seal(_noise(100, 5), "honest key"), 1, 0);
        OpenedBlock memory later = Sealing.opened(copied, 2, 0);
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DuplicateShown(id, 1, earlier, 1, 0, 2, 0);
        _show(objector, honest, earlier, later, _noise(100, 5));
        Check.holds(notice.objectionOf(id, 1).duplicate, "found");
    }

    /// @notice NTC-41 Who registers somebody else's very root is found by the same opening, as the one who came later.
    function test_NTC_41_aCopiedRootIsFound() public {
        id = _register(other, Sealing.releaseOf(mine));
        objectAs(objector);
        OpenedBlock memory openedEarlier = _openedEarlier();
        vm.expectEmit(true, true, true, true, address(notice));
        emit INotice.DuplicateShown(id, 1, earlier, 1, EARLIER_INDEX, 1, EARLIER_INDEX);
        _show(objector, openedEarlier, earlier, openedEarlier, plaintext);
    }

    function test_NTC_42_onlyTheObjectorShowsIt() public {
        vm.prank(other);
        notice.object(id, REASON);
        address[4] memory callers = [holder, other, stranger, address(this)];
        for (uint256 i = 0; i < 4; ++i) {
            _refuses(
                abi.encodeWithSelector(INotice.Notice_NotObjector.selector, id, 1, callers[i]),
                callers[i],
                _opened(),
                earlier,
                _openedEarlier(),
                plaintext
            );
        }
    }

    /// @notice NTC-42 And only while the objection is open.
    function test_NTC_42_onlyWhileTheObjectionIsOpen() public {
        uint256 snapshot = vm.snapshotState();
        for (uint256 i = 0; i < 3; ++i) {
            if (i < 2) notice.decide(id, 1, i == 0, REASON);
            else passDecision();
            if (i == 2) notice.lapse(id, 1);
            ObjectionState state = [ObjectionState.Upheld, ObjectionState.Dismissed, ObjectionState.Lapsed][i];
            _refuses(
                abi.encodeWithSelector(INotice.Notice_ObjectionEnded.selector, id, 1, state),
                objector,
                _opened(),
                earlier,
                _openedEarlier(),
                plaintext
            );
            vm.revertToState(snapshot);
            snapshot = vm.snapshotState();
        }
        (OpenedBlock memory opened, OpenedBlock memory openedEarlier) = (_opened(), _openedEarlier());
        vm.prank(objector);
        vm.expectRevert(abi.encodeWithSelector(INotice.Notice_ObjectionUnknown.selector, id, 2));
        notice.showDuplicate(id, 2, opened, earlier, openedEarlier, plaintext);
    }

    /// @notice NTC-43 The other asset was registered before; so neither a later one, nor the same, nor one that is not there.
    function test_NTC_43_onlyAnEarlierAssetCounts() public {
        SealedData memory again = Sealing.seal(mine.data, "third key");
        AssetId later = _register(other, Sealing.releaseOf(again));
        _refusesEarlier(later, Sealing.opened(again, 1, EARLIER_INDEX));
        _refusesEarlier(id, _opened());
        _refusesEarlier(AssetId.wrap(7), _openedEarlier());
        setTerms(0, 0, 0);
        _refusesEarlier(_register(other, sampleRelease("without notice")), _openedEarlier());
    }

    /// @notice NTC-43 An asset that was struck off itself is no evidence; one without a notice of its own is.
    function test_NTC_43_aStruckAssetIsNoEvidence() public {
        setTerms(0, 0, 0);
        AssetId free = _register(objector, Sealing.releaseOf(Sealing.seal(mine.data, "free key")));
        setTerms(NOTICE_TIME, DECISION_TIME, DEPOSIT_UNITS);
        AssetId judged = _register(holder, Sealing.releaseOf(Sealing.seal(theirs.data, "their third key")));
        vm.prank(other);
        notice.object(earlier, REASON);
        notice.decide(earlier, 1, true, REASON);
        _refusesEarlier(earlier, _openedEarlier());
        id = judged;
        objectAs(objector);
        OpenedBlock memory opened = Sealing.opened(Sealing.seal(theirs.data, "their third key"), 1, INDEX);
        OpenedBlock memory openedFree = Sealing.opened(Sealing.seal(mine.data, "free key"), 1, EARLIER_INDEX);
        _show(objector, opened, free, openedFree, plaintext);
        Check.holds(notice.objectionOf(id, 1).duplicate, "found");
    }

    /// @notice NTC-44 Each release is the one that was published under its number, whole.
    function test_NTC_44_theReleaseIsThePublishedOne() public {
        for (uint256 field = 0; field < 8; ++field) {
            OpenedBlock memory changed = _opened();
            _spoil(changed, field);
            _refuses(
                abi.encodeWithSelector(INotice.Notice_ReleaseUnknown.selector, id, changed.number),
                objector,
                changed,
                earlier,
                _openedEarlier(),
                plaintext
            );
            changed = _openedEarlier();
            _spoil(changed, field);
            _refuses(
                abi.encodeWithSelector(INotice.Notice_ReleaseUnknown.selector, earlier, changed.number),
                objector,
                _opened(),
                earlier,
                changed,
                plaintext
            );
        }
        _refuses(
            abi.encodeWithSelector(INotice.Notice_ReleaseUnknown.selector, id, 1),
            objector,
            _openedEarlier(),
            earlier,
            _openedEarlier(),
            plaintext
        );
        _refuses(
            abi.encodeWithSelector(INotice.Notice_ReleaseUnknown.selector, earlier, 1),
            objector,
            _opened(),
            earlier,
            _opened(),
            plaintext
        );
    }

    /// @notice NTC-45 Nothing of either opening may differ: index, blind, ciphertext, path, nor the plaintext of both.
    function testFuzz_NTC_45_bothOpeningsHold(uint8 part, bool inEarlier, uint256 bit) public {
        OpenedBlock memory opened = inEarlier ? _openedEarlier() : _opened();
        bytes32 flip = bytes32(1 << (bit % 256));
        uint256 what = part % 4;
        if (what == 0) opened.blind ^= flip;
        if (what == 1) opened.ciphertext[bit % 4_096] ^= 0x01;
        if (what == 2) opened.path[bit % opened.path.length] ^= flip;
        if (what == 3) opened.index = uint64(bit) == opened.index ? opened.index + 1 : uint64(bit);
        AssetId culprit = inEarlier ? earlier : id;
        bytes memory refusal = abi.encodeWithSelector(INotice.Notice_NotInRelease.selector, culprit, opened.index);
        if (inEarlier) _refuses(refusal, objector, _opened(), earlier, opened, plaintext);
        else _refuses(refusal, objector, opened, earlier, _openedEarlier(), plaintext);
    }

    function testFuzz_NTC_45_thePlaintextIsThatOfBoth(uint256 bit) public {
        bytes memory changed = plaintext;
        changed[bit % 4_096] ^= bytes1(uint8(1 << (bit % 8)));
        _refuses(
            abi.encodeWithSelector(INotice.Notice_NotInRelease.selector, id, INDEX),
            objector,
            _opened(),
            earlier,
            _openedEarlier(),
            changed
        );
        // A plaintext that this asset has, and the earlier has not.
        bytes memory own = Sealing.blockAt(theirs.data, 0);
        _refuses(
            abi.encodeWithSelector(INotice.Notice_NotInRelease.selector, earlier, EARLIER_INDEX),
            objector,
            Sealing.opened(theirs, 1, 0),
            earlier,
            _openedEarlier(),
            own
        );
    }

    /// @dev All is hashed before: a cheat code would take SHA-256 for the next call.
    function _refuses(
        bytes memory refusal,
        address caller,
        OpenedBlock memory opened,
        AssetId other_,
        OpenedBlock memory openedOther,
        bytes memory text
    ) private {
        vm.prank(caller);
        vm.expectRevert(refusal);
        notice.showDuplicate(id, 1, opened, other_, openedOther, text);
    }

    function _show(address caller) private {
        _show(caller, _opened(), earlier, _openedEarlier(), plaintext);
    }

    function _show(
        address caller,
        OpenedBlock memory opened,
        AssetId other_,
        OpenedBlock memory openedOther,
        bytes memory text
    ) private {
        vm.prank(caller);
        notice.showDuplicate(id, 1, opened, other_, openedOther, text);
    }

    function _refusesEarlier(AssetId asset, OpenedBlock memory opened) private {
        _refuses(
            abi.encodeWithSelector(INotice.Notice_NotEarlier.selector, id, asset),
            objector,
            _opened(),
            asset,
            opened,
            plaintext
        );
    }

    function _opened() private view returns (OpenedBlock memory) {
        return Sealing.opened(theirs, 1, INDEX);
    }

    function _openedEarlier() private view returns (OpenedBlock memory) {
        return Sealing.opened(mine, 1, EARLIER_INDEX);
    }

    function _spoil(OpenedBlock memory opened, uint256 field) private pure {
        if (field == 0) opened.number = 0;
        if (field == 1) opened.number = 2;
        if (field == 2) opened.release.root ^= bytes32(uint256(1));
        if (field == 3) opened.release.keyCommitment ^= bytes32(uint256(1));
        if (field == 4) ++opened.release.length;
        if (field == 5) opened.release.manifestHash ^= bytes32(uint256(1));
        if (field == 6) opened.release.manifestUri = "https://data.example/other.json";
        if (field == 7) opened.release.parentReleases = new uint32[](1);
    }

    function _register(address account, Release memory release) private returns (AssetId) {
        Registration memory r = sampleRegistration(account, 1_000, "");
        r.release = release;
        vm.prank(account);
        return assets.register(r);
    }

    function _noise(uint256 length, uint256 seed) private pure returns (bytes memory data) {
        data = new bytes(length);
        bytes32 word;
        for (uint256 i = 0; i < length; ++i) {
            if (i % 32 == 0) word = keccak256(abi.encode(seed, i));
            data[i] = word[i % 32];
        }
    }
}
