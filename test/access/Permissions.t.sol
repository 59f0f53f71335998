// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {ICurrencyRegistry} from "../../contracts/assets/ICurrencyRegistry.sol";
import {IDerivationGate} from "../../contracts/assets/IDerivationGate.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {DomainId} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Every restricted function refuses every caller without its role, whatever the arguments.
contract PermissionsTest is SystemTest {
    uint256 private constant FUNCTIONS = 11;

    function setUp() public {
        setUpSystem();
    }

    /// @notice The caller holds any one role, or none; no function here is given to any of them.
    function testFuzz_ACC_05_callersWithoutTheRoleAreRefused(address caller, uint64 role, uint256 argument) public {
        vm.assume(caller != address(this) && caller != address(manager) && caller != address(0));
        if (role % 2 == 0) manager.grantRole(Roles.AUTHORITY + (role % 5), caller, 0);
        for (uint256 i = 0; i < FUNCTIONS; ++i) {
            (address target, bytes memory data) = _function(i, argument);
            vm.prank(caller);
            (bool done, bytes memory failure) = target.call(data);
            isTrue(!done, "went through");
            bytes memory expected = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, caller);
            equal(keccak256(failure), keccak256(expected), "refused for another reason");
        }
    }

    function _function(uint256 i, uint256 argument) private view returns (address, bytes memory) {
        // Any bits will do as arguments: the check comes first.
        address account = address(uint160(argument));
        AssetId id = AssetId.wrap(argument);
        DomainId domain = DomainId.wrap(uint32(argument));
        if (i == 0) {
            return (address(participants), abi.encodeCall(IParticipantRegistry.openDomain, (domain, account, "")));
        }
        if (i == 1) {
            return (address(participants), abi.encodeCall(IParticipantRegistry.changeRegistrar, (domain, account)));
        }
        if (i == 2) {
            return (address(currencies), abi.encodeCall(ICurrencyRegistry.admit, (account, account, argument)));
        }
        if (i == 3) return (address(currencies), abi.encodeCall(ICurrencyRegistry.dismiss, (account)));
        if (i == 4) return (address(assets), abi.encodeCall(IDataAsset.admitPolicy, (IPolicy(account))));
        if (i == 5) {
            return (address(assets), abi.encodeCall(IDataAsset.setDerivationGate, (IDerivationGate(account))));
        }
        if (i == 6) return (address(assets), abi.encodeCall(IDataAsset.suspendAsset, (id, bytes32(argument))));
        if (i == 7) return (address(assets), abi.encodeCall(IDataAsset.reinstateAsset, (id, bytes32(argument))));
        if (i == 8) {
            bytes memory data = abi.encodeCall(
                IERC7943MultiToken.forcedTransfer,
                (account, account, argument, argument)
            );
            return (address(assets), data);
        }
        if (i == 9) {
            return (address(assets), abi.encodeCall(IERC7943MultiToken.setFrozenTokens, (account, argument, argument)));
        }
        return (address(market), abi.encodeCall(IMarketplace.setFee, (uint16(argument), account)));
    }
}
