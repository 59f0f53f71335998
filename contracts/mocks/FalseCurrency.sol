// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCurrency} from "../demo/DemoCurrency.sol";

/// @title A currency that says no where others revert: to each `transferFrom`, or to each `transfer` alone
contract FalseCurrency is DemoCurrency {
    bool private immutable _pulls;

    constructor(bool pulls) {
        _pulls = pulls;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        return _pulls && super.transferFrom(from, to, amount);
    }

    function transfer(address, uint256) public pure override returns (bool) {
        return false;
    }
}
