// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {SchemaId} from "../participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../participants/ICredentialRegistry.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Units move through approved venues only
/// @notice Blocks: transfers that the parties make themselves, and those of operators that are no contract or have no valid
/// credential of the schema. Where the credential of the only venue ends, nothing moves until there is another.
/// Assumes that the registry of credentials tells the truth and that its issuer has read the venue's code. No roles, nothing
/// can be changed. An account that delegates to code (EIP-7702) is not a contract: its key can still do anything.
contract VenuePolicy is IPolicy {
    /// @dev First byte of a delegation; EIP-3541 keeps it from beginning the code of a contract.
    bytes1 private constant DELEGATED = 0xef;

    ICredentialRegistry private immutable _credentials;
    SchemaId private immutable _schema;

    error VenuePolicy_NotAContract(address operator);
    error VenuePolicy_NotApproved(address operator);

    constructor(ICredentialRegistry credentials, SchemaId schema) {
        _credentials = credentials;
        _schema = schema;
    }

    /// @inheritdoc IPolicy
    function check(address operator, address, address, AssetId, uint256) external view returns (bytes4 reason) {
        if (!_isContract(operator)) return VenuePolicy_NotAContract.selector;
        return _credentials.isValid(operator, _schema) ? bytes4(0) : VenuePolicy_NotApproved.selector;
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }

    /// @notice The schema of which a venue needs a credential.
    function needed() external view returns (SchemaId schema) {
        return _schema;
    }

    function _isContract(address account) private view returns (bool) {
        if (account.code.length == 0) return false;
        bytes1 first;
        // Copies one byte of the code into scratch space, whose other bytes the type leaves out.
        assembly ("memory-safe") {
            extcodecopy(account, 0, 0, 1)
            first := and(mload(0), shl(248, 0xff))
        }
        return first != DELEGATED;
    }
}
