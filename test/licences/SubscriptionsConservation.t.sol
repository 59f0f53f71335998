// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Release} from "../../contracts/assets/AssetTypes.sol";
import {Case} from "../../contracts/licences/IDisputes.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription, SubscriptionState, SubscriptionStatus} from "../../contracts/licences/SubscriptionTypes.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {SubscriptionTest} from "./SubscriptionTest.sol";

/// @notice SUB-70 Subscriptions, deliveries, disputes, cancellations and revocations in any order.
contract SubscriptionConservationTest is SubscriptionTest {
    uint256 private constant TAKEN = 2;
    uint256 private constant STEPS = 25;
    uint256 private constant KINDS = 15;

    string[KINDS] private _names = [
        "subscribe",
        "deliver",
        "accept",
        "settle",
        "refund",
        "open",
        "earn",
        "cancel",
        "close",
        "revoke",
        "revoke the licence",
        "dispute",
        "pass a window",
        "pass some seconds",
        "deliver another key"
    ];
    /// @dev Whether the key that was delivered last is wrong.
    bool[TAKEN] private _wrong;
    uint256 private _word;
    uint256 private _taken = TAKEN;
    /// @dev By number.
    mapping(uint32 number => Release) private _releases;
    /// @dev What everybody had together at first.
    uint256 private _total;

    function setUp() public {
        setUpSubscriptions();
        _releases[1] = sealedRelease;
        _releases[publish("two", GOOD)] = sealedRelease;
        publishFaulty("three");
        _releases[publish("four", GOOD)] = sealedRelease;
        _total = _sum();
    }

    function testFuzz_SUB_70_moneyIsConserved(uint256 seed) public {
        _live(seed);
    }

    function test_SUB_70_eachStepIsPossible() public {
        _taken = 1;
        // Opened, missed, opened again, and disputed.
        _must(hex"00010206050d0c0405010c03050e0b08");
        _must(hex"00010209");
        _must(hex"00010a08");
        _must(hex"000102070c0c08");
    }

    /// @notice One step; a call of its own, which gives its memory back.
    function step(uint256 kind) external returns (bool) {
        uint256 n = _draw(_taken);
        Subscription memory s = _subscription(n);
        address target = address(subscriptions);
        if (kind == 0) {
            return _try(BUYER, target, abi.encodeCall(subscriptions.subscribe, (s, signPlan(OPERATOR_KEY, s))));
        }
        if (kind == 5) {
            uint32 release = stateOf(s).release + uint32(_draw(3));
            return _try(STRANGER, target, abi.encodeCall(subscriptions.open, (s, release)));
        }
        if (kind == 6) return _try(STRANGER, target, abi.encodeCall(subscriptions.earn, (s)));
        if (kind == 7) return _try(BUYER, target, abi.encodeCall(subscriptions.cancel, (s)));
        if (kind == 8) return _try(STRANGER, target, abi.encodeCall(subscriptions.close, (s)));
        // Now and then only: afterwards little happens.
        if (kind == 9 && _draw(3) == 0) {
            return _try(operator, target, abi.encodeCall(subscriptions.revoke, (s, "cause")));
        }
        if (kind == 12) passWindow(DISPUTE);
        if (kind == 13) pass(_draw(3_000));
        return kind == 12 || kind == 13 || _stepOfLicence(kind, n, s);
    }

    function _stepOfLicence(uint256 kind, uint256 n, Subscription memory s) private returns (bool) {
        if (stateOf(s).status == SubscriptionStatus.None) return false;
        Agreement memory a = subscriptions.currentAgreement(s);
        if (kind == 1 || kind == 14) return _tryDeliver(a, n, kind == 14);
        if (kind == 2) return _try(BUYER, address(licences), abi.encodeCall(licences.settle, (a)));
        if (kind == 3) return _try(STRANGER, address(licences), abi.encodeCall(licences.settle, (a)));
        if (kind == 4) return _try(STRANGER, address(licences), abi.encodeCall(licences.refund, (a)));
        if (kind == 10 && _draw(3) == 0) {
            return _try(operator, address(licences), abi.encodeCall(licences.revoke, (a, "cause")));
        }
        if (kind != 11 || !_wrong[n] || statusOf(a) != LicenceStatus.Delivered) return false;
        Case memory c = Case(a, _releases[a.offer.release], deliveryOf(a, WRONG));
        return _try(BUYER, address(disputes), abi.encodeCall(disputes.disputeKey, (c, proofOf(a))));
    }

    function _tryDeliver(Agreement memory a, uint256 n, bool wrong) private returns (bool done) {
        bytes memory call = abi.encodeCall(
            licences.deliver,
            (asset, licences.hashAgreement(a), deliveryOf(a, wrong ? WRONG : key))
        );
        done = _try(CUSTODIAN, address(licences), call);
        if (done) _wrong[n] = wrong;
    }

    /// @dev These steps, by number, one after the other; each is tried until it goes.
    function _must(bytes memory kinds) private {
        uint256 before = vm.snapshotState();
        for (uint256 i = 0; i < kinds.length; ++i) {
            uint256 kind = uint8(kinds[i]);
            uint256 tries = 0;
            while (!this.step(kind)) Check.atMost(++tries, 40, _names[kind]);
            _checkMoney();
        }
        vm.revertToState(before);
    }

    function _live(uint256 seed) private {
        _word = seed;
        subscribe(_subscription(0));
        for (uint256 i = 0; i < STEPS; ++i) {
            this.step(_draw(KINDS));
            _checkMoney();
        }
        for (uint256 n = 0; n < TAKEN; ++n) _finish(_subscription(n));
        _checkMoney();
        Check.same(_held(), 0, "nothing is left behind");
    }

    /// @dev Ends it, by whatever way is open to anybody.
    function _finish(Subscription memory s) private {
        if (stateOf(s).status == SubscriptionStatus.None) return;
        pass(TERM);
        vm.roll(block.number + 3 * BLOCKS);
        Agreement memory a = subscriptions.currentAgreement(s);
        if (!_try(STRANGER, address(licences), abi.encodeCall(licences.settle, (a)))) {
            _try(STRANGER, address(licences), abi.encodeCall(licences.refund, (a)));
        }
        pass(TERM);
        if (stateOf(s).status == SubscriptionStatus.Active) subscriptions.close(s);
    }

    /// @dev What was paid in is held, or went to the fractions and the market; what is held is owed.
    function _checkMoney() private view {
        uint256 held = _held();
        uint256 fees = subscriptions.creditOf(TREASURY, address(currency));
        Check.same(currency.balanceOf(address(subscriptions)), held - _escrow() + fees, "held and owed");
        Check.same(_sum(), _total, "with somebody");
    }

    /// @dev What the subscriber, the operator, the custodian, fractions and market have, and what is held.
    function _sum() private view returns (uint256) {
        uint256 people = currency.balanceOf(BUYER) + currency.balanceOf(operator) + totalBond();
        return people + paidOut() + _held();
    }

    /// @dev What is not earned of the rests, and the entry prices in escrow.
    function _held() private view returns (uint256 sum) {
        for (uint256 n = 0; n < TAKEN; ++n) {
            SubscriptionState memory state = stateOf(_subscription(n));
            if (state.status == SubscriptionStatus.Active) sum += REST - state.paid;
        }
        sum += _escrow();
    }

    function _escrow() private view returns (uint256 sum) {
        for (uint256 n = 0; n < TAKEN; ++n) {
            Agreement memory first = subscriptions.agreementOf(_subscription(n), 1, 0);
            sum += licences.licenceOf(asset, licences.hashAgreement(first)).amount;
        }
    }

    function _subscription(uint256 n) private view returns (Subscription memory s) {
        s = sampleSubscription();
        s.nonce = uint64(n);
    }

    function _try(address caller, address target, bytes memory call) private returns (bool done) {
        vm.prank(caller);
        (done, ) = target.call(call);
    }

    function _draw(uint256 bound) private returns (uint256) {
        _word = uint256(keccak256(abi.encode(_word)));
        return _word % bound;
    }
}
