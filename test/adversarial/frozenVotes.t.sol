// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice An owner who is frozen and votes with all of its units nevertheless.
contract FrozenVotesTest is OfficesTest {
    function setUp() public {
        setUpOffices();
    }

    function test_VOT_43_frozenUnitsDoNotVoteOnceTheFreeOnesHaveLeft() public {
        freeze(ALICE, 25);
        vote(ALICE, DAVE, 25);
        // Were only the larger of both to stay, the lock would come to rest on the frozen units.
        vm.expectRevert(stays(ALICE, 25, 0));
        send(ALICE, BOB, 25);
        vote(BOB, DAVE, 30);
        isTrue(votes.votesFor(id, DAVE) <= SUPPLY - 25, "25 of 100 units are frozen");
    }

    function test_VOT_43_whereHalfIsFrozenTheRestMakesNoMajority() public {
        freeze(ALICE, 50);
        send(CAROL, ALICE, 20);
        vote(ALICE, DAVE, 20);
        vm.expectRevert(stays(ALICE, 20, 0));
        send(ALICE, BOB, 20);
        vote(BOB, DAVE, 30);
        checkNoMajority("50 of 100 units may vote, which is no more than half");
    }
}
