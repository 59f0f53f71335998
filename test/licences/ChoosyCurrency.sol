// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";

/// @notice A currency that does not pay everybody.
contract ChoosyCurrency is DemoCurrency {
    error Choosy_Refused(address to);

    mapping(address account => bool) public refuses;

    function setRefuses(address account, bool refused) external {
        refuses[account] = refused;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (refuses[to]) revert Choosy_Refused(to);
        super._update(from, to, value);
    }
}
