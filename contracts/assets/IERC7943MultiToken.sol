// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title ERC-7943 for multi-tokens (interface id 0x41c4fbad)
/// @notice The standard's interface for real-world assets on ERC-1155. Source: https://eips.ethereum.org/EIPS/eip-7943
interface IERC7943MultiToken {
    event ForcedTransfer(address indexed from, address indexed to, uint256 indexed tokenId, uint256 amount);
    /// @param amount the units of `account` that are frozen from now on
    event Frozen(address indexed account, uint256 indexed tokenId, uint256 amount);

    error ERC7943CannotSend(address account);
    error ERC7943CannotReceive(address account);
    /// @notice Declared by the standard; this register gives the rule's own error.
    error ERC7943CannotTransfer(address from, address to, uint256 tokenId, uint256 amount);
    error ERC7943InsufficientUnfrozenBalance(address account, uint256 tokenId, uint256 amount, uint256 unfrozen);

    /// @notice Moves units without their owner's consent; frozen units are released first as far as that needs.
    function forcedTransfer(address from, address to, uint256 tokenId, uint256 amount) external returns (bool result);

    /// @notice Sets how many units of an account are frozen; may exceed what it holds.
    function setFrozenTokens(address account, uint256 tokenId, uint256 amount) external returns (bool result);

    /// @notice Whether an account may send: here, whether it is an active participant.
    function canSend(address account) external view returns (bool allowed);

    /// @notice Whether an account may receive: here, whether it is an active participant.
    function canReceive(address account) external view returns (bool allowed);

    /// @notice Units of an account that are frozen now, which may exceed what it holds; 0 where none are.
    function getFrozenTokens(address account, uint256 tokenId) external view returns (uint256 amount);

    /// @notice Whether the rules let the caller move this amount; says nothing of approvals.
    function canTransfer(
        address from,
        address to,
        uint256 tokenId,
        uint256 amount
    ) external view returns (bool allowed);
}
