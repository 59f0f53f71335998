// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title Accepts everything and remembers the arguments of the last call, and what it held by then
contract RecordingReceiver is IERC1155Receiver, ERC165 {
    uint256 public singleCalls;
    uint256 public batchCalls;
    bytes32 public lastArguments;
    uint256 public heldAtCall;

    function onERC1155Received(
        address operator,
        address from,
        uint256 id,
        uint256 value,
        bytes calldata data
    ) external returns (bytes4) {
        ++singleCalls;
        lastArguments = keccak256(abi.encode(operator, from, id, value, data));
        heldAtCall = IERC1155(msg.sender).balanceOf(address(this), id);
        return IERC1155Receiver.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(
        address operator,
        address from,
        uint256[] calldata ids,
        uint256[] calldata values,
        bytes calldata data
    ) external returns (bytes4) {
        ++batchCalls;
        lastArguments = keccak256(abi.encode(operator, from, ids, values, data));
        heldAtCall = ids.length == 0 ? 0 : IERC1155(msg.sender).balanceOf(address(this), ids[0]);
        return IERC1155Receiver.onERC1155BatchReceived.selector;
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC165, IERC165) returns (bool) {
        return interfaceId == type(IERC1155Receiver).interfaceId || super.supportsInterface(interfaceId);
    }
}
