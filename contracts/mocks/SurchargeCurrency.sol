// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCurrency} from "../demo/DemoCurrency.sol";

/// @title A currency that takes a fixed surcharge from the payer of each `transferFrom`, on top of what arrives whole
contract SurchargeCurrency is DemoCurrency {
    uint256 private immutable _surcharge;

    constructor(uint256 surcharge) {
        _surcharge = surcharge;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        _burn(from, _surcharge);
        return super.transferFrom(from, to, amount);
    }
}
