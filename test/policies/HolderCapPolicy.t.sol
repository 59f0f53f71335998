// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {HolderCapPolicy} from "../../contracts/policies/HolderCapPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Draws} from "../support/Draws.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {PolicyTest} from "./PolicyTest.sol";

/// @notice No transfer raises the number of holders above a cap.
contract HolderCapPolicyTest is PolicyTest, Draws {
    bytes4 private constant FULL = HolderCapPolicy.HolderCapPolicy_Full.selector;
    uint256 private constant CROWD = 5;

    AssetId private _id;

    function setUp() public {
        setUpPolicies();
    }

    function test_POL_20_newcomersAreRefusedWhereTheCapIsReached() public {
        _list(2);
        _send(ALICE, BOB, 10);
        tried(_id, ALICE, ALICE, CAROL, 1, FULL);
        tried(_id, OPERATOR, BOB, CAROL, 9, FULL);
        _send(ALICE, BOB, 90);
        _send(BOB, CAROL, 1);
        equal(_count(), 2, "holders");
    }

    function test_POL_21_holdersReceiveAndLeaversMakeRoom() public {
        _list(2);
        _send(ALICE, BOB, 10);
        tried(_id, ALICE, ALICE, BOB, 1, 0);
        tried(_id, ALICE, ALICE, BOB, 90, 0);
        tried(_id, BOB, BOB, CAROL, 10, 0);
        tried(_id, BOB, BOB, CAROL, 9, FULL);
        _send(BOB, CAROL, 10);
        tried(_id, CAROL, CAROL, BOB, 1, FULL);
    }

    /// @dev The asset had three holders before anybody asked.
    function test_POL_22_anAssetAboveTheCapDoesNotGrow() public {
        _list(3);
        _send(ALICE, BOB, 10);
        _send(ALICE, CAROL, 10);
        address dave = address(0xDA7E);
        enrol(dave);
        HolderCapPolicy tighter = new HolderCapPolicy(assets, 1);
        equal(_reason(tighter, ALICE, dave, 1), FULL, "newcomer");
        equal(_reason(tighter, ALICE, dave, 79), FULL, "newcomer, one unit stays");
        equal(_reason(tighter, ALICE, dave, 80), 0, "replacement");
        equal(_reason(tighter, ALICE, BOB, 1), 0, "among holders");
        equal(_reason(tighter, ALICE, BOB, 80), 0, "fewer holders");
    }

    function test_POL_23_whatMovesNoUnitsIsNotRefused() public {
        _list(1);
        tried(_id, ALICE, ALICE, BOB, 0, 0);
        tried(_id, ALICE, ALICE, ALICE, 1, 0);
        tried(_id, ALICE, ALICE, BOB, 1, FULL);
    }

    function test_POL_24_itAsksForHoldersToBeCounted() public {
        HolderCapPolicy policy = new HolderCapPolicy(assets, 7);
        isTrue(policy.countsHolders(), "counts");
        equal(policy.cap(), 7, "reads back");
    }

    /// @notice POL-25 Over random transfers: refused exactly where the number of holders would rise above the cap.
    function testFuzz_POL_25_theNumberOfHoldersNeverRisesAboveTheCap(uint256 seed) public {
        seedDraws(seed);
        uint64 cap = uint64(1 + draw(CROWD));
        _list(cap);
        for (uint256 i = 0; i < CROWD; ++i) {
            if (!participants.isActive(_person(i))) enrol(_person(i));
        }
        for (uint256 i = 0; i < 12; ++i) {
            address from = draw(2) == 0 ? ALICE : _person(draw(CROWD));
            address to = _person(draw(CROWD));
            uint256 held = assets.balanceOf(from, AssetId.unwrap(_id));
            uint256 units = draw(2) == 0 ? held : draw(held + 1);
            bool joins = units != 0 && from != to && assets.balanceOf(to, AssetId.unwrap(_id)) == 0;
            uint256 next = _count() + (joins ? 1 : 0) - (joins && units == held ? 1 : 0);
            bool allowed = next <= cap;
            tried(_id, from, from, to, units, allowed ? bytes4(0) : FULL);
            if (allowed) _send(from, to, units);
            isTrue(_count() <= cap, "more holders than the cap");
        }
    }

    function _list(uint64 cap) private {
        _id = listUnder(new HolderCapPolicy(assets, cap));
    }

    function _send(address from, address to, uint256 units) private {
        send(_id, from, to, units);
        equal(assets.holderCountOf(_id), _count(), "counted");
    }

    function _count() private view returns (uint256 holders) {
        uint256 token = AssetId.unwrap(_id);
        if (assets.balanceOf(CAROL, token) != 0) ++holders;
        for (uint256 i = 0; i < CROWD; ++i) if (assets.balanceOf(_person(i), token) != 0) ++holders;
    }

    function _person(uint256 i) private pure returns (address) {
        return
            i == 0
                ? ALICE
                : i == 1
                    ? BOB
                    : address(uint160(0xDA7E + i - 2));
    }

    function _reason(HolderCapPolicy policy, address from, address to, uint256 units) private view returns (bytes32) {
        return policy.check(from, from, to, _id, units);
    }
}
