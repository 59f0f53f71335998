// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {VenuePolicy} from "../../contracts/policies/VenuePolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {PolicyTest} from "./PolicyTest.sol";

/// @notice Units move through approved venues only.
contract VenuePolicyTest is PolicyTest {
    bytes4 private constant NO_CONTRACT = VenuePolicy.VenuePolicy_NotAContract.selector;
    bytes4 private constant NOT_APPROVED = VenuePolicy.VenuePolicy_NotApproved.selector;

    SchemaId private _venue;
    VenuePolicy private _policy;
    AssetId private _id;

    function setUp() public {
        setUpPolicies();
        _venue = openSchema("venue", address(this));
        _policy = new VenuePolicy(credentials, _venue);
        _id = listUnder(_policy);
    }

    function test_POL_10_onlyAContractWithAValidCredentialMovesUnits() public {
        tried(_id, ALICE, ALICE, BOB, 1, NO_CONTRACT);
        tried(_id, OPERATOR, ALICE, BOB, 1, NO_CONTRACT);
        tried(_id, address(market), ALICE, BOB, 1, NOT_APPROVED);
        certify(address(market), _venue);
        tried(_id, address(market), ALICE, BOB, SUPPLY, 0);
        certify(OPERATOR, _venue);
        tried(_id, OPERATOR, ALICE, BOB, 1, NO_CONTRACT);
        certify(ALICE, _venue);
        tried(_id, ALICE, ALICE, BOB, 1, NO_CONTRACT);
    }

    function test_POL_11_anAccountThatDelegatesToCodeIsNoContract() public {
        certify(OPERATOR, _venue);
        vm.etch(OPERATOR, abi.encodePacked(hex"ef0100", address(market)));
        isTrue(OPERATOR.code.length == 23, "delegates");
        tried(_id, OPERATOR, ALICE, BOB, 1, NO_CONTRACT);
        vm.etch(OPERATOR, hex"00");
        tried(_id, OPERATOR, ALICE, BOB, 1, 0);
    }

    function test_POL_12_aVenueIsClosedWhenItsCredentialEnds() public {
        certify(address(market), _venue);
        vm.warp(END + 1);
        tried(_id, address(market), ALICE, BOB, 1, NOT_APPROVED);
        credentials.renew(address(market), _venue, END + 1);
        tried(_id, address(market), ALICE, BOB, 1, 0);
        credentials.revoke(address(market), _venue, 0);
        tried(_id, address(market), ALICE, BOB, 1, NOT_APPROVED);
    }

    function test_POL_13_aVenuePolicySaysWhatItNeeds() public view {
        equal(SchemaId.unwrap(_policy.needed()), SchemaId.unwrap(_venue), "schema");
        isTrue(!_policy.countsHolders(), "counts nobody");
    }
}
