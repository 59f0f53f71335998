// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {CredentialPolicy} from "../../contracts/policies/CredentialPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {PolicyTest} from "./PolicyTest.sol";

/// @notice Whoever receives units needs credentials.
contract CredentialPolicyTest is PolicyTest {
    bytes4 private constant MISSING = CredentialPolicy.CredentialPolicy_Missing.selector;
    uint256 private constant MAX = 8;

    SchemaId[] private _schemas;

    function setUp() public {
        setUpPolicies();
        for (uint256 i = 0; i < MAX; ++i) _schemas.push(openSchema(string(abi.encodePacked("s", i)), address(this)));
    }

    function test_POL_01_oneOfTheSchemasIsEnoughWhereAnyWillDo() public {
        AssetId id = listUnder(_policy(3, false));
        tried(id, ALICE, ALICE, BOB, 1, MISSING);
        certify(BOB, _schemas[3]);
        tried(id, ALICE, ALICE, BOB, 1, MISSING);
        certify(BOB, _schemas[2]);
        tried(id, ALICE, ALICE, BOB, 1, 0);
        tried(id, OPERATOR, ALICE, BOB, SUPPLY, 0);
        tried(id, ALICE, ALICE, CAROL, 1, MISSING);
    }

    function test_POL_02_everySchemaIsNeededWhereAllAre() public {
        AssetId id = listUnder(_policy(3, true));
        certify(BOB, _schemas[0]);
        certify(BOB, _schemas[2]);
        tried(id, ALICE, ALICE, BOB, 1, MISSING);
        certify(BOB, _schemas[1]);
        tried(id, ALICE, ALICE, BOB, 1, 0);
    }

    function test_POL_03_senderAndOperatorNeedNoCredential() public {
        AssetId id = listUnder(_policy(1, true));
        certify(BOB, _schemas[0]);
        send(id, ALICE, BOB, 10);
        tried(id, OPERATOR, BOB, ALICE, 1, MISSING);
        tried(id, BOB, BOB, ALICE, 0, MISSING);
        certify(ALICE, _schemas[0]);
        credentials.revoke(BOB, _schemas[0], 0);
        tried(id, OPERATOR, BOB, ALICE, 10, 0);
        tried(id, BOB, BOB, BOB, 1, MISSING);
    }

    function test_POL_04_oneToEightSchemasAreNamedForGood() public {
        (SchemaId[] memory schemas, bool all) = _policy(MAX, true).needed();
        equal(keccak256(abi.encode(schemas, all)), keccak256(abi.encode(_schemas, true)), "reads back");
        (schemas, all) = _policy(1, false).needed();
        equal(schemas.length, 1, "one");
        isTrue(!all, "any");
        vm.expectRevert(abi.encodeWithSelector(CredentialPolicy.CredentialPolicy_SchemaCount.selector, 0, MAX));
        _policy(0, true);
        _schemas.push(_schemas[0]);
        vm.expectRevert(abi.encodeWithSelector(CredentialPolicy.CredentialPolicy_SchemaCount.selector, MAX + 1, MAX));
        _policy(MAX + 1, true);
    }

    function test_POL_05_aCredentialThatEndsIsMissedAtOnce() public {
        AssetId id = listUnder(_policy(1, false));
        certify(BOB, _schemas[0]);
        vm.warp(END);
        tried(id, ALICE, ALICE, BOB, 1, 0);
        vm.warp(END + 1);
        tried(id, ALICE, ALICE, BOB, 1, MISSING);
        vm.warp(END);
        credentials.withdrawAccreditation(_schemas[0], address(this), 0);
        tried(id, ALICE, ALICE, BOB, 1, MISSING);
        credentials.accredit(_schemas[0], address(this));
        tried(id, ALICE, ALICE, BOB, 1, 0);
        credentials.revoke(BOB, _schemas[0], 0);
        tried(id, ALICE, ALICE, BOB, 1, MISSING);
    }

    /// @notice POL-06 Over the number of schemas, which of them the receiver has, and whether all are needed.
    function testFuzz_POL_06_anyAndAllAreWhatTheySay(uint256 count, uint8 has, bool all) public {
        count = 1 + (count % MAX);
        CredentialPolicy policy = _policy(count, all);
        uint256 found;
        for (uint256 i = 0; i < MAX; ++i) {
            if ((has >> i) & 1 == 0) continue;
            certify(BOB, _schemas[i]);
            if (i < count) ++found;
        }
        bool enough = all ? found == count : found > 0;
        answers(policy, ALICE, ALICE, BOB, 1, enough ? bytes4(0) : MISSING);
        isTrue(!policy.countsHolders(), "counts nobody");
    }

    function _policy(uint256 count, bool all) private returns (CredentialPolicy) {
        SchemaId[] memory schemas = new SchemaId[](count);
        for (uint256 i = 0; i < count; ++i) schemas[i] = _schemas[i];
        return new CredentialPolicy(credentials, schemas, all);
    }
}
