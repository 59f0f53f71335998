// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCurrency} from "../demo/DemoCurrency.sol";

/// @title A currency of which more or less arrives than was sent: by `transferFrom` and by `transfer`, each as it was told
contract SkewedCurrency is DemoCurrency {
    int256 private immutable _pulled;
    int256 private immutable _pushed;

    constructor(int256 pulled, int256 pushed) {
        _pulled = pulled;
        _pushed = pushed;
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        super.transferFrom(from, to, amount);
        _skew(to, _pulled);
        return true;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        super.transfer(to, amount);
        _skew(to, _pushed);
        return true;
    }

    function _skew(address account, int256 difference) private {
        if (difference < 0) _burn(account, uint256(-difference));
        else _mint(account, uint256(difference));
    }
}
