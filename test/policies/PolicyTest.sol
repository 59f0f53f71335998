// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {Issuance, SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Alice, Bob and Carol take part, `OPERATOR` may move everybody's units, and this contract issues credentials.
abstract contract PolicyTest is SystemTest {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA501);
    address internal constant OPERATOR = address(0x0972);
    uint48 internal constant NOW = 1_800_000_000;
    uint48 internal constant END = NOW + 1_000;
    uint64 internal constant SUPPLY = 100;

    function setUpPolicies() internal {
        setUpSystem();
        address[3] memory people = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < people.length; ++i) {
            enrol(people[i]);
            vm.prank(people[i]);
            assets.setApprovalForAll(OPERATOR, true);
        }
    }

    /// @notice Admits the policy, and registers an asset of Alice that chose it.
    function listUnder(IPolicy policy) internal returns (AssetId id) {
        Registration memory registration = sampleRegistration(ALICE, SUPPLY, keccak256(abi.encode(address(policy))));
        registration.policy = policies.admit(policy);
        vm.prank(ALICE);
        return assets.register(registration);
    }

    function certify(address subject, SchemaId schema) internal {
        credentials.issue(Issuance(subject, schema, END, 0));
    }

    function send(AssetId id, address from, address to, uint256 units) internal {
        vm.prank(from);
        assets.safeTransferFrom(from, to, AssetId.unwrap(id), units, "");
    }

    /// @notice The policy answers as expected when it is asked alone.
    function answers(
        IPolicy policy,
        address operator,
        address from,
        address to,
        uint256 units,
        bytes4 expected
    ) internal view {
        bytes4 reason = policy.check(operator, from, to, AssetId.wrap(1), units);
        equal(bytes32(reason), bytes32(expected), "reason");
    }

    /// @notice Makes the transfer and takes it back: it goes through where no reason is expected, and is else refused by the
    /// policy for this reason, as the register explains.
    function tried(AssetId id, address operator, address from, address to, uint256 units, bytes4 expected) internal {
        uint256 token = AssetId.unwrap(id);
        (bool ok, bytes4 refusal) = assets.explainTransfer(operator, from, to, token, units);
        isTrue(ok == (expected == 0), "explained otherwise");
        isTrue(ok || refusal == IDataAsset.Assets_PolicyRefused.selector, "refused by something else");
        uint256 snapshot = vm.snapshotState();
        vm.prank(operator);
        try assets.safeTransferFrom(from, to, token, units, "") {
            isTrue(ok, "went through");
        } catch (bytes memory failure) {
            uint56 policy = assets.assetOf(id).policy;
            bytes memory error_ = abi.encodeWithSelector(
                IDataAsset.Assets_PolicyRefused.selector,
                id,
                policy,
                expected
            );
            equal(keccak256(failure), keccak256(error_), "error");
        }
        vm.revertToState(snapshot);
    }
}
