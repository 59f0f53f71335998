// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {ERC1155Utils} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Utils.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Holding, HoldingLib} from "../types/Holding.sol";

/// @title Holdings, the ERC-1155 core
/// @notice Balances, approvals, transfers and receiver checks, with the semantics of OpenZeppelin 5.7 and the errors of ERC-6093.
/// @dev Each holding is one packed word whose revenue is settled by the write that moves its units. What may move, and what
/// revenue there is to settle, is asked of the hooks: with all of them left as they are, this is a plain ERC-1155.
/// Guarantees: units are conserved, a transfer to oneself changes nothing, ids repeated in a batch are exact.
abstract contract Holdings is IERC1155, IERC1155Errors {
    error Holdings_TooManyUnits(address account, uint256 id, uint256 units);

    /// @dev A place in storage that is found once and then read and written.
    struct Place {
        Holding holding;
    }

    mapping(uint256 id => mapping(address account => Place)) private _places;
    mapping(address account => mapping(address operator => bool)) private _approvals;

    /// @inheritdoc IERC1155
    function setApprovalForAll(address operator, bool approved) external {
        if (operator == address(0)) revert ERC1155InvalidOperator(address(0));
        _approvals[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    /// @inheritdoc IERC1155
    function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes calldata data) external {
        _checkApproved(from, to);
        _checkParties(from, to);
        (uint256 total, uint256 supply) = _admitMove(from, to, id, value);
        _move(from, to, id, value, total, supply, false);
        emit TransferSingle(msg.sender, from, to, id, value);
        // Asked here as well, so that `data` is not copied for an account without code.
        if (to.code.length != 0) ERC1155Utils.checkOnERC1155Received(msg.sender, from, to, id, value, data);
    }

    /// @inheritdoc IERC1155
    function safeBatchTransferFrom(
        address from,
        address to,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata data
    ) external {
        _checkApproved(from, to);
        if (ids.length != values.length) revert ERC1155InvalidArrayLength(ids.length, values.length);
        _checkParties(from, to);
        for (uint256 i = 0; i < ids.length; ++i) {
            (uint256 id, uint256 value) = (ids[i], values[i]);
            (uint256 total, uint256 supply) = _admitMove(from, to, id, value);
            _move(from, to, id, value, total, supply, false);
        }
        if (ids.length == 1) emit TransferSingle(msg.sender, from, to, ids[0], values[0]);
        else emit TransferBatch(msg.sender, from, to, ids, values);
        if (to.code.length == 0) return;
        ERC1155Utils.checkOnERC1155BatchReceived(msg.sender, from, to, ids, values, data);
    }

    /// @inheritdoc IERC1155
    function balanceOf(address account, uint256 id) public view returns (uint256) {
        return _places[id][account].holding.units();
    }

    /// @inheritdoc IERC1155
    function balanceOfBatch(
        address[] calldata accounts,
        uint256[] calldata ids
    ) external view returns (uint256[] memory balances) {
        if (accounts.length != ids.length) revert ERC1155InvalidArrayLength(ids.length, accounts.length);
        balances = new uint256[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) balances[i] = balanceOf(accounts[i], ids[i]);
    }

    /// @inheritdoc IERC1155
    function isApprovedForAll(address account, address operator) public view returns (bool) {
        return _approvals[account][operator];
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view virtual returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC1155).interfaceId;
    }

    /// @dev Creates units. The caller has checked the receiver by whatever rules it has; ERC-1155's own check is made here.
    function _mint(address to, uint256 id, uint256 value, bytes memory data) internal {
        if (to == address(0)) revert ERC1155InvalidReceiver(address(0));
        (uint256 total, uint256 supply) = _revenueOf(id);
        _add(_places[id][to], to, id, value, total, supply);
        emit TransferSingle(msg.sender, address(0), to, id, value);
        ERC1155Utils.checkOnERC1155Received(msg.sender, address(0), to, id, value, data);
    }

    /// @dev Settles both sides by the revenue total and the supply, then moves.
    /// @param forced whether flags of the sender's holding are passed over
    function _move(
        address from,
        address to,
        uint256 id,
        uint256 value,
        uint256 total,
        uint256 supply,
        bool forced
    ) internal {
        if (from == address(0)) revert ERC1155InvalidSender(address(0));
        mapping(address account => Place) storage places = _places[id];
        Place storage place = places[from];
        Holding holding = place.holding;
        uint256 held = holding.units();
        if (held < value) revert ERC1155InsufficientBalance(from, held, value, id);
        if (holding.flags() != 0 && !forced) _checkFlagged(from, id, held, value);
        if (value == 0 || from == to) return;
        place.holding = holding.settle(total, supply).subUnits(value);
        _add(places[to], to, id, value, total, supply);
    }

    /// @dev A holding with its revenue settled up to now, in memory.
    function _settled(address account, uint256 id) internal view returns (Holding) {
        (uint256 total, uint256 supply) = _revenueOf(id);
        return _places[id][account].holding.settle(total, supply);
    }

    /// @dev Settles a holding, takes its credit away, and says how much that was.
    function _takeCredit(address account, uint256 id) internal returns (uint256 credit) {
        Holding holding = _settled(account, id);
        credit = holding.credit();
        if (credit != 0) _places[id][account].holding = holding.withoutCredit();
    }

    /// @dev Moves all units of a holding with its settled revenue, and says how much revenue that was. Credits of all holdings
    /// together never exceed the revenue total, so two of them fit where one does.
    function _moveAll(address from, address to, uint256 id) internal returns (uint256 credit) {
        (uint256 total, uint256 supply) = _revenueOf(id);
        credit = _takeCredit(from, id);
        uint256 value = balanceOf(from, id);
        _move(from, to, id, value, total, supply, true);
        if (credit == 0) return 0;
        Place storage place = _places[id][to];
        place.holding = place.holding.settle(total, supply).addCredit(credit);
    }

    function _flagsOf(address account, uint256 id) internal view returns (uint256) {
        return _places[id][account].holding.flags();
    }

    function _setFlag(address account, uint256 id, uint256 flag, bool set) internal {
        Place storage place = _places[id][account];
        place.holding = place.holding.withFlag(flag, set);
    }

    /// @dev Asked once for each transfer or batch: reverts unless both accounts may take part.
    function _checkParties(address from, address to) internal view virtual {}

    /// @dev Asked for each id before its units move: reverts unless the rules of the asset let them, and says what
    /// settlement goes by, as `_revenueOf` does.
    function _admitMove(
        address from,
        address to,
        uint256 id,
        uint256 value
    ) internal virtual returns (uint256 total, uint256 supply) {}

    /// @dev Asked where the sender's holding is flagged and large enough: reverts unless `value` of its units may leave it.
    function _checkFlagged(address from, uint256 id, uint256 held, uint256 value) internal view virtual {}

    /// @dev What settlement goes by: the revenue total of an id and its supply.
    function _revenueOf(uint256 id) internal view virtual returns (uint256 total, uint256 supply) {}

    function _add(Place storage place, address to, uint256 id, uint256 value, uint256 total, uint256 supply) private {
        Holding holding = place.holding;
        // Compared without adding, so that no value can overflow.
        if (value > HoldingLib.MAX_UNITS - holding.units()) revert Holdings_TooManyUnits(to, id, value);
        place.holding = holding.settle(total, supply).addUnits(value);
    }

    function _checkApproved(address from, address to) private view {
        if (from != msg.sender && !isApprovedForAll(from, msg.sender)) {
            revert ERC1155MissingApprovalForAll(msg.sender, from);
        }
        if (to == address(0)) revert ERC1155InvalidReceiver(address(0));
    }
}
