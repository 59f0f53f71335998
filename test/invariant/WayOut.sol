// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {NoticeTerms, Objection, ObjectionState} from "../../contracts/assets/NoticeTypes.sol";
import {ParticipantKind, ParticipantStatus} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {Checks} from "./Checks.sol";

/// @notice A fixed script of moves that empties the system from any state, made by those whom the table of exits names.
abstract contract WayOut is Checks {
    function emptyOut() external {
        NoticeTerms memory none;
        notice.setTerms(DOMAIN, none);
        // Every window, freeze and suspension that began before is over.
        vm.warp(block.timestamp + FREEZE_TERM + 70_000);
        vm.roll(block.number + 10);
        for (uint256 i = 0; i < ids.length; ++i) _endNotice(ids[i]);
        for (uint256 p = 0; p < PEOPLE; ++p) _bringBack(people[p]);
        AssetId[] memory all = new AssetId[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) all[i] = ids[i];
        for (uint256 p = 0; p < PEOPLE; ++p) {
            if (standing[people[p]] == ParticipantStatus.Succeeded) assets.handOver(people[p], all);
        }
        for (uint256 i = 0; i < ids.length; ++i) _freePolicy(ids[i], i % 2 == 0);
        // Children were registered after their parents.
        for (uint256 i = ids.length; i != 0; --i) {
            AssetId id = ids[i - 1];
            if (assets.due(id) != 0) assetNotes[id].deposited += assets.pushDue(id);
        }
        address[2] memory moneys = [address(currency), address(otherCurrency)];
        uint256[2] memory held;
        uint256[2] memory deposits;
        for (uint256 m = 0; m < 2; ++m) {
            held[m] = IERC20(moneys[m]).balanceOf(address(assets));
            deposits[m] = IERC20(moneys[m]).balanceOf(address(notice));
        }
        for (uint256 p = 0; p < PEOPLE; ++p) _takeAll(people[p], all);
        for (uint256 m = 0; m < 2; ++m) {
            currencyNotes[moneys[m]].paidOut += held[m] - IERC20(moneys[m]).balanceOf(address(assets));
            depositsOut[moneys[m]] += deposits[m] - IERC20(moneys[m]).balanceOf(address(notice));
        }
    }

    function checkEmpty() external view {
        address[2] memory moneys = [address(currency), address(otherCurrency)];
        for (uint256 m = 0; m < 2; ++m) {
            uint256 settlements;
            for (uint256 i = 0; i < ids.length; ++i) {
                if (assets.assetOf(ids[i]).currency == moneys[m])
                    settlements += assetNotes[ids[i]].settlements + PEOPLE;
            }
            Check.same(IERC20(moneys[m]).balanceOf(address(notice)), 0, "deposits left");
            Check.atMost(IERC20(moneys[m]).balanceOf(address(assets)), settlements, "more than rounding left");
        }
        for (uint256 p = 0; p < PEOPLE; ++p) {
            for (uint256 m = 0; m < 2; ++m) {
                Check.same(assets.excessOf(people[p], moneys[m]), 0, "excess left");
                Check.same(notice.depositOf(people[p], moneys[m]), 0, "credited deposit left");
            }
            for (uint256 i = 0; i < ids.length; ++i) {
                Check.same(assets.claimable(ids[i], people[p]), 0, "claim left");
                Check.same(votes.lockedOf(ids[i], people[p]), 0, "lock left");
            }
        }
        for (uint256 i = 0; i < ids.length; ++i) {
            Check.same(assets.due(ids[i]), 0, "due left");
            bool struck = assets.statusOf(ids[i]) == AssetStatus.Struck;
            address owner = struck ? assets.assetOf(ids[i]).holder : _collector();
            Check.same(assets.balanceOf(owner, AssetId.unwrap(ids[i])), assetNotes[ids[i]].fractions, "units");
        }
    }

    function _endNotice(AssetId id) private {
        uint32 count = notice.proceedingOf(id).objections;
        for (uint32 n = 1; n <= count; ++n) {
            Objection memory objection = notice.objectionOf(id, n);
            if (objection.state == ObjectionState.Open) notice.lapse(id, n);
        }
    }

    function _bringBack(address account) private {
        ParticipantStatus status = standing[account];
        if (status == ParticipantStatus.Suspended) participants.reinstate(account, "reason");
        if (status == ParticipantStatus.Revoked) participants.admit(account, DOMAIN, ParticipantKind.Person, 0);
        if (status != ParticipantStatus.Succeeded) standing[account] = ParticipantStatus.Active;
    }

    /// @dev By the holder, or where it does not want to, by the operator.
    function _freePolicy(AssetId id, bool byHolder) private {
        if (assets.assetOf(id).policy == 0) return;
        address proposer = byHolder ? assets.assetOf(id).holder : assets.operatorOf(id);
        vm.prank(proposer);
        policies.propose(id, 0);
        passWindow(POLICY_NOTICE);
        policies.enact(id, proposer, new address[](0));
    }

    function _takeAll(address account, AssetId[] memory all) private {
        address payee = account;
        if (standing[account] == ParticipantStatus.Succeeded) payee = participants.successorOf(account);
        address[2] memory moneys = [address(currency), address(otherCurrency)];
        for (uint256 m = 0; m < 2; ++m) {
            vm.startPrank(payee);
            if (assets.excessOf(account, moneys[m]) != 0) assets.withdrawExcess(account, moneys[m], payee);
            if (notice.depositOf(account, moneys[m]) != 0) notice.withdraw(account, moneys[m], payee);
            vm.stopPrank();
        }
        if (payee != account) return;
        uint256 waiting;
        for (uint256 i = 0; i < all.length; ++i) waiting += assets.claimable(all[i], account);
        vm.startPrank(account);
        if (waiting != 0) assets.claim(all, account);
        for (uint256 i = 0; i < all.length; ++i) {
            if (votes.lockedOf(all[i], account) != 0) votes.withdraw(all[i]);
            uint256 units = assets.balanceOf(account, AssetId.unwrap(all[i]));
            if (units == 0 || assets.statusOf(all[i]) == AssetStatus.Struck) continue;
            assets.safeTransferFrom(account, _collector(), AssetId.unwrap(all[i]), units, "");
        }
        vm.stopPrank();
    }

    /// @dev Somebody who stands for nobody else and was not succeeded.
    function _collector() private view returns (address) {
        for (uint256 p = 0; p < PEOPLE; ++p) if (isActive(people[p])) return people[p];
        return address(0);
    }
}
