// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";

/// @title DemoCurrency
/// @notice A currency to try things with: anyone may have as much as they like, so it is worth nothing. The deploy script puts
/// it on development networks only. ERC-20 with six decimals, ERC-2612 and ERC-3009.
contract DemoCurrency is ERC20, ERC20Permit, ERC3009 {
    /// @dev ERC-20's name and the EIP-712 domain's, which has room for 31 bytes.
    string private constant NAME = "Cadastre demo unit (not money)";

    constructor() ERC20(NAME, "DEMO") ERC20Permit(NAME) {}

    /// @notice Makes `amount` base units out of nothing.
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    /// @notice Six, as few as `CurrencyRegistry` admits.
    function decimals() public pure override returns (uint8) {
        return 6;
    }
}
