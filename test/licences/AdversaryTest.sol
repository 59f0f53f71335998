// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registration, Release} from "../../contracts/assets/AssetTypes.sol";
import {Case, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {Agreement, Bond, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {Plan, Subscription} from "../../contracts/licences/SubscriptionTypes.sol";
import {HookCurrency} from "../../contracts/mocks/HookCurrency.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {TreeReference} from "../types/TreeReference.sol";
import {LicenceTest} from "./LicenceTest.sol";

/// @notice What everybody has before an attack and after it: money, credits, bonds and claims, in base units.
abstract contract AdversaryTest is LicenceTest {
    error Gained(string who, int256 actual, int256 expected);

    bytes32 internal constant WRONG = keccak256("another key");
    bytes32 internal constant CAUSE = keccak256("cause");
    uint256 internal constant LENGTH = 2 * 4_096 + 100;
    int256 internal constant FEE = int256(uint256(PRICE)) / 100;
    int256 internal constant NET = int256(uint256(PRICE)) - FEE;
    int256 internal constant PAID = int256(uint256(PRICE));
    int256 internal constant FINE = int256(uint256(BOND));
    int256 internal constant DEPOSIT = int256(uint256(ANSWER_FEE));
    /// @dev One base unit a second.
    uint96 internal constant REST = 8_640_000;
    uint48 internal constant TERM = 8_640_000;

    string[7] private _names = ["holder", "operator", "custodian", "buyer", "other", "stranger", "treasury"];
    AssetId[] private _watched;
    mapping(address account => uint256) private _had;
    mapping(address account => bool) private _stated;

    /// @dev The stranger too is a participant with money that everybody may draw: nothing but the rules holds him back.
    function setUpAdversary() internal {
        setUpLicences();
        enrol(STRANGER);
        address[6] memory people = [HOLDER, operator, CUSTODIAN, BUYER, OTHER, STRANGER];
        for (uint256 i = 0; i < people.length; ++i) {
            vm.startPrank(people[i]);
            currency.approve(address(licences), type(uint256).max);
            currency.approve(address(subscriptions), type(uint256).max);
            vm.stopPrank();
        }
        _watched.push(asset);
        start();
    }

    /// @notice Goes on with another asset, for which the custodian has a bond.
    function goOnWith(AssetId other) internal {
        asset = other;
        _watched.push(other);
        vm.prank(CUSTODIAN);
        licences.depositBond(other, 10 * BOND);
    }

    /// @notice Looks at what everybody has now.
    function start() internal {
        for (uint256 i = 0; i < 7; ++i) {
            address person = _person(i);
            _had[person] = wealthOf(person);
            _stated[person] = false;
        }
    }

    /// @notice States what somebody has won since the start, or lost.
    function gains(address person, int256 expected) internal {
        // Money here is far below 2^255.
        int256 actual = int256(wealthOf(person)) - int256(_had[person]);
        if (actual != expected) revert Gained(_nameOf(person), actual, expected);
        _stated[person] = true;
    }

    /// @notice States that whoever was not named has what he had.
    function nobodyElseGains() internal {
        for (uint256 i = 0; i < 7; ++i) if (!_stated[_person(i)]) gains(_person(i), 0);
    }

    function nobodyGains() internal {
        for (uint256 i = 0; i < 7; ++i) gains(_person(i), 0);
    }

    /// @notice The price is paid, and nothing else moves.
    function priceIsPaid() internal {
        gains(BUYER, -PAID);
        gains(HOLDER, NET);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function wealthOf(address person) internal view returns (uint256 sum) {
        sum = currency.balanceOf(person) + licences.creditOf(person, address(currency));
        sum += subscriptions.creditOf(person, address(currency));
        for (uint256 i = 0; i < _watched.length; ++i) {
            Bond memory bond = licences.bondOf(person, _watched[i]);
            sum += bond.free + bond.locked + assets.claimable(_watched[i], person);
        }
    }

    /// @notice An attempt that is refused with exactly these bytes.
    function refused(address caller, address target, bytes memory call, bytes memory refusal) internal {
        vm.prank(caller);
        (bool ok, bytes memory reason) = target.call(call);
        Check.holds(!ok, "refused");
        Check.holds(keccak256(reason) == keccak256(refusal), "refused with this reason");
    }

    /// @notice An attempt on the registry of licences.
    function refused(address caller, bytes memory call, bytes memory refusal) internal {
        refused(caller, address(licences), call, refusal);
    }

    /// @notice An attempt on the contract of disputes.
    function undisputed(address caller, bytes memory call, bytes memory refusal) internal {
        refused(caller, address(disputes), call, refusal);
    }

    function accept(Agreement memory a) internal {
        vm.prank(a.licensee);
        licences.settle(a);
    }

    function demand(Agreement memory a, bytes32 content, uint64 index) internal {
        Case memory c = caseOf(a, content);
        vm.prank(a.licensee);
        disputes.demandBlock(c, index);
    }

    function answer(Agreement memory a, bytes32 content, uint64 index) internal {
        Case memory c = caseOf(a, content);
        StoredBlock memory stored = storedAt(index);
        vm.prank(a.offer.custodian);
        disputes.answerBlock(c, stored);
    }

    function agreement(uint256 nonce) internal view returns (Agreement memory) {
        return agreementOf(sampleOffer(), BUYER, nonce);
    }

    function idOf(Agreement memory a) internal view returns (LicenceId) {
        return licences.hashAgreement(a);
    }

    function hasStatus(Agreement memory a, LicenceStatus status) internal view {
        Check.same(uint256(statusOf(a)), uint256(status), "status");
    }

    function sampleSubscription() internal view returns (Subscription memory) {
        Offer memory entry = sampleOffer();
        entry.nonce = 9;
        return Subscription(Plan(entry, REST, TERM), BUYER, meeting.x.x, meeting.x.y, 1);
    }

    function signPlan(Subscription memory s) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 z) = vm.sign(OPERATOR_KEY, subscriptions.hashPlan(s.plan));
        return abi.encodePacked(r, z, v);
    }

    function subscribe(Subscription memory s) internal returns (Agreement memory first) {
        bytes memory signature = signPlan(s);
        vm.prank(s.licensee);
        subscriptions.subscribe(s, signature);
        return subscriptions.currentAgreement(s);
    }

    /// @notice Publishes a sealed release, whose key is `key` from now on.
    function publish(bytes32 salt) internal returns (uint32) {
        seal(salt, LENGTH, type(uint256).max);
        Release memory release = sampleRelease(salt);
        release.root = TreeReference.mth(blocks);
        release.keyCommitment = SealedBlock.keyCommitment(key);
        release.length = uint64(LENGTH);
        sealedRelease = release;
        vm.prank(operator);
        return assets.publish(asset, release);
    }

    function _nameOf(address person) private view returns (string memory) {
        for (uint256 i = 0; i < 7; ++i) if (_person(i) == person) return _names[i];
        return "somebody";
    }

    function _person(uint256 i) private view returns (address) {
        return [HOLDER, operator, CUSTODIAN, BUYER, OTHER, STRANGER, TREASURY][i];
    }

    /// @dev Both mocks are minted alike.
    function offerIn(address money, bytes32 salt) internal {
        HookCurrency(money).mint(address(this), 1);
        HookCurrency(money).approve(address(currencies), 1);
        currencies.admit(money, address(this), 1);
        Registration memory r = sampleRegistration(HOLDER, 1_000, salt);
        seal(salt, LENGTH, type(uint256).max);
        (r.operator, r.currency, r.release.keyCommitment) = (operator, money, SealedBlock.keyCommitment(key));
        (r.release.root, r.release.length) = (TreeReference.mth(blocks), uint64(LENGTH));
        sealedRelease = r.release;
        vm.prank(HOLDER);
        asset = assets.register(r);
    }
}
