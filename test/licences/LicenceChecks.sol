// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Bond, Licence} from "../../contracts/licences/LicenceTypes.sol";
import {SubscriptionState, SubscriptionStatus} from "../../contracts/licences/SubscriptionTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {Check} from "../reference/Check.sol";
import {CustodyActions} from "./CustodyActions.sol";
import {DisputeActions} from "./DisputeActions.sol";
import {SubscriptionActions} from "./SubscriptionActions.sol";

/// @notice Everything that anybody does with licences, and the comparison of the views with the notes.
abstract contract LicenceChecks is DisputeActions, CustodyActions, SubscriptionActions {
    function checkEscrow() external view {
        for (uint256 money = 0; money < 2; ++money) {
            uint256 held = currencyAt(money).balanceOf(address(licences));
            Check.same(
                held,
                sums.escrow[money] + sums.deposits[money] + sums.bonds[money] + sums.credits[money],
                "held and noted"
            );
            (uint256 escrow_, uint256 deposits_) = _openSums(money);
            Check.same(escrow_, sums.escrow[money], "escrow");
            Check.same(deposits_, sums.deposits[money], "deposits");
            Check.same(_bondsOf(money == 0 ? asset : secondAsset), sums.bonds[money], "bonds");
            uint256 sum;
            for (uint256 i = 0; i < accounts.length; ++i) {
                sum += licences.creditOf(accounts[i], address(currencyAt(money)));
            }
            Check.same(sum, sums.credits[money], "credits");
        }
    }

    function checkRests() external view {
        uint256[2] memory unpaid;
        for (uint256 i = 0; i < running.length; ++i) {
            Term storage term = terms[running[i]];
            SubscriptionState memory state = subscriptions.stateOf(term.id);
            Check.holds((state.status == SubscriptionStatus.Closed) == term.closed, "closed");
            unpaid[moneyOf(term.subscription.plan.entry.asset)] += term.subscription.plan.rest - state.paid;
        }
        for (uint256 money = 0; money < 2; ++money) {
            uint256 held = currencyAt(money).balanceOf(address(subscriptions));
            Check.same(held, sums.rests[money] + sums.restCredits[money], "held and noted");
            Check.same(unpaid[money], sums.rests[money], "rests");
            uint256 sum;
            for (uint256 i = 0; i < accounts.length; ++i) {
                sum += subscriptions.creditOf(accounts[i], address(currencyAt(money)));
            }
            Check.same(sum, sums.restCredits[money], "credits");
        }
    }

    function checkOwners() external view {
        for (uint256 money = 0; money < 2; ++money) {
            address currency_ = address(currencyAt(money));
            uint256 sum = sums.escrow[money] + sums.deposits[money] + sums.bonds[money] + sums.rests[money];
            for (uint256 i = 0; i < accounts.length; ++i) {
                address account = accounts[i];
                uint256 has = currencyAt(money).balanceOf(account) + licences.creditOf(account, currency_);
                has += subscriptions.creditOf(account, currency_);
                Check.same(has, owned[account][money], "what an account has");
                sum += owned[account][money];
            }
            Check.same(sum, sums.supply[money], "paid in = paid out + held");
        }
    }

    function checkBonds() external view {
        for (uint256 i = 0; i < 4; ++i) {
            (address custodian, AssetId id) = (custodianAt(i), assetAt(i >> 1));
            uint256 locked;
            for (uint256 n = 0; n < live.length; ++n) {
                Note storage note = notes[live[n]];
                if (!isDelivered(note) || note.agreement.offer.custodian != custodian) continue;
                if (moneyOf(note.agreement.offer.asset) == moneyOf(id)) locked += note.agreement.offer.bond;
            }
            Bond memory bond = licences.bondOf(custodian, id);
            Check.same(bond.locked, locked, "locked");
            Check.same(bond.free, freeBond[custodian][id], "free");
        }
    }

    function checkExits() external view {
        for (uint256 i = 0; i < live.length; ++i) {
            Note storage note = notes[live[i]];
            Licence memory licence = licences.licenceOf(note.agreement.offer.asset, note.id);
            Check.holds(licence.status == note.stage, "status");
            Check.same(note.exits, note.stage < LicenceStatus.Settled ? 0 : 1, "times that the money left");
            Check.same(licence.amount, note.exits == 0 ? note.agreement.offer.price : 0, "in escrow");
            Check.same(licence.end.time(), note.endTime, "end");
        }
    }

    function checkFaults() external view {
        Check.holds(!settledThoughFaulty, "settled although the release was faulty in time");
        Check.holds(!refundedThoughRight, "refunded after a window without a fault");
        for (uint256 i = 0; i < live.length; ++i) {
            Note storage note = notes[live[i]];
            if (!note.doomed) continue;
            Licence memory licence = licences.licenceOf(note.agreement.offer.asset, note.id);
            Check.holds(licence.status != LicenceStatus.Settled, "settled although faulty");
        }
        for (uint256 i = 0; i < 2; ++i) {
            for (uint32 n = 1; n <= published[assetAt(i)]; ++n) {
                Check.holds(licences.faultOf(assetAt(i), n).isNone() != faulty[assetAt(i)][n], "fault");
            }
        }
    }

    function checkProofs() external view {
        Check.holds(!proofDenied, "a true proof in time was refused");
        for (uint256 i = 0; i < live.length; ++i) {
            Note storage note = notes[live[i]];
            if (!note.won) continue;
            Licence memory licence = licences.licenceOf(note.agreement.offer.asset, note.id);
            Check.holds(licence.status == LicenceStatus.Refunded && licence.amount == 0, "won and not refunded");
        }
    }

    function checkEarned() external view {
        Check.holds(!overEarned, "earned too much");
        for (uint256 i = 0; i < running.length; ++i) {
            Term storage term = terms[running[i]];
            SubscriptionState memory state = subscriptions.stateOf(term.id);
            Check.atMost(state.paid, term.subscription.plan.rest, "paid");
            if (term.closed) continue;
            Check.same(state.paid, term.earned, "earned");
            (uint256 amount, uint48 accrued) = subscriptions.earned(term.subscription);
            Check.atMost(accrued, earnableOf(term), "seconds");
            Check.atMost(term.earned + amount, term.subscription.plan.rest, "earned and due");
        }
    }

    function checkOutcomes() external view {
        Check.holds(bytes(surprise).length == 0, string.concat("not as foreseen: ", surprise));
    }

    function _openSums(uint256 money) private view returns (uint256 amounts, uint256 owed) {
        for (uint256 i = 0; i < live.length; ++i) {
            Note storage note = notes[live[i]];
            if (moneyOf(note.agreement.offer.asset) != money) continue;
            Licence memory licence = licences.licenceOf(note.agreement.offer.asset, note.id);
            amounts += licence.amount;
            if (licence.status == LicenceStatus.Demanded) owed += note.agreement.offer.answerFee;
        }
    }

    function _bondsOf(AssetId id) private view returns (uint256 sum) {
        for (uint256 i = 0; i < 2; ++i) {
            Bond memory bond = licences.bondOf(custodianAt(i), id);
            sum += uint256(bond.free) + bond.locked;
        }
    }
}
