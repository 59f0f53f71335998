// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @notice A participant that makes prepared calls whenever units or money move under it, and remembers how they ended.
contract Reenterer is ERC1155Holder {
    struct Call {
        address target;
        bytes data;
    }

    Call[] private _prepared;
    bool[] public succeeded;
    bytes4[] public reasons;
    bool private _busy;

    /// @notice Makes the calls one after the other, as soon as something moves.
    function prepare(Call[] calldata calls) external {
        delete _prepared;
        delete succeeded;
        delete reasons;
        for (uint256 i = 0; i < calls.length; ++i) _prepared.push(calls[i]);
    }

    function execute(address target, bytes calldata data) external {
        (bool ok, bytes memory answer) = target.call(data);
        if (ok) return;
        // Hands the failure on as it is.
        assembly ("memory-safe") {
            revert(add(answer, 32), mload(answer))
        }
    }

    function onMoney() external {
        _strike();
    }

    function onERC1155Received(address, address, uint256, uint256, bytes memory) public override returns (bytes4) {
        _strike();
        return this.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(
        address,
        address,
        uint256[] memory,
        uint256[] memory,
        bytes memory
    ) public override returns (bytes4) {
        _strike();
        return this.onERC1155BatchReceived.selector;
    }

    function attempts() external view returns (uint256) {
        return succeeded.length;
    }

    /// @dev Strikes once at a time, else a transfer to itself would never end.
    function _strike() private {
        if (_busy) return;
        _busy = true;
        for (uint256 i = 0; i < _prepared.length; ++i) {
            (bool ok, bytes memory answer) = _prepared[i].target.call(_prepared[i].data);
            succeeded.push(ok);
            reasons.push(bytes4(answer));
        }
        _busy = false;
    }
}
