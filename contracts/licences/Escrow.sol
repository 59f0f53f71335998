// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Pull} from "../types/Pull.sol";
import {ILicenceRegistry} from "./ILicenceRegistry.sol";
import {Bond} from "./LicenceTypes.sol";

/// @title Money of licences
/// @notice What licensees paid and is not decided, what custodians put up, and what waits to be withdrawn. Guarantees that the
/// three together never exceed what this contract holds of each currency. Nobody can hinder a payment by refusing his own: what
/// does not arrive is credited.
abstract contract Escrow is ILicenceRegistry, AccessManaged, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant BPS = 10_000;
    uint256 private constant MAX_FEE_BPS = 500;

    struct Fee {
        uint16 bps;
        address receiver;
    }

    IDataAsset internal immutable _assets;
    IParticipantRegistry internal immutable _participants;

    Fee internal _fee;
    mapping(address custodian => mapping(AssetId asset => Bond)) private _bonds;
    mapping(address account => mapping(address currency => uint256 amount)) private _credits;

    constructor(IDataAsset assets, IParticipantRegistry participants, uint16 feeBps, address feeReceiver) {
        _assets = assets;
        _participants = participants;
        _setFee(feeBps, feeReceiver);
    }

    /// @inheritdoc ILicenceRegistry
    function depositBond(AssetId asset, uint96 amount) external nonReentrant {
        // 96 bits at a time cannot fill 128 with any money that exists.
        _bonds[msg.sender][asset].free += amount;
        emit BondDeposited(msg.sender, asset, amount);
        _pull(msg.sender, _currencyOf(asset), amount);
    }

    /// @inheritdoc ILicenceRegistry
    function withdrawBond(AssetId asset, uint128 amount, address to) external nonReentrant {
        Bond storage bond = _bonds[msg.sender][asset];
        if (amount > bond.free) revert Licences_BondTooSmall(msg.sender, asset, bond.free, amount);
        bond.free -= amount;
        emit BondWithdrawn(msg.sender, asset, to, amount);
        IERC20(_currencyOf(asset)).safeTransfer(to, amount);
    }

    /// @inheritdoc ILicenceRegistry
    function withdraw(address account, address currency, address to) external nonReentrant returns (uint256 amount) {
        if (msg.sender != account && msg.sender != _participants.successorOf(account)) {
            revert Licences_NotPayee(account, msg.sender);
        }
        amount = _credits[account][currency];
        if (amount == 0) revert Licences_NothingToWithdraw(account, currency);
        _credits[account][currency] = 0;
        emit CreditWithdrawn(account, currency, to, amount);
        IERC20(currency).safeTransfer(to, amount);
    }

    /// @inheritdoc ILicenceRegistry
    function setFee(uint16 feeBps, address receiver) external restricted {
        _setFee(feeBps, receiver);
    }

    /// @inheritdoc ILicenceRegistry
    function feeOf() external view returns (uint16 feeBps, address receiver) {
        return (_fee.bps, _fee.receiver);
    }

    /// @inheritdoc ILicenceRegistry
    function bondOf(address custodian, AssetId asset) external view returns (Bond memory) {
        return _bonds[custodian][asset];
    }

    /// @inheritdoc ILicenceRegistry
    function creditOf(address account, address currency) external view returns (uint256) {
        return _credits[account][currency];
    }

    function _lockBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount == 0) return;
        Bond memory bond = _bonds[custodian][asset];
        if (bond.free < amount) revert Licences_BondTooSmall(custodian, asset, bond.free, amount);
        _bonds[custodian][asset] = Bond(bond.free - amount, bond.locked + amount);
    }

    function _freeBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount == 0) return;
        Bond memory bond = _bonds[custodian][asset];
        _bonds[custodian][asset] = Bond(bond.free + amount, bond.locked - amount);
    }

    /// @dev Takes a locked bond away; the caller pays it to somebody.
    function _forfeitBond(address custodian, AssetId asset, uint96 amount) internal {
        if (amount != 0) _bonds[custodian][asset].locked -= amount;
    }

    function _pull(address payer, address currency, uint256 amount) internal {
        if (amount == 0) return;
        uint256 received = Pull.from(payer, IERC20(currency), amount);
        if (received != amount) revert Licences_CurrencyShort(currency, amount, received);
    }

    /// @dev Rounded down, in favour of the fractions.
    function _feeOf(uint256 amount, uint256 feeBps) internal pure returns (uint256) {
        return (amount * feeBps) / BPS;
    }

    /// @dev The market's fee waits to be withdrawn, so that its receiver cannot hinder a settlement; the rest goes to the
    /// asset's fractions.
    function _payOut(AssetId asset, uint256 amount, uint256 fee) internal {
        if (amount == 0) return;
        address currency = _currencyOf(asset);
        if (fee != 0) _credit(_fee.receiver, currency, fee);
        uint256 rest = amount - fee;
        if (IERC20(currency).allowance(address(this), address(_assets)) < rest) {
            IERC20(currency).forceApprove(address(_assets), type(uint256).max);
        }
        _assets.distribute(asset, rest);
    }

    function _pay(AssetId asset, address to, uint256 amount) internal {
        if (amount == 0) return;
        address currency = _currencyOf(asset);
        if (!IERC20(currency).trySafeTransfer(to, amount)) _credit(to, currency, amount);
    }

    function _credit(address account, address currency, uint256 amount) private {
        _credits[account][currency] += amount;
        emit Credited(account, currency, amount);
    }

    function _currencyOf(AssetId asset) internal view returns (address) {
        return _assets.termsOfSale(asset, 0).currency;
    }

    function _setFee(uint16 feeBps, address receiver) private {
        if (feeBps > MAX_FEE_BPS) revert Licences_FeeTooHigh(feeBps, MAX_FEE_BPS);
        if (receiver == address(0)) revert Licences_ZeroAddress();
        _fee = Fee(feeBps, receiver);
        emit LicenceFeeChanged(feeBps, receiver);
    }
}
