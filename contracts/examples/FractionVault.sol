// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IDataAsset} from "../assets/IDataAsset.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title FractionVault, an example for integrators
/// @notice Holds fractions for one owner, claims their revenue, and sells them by orders that the owner signs (ERC-1271).
/// A registrar admits the vault as a participant before fractions are sent to it. Role: OWNER, for good.
/// Does not guarantee that what its owner signs elsewhere is not taken for the vault's: hashes that do not name the account
/// count for both.
contract FractionVault is IERC1271, ERC1155Holder {
    using SafeERC20 for IERC20;

    address public immutable OWNER;
    IDataAsset private immutable _assets;

    error Vault_NotOwner(address caller);

    modifier onlyOwner() {
        if (msg.sender != OWNER) revert Vault_NotOwner(msg.sender);
        _;
    }

    constructor(address owner, IDataAsset assets, address market) {
        OWNER = owner;
        _assets = assets;
        assets.setApprovalForAll(market, true);
    }

    /// @notice Claims the revenue of these assets into the vault. Anyone may call it.
    function collect(AssetId[] calldata ids) external {
        _assets.claim(ids, address(this));
    }

    /// @notice Takes currency out. Only the owner.
    function withdraw(IERC20 currency, address to, uint256 amount) external onlyOwner {
        currency.safeTransfer(to, amount);
    }

    /// @notice Takes fractions out, as any transfer does. Only the owner.
    function withdrawFractions(AssetId id, address to, uint256 units) external onlyOwner {
        _assets.safeTransferFrom(address(this), to, AssetId.unwrap(id), units, "");
    }

    /// @notice An order of the vault is valid if its owner signed it.
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        (address signer, ECDSA.RecoverError failure, ) = ECDSA.tryRecoverCalldata(hash, signature);
        bool valid = failure == ECDSA.RecoverError.NoError && signer == OWNER;
        return valid ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
