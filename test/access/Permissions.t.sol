// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {ICurrencyRegistry} from "../../contracts/assets/ICurrencyRegistry.sol";
import {IDerivationGate} from "../../contracts/assets/IDerivationGate.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {IOffice} from "../../contracts/assets/IOffice.sol";
import {IPolicyBook} from "../../contracts/assets/IPolicyBook.sol";
import {ISupervision} from "../../contracts/assets/ISupervision.sol";
import {NoticeTerms} from "../../contracts/assets/NoticeTypes.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {Roles} from "../../contracts/access/Roles.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {LicenceRegistry} from "../../contracts/licences/LicenceRegistry.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {ICredentialRegistry} from "../../contracts/participants/ICredentialRegistry.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {DomainId} from "../../contracts/participants/ParticipantTypes.sol";
import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {IJurisdictionPolicy} from "../../contracts/policies/IJurisdictionPolicy.sol";
import {JurisdictionPolicy} from "../../contracts/policies/JurisdictionPolicy.sol";
import {Profile} from "../../contracts/policies/PolicyTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Window} from "../../contracts/types/Window.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Every restricted function refuses every caller without its role, whatever the arguments.
contract PermissionsTest is SystemTest {
    /// @dev Those of the deployed contracts: `check:roles` counts them.
    uint256 private constant FUNCTIONS = 23;

    JurisdictionPolicy private _jurisdiction;
    LicenceRegistry private _licences;

    function setUp() public {
        setUpSystem();
        SchemaId none = SchemaId.wrap(0);
        _jurisdiction = new JurisdictionPolicy(address(manager), participants, credentials, none, none);
        Window memory least = Window(1, 1);
        _licences = new LicenceRegistry(address(manager), assets, participants, credentials, least, 0, address(this));
    }

    /// @notice The caller holds any one role, or none; no function here is given to any of them.
    function testFuzz_ACC_05_callersWithoutTheRoleAreRefused(address caller, uint64 role, uint256 argument) public {
        vm.assume(caller != address(this) && caller != address(manager) && caller != address(0));
        vm.assume(caller != SUPERVISOR);
        uint64 held = role % (Roles.GUARDIAN + 1);
        if (held != Roles.ADMIN) manager.grantRole(held, caller, 0);
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
        if (i == 4) return (address(policies), abi.encodeCall(IPolicyBook.admit, (IPolicy(account))));
        if (i == 5) {
            return (address(assets), abi.encodeCall(IDataAsset.setDerivationGate, (IDerivationGate(account))));
        }
        if (i == 6) return (address(market), abi.encodeCall(IMarketplace.setFee, (uint16(argument), account)));
        bytes32 reason = bytes32(argument);
        if (i == 7) return (address(supervision), abi.encodeCall(ISupervision.suspend, (id, reason)));
        if (i == 8) return (address(supervision), abi.encodeCall(ISupervision.reinstate, (id, reason)));
        if (i == 9) return (address(supervision), abi.encodeCall(ISupervision.freeze, (account, id, argument, reason)));
        if (i == 10) return (address(supervision), abi.encodeCall(ISupervision.release, (account, id, reason)));
        if (i == 11) {
            ForcedMove memory move = ForcedMove(account, account, id, argument, reason);
            return (address(supervision), abi.encodeCall(ISupervision.carryOutMove, (move)));
        }
        if (i == 12) {
            NoticeTerms memory terms;
            return (address(notice), abi.encodeCall(INotice.setTerms, (domain, terms)));
        }
        SchemaId schema = SchemaId.wrap(reason);
        if (i == 13) return (address(credentials), abi.encodeCall(ICredentialRegistry.openSchema, ("", "")));
        if (i == 14) return (address(credentials), abi.encodeCall(ICredentialRegistry.accredit, (schema, account)));
        if (i == 15) {
            return (
                address(credentials),
                abi.encodeCall(ICredentialRegistry.withdrawAccreditation, (schema, account, 0))
            );
        }
        if (i == 16) {
            return (address(_jurisdiction), abi.encodeCall(IJurisdictionPolicy.setProfile, (domain, Profile.Open)));
        }
        if (i == 17) return (address(_licences), abi.encodeCall(ILicenceRegistry.setFee, (uint16(argument), account)));
        if (i == 18) return (address(_licences), abi.encodeCall(ILicenceRegistry.connect, (account, account)));
        address[4] memory offices = [address(policies), address(notice), address(supervision), address(votes)];
        return (offices[i - 19], abi.encodeCall(IOffice.setRegister, (IDataAsset(account))));
    }
}
