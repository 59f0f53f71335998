// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// @title Money drawn from an allowance
library Pull {
    /// @notice Draws `amount` from the caller's allowance into this contract and says how much arrived. Currencies are admitted
    /// without a transfer fee; whoever calls this refuses one that takes a fee later.
    function fromCaller(IERC20 currency, uint256 amount) internal returns (uint256 received) {
        return from(msg.sender, currency, amount);
    }

    /// @notice The same from another account, which has asked for it.
    function from(address payer, IERC20 currency, uint256 amount) internal returns (uint256 received) {
        uint256 before = currency.balanceOf(address(this));
        SafeERC20.safeTransferFrom(currency, payer, address(this), amount);
        return currency.balanceOf(address(this)) - before;
    }
}
