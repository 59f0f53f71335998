// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {LicenceRegistry} from "../../contracts/licences/LicenceRegistry.sol";
import {Agreement, Delivery, Fault, Offer, Tier} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription} from "../../contracts/licences/SubscriptionTypes.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {Permit} from "../../contracts/types/Permit.sol";
import {Window} from "../../contracts/types/Window.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice Whoever sees a call that waits to be included, and sends the same call first. For each function there is a pending call
/// that would do something; `frontRunning.test.ts` sees to it that none is missing.
contract AdversaryFrontRunnerTest is AdversaryTest {
    /// @param probe a view of the same contract that the call changes, beside everybody's money
    struct Pending {
        address victim;
        address target;
        bytes call;
        bytes probe;
    }

    error Spoiled(string name);
    error Idle(string name);
    error Robbed(string name, uint256 had, uint256 has);
    error NoSuchCall(string name);

    string[23] private _ofRegistry = [
        "LicenceRegistry.admit",
        "LicenceRegistry.answer",
        "LicenceRegistry.buy",
        "LicenceRegistry.buyWithPermit",
        "LicenceRegistry.cancelOffer",
        "LicenceRegistry.choose",
        "LicenceRegistry.connect",
        "LicenceRegistry.consume",
        "LicenceRegistry.deliver",
        "LicenceRegistry.deliverMany",
        "LicenceRegistry.demand",
        "LicenceRegistry.depositBond",
        "LicenceRegistry.grantAccess",
        "LicenceRegistry.post",
        "LicenceRegistry.refund",
        "LicenceRegistry.renew",
        "LicenceRegistry.revoke",
        "LicenceRegistry.rule",
        "LicenceRegistry.setAuthority",
        "LicenceRegistry.setFee",
        "LicenceRegistry.settle",
        "LicenceRegistry.withdraw",
        "LicenceRegistry.withdrawBond"
    ];
    string[5] private _ofDisputes = [
        "Disputes.answerBlock",
        "Disputes.closeDemand",
        "Disputes.demandBlock",
        "Disputes.disputeContent",
        "Disputes.disputeKey"
    ];
    string[9] private _ofSubscriptions = [
        "Subscriptions.cancel",
        "Subscriptions.close",
        "Subscriptions.earn",
        "Subscriptions.open",
        "Subscriptions.post",
        "Subscriptions.revoke",
        "Subscriptions.subscribe",
        "Subscriptions.subscribeWithPermit",
        "Subscriptions.withdraw"
    ];

    function setUp() public {
        setUpAdversary();
    }

    function test_ADV_80_whoSendsAPendingCallOfTheRegistryFirstSpoilsNothing() public {
        for (uint256 i = 0; i < _ofRegistry.length; ++i) this.run(_ofRegistry[i]);
    }

    function test_ADV_81_whoSendsAPendingDisputeFirstSpoilsNothing() public {
        for (uint256 i = 0; i < _ofDisputes.length; ++i) this.run(_ofDisputes[i]);
    }

    function test_ADV_82_whoSendsAPendingCallOfASubscriptionFirstSpoilsNothing() public {
        for (uint256 i = 0; i < _ofSubscriptions.length; ++i) this.run(_ofSubscriptions[i]);
    }

    /// @notice The call as its sender meant it, and the same after a stranger has sent it: everybody but the stranger ends alike.
    /// A call of its own, which gives its memory back.
    function run(string memory name) external {
        uint256 clean = vm.snapshotState();
        Pending memory p = _pending(name);
        uint256 ready = vm.snapshotState();
        bytes32 before = _state(p);
        vm.prank(p.victim);
        (bool done, ) = p.target.call(p.call);
        bytes32 meant = _state(p);
        if (!done || meant == before) revert Idle(name);
        vm.revertToState(ready);
        uint256 had = wealthOf(STRANGER);
        vm.prank(STRANGER);
        (bool first, ) = p.target.call(p.call);
        vm.prank(p.victim);
        (bool second, ) = p.target.call(p.call);
        if ((!first && !second) || _state(p) != meant) revert Spoiled(name);
        if (wealthOf(STRANGER) > had) revert Robbed(name, had, wealthOf(STRANGER));
        vm.revertToState(clean);
    }

    function _pending(string memory name) private returns (Pending memory p) {
        bytes32 which = keccak256(bytes(name));
        if (_starts(name, "Disputes.")) return _dispute(which, name);
        if (_starts(name, "Subscriptions.")) return _subscription(which, name);
        if (_is(which, "LicenceRegistry.connect")) return _connect();
        if (_is(which, "LicenceRegistry.renew")) return _renew();
        if (_is(which, "LicenceRegistry.buyWithPermit")) return _buyWithPermit();
        if (_is(which, "LicenceRegistry.choose")) return _choose();
        p.target = address(licences);
        Agreement memory a = sampleAgreement();
        if (_is(which, "LicenceRegistry.grantAccess")) a.offer.tier = Tier.ComputeOnly;
        if (_is(which, "LicenceRegistry.admit")) a.offer.price = 0;
        p.probe = abi.encodeCall(licences.licenceOf, (asset, idOf(a)));
        if (_is(which, "LicenceRegistry.admit")) {
            (p.victim, p.call) = (address(subscriptions), abi.encodeCall(licences.admit, (a, false)));
        } else if (_is(which, "LicenceRegistry.buy")) {
            (p.victim, p.call) = (BUYER, abi.encodeCall(licences.buy, (a, signOffer(OPERATOR_KEY, a.offer))));
        } else if (_is(which, "LicenceRegistry.cancelOffer")) {
            (p.victim, p.call) = (operator, abi.encodeCall(licences.cancelOffer, (7)));
            p.probe = abi.encodeCall(licences.isOfferCancelled, (operator, 7));
        } else if (_is(which, "LicenceRegistry.post")) {
            (p.victim, p.call) = (operator, abi.encodeCall(licences.post, (a.offer)));
            p.probe = abi.encodeCall(licences.isOfferPosted, (licences.hashOffer(a.offer)));
        } else if (_is(which, "LicenceRegistry.depositBond")) {
            (p.victim, p.call) = (CUSTODIAN, abi.encodeCall(licences.depositBond, (asset, BOND)));
            p.probe = abi.encodeCall(licences.bondOf, (CUSTODIAN, asset));
        } else if (_is(which, "LicenceRegistry.withdrawBond")) {
            (p.victim, p.call) = (CUSTODIAN, abi.encodeCall(licences.withdrawBond, (asset, BOND, CUSTODIAN)));
            p.probe = abi.encodeCall(licences.bondOf, (CUSTODIAN, asset));
        } else if (_is(which, "LicenceRegistry.setFee")) {
            (p.victim, p.call) = (address(this), abi.encodeCall(licences.setFee, (200, OTHER)));
            p.probe = abi.encodeCall(licences.feeOf, ());
        } else if (_is(which, "LicenceRegistry.setAuthority")) {
            address next = address(new AccessManager(address(this)));
            (p.victim, p.call) = (address(manager), abi.encodeCall(licences.setAuthority, (next)));
            p.probe = abi.encodeCall(licences.authority, ());
        } else {
            _afterPurchase(which, name, a, p);
        }
    }

    function _afterPurchase(bytes32 which, string memory name, Agreement memory a, Pending memory p) private {
        LicenceId id = buy(a);
        if (_is(which, "LicenceRegistry.deliver")) {
            (p.victim, p.call) = (CUSTODIAN, abi.encodeCall(licences.deliver, (asset, id, deliveryOf(a, key))));
            return;
        }
        if (_is(which, "LicenceRegistry.deliverMany")) {
            LicenceId[] memory ids = new LicenceId[](1);
            Delivery[] memory deliveries = new Delivery[](1);
            (ids[0], deliveries[0]) = (id, deliveryOf(a, key));
            (p.victim, p.call) = (CUSTODIAN, abi.encodeCall(licences.deliverMany, (asset, ids, deliveries)));
            return;
        }
        if (_is(which, "LicenceRegistry.grantAccess")) {
            (p.victim, p.call) = (CUSTODIAN, abi.encodeCall(licences.grantAccess, (asset, id)));
            return;
        }
        if (_is(which, "LicenceRegistry.refund")) {
            passWindow(DELIVERY);
            (p.victim, p.call) = (BUYER, abi.encodeCall(licences.refund, (a)));
            return;
        }
        deliver(a, key);
        if (_is(which, "LicenceRegistry.settle")) {
            (p.victim, p.call) = (BUYER, abi.encodeCall(licences.settle, (a)));
        } else if (_is(which, "LicenceRegistry.revoke")) {
            (p.victim, p.call) = (operator, abi.encodeCall(licences.revoke, (a, CAUSE)));
        } else if (_is(which, "LicenceRegistry.consume")) {
            (p.victim, p.call) = (CUSTODIAN, abi.encodeCall(licences.consume, (a, 1, CAUSE)));
            p.probe = abi.encodeCall(licences.usedOf, (id));
        } else if (_is(which, "LicenceRegistry.rule")) {
            (p.victim, p.call) = (address(disputes), abi.encodeCall(licences.rule, (a, Fault.Key)));
        } else if (_is(which, "LicenceRegistry.demand")) {
            (p.victim, p.call) = (address(disputes), abi.encodeCall(licences.demand, (a)));
        } else if (_is(which, "LicenceRegistry.answer")) {
            demand(a, key, 0);
            (p.victim, p.call) = (address(disputes), abi.encodeCall(licences.answer, (a)));
        } else if (_is(which, "LicenceRegistry.withdraw")) {
            accept(a);
            p.victim = TREASURY;
            p.call = abi.encodeCall(licences.withdraw, (TREASURY, address(currency), TREASURY));
            p.probe = abi.encodeCall(licences.creditOf, (TREASURY, address(currency)));
        } else {
            revert NoSuchCall(name);
        }
    }

    function _connect() private returns (Pending memory) {
        LicenceRegistry fresh = new LicenceRegistry(
            address(manager),
            assets,
            participants,
            credentials,
            Window(LEAST, BLOCKS),
            FEE_BPS,
            TREASURY
        );
        bytes memory call = abi.encodeCall(licences.connect, (address(disputes), address(subscriptions)));
        return Pending(address(this), address(fresh), call, abi.encodeCall(licences.disputes, ()));
    }

    function _renew() private returns (Pending memory) {
        Agreement memory former = sampleAgreement();
        delivered(former, key);
        accept(former);
        Agreement memory next = agreement(2);
        bytes memory call = abi.encodeCall(licences.renew, (former, next, signOffer(OPERATOR_KEY, next.offer)));
        return Pending(BUYER, address(licences), call, abi.encodeCall(licences.licenceOf, (asset, idOf(next))));
    }

    function _choose() private returns (Pending memory) {
        Offer memory offer = sampleOffer();
        offer.duration = 2 * DURATION;
        Agreement memory long = agreementOf(offer, BUYER, 1);
        delivered(long, key);
        accept(long);
        Agreement memory a = agreement(2);
        delivered(a, key);
        accept(a);
        vm.prank(operator);
        licences.revoke(long, CAUSE);
        bytes memory probe = abi.encodeCall(licences.currentLicence, (BUYER, asset));
        return Pending(BUYER, address(licences), abi.encodeCall(licences.choose, (a)), probe);
    }

    function _buyWithPermit() private view returns (Pending memory) {
        Agreement memory a = sampleAgreement();
        // The allowance is there: the permit is worth nothing to anybody.
        Permit memory spent;
        bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
        bytes memory call = abi.encodeCall(licences.buyWithPermit, (a, signature, spent));
        return Pending(BUYER, address(licences), call, abi.encodeCall(licences.licenceOf, (asset, idOf(a))));
    }

    function _dispute(bytes32 which, string memory name) private returns (Pending memory p) {
        p.target = address(disputes);
        if (_is(which, "Disputes.disputeContent")) goOnWith(registerSealed("bad", LENGTH, 1));
        Agreement memory a = sampleAgreement();
        bytes32 content = _is(which, "Disputes.disputeKey") ? WRONG : key;
        delivered(a, content);
        p.probe = abi.encodeCall(disputes.demandedOf, (idOf(a)));
        p.victim = BUYER;
        if (_is(which, "Disputes.disputeKey")) {
            p.call = abi.encodeCall(disputes.disputeKey, (caseOf(a, WRONG), proofOf(a)));
        } else if (_is(which, "Disputes.disputeContent")) {
            p.call = abi.encodeCall(disputes.disputeContent, (caseOf(a, key), proofOf(a), storedAt(1)));
        } else if (_is(which, "Disputes.demandBlock")) {
            p.call = abi.encodeCall(disputes.demandBlock, (caseOf(a, key), 1));
        } else if (_is(which, "Disputes.answerBlock")) {
            demand(a, key, 1);
            (p.victim, p.call) = (CUSTODIAN, abi.encodeCall(disputes.answerBlock, (caseOf(a, key), storedAt(1))));
        } else if (_is(which, "Disputes.closeDemand")) {
            demand(a, key, 1);
            passWindow(DISPUTE);
            p.call = abi.encodeCall(disputes.closeDemand, (a));
        } else {
            revert NoSuchCall(name);
        }
    }

    function _subscription(bytes32 which, string memory name) private returns (Pending memory p) {
        p.target = address(subscriptions);
        p.victim = BUYER;
        Subscription memory s = sampleSubscription();
        p.probe = abi.encodeCall(subscriptions.stateOf, (subscriptions.hashSubscription(s)));
        if (_is(which, "Subscriptions.post")) {
            (p.victim, p.call) = (operator, abi.encodeCall(subscriptions.post, (s.plan)));
            p.probe = abi.encodeCall(subscriptions.isPlanPosted, (subscriptions.hashPlan(s.plan)));
            return p;
        }
        if (_is(which, "Subscriptions.subscribe")) {
            p.call = abi.encodeCall(subscriptions.subscribe, (s, signPlan(s)));
            return p;
        }
        if (_is(which, "Subscriptions.subscribeWithPermit")) {
            Permit memory spent;
            p.call = abi.encodeCall(subscriptions.subscribeWithPermit, (s, signPlan(s), spent));
            return p;
        }
        Agreement memory first = subscribe(s);
        deliver(first, key);
        accept(first);
        vm.warp(block.timestamp + 1_000_000);
        if (_is(which, "Subscriptions.cancel")) {
            p.call = abi.encodeCall(subscriptions.cancel, (s));
        } else if (_is(which, "Subscriptions.earn")) {
            p.call = abi.encodeCall(subscriptions.earn, (s));
        } else if (_is(which, "Subscriptions.open")) {
            publish("second");
            p.call = abi.encodeCall(subscriptions.open, (s, 2));
        } else if (_is(which, "Subscriptions.revoke")) {
            (p.victim, p.call) = (operator, abi.encodeCall(subscriptions.revoke, (s, CAUSE)));
        } else if (_is(which, "Subscriptions.close")) {
            vm.prank(BUYER);
            subscriptions.cancel(s);
            passWindow(DELIVERY);
            passWindow(DISPUTE);
            p.call = abi.encodeCall(subscriptions.close, (s));
        } else if (_is(which, "Subscriptions.withdraw")) {
            subscriptions.earn(s);
            p.victim = TREASURY;
            p.call = abi.encodeCall(subscriptions.withdraw, (TREASURY, address(currency), TREASURY));
            p.probe = abi.encodeCall(subscriptions.creditOf, (TREASURY, address(currency)));
        } else {
            revert NoSuchCall(name);
        }
    }

    /// @dev What everybody but the stranger has, and what the call changes.
    function _state(Pending memory p) private view returns (bytes32) {
        address[6] memory people = [HOLDER, operator, CUSTODIAN, BUYER, OTHER, TREASURY];
        uint256[6] memory wealth;
        for (uint256 i = 0; i < 6; ++i) wealth[i] = wealthOf(people[i]);
        (bool ok, bytes memory probed) = p.target.staticcall(p.probe);
        Check.holds(ok, "probed");
        return keccak256(abi.encode(wealth, probed, licences.isLicensed(BUYER, asset)));
    }

    function _is(bytes32 which, string memory name) private pure returns (bool) {
        return which == keccak256(bytes(name));
    }

    function _starts(string memory name, string memory start_) private pure returns (bool) {
        bytes memory whole = bytes(name);
        bytes memory part = bytes(start_);
        for (uint256 i = 0; i < part.length; ++i) if (whole[i] != part[i]) return false;
        return true;
    }
}
