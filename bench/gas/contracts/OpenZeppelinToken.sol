// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.35;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";

/// @notice OpenZeppelin's ERC-1155 as it is, with a way to come by units.
contract OpenZeppelinToken is ERC1155("") {
    function mint(address to, uint256 id, uint256 units) external {
        _mint(to, id, units, "");
    }
}

/// @notice The same with OpenZeppelin's ERC-2981, for markets that ask the token for its royalty.
contract OpenZeppelinRoyaltyToken is ERC1155(""), ERC2981 {
    constructor(address receiver, uint96 royaltyBps) {
        _setDefaultRoyalty(receiver, royaltyBps);
    }

    function mint(address to, uint256 id, uint256 units) external {
        _mint(to, id, units, "");
    }

    function supportsInterface(bytes4 id) public view override(ERC1155, ERC2981) returns (bool) {
        return super.supportsInterface(id);
    }
}
