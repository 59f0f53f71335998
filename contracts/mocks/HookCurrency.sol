// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice A currency that asks a contract of somebody's choice in the middle of each transfer.
contract HookCurrency is ERC20 {
    address public hook;

    constructor() ERC20("Hook", "HOOK") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setHook(address newHook) external {
        hook = newHook;
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (hook == address(0) || from == address(0)) return super._update(from, to, amount);
        (bool ok, bytes memory answer) = hook.call(abi.encodeWithSignature("onMoney()"));
        if (!ok) {
            // Hands the failure of the hook on as it is.
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
        super._update(from, to, amount);
    }
}
