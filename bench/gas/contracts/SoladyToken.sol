// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.33;

import {ERC1155} from "solady/src/tokens/ERC1155.sol";

/// @notice Solady's ERC-1155 as it is, with a way to come by units.
contract SoladyToken is ERC1155 {
    function mint(address to, uint256 id, uint256 units) external {
        _mint(to, id, units, "");
    }

    function uri(uint256) public pure override returns (string memory) {
        return "";
    }
}
