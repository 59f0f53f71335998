// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @notice An ERC-2612 permit of the caller to the contract that it calls.
struct Permit {
    uint256 value;
    uint256 deadline;
    uint8 v;
    bytes32 r;
    bytes32 s;
}

using PermitLib for Permit global;

library PermitLib {
    /// @notice Submits the caller's permit. Somebody may have sent it before: then the allowance is there, and the payment decides.
    function submit(Permit calldata self, address currency) internal {
        try
            IERC20Permit(currency).permit(msg.sender, address(this), self.value, self.deadline, self.v, self.r, self.s)
        {} catch {}
    }
}
