// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {LicenceChecks} from "./LicenceChecks.sol";

/// @notice A fixed script that empties both contracts from any state: time passes, anybody ends what is open, and everybody takes
/// what is his. Whoever is suspended stays so.
abstract contract LicenceWayOut is LicenceChecks {
    function emptyOut() external {
        _pass(DELIVERY + DISPUTE);
        for (uint256 i = 0; i < live.length; ++i) {
            Note storage note = notes[live[i]];
            if (note.stage == LicenceStatus.Demanded) endDemand(live[i]);
            else if (note.stage == LicenceStatus.Paid || note.doomed) refundLicence(live[i], false);
            else if (note.stage == LicenceStatus.Delivered) settleLicence(live[i], false);
        }
        _pass(LONG);
        for (uint256 i = 0; i < running.length; ++i) {
            if (!terms[running[i]].closed) closeTerm(terms[running[i]]);
        }
        for (uint256 i = 0; i < accounts.length; ++i) {
            choosy.setRefuses(accounts[i], false);
            for (uint256 money = 0; money < 2; ++money) {
                takeCredit(accounts[i], money, false);
                takeCredit(accounts[i], money, true);
            }
        }
        for (uint256 i = 0; i < 4; ++i) {
            takeBond(custodianAt(i), assetAt(i >> 1), freeBond[custodianAt(i)][assetAt(i >> 1)]);
        }
    }

    function checkEmpty() external view {
        for (uint256 money = 0; money < 2; ++money) {
            Check.same(currencyAt(money).balanceOf(address(licences)), 0, "left in the registry");
            Check.same(currencyAt(money).balanceOf(address(subscriptions)), 0, "left of subscriptions");
        }
    }

    function _pass(uint256 time) private {
        vm.warp(block.timestamp + time);
        vm.roll(block.number + 2 * BLOCKS);
    }
}
