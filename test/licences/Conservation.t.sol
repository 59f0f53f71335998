// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Case, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {Agreement, Licence} from "../../contracts/licences/LicenceTypes.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {LicenceTest} from "./LicenceTest.sol";

/// @notice LIC-70 Purchases, deliveries, demands, disputes, settlements, refunds and revocations in any order.
contract LicenceConservationTest is LicenceTest {
    uint256 private constant LICENCES = 2;
    uint256 private constant STEPS = 40;
    bytes32 private constant WRONG = keccak256("another key");

    string[12] private _names = [
        "buy",
        "deliver",
        "accept",
        "settle",
        "refund",
        "revoke",
        "pass",
        "demand",
        "answer",
        "close",
        "disputeKey",
        "disputeContent"
    ];
    /// @dev Which key was delivered on each licence.
    bytes32[LICENCES] private _content;
    bytes32[] private _path;
    uint256 private _word;
    /// @dev Steps that did something, by number.
    uint256[12] private _done;

    function setUp() public {
        setUpLicences();
        // The last block is bad: so content can be disputed.
        asset = registerSealed("bad", 2 * 4_096 + 100, 2);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 10 * BOND);
        _path = storedAt(2).path;
    }

    function testFuzz_LIC_70_moneyIsConserved(uint256 seed) public {
        _live(seed, STEPS);
    }

    function test_LIC_70_aLongHistoryReachesEverything() public {
        for (uint256 seed = 0; seed < 40; ++seed) {
            uint256 before = vm.snapshotState();
            uint256[12] memory done = _live(seed, STEPS);
            vm.revertToState(before);
            for (uint256 i = 0; i < 12; ++i) _done[i] += done[i];
        }
        for (uint256 i = 0; i < 12; ++i) Check.holds(_done[i] != 0, _names[i]);
    }

    function _live(uint256 seed, uint256 steps) private returns (uint256[12] memory done) {
        _word = seed;
        uint256 bond = 10 * BOND;
        uint256 other = currency.balanceOf(address(licences)) - bond;
        uint256 credited = licences.creditOf(TREASURY, address(currency));
        uint256 distributed = assets.claimable(asset, HOLDER);
        for (uint256 i = 0; i < steps; ++i) {
            uint256 kind = _draw(12);
            if (this.step(kind)) ++done[kind];
            uint256 owed = licences.creditOf(TREASURY, address(currency)) - credited + totalBond();
            for (uint64 n = 0; n < LICENCES; ++n) {
                Licence memory licence = licences.licenceOf(asset, licences.hashAgreement(_agreement(n)));
                owed += licence.amount;
                if (licence.status == LicenceStatus.Demanded) owed += ANSWER_FEE;
            }
            Check.same(currency.balanceOf(address(licences)) - other, owed, "held and owed");
        }
        Check.holds(assets.claimable(asset, HOLDER) >= distributed, "nothing is taken from the fractions");
    }

    /// @notice One step; a call of its own, which gives its memory back.
    function step(uint256 kind) external returns (bool) {
        uint64 n = uint64(_draw(LICENCES));
        Agreement memory a = _agreement(n);
        if (kind == 0)
            return _try(BUYER, address(licences), abi.encodeCall(licences.buy, (a, signOffer(OPERATOR_KEY, a.offer))));
        if (kind == 1) return _tryDeliver(a, n);
        if (kind == 2) return _try(BUYER, address(licences), abi.encodeCall(licences.settle, (a)));
        if (kind == 3) return _try(STRANGER, address(licences), abi.encodeCall(licences.settle, (a)));
        if (kind == 4) return _try(STRANGER, address(licences), abi.encodeCall(licences.refund, (a)));
        if (kind == 5) return _try(operator, address(licences), abi.encodeCall(licences.revoke, (a, "cause")));
        if (kind == 6) return _pass();
        Case memory c = caseOf(a, _content[n]);
        StoredBlock memory last = StoredBlock(2, blocks[2], _path);
        if (kind == 7) return _try(BUYER, address(disputes), abi.encodeCall(disputes.demandBlock, (c, 2)));
        if (kind == 8) return _try(CUSTODIAN, address(disputes), abi.encodeCall(disputes.answerBlock, (c, last)));
        if (kind == 9) return _try(STRANGER, address(disputes), abi.encodeCall(disputes.closeDemand, (a)));
        if (kind == 10) return _try(BUYER, address(disputes), abi.encodeCall(disputes.disputeKey, (c, proofOf(a))));
        // Now and then only: afterwards the release is not sold any more.
        if (_draw(4) != 0) return false;
        return _try(BUYER, address(disputes), abi.encodeCall(disputes.disputeContent, (c, proofOf(a), last)));
    }

    function _tryDeliver(Agreement memory a, uint256 n) private returns (bool done) {
        bytes32 content = _draw(3) == 0 ? WRONG : key;
        bytes memory call = abi.encodeCall(
            licences.deliver,
            (asset, licences.hashAgreement(a), deliveryOf(a, content))
        );
        done = _try(CUSTODIAN, address(licences), call);
        if (done) _content[n] = content;
    }

    function _pass() private returns (bool) {
        passWindow(DISPUTE);
        return true;
    }

    function _try(address caller, address target, bytes memory call) private returns (bool done) {
        vm.prank(caller);
        (done, ) = target.call(call);
    }

    function _agreement(uint64 n) private view returns (Agreement memory) {
        return agreementOf(sampleOffer(), BUYER, n);
    }

    function _draw(uint256 bound) private returns (uint256) {
        _word = uint256(keccak256(abi.encode(_word)));
        return _word % bound;
    }
}
