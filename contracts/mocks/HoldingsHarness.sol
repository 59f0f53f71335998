// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Holdings} from "../assets/Holdings.sol";

/// @title Holdings alone, with a mint that anyone may call, to be held against ERC-1155 suites
contract HoldingsHarness is Holdings {
    function mint(address to, uint256 id, uint256 value, bytes calldata data) external {
        _mint(to, id, value, data);
    }
}
