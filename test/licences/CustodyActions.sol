// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {IPayments} from "../../contracts/licences/IPayments.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {vm} from "../support/Vm.sol";
import {ChoosyCurrency} from "./ChoosyCurrency.sol";
import {LicenceWorld} from "./LicenceWorld.sol";

/// @notice Bonds, credits and fees, what becomes of assets and people meanwhile, and the clock.
abstract contract CustodyActions is LicenceWorld {
    function depositBond(uint256 seed) external {
        seed = mix(seed);
        (address custodian, AssetId id) = (custodianAt(seed), assetAt(seed >> 1));
        uint96 amount = uint96((seed >> 2) % 3 == 0 ? (seed >> 8) % 50 : BOND);
        bytes memory call = abi.encodeCall(licences.depositBond, (id, amount));
        if (!attempt("depositBond", custodian, address(licences), call, 0)) return;
        owned[custodian][moneyOf(id)] -= amount;
        sums.bonds[moneyOf(id)] += amount;
        freeBond[custodian][id] += amount;
    }

    function withdrawBond(uint256 seed) external {
        seed = mix(seed);
        (address custodian, AssetId id) = (custodianAt(seed), assetAt(seed >> 1));
        // Mostly small sums: else nothing could be delivered.
        uint256 free = freeBond[custodian][id];
        takeBond(custodian, id, (seed >> 2) % 16 == 0 ? (seed >> 8) % (free + 2) : (seed >> 8) % 1_000);
    }

    function withdraw(uint256 seed) external {
        seed = mix(seed);
        takeCredit(accounts[seed % accounts.length], (seed >> 8) % 2, (seed >> 16) % 2 == 0);
    }

    function setFee(uint256 seed) external {
        seed = mix(seed);
        (uint16 bps, address to) = (uint16(seed % 301), seed % 2 == 0 ? TREASURY : OTHER_TREASURY);
        // Now and then above what offers accept, or what anybody may set.
        if (seed % 16 == 0) bps = uint16(MAX_FEE + ((seed >> 16) % 400));
        bytes4 reason = bps > 500 ? ILicenceRegistry.Licences_FeeTooHigh.selector : bytes4(0);
        bytes memory call = abi.encodeCall(licences.setFee, (bps, to));
        if (attempt("setFee", address(this), address(licences), call, reason)) (feeBps, receiver) = (bps, to);
    }

    function publish(uint256 seed) external {
        seed = mix(seed);
        AssetId id = assetAt(seed);
        bool off = block.timestamp < assets.suspendedUntil(id);
        bytes4 reason = off ? IDataAsset.Assets_Suspended.selector : bytes4(0);
        bytes memory call = abi.encodeCall(assets.publish, (id, sealNext(id, (seed >> 8) % 3 == 0)));
        if (attempt("publish", operator, address(assets), call, reason)) ++published[id];
    }

    function changeAsset(uint256 seed) external {
        seed = mix(seed);
        AssetId id = assets.suspendedUntil(asset) != 0 ? asset : assetAt(seed);
        if (assets.suspendedUntil(id) != 0) {
            bytes memory call = abi.encodeCall(supervision.reinstate, (id, REASON));
            attempt("reinstateAsset", address(this), address(supervision), call, 0);
        } else if ((seed >> 8) % 4 == 0) {
            bytes memory call = abi.encodeCall(supervision.suspend, (id, REASON));
            attempt("suspendAsset", address(this), address(supervision), call, 0);
        }
    }

    /// @dev Who is suspended is reinstated first, so that most of the time most people may buy.
    function changeStanding(uint256 seed) external {
        seed = mix(seed);
        address[5] memory all = [BUYER, OTHER, THIRD, CUSTODIAN, SECOND];
        for (uint256 i = 0; i < 5; ++i) {
            if (!suspended[all[i]]) continue;
            bytes memory call = abi.encodeCall(participants.reinstate, (all[i], "reason"));
            attempt("reinstate", address(this), address(participants), call, 0);
            suspended[all[i]] = false;
            return;
        }
        bytes memory suspension = abi.encodeCall(participants.suspend, (all[seed % 5], "reason"));
        attempt("suspend", address(this), address(participants), suspension, 0);
        suspended[all[seed % 5]] = true;
    }

    /// @dev Whom the second currency does not pay: what the contracts owe them waits.
    function changeMood(uint256 seed) external {
        seed = mix(seed);
        address account = [BUYER, OTHER, CUSTODIAN, SECOND, TREASURY][seed % 5];
        choosy.setRefuses(account, !choosy.refuses(account) && (seed >> 8) % 2 == 0);
    }

    /// @dev Seconds and blocks, or, on a chain that stands still or hurries, only one of them.
    function wait(uint256 seed) external {
        seed = mix(seed);
        if (seed % 4 != 0) vm.warp(block.timestamp + ((seed >> 8) % 600));
        if (seed % 4 != 1) vm.roll(block.number + ((seed >> 32) % 5));
    }

    function takeBond(address custodian, AssetId id, uint256 amount) internal {
        uint256 money = moneyOf(id);
        bytes4 reason;
        if (amount > freeBond[custodian][id]) reason = ILicenceRegistry.Licences_BondTooSmall.selector;
        else if (isRefused(custodian, money)) reason = ChoosyCurrency.Choosy_Refused.selector;
        bytes memory call = abi.encodeCall(licences.withdrawBond, (id, uint128(amount), custodian));
        if (!attempt("withdrawBond", custodian, address(licences), call, reason)) return;
        owned[custodian][money] += amount;
        sums.bonds[money] -= amount;
        freeBond[custodian][id] -= amount;
    }

    function takeCredit(address account, uint256 money, bool ofRest) internal {
        IPayments from = ofRest ? IPayments(subscriptions) : IPayments(licences);
        uint256 amount = from.creditOf(account, address(currencyAt(money)));
        bytes4 reason;
        if (amount == 0) reason = IPayments.Payments_NothingToWithdraw.selector;
        else if (isRefused(account, money)) reason = ChoosyCurrency.Choosy_Refused.selector;
        bytes memory call = abi.encodeCall(from.withdraw, (account, address(currencyAt(money)), account));
        if (!attempt(ofRest ? "withdrawRest" : "withdraw", account, address(from), call, reason)) return;
        if (ofRest) sums.restCredits[money] -= amount;
        else sums.credits[money] -= amount;
    }
}
