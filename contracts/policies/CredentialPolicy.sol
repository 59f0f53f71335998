// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IPolicy} from "../assets/IPolicy.sol";
import {SchemaId} from "../participants/CredentialTypes.sol";
import {ICredentialRegistry} from "../participants/ICredentialRegistry.sol";
import {AssetId} from "../types/AssetId.sol";

/// @title Whoever receives units needs credentials
/// @notice Blocks: transfers to accounts without any of the schemas, or without one of them where all are needed; transfers to
/// everybody while a needed schema is not open or its issuers are not accredited. Those who hold already need no credential to
/// keep, to sell or to be paid. Assumes that the registry of credentials tells the truth. No roles, nothing can be changed.
/// Costs up to about 10,000 gas for each schema that has to be asked.
contract CredentialPolicy is IPolicy {
    uint256 private constant MAX_SCHEMAS = 8;

    ICredentialRegistry private immutable _credentials;
    bool private immutable _all;

    SchemaId[] private _schemas;

    error CredentialPolicy_SchemaCount(uint256 given, uint256 limit);
    error CredentialPolicy_Missing(address holder);

    /// @param all whether a receiver needs every one of the schemas, not just any
    constructor(ICredentialRegistry credentials, SchemaId[] memory schemas, bool all) {
        if (schemas.length == 0 || schemas.length > MAX_SCHEMAS) {
            revert CredentialPolicy_SchemaCount(schemas.length, MAX_SCHEMAS);
        }
        _credentials = credentials;
        _schemas = schemas;
        _all = all;
    }

    /// @inheritdoc IPolicy
    function check(address, address, address to, AssetId, uint256) external view returns (bytes4 reason) {
        uint256 count = _schemas.length;
        for (uint256 i = 0; i < count; ++i) {
            // The first credential that is missing decides for "all", the first that is there for "any".
            if (_credentials.isValid(to, _schemas[i]) != _all)
                return _all ? CredentialPolicy_Missing.selector : bytes4(0);
        }
        return _all ? bytes4(0) : CredentialPolicy_Missing.selector;
    }

    /// @inheritdoc IPolicy
    function countsHolders() external pure returns (bool) {
        return false;
    }

    /// @notice What a receiver needs: these schemas, and whether all of them.
    function needed() external view returns (SchemaId[] memory schemas, bool all) {
        return (_schemas, _all);
    }
}
