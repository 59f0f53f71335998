// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {CredentialRegistry} from "../../contracts/participants/CredentialRegistry.sol";
import {Credential, DelegatedIssuance, Issuance, SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";

/// @notice A registry with two schemas: `TAX` has the issuers `FIRST` and `SECOND`, `HEALTH` has `SECOND`. This contract is
/// the authority.
abstract contract CredentialTest {
    uint256 internal constant FIRST_KEY = 0xF1;
    uint256 internal constant SECOND_KEY = 0x5EC0;
    address internal constant SUBJECT = address(0x50B);
    bytes32 internal constant CLAIM = keccak256("claim");
    bytes32 internal constant REASON = keccak256("reason");
    uint40 internal constant NOW = 1_800_000_000;
    uint40 internal constant END = NOW + 1_000;

    address internal immutable FIRST = vm.addr(FIRST_KEY);
    address internal immutable SECOND = vm.addr(SECOND_KEY);

    CredentialRegistry internal registry;
    SchemaId internal tax;
    SchemaId internal health;

    function setUpRegistry() internal {
        vm.warp(NOW);
        registry = new CredentialRegistry(address(new AccessManager(address(this))));
        tax = registry.openSchema("Tax", "urn:tax");
        health = registry.openSchema("Health", "urn:health");
        registry.accredit(tax, FIRST);
        registry.accredit(tax, SECOND);
        registry.accredit(health, SECOND);
    }

    function issuanceOf(SchemaId schema) internal pure returns (Issuance memory) {
        return Issuance(SUBJECT, schema, END, CLAIM);
    }

    function issueAs(address issuer, Issuance memory issuance) internal {
        vm.prank(issuer);
        registry.issue(issuance);
    }

    function revokeAs(address issuer, SchemaId schema) internal {
        vm.prank(issuer);
        registry.revoke(SUBJECT, schema, REASON);
    }

    function delegated() internal view returns (DelegatedIssuance memory) {
        return DelegatedIssuance(FIRST, SUBJECT, tax, END, CLAIM, 7, NOW + 100);
    }

    function signed(uint256 key, DelegatedIssuance memory issuance) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, registry.hashIssuance(issuance));
        return abi.encodePacked(r, s, v);
    }

    /// @notice Holds the explanation and `isValid` together.
    function explained(address subject, SchemaId schema, bytes4 expected) internal view {
        (bool ok, bytes4 reason) = registry.explain(subject, schema);
        equal(bytes32(reason), bytes32(expected), "reason");
        isTrue(ok == (expected == 0), "ok");
        isTrue(registry.isValid(subject, schema) == ok, "valid");
    }

    function stands(SchemaId schema, Credential memory expected) internal view {
        bytes memory actual = abi.encode(registry.credentialOf(SUBJECT, schema));
        equal(keccak256(actual), keccak256(abi.encode(expected)), "credential");
    }
}
