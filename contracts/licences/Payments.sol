// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Pull} from "../types/Pull.sol";
import {IPayments} from "./IPayments.sol";

/// @title Payments
/// @notice Draws money in and pays it out, in the currency of an asset. Nobody can hinder a payment by refusing his own: what does
/// not arrive is credited.
abstract contract Payments is IPayments, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant BPS = 10_000;

    IDataAsset internal immutable _assets;
    IParticipantRegistry internal immutable _participants;

    mapping(address account => mapping(address currency => uint256 amount)) private _credits;

    constructor(IDataAsset assets, IParticipantRegistry participants) {
        _assets = assets;
        _participants = participants;
    }

    /// @inheritdoc IPayments
    function withdraw(address account, address currency, address to) external nonReentrant returns (uint256 amount) {
        if (msg.sender != account && msg.sender != _participants.successorOf(account)) {
            revert Payments_NotPayee(account, msg.sender);
        }
        amount = _credits[account][currency];
        if (amount == 0) revert Payments_NothingToWithdraw(account, currency);
        _credits[account][currency] = 0;
        emit CreditWithdrawn(account, currency, to, amount);
        IERC20(currency).safeTransfer(to, amount);
    }

    /// @inheritdoc IPayments
    function creditOf(address account, address currency) external view returns (uint256) {
        return _credits[account][currency];
    }

    function _pull(address payer, address currency, uint256 amount) internal {
        if (amount == 0) return;
        uint256 received = Pull.from(payer, IERC20(currency), amount);
        if (received != amount) revert Payments_CurrencyShort(currency, amount, received);
    }

    /// @dev Rounded down, in favour of the fractions.
    function _feeOf(uint256 amount, uint256 feeBps) internal pure returns (uint256) {
        return (amount * feeBps) / BPS;
    }

    /// @dev The market's fee waits to be withdrawn, so that its receiver cannot hinder a settlement; the rest goes to the
    /// asset's fractions.
    function _payOut(AssetId asset, uint256 amount, uint256 fee, address feeReceiver) internal {
        address currency = _currencyOf(asset);
        if (fee != 0) _credit(feeReceiver, currency, fee);
        uint256 rest = amount - fee;
        if (rest == 0) return;
        _approve(currency, address(_assets), rest);
        _assets.distribute(asset, rest);
    }

    function _pay(AssetId asset, address to, uint256 amount) internal {
        if (amount == 0) return;
        address currency = _currencyOf(asset);
        if (!IERC20(currency).trySafeTransfer(to, amount)) _credit(to, currency, amount);
    }

    /// @dev Once for all amounts: only for contracts of this system, which draw what they are told.
    function _approve(address currency, address spender, uint256 amount) internal {
        if (IERC20(currency).allowance(address(this), spender) < amount) {
            IERC20(currency).forceApprove(spender, type(uint256).max);
        }
    }

    function _currencyOf(AssetId asset) internal view returns (address) {
        return _assets.termsOfSale(asset, 0).currency;
    }

    function _credit(address account, address currency, uint256 amount) private {
        _credits[account][currency] += amount;
        emit Credited(account, currency, amount);
    }
}
