// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {World} from "./World.sol";

/// @notice Revenue in and out. What is paid out is measured at the recipient, not taken from events or views.
abstract contract MoneyActions is World {
    function distribute(uint256 payer, uint256 asset, uint128 amount) external {
        if (ids.length == 0) return;
        (address from, AssetId id) = (personAt(payer), assetAt(asset));
        uint256 value = _amountOf(amount);
        DemoCurrency money = DemoCurrency(assets.assetOf(id).currency);
        fund(money, from, value);
        bytes4[] memory allowed = new bytes4[](1);
        allowed[0] = IDataAsset.Assets_NothingToDistribute.selector;
        bytes memory call = abi.encodeCall(assets.distribute, (id, value));
        if (!attempt("distribute", from, address(assets), call, allowed)) return;
        currencyNotes[address(money)].paidIn += value;
        assetNotes[id].deposited += value;
    }

    function push(uint256 asset) external {
        if (ids.length == 0) return;
        AssetId id = assetAt(asset);
        bytes4[] memory allowed = new bytes4[](1);
        allowed[0] = IDataAsset.Assets_NothingToDistribute.selector;
        uint256 waiting = assets.due(id);
        bytes memory call = abi.encodeCall(assets.pushDue, (id));
        if (attempt("push", personAt(asset), address(assets), call, allowed)) assetNotes[id].deposited += waiting;
    }

    function claim(uint256 person, uint256 recipient, uint256 asset, uint256 other) external {
        if (ids.length == 0) return;
        (address account, address to) = (personAt(person), personAt(recipient));
        AssetId[] memory list = new AssetId[](3);
        (list[0], list[1], list[2]) = (assetAt(asset), assetAt(other), assetAt(asset));
        uint256[3] memory before;
        for (uint256 i = 0; i < 3; ++i) before[i] = assets.claimable(list[i], account);
        uint256 had = currency.balanceOf(to);
        uint256 otherHad = otherCurrency.balanceOf(to);
        bytes4[] memory allowed = new bytes4[](2);
        allowed[0] = IDataAsset.Assets_Inactive.selector;
        allowed[1] = IDataAsset.Assets_NothingToClaim.selector;
        bytes memory call = abi.encodeCall(assets.claim, (list, to));
        if (!attempt("claim", account, address(assets), call, allowed)) return;
        if (!isActive(account) || !isActive(to)) paidToInactive = true;
        currencyNotes[address(currency)].paidOut += currency.balanceOf(to) - had;
        currencyNotes[address(otherCurrency)].paidOut += otherCurrency.balanceOf(to) - otherHad;
        for (uint256 i = 0; i < 3; ++i) {
            if (before[i] != 0) ++assetNotes[list[i]].settlements;
            assetNotes[list[i]].claimed += before[i] - assets.claimable(list[i], account);
            // A repeated id has nothing left, so its difference must not be counted twice.
            for (uint256 j = i + 1; j < 3; ++j) if (list[j] == list[i]) before[j] = 0;
        }
    }

    function withdraw(uint256 person, uint256 recipient, bool second) external {
        (address account, address to) = (personAt(person), personAt(recipient));
        address money = second ? address(otherCurrency) : address(currency);
        uint256 had = IERC20(money).balanceOf(to);
        bytes4[] memory allowed = new bytes4[](2);
        allowed[0] = IDataAsset.Assets_Inactive.selector;
        allowed[1] = IDataAsset.Assets_NothingToWithdraw.selector;
        bytes memory call = abi.encodeCall(assets.withdrawExcess, (account, money, to));
        if (!attempt("withdraw", account, address(assets), call, allowed)) return;
        if (!isActive(account) || !isActive(to)) paidToInactive = true;
        currencyNotes[money].paidOut += IERC20(money).balanceOf(to) - had;
    }

    /// @dev Mostly small and odd, sometimes nothing, sometimes so much that the total runs over.
    function _amountOf(uint128 seed) private pure returns (uint256) {
        if (seed % 16 == 0) return uint256(seed) % (1 << 93);
        if (seed % 16 == 1) return 0;
        if (seed % 16 < 8) return uint256(seed) % 100;
        return uint256(seed) % 1e12;
    }
}
