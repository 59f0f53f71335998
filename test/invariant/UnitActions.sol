// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {World} from "./World.sol";

/// @notice Units on the move: single, in batches with repeated ids, frozen, forced.
abstract contract UnitActions is World {
    function transfer(uint256 sender, uint256 receiver, uint256 asset, uint256 amount) external {
        if (ids.length == 0) return;
        (address from, address to, AssetId id) = (_holderNear(sender, asset), personAt(receiver), assetAt(asset));
        uint256 units = _unitsOf(from, id, amount);
        bytes memory call = abi.encodeCall(assets.safeTransferFrom, (from, to, AssetId.unwrap(id), units, ""));
        if (!attempt("transfer", from, address(assets), call, _refusals())) return;
        noteParties(from, to);
        noteMove(id, from, to, units);
    }

    function transferBatch(uint256 sender, uint256 receiver, uint256 asset, uint256 other, uint256 amount) external {
        if (ids.length == 0) return;
        (address from, address to) = (_holderNear(sender, asset), personAt(receiver));
        AssetId[3] memory which = [assetAt(asset), assetAt(other), assetAt(asset)];
        uint256[] memory tokens = new uint256[](3);
        uint256[] memory units = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) {
            tokens[i] = AssetId.unwrap(which[i]);
            units[i] = _unitsOf(from, which[i], amount >> (i * 8)) / 2;
        }
        bytes memory call = abi.encodeCall(assets.safeBatchTransferFrom, (from, to, tokens, units, ""));
        if (!attempt("transferBatch", from, address(assets), call, _refusals())) return;
        noteParties(from, to);
        for (uint256 i = 0; i < 3; ++i) noteMove(which[i], from, to, units[i]);
    }

    function freeze(uint256 person, uint256 asset, uint256 amount) external {
        if (ids.length == 0) return;
        (address account, AssetId id) = (personAt(person), assetAt(asset));
        // Every other call ends the freeze; some freeze more than there is.
        uint256 units = amount % 2 == 0 ? 0 : (assets.balanceOf(account, AssetId.unwrap(id)) * (amount % 13)) / 10;
        bytes memory call = abi.encodeCall(assets.setFrozenTokens, (account, AssetId.unwrap(id), units));
        attempt("freeze", address(supervision), address(assets), call, new bytes4[](0));
    }

    /// @dev Now and then from the zero address, where nothing is that could be moved.
    function force(uint256 sender, uint256 receiver, uint256 asset, uint256 amount) external {
        if (ids.length == 0) return;
        address from = sender % 16 == 0 ? address(0) : _holderNear(sender, asset);
        (address to, AssetId id) = (personAt(receiver), assetAt(asset));
        uint256 units = from == address(0) ? amount % 100 : _unitsOf(from, id, amount);
        bytes4[] memory allowed = new bytes4[](5);
        allowed[4] = IDataAsset.Assets_UnderNotice.selector;
        allowed[0] = IERC1155Errors.ERC1155InsufficientBalance.selector;
        allowed[1] = IERC1155Errors.ERC1155InvalidSender.selector;
        allowed[2] = IERC7943MultiToken.ERC7943CannotReceive.selector;
        // Only a forced transfer to oneself may meet a freeze: it moves nothing, so it ends none.
        if (from == to) allowed[3] = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        bytes memory call = abi.encodeCall(assets.forcedTransfer, (from, to, AssetId.unwrap(id), units));
        if (!attempt("force", address(supervision), address(assets), call, allowed)) return;
        // Whoever is forced need not be active; who receives must be.
        noteParties(to, to);
        noteMove(id, from, to, units);
    }

    /// @dev Somebody who holds units of the asset, if the seed and its next neighbours know one.
    function _holderNear(uint256 seed, uint256 asset) internal view returns (address holder) {
        for (uint256 i = 0; i < PEOPLE; ++i) {
            holder = people[((seed % PEOPLE) + i) % PEOPLE];
            if (assets.balanceOf(holder, AssetId.unwrap(assetAt(asset))) != 0) return holder;
        }
    }

    /// @dev Part of what an account has, all of it, nothing, or a little more.
    function _unitsOf(address account, AssetId id, uint256 seed) internal view returns (uint256) {
        uint256 held = assets.balanceOf(account, AssetId.unwrap(id));
        if (seed % 16 == 0) return held + 1;
        if (seed % 16 == 1) return held;
        if (seed % 16 == 2) return 0;
        if (seed % 16 < 8) return held == 0 ? 0 : 1;
        return seed % (held + 1);
    }

    function _refusals() internal pure returns (bytes4[] memory allowed) {
        allowed = new bytes4[](8);
        allowed[7] = IDataAsset.Assets_PolicyRefused.selector;
        allowed[5] = IDataAsset.Assets_Suspended.selector;
        allowed[6] = IDataAsset.Assets_UnderNotice.selector;
        allowed[0] = IERC1155Errors.ERC1155InsufficientBalance.selector;
        allowed[1] = IERC7943MultiToken.ERC7943CannotSend.selector;
        allowed[2] = IERC7943MultiToken.ERC7943CannotReceive.selector;
        allowed[3] = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        allowed[4] = IDataAsset.Assets_NotInForce.selector;
    }
}
