// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @title Sends what it receives back to the sender, again and again, before the first transfer is over
contract ReenteringReceiver is ERC1155Holder {
    uint256 public rounds;

    function setRounds(uint256 newRounds) external {
        rounds = newRounds;
    }

    function onERC1155Received(
        address operator,
        address from,
        uint256 id,
        uint256 value,
        bytes memory data
    ) public override returns (bytes4) {
        if (rounds != 0) {
            --rounds;
            IERC1155(msg.sender).safeTransferFrom(address(this), from, id, value, data);
        }
        return super.onERC1155Received(operator, from, id, value, data);
    }
}
