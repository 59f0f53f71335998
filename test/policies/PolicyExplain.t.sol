// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {CombinedPolicy} from "../../contracts/policies/CombinedPolicy.sol";
import {CredentialPolicy} from "../../contracts/policies/CredentialPolicy.sol";
import {HolderCapPolicy} from "../../contracts/policies/HolderCapPolicy.sol";
import {JurisdictionPolicy} from "../../contracts/policies/JurisdictionPolicy.sol";
import {LockUpPolicy} from "../../contracts/policies/LockUpPolicy.sol";
import {Profile} from "../../contracts/policies/PolicyTypes.sol";
import {VenuePolicy} from "../../contracts/policies/VenuePolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Draws} from "../support/Draws.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";
import {PolicyTest} from "./PolicyTest.sol";

/// @notice Under every policy, what is explained before a transfer is what the transfer does.
contract PolicyExplainTest is PolicyTest, Draws {
    JurisdictionPolicy private _jurisdiction;
    SchemaId[] private _schemas;
    IPolicy[] private _kinds;
    /// @dev One asset for each policy, of which Bob has 30 units.
    AssetId[] private _ids;

    function setUp() public {
        setUpPolicies();
        for (uint256 i = 0; i < 3; ++i) _schemas.push(openSchema(string(abi.encodePacked("s", i)), address(this)));
        _jurisdiction = new JurisdictionPolicy(address(manager), participants, credentials, _schemas[0], _schemas[2]);
        _kinds.push(new CredentialPolicy(credentials, _schemas, false));
        _kinds.push(new CredentialPolicy(credentials, _schemas, true));
        _kinds.push(new VenuePolicy(credentials, _schemas[2]));
        _kinds.push(new HolderCapPolicy(assets, 2));
        _kinds.push(new LockUpPolicy(NOW + 50));
        _kinds.push(_jurisdiction);
        _kinds.push(new CombinedPolicy(_kinds));
        for (uint256 i = 0; i < _kinds.length; ++i) {
            AssetId id = listUnder(_kinds[i]);
            vm.prank(address(supervision));
            assets.forcedTransfer(ALICE, BOB, AssetId.unwrap(id), 30);
            _ids.push(id);
        }
    }

    /// @notice Over policy, parties, operator, units, freeze, who has which credential, whether it was revoked, whether its
    /// issuer is accredited, the domain's profile, and time.
    function testFuzz_POL_60_explanationAgreesWithTheTransferUnderEveryPolicy(uint256 seed) public {
        seedDraws(seed);
        _shape();
        uint256 i = draw(_ids.length);
        address from = draw(4) == 0 ? BOB : ALICE;
        address to = [ALICE, BOB, CAROL][draw(3)];
        address operator = [from, OPERATOR, address(market), CAROL][draw(4)];
        uint256 units = [draw(40), 30, 70, 71][draw(4)];
        if (draw(4) == 0) {
            vm.prank(address(supervision));
            assets.setFrozenTokens(from, AssetId.unwrap(_ids[i]), draw(80));
        }
        _compare(_ids[i], operator, from, to, units);
    }

    /// @dev Every account gets any of the schemas, most of them valid.
    function _shape() private {
        address[5] memory subjects = [ALICE, BOB, CAROL, OPERATOR, address(market)];
        for (uint256 i = 0; i < subjects.length; ++i) {
            for (uint256 j = 0; j < _schemas.length; ++j) {
                if (draw(4) == 0) continue;
                certify(subjects[i], _schemas[j]);
                if (draw(8) == 0) credentials.revoke(subjects[i], _schemas[j], 0);
            }
        }
        if (draw(6) == 0) credentials.withdrawAccreditation(_schemas[draw(3)], address(this), 0);
        _jurisdiction.setProfile(DOMAIN, Profile(draw(4)));
        uint256 time = draw(6);
        if (time != 0) vm.warp(time == 1 ? END + 1 : NOW + 49 + draw(2));
    }

    function _compare(AssetId id, address operator, address from, address to, uint256 units) private {
        uint256 token = AssetId.unwrap(id);
        (bool ok, bytes4 reason) = assets.explainTransfer(operator, from, to, token, units);
        // ERC-7943 asks for the caller's transfer, and says nothing of approvals.
        vm.prank(operator);
        bool can = assets.canTransfer(from, to, token, units);
        bool unapproved = reason == IERC1155Errors.ERC1155MissingApprovalForAll.selector;
        isTrue(unapproved || can == ok, "canTransfer");
        uint256[] memory ids = new uint256[](1);
        uint256[] memory values = new uint256[](1);
        (ids[0], values[0]) = (token, units);
        uint256 snapshot = vm.snapshotState();
        vm.prank(operator);
        try assets.safeBatchTransferFrom(from, to, ids, values, "") {
            isTrue(ok, "batch was explained as refused");
        } catch (bytes memory failure) {
            equal(bytes32(reason), bytes32(bytes4(failure)), "batch failed for another reason");
        }
        vm.revertToState(snapshot);
        vm.prank(operator);
        try assets.safeTransferFrom(from, to, token, units, "") {
            isTrue(ok, "transfer was explained as refused");
        } catch (bytes memory failure) {
            equal(bytes32(reason), bytes32(bytes4(failure)), "transfer failed for another reason");
        }
    }
}
