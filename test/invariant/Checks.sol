// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Objection, ObjectionState} from "../../contracts/assets/NoticeTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Check} from "../reference/Check.sol";
import {AssetActions} from "./AssetActions.sol";
import {MoneyActions} from "./MoneyActions.sol";
import {OfficeActions} from "./OfficeActions.sol";
import {OrderActions} from "./OrderActions.sol";
import {PeopleActions} from "./PeopleActions.sol";

/// @notice Everything that anybody does to the system, and the comparison of its views with the notes.
abstract contract Checks is PeopleActions, AssetActions, OrderActions, MoneyActions, OfficeActions {
    function checkSupply() external view {
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = AssetId.unwrap(ids[i]);
            uint256 fractions = assetNotes[ids[i]].fractions;
            Check.same(assets.totalSupply(id), fractions, "supply");
            uint256 sum = assets.balanceOf(address(0), id) + assets.balanceOf(address(this), id);
            for (uint256 p = 0; p < PEOPLE; ++p) sum += assets.balanceOf(people[p], id);
            Check.same(sum, fractions, "sum of units");
        }
    }

    function checkMoney(address money) external view {
        CurrencyNotes storage notes = currencyNotes[money];
        uint256 held = IERC20(money).balanceOf(address(assets));
        Check.same(held + notes.paidOut, notes.paidIn, "paid in = paid out + held");
        uint256 sum = held + IERC20(money).balanceOf(address(this)) + IERC20(money).balanceOf(address(notice));
        for (uint256 p = 0; p < PEOPLE; ++p) sum += IERC20(money).balanceOf(people[p]);
        Check.same(sum, notes.minted, "money in the world");
    }

    /// @dev What nobody can claim any more is less than one base unit for each settlement, the ones of the views included.
    function checkOwed(address money) external view {
        uint256 owed;
        uint256 settlements;
        for (uint256 p = 0; p < PEOPLE; ++p) owed += assets.excessOf(people[p], money);
        for (uint256 i = 0; i < ids.length; ++i) {
            AssetId id = ids[i];
            if (assets.assetOf(id).currency != money) continue;
            owed += assets.due(id);
            settlements += assetNotes[id].settlements;
            for (uint256 p = 0; p < PEOPLE; ++p) {
                owed += assets.claimable(id, people[p]);
                if (assets.balanceOf(people[p], AssetId.unwrap(id)) != 0) ++settlements;
            }
        }
        uint256 held = IERC20(money).balanceOf(address(assets));
        Check.atMost(owed, held, "owed");
        if (held != owed) Check.atMost(held - owed + 1, settlements, "lost to rounding");
    }

    function checkClaims() external view {
        for (uint256 i = 0; i < ids.length; ++i) {
            AssetNotes storage notes = assetNotes[ids[i]];
            uint256 revenue = assets.assetOf(ids[i]).revenue;
            Check.atMost(revenue, notes.deposited, "revenue total");
            uint256 sum = notes.claimed;
            for (uint256 p = 0; p < PEOPLE; ++p) sum += assets.claimable(ids[i], people[p]);
            Check.atMost(sum, revenue, "claimed and claimable");
        }
    }

    function checkParties() external view {
        Check.holds(!movedByInactive, "units moved by or to somebody inactive");
        Check.holds(!paidToInactive, "revenue paid to somebody inactive");
        for (uint256 p = 0; p < PEOPLE; ++p) {
            Check.holds(participants.isActive(people[p]) == isActive(people[p]), "standing");
        }
    }

    function checkOrders() external view {
        Check.holds(!filledWhenDead, "filled after cancel, epoch or expiry");
        Check.holds(!overfilled, "filled above size");
        Check.holds(!paymentOff, "a fill made or lost money");
        for (uint256 i = 0; i < book.length; ++i) {
            (uint64 filled, ) = market.orderStatus(market.hashOrder(book[i].order));
            Check.same(filled, book[i].filled, "filled");
        }
    }

    function checkLineage() external view {
        for (uint256 i = 0; i < ids.length; ++i) {
            (AssetId[] memory up, bool complete) = provenance.ancestors(ids[i], MAX_ASSETS);
            Check.holds(complete, "all ancestors found");
            for (uint256 a = 0; a < up.length; ++a) Check.holds(up[a] != ids[i], "an asset among its ancestors");
            uint256[] storage parents = assetNotes[ids[i]].parents;
            Check.same(assets.parentsOf(ids[i]).length, parents.length, "parents");
            for (uint256 p = 0; p < parents.length; ++p) {
                Check.same(AssetId.unwrap(assets.parentsOf(ids[i])[p].id), parents[p], "parent");
            }
        }
    }

    function checkEmptyHanded() external view {
        address[4] memory hands = [address(market), address(currencies), address(provenance), address(participants)];
        for (uint256 h = 0; h < 4; ++h) {
            Check.same(currency.balanceOf(hands[h]) + otherCurrency.balanceOf(hands[h]), 0, "money held");
            for (uint256 i = 0; i < ids.length; ++i) {
                Check.same(assets.balanceOf(hands[h], AssetId.unwrap(ids[i])), 0, "units held");
            }
        }
    }

    function checkVotes() external view {
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 all;
            for (uint256 c = 0; c < PEOPLE; ++c) {
                uint256 tally;
                for (uint256 p = 0; p < PEOPLE; ++p) {
                    if (votes.candidateOf(ids[i], people[p]) == people[c]) tally += votes.lockedOf(ids[i], people[p]);
                }
                Check.same(votes.votesFor(ids[i], people[c]), tally, "votes for a candidate");
                all += tally;
            }
            Check.atMost(all, assetNotes[ids[i]].fractions, "votes of all candidates");
        }
    }

    /// @dev What is locked is held and not frozen; what may leave is held and neither.
    function checkRestraints() external view {
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = AssetId.unwrap(ids[i]);
            for (uint256 p = 0; p < PEOPLE; ++p) {
                uint256 held = assets.balanceOf(people[p], id);
                uint256 frozen = assets.getFrozenTokens(people[p], id);
                if (frozen > held) frozen = held;
                uint256 locked = votes.lockedOf(ids[i], people[p]);
                Check.atMost(frozen + locked, held, "frozen and locked");
                uint256 free = held - frozen - locked;
                if (!assets.canTransfer(people[p], people[p], id, 0)) continue;
                Check.holds(assets.canTransfer(people[p], people[p], id, free), "free units may leave");
                Check.holds(!assets.canTransfer(people[p], people[p], id, free + 1), "no more than the free units");
            }
        }
    }

    function checkCounts() external view {
        for (uint256 i = 0; i < ids.length; ++i) {
            uint64 counted = assets.holderCountOf(ids[i]);
            bool counts = policies.countsHolders(assets.assetOf(ids[i]).policy);
            Check.same(counted, counts ? holdersOf(ids[i]).length : 0, "holders");
        }
    }

    function checkDeposits(address money) external view {
        uint256 held = IERC20(money).balanceOf(address(notice));
        Check.same(held + depositsOut[money], depositsIn[money], "deposits in = deposits out + held");
        uint256 owed;
        for (uint256 p = 0; p < PEOPLE; ++p) owed += notice.depositOf(people[p], money);
        for (uint256 i = 0; i < ids.length; ++i) {
            if (assets.assetOf(ids[i]).currency != money) continue;
            uint32 count = notice.proceedingOf(ids[i]).objections;
            for (uint32 n = 1; n <= count; ++n) {
                Objection memory objection = notice.objectionOf(ids[i], n);
                if (objection.state == ObjectionState.Open) owed += objection.deposit;
            }
        }
        Check.same(held, owed, "deposits owed");
    }

    function checkRefusals() external view {
        Check.holds(unexpected == 0, string.concat("refused without being foreseen: ", unexpectedAt));
    }

    function moneys() external view returns (address, address) {
        return (address(currency), address(otherCurrency));
    }
}
