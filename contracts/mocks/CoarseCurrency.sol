// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A currency with as many decimals as it was told
contract CoarseCurrency is ERC20 {
    uint8 private immutable _decimals;

    constructor(uint8 count) ERC20("Coarse", "COARSE") {
        _decimals = count;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }
}
