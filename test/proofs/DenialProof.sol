// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Window} from "../../contracts/types/Window.sol";
import {CurrencyRegistry} from "../../contracts/assets/CurrencyRegistry.sol";
import {DataAsset} from "../../contracts/assets/DataAsset.sol";
import {ICurrencyRegistry} from "../../contracts/assets/ICurrencyRegistry.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IDerivationGate} from "../../contracts/assets/IDerivationGate.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {Notice} from "../../contracts/assets/Notice.sol";
import {NoticeTerms} from "../../contracts/assets/NoticeTypes.sol";
import {Offices} from "../../contracts/assets/OfficeTypes.sol";
import {OperatorVote} from "../../contracts/assets/OperatorVote.sol";
import {PolicyBook} from "../../contracts/assets/PolicyBook.sol";
import {Supervision} from "../../contracts/assets/Supervision.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {LicenceRegistry} from "../../contracts/licences/LicenceRegistry.sol";
import {Marketplace} from "../../contracts/market/Marketplace.sol";
import {CredentialRegistry} from "../../contracts/participants/CredentialRegistry.sol";
import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {ParticipantRegistry} from "../../contracts/participants/ParticipantRegistry.sol";
import {DomainId} from "../../contracts/participants/ParticipantTypes.sol";
import {JurisdictionPolicy} from "../../contracts/policies/JurisdictionPolicy.sol";
import {Profile} from "../../contracts/policies/PolicyTypes.sol";
import {Denier} from "./Authorities.sol";
import {svm} from "./Svm.sol";
import {vm} from "../support/Vm.sol";

/// @title Restricted functions where the authority says no
/// @notice For every caller, all arguments and every state of the contract, the authority answering no with any delay.
contract DenialProof {
    error Outside();

    address private _denier;
    ParticipantRegistry private _participants;
    CredentialRegistry private _credentials;
    CurrencyRegistry private _currencies;
    PolicyBook private _policies;
    Notice private _notice;
    Supervision private _supervision;
    OperatorVote private _votes;
    DataAsset private _assets;
    JurisdictionPolicy private _jurisdiction;
    Marketplace private _market;
    LicenceRegistry private _licences;

    function setUp() external {
        _denier = address(new Denier());
        svm.enableSymbolicStorage(_denier);
        IParticipantRegistry none = IParticipantRegistry(address(0));
        Window memory window = Window(1, 1);
        SchemaId schema = SchemaId.wrap(0);
        Offices memory offices;
        _participants = new ParticipantRegistry(_denier, window);
        _credentials = new CredentialRegistry(_denier);
        _currencies = new CurrencyRegistry(_denier);
        _policies = new PolicyBook(_denier, none, window);
        _notice = new Notice(_denier, none);
        _supervision = new Supervision(_denier, none, window);
        _votes = new OperatorVote(_denier, none, window);
        _assets = new DataAsset(_denier, none, ICurrencyRegistry(address(0)), IDerivationGate(address(0)), offices, 1);
        _jurisdiction = new JurisdictionPolicy(_denier, none, _credentials, schema, schema);
        _market = new Marketplace(_denier, _assets, 0, address(1));
        _licences = new LicenceRegistry(_denier, _assets, none, _credentials, window, 0, address(1));
        _anyState(address(_participants), 0);
        _anyState(address(_credentials), 0);
        _anyState(address(_currencies), 0);
        _anyState(address(_policies), 0);
        _anyState(address(_notice), 0);
        _anyState(address(_supervision), 0);
        _anyState(address(_votes), 0);
        _anyState(address(_assets), 2);
        _anyState(address(_jurisdiction), 0);
        _anyState(address(_market), 4);
        _anyState(address(_licences), 5);
    }

    /// @notice `ParticipantRegistry.openDomain` reverts for everybody, as unauthorized or as not scheduled.
    function check_ParticipantRegistry_openDomain(
        address caller,
        DomainId domain,
        address registrar,
        string calldata name
    ) external {
        _mustRevert(
            address(_participants),
            caller,
            abi.encodeCall(_participants.openDomain, (domain, registrar, name))
        );
    }

    /// @notice `ParticipantRegistry.changeRegistrar` reverts for everybody, as unauthorized or as not scheduled.
    function check_ParticipantRegistry_changeRegistrar(address caller, DomainId domain, address registrar) external {
        _mustRevert(address(_participants), caller, abi.encodeCall(_participants.changeRegistrar, (domain, registrar)));
    }

    /// @notice `CredentialRegistry.openSchema` reverts for everybody, as unauthorized or as not scheduled.
    function check_CredentialRegistry_openSchema(address caller, string calldata name, string calldata uri) external {
        _mustRevert(address(_credentials), caller, abi.encodeCall(_credentials.openSchema, (name, uri)));
    }

    /// @notice `CredentialRegistry.accredit` reverts for everybody, as unauthorized or as not scheduled.
    function check_CredentialRegistry_accredit(address caller, SchemaId schema, address issuer) external {
        _mustRevert(address(_credentials), caller, abi.encodeCall(_credentials.accredit, (schema, issuer)));
    }

    /// @notice `CredentialRegistry.withdrawAccreditation` reverts for everybody, as unauthorized or as not scheduled.
    function check_CredentialRegistry_withdrawAccreditation(
        address caller,
        SchemaId schema,
        address issuer,
        bytes32 reason
    ) external {
        _mustRevert(
            address(_credentials),
            caller,
            abi.encodeCall(_credentials.withdrawAccreditation, (schema, issuer, reason))
        );
    }

    /// @notice `CurrencyRegistry.admit` reverts for everybody, as unauthorized or as not scheduled.
    function check_CurrencyRegistry_admit(address caller, address currency, address funder, uint256 amount) external {
        _mustRevert(address(_currencies), caller, abi.encodeCall(_currencies.admit, (currency, funder, amount)));
    }

    /// @notice `CurrencyRegistry.dismiss` reverts for everybody, as unauthorized or as not scheduled.
    function check_CurrencyRegistry_dismiss(address caller, address currency) external {
        _mustRevert(address(_currencies), caller, abi.encodeCall(_currencies.dismiss, (currency)));
    }

    /// @notice `PolicyBook.admit` reverts for everybody, as unauthorized or as not scheduled.
    function check_PolicyBook_admit(address caller, IPolicy policy) external {
        _mustRevert(address(_policies), caller, abi.encodeCall(_policies.admit, (policy)));
    }

    /// @notice `PolicyBook.setRegister` reverts for everybody, as unauthorized or as not scheduled.
    function check_PolicyBook_setRegister(address caller, IDataAsset register) external {
        _mustRevert(address(_policies), caller, abi.encodeCall(_policies.setRegister, (register)));
    }

    /// @notice `Notice.setTerms` reverts for everybody, as unauthorized or as not scheduled.
    function check_Notice_setTerms(address caller, DomainId domain, NoticeTerms calldata terms) external {
        _mustRevert(address(_notice), caller, abi.encodeCall(_notice.setTerms, (domain, terms)));
    }

    /// @notice `Notice.setRegister` reverts for everybody, as unauthorized or as not scheduled.
    function check_Notice_setRegister(address caller, IDataAsset register) external {
        _mustRevert(address(_notice), caller, abi.encodeCall(_notice.setRegister, (register)));
    }

    /// @notice `Supervision.freeze` reverts for everybody, as unauthorized or as not scheduled.
    function check_Supervision_freeze(
        address caller,
        address account,
        AssetId id,
        uint256 units,
        bytes32 reason
    ) external {
        _mustRevert(address(_supervision), caller, abi.encodeCall(_supervision.freeze, (account, id, units, reason)));
    }

    /// @notice `Supervision.release` reverts for everybody, as unauthorized or as not scheduled.
    function check_Supervision_release(address caller, address account, AssetId id, bytes32 reason) external {
        _mustRevert(address(_supervision), caller, abi.encodeCall(_supervision.release, (account, id, reason)));
    }

    /// @notice `Supervision.suspend` reverts for everybody, as unauthorized or as not scheduled.
    function check_Supervision_suspend(address caller, AssetId id, bytes32 reason) external {
        _mustRevert(address(_supervision), caller, abi.encodeCall(_supervision.suspend, (id, reason)));
    }

    /// @notice `Supervision.reinstate` reverts for everybody, as unauthorized or as not scheduled.
    function check_Supervision_reinstate(address caller, AssetId id, bytes32 reason) external {
        _mustRevert(address(_supervision), caller, abi.encodeCall(_supervision.reinstate, (id, reason)));
    }

    /// @notice `Supervision.carryOutMove` reverts for everybody, as unauthorized or as not scheduled.
    function check_Supervision_carryOutMove(address caller, ForcedMove calldata move) external {
        _mustRevert(address(_supervision), caller, abi.encodeCall(_supervision.carryOutMove, (move)));
    }

    /// @notice `Supervision.setRegister` reverts for everybody, as unauthorized or as not scheduled.
    function check_Supervision_setRegister(address caller, IDataAsset register) external {
        _mustRevert(address(_supervision), caller, abi.encodeCall(_supervision.setRegister, (register)));
    }

    /// @notice `OperatorVote.setRegister` reverts for everybody, as unauthorized or as not scheduled.
    function check_OperatorVote_setRegister(address caller, IDataAsset register) external {
        _mustRevert(address(_votes), caller, abi.encodeCall(_votes.setRegister, (register)));
    }

    /// @notice `DataAsset.setDerivationGate` reverts for everybody, as unauthorized or as not scheduled.
    function check_DataAsset_setDerivationGate(address caller, IDerivationGate gate) external {
        _mustRevert(address(_assets), caller, abi.encodeCall(_assets.setDerivationGate, (gate)));
    }

    /// @notice `JurisdictionPolicy.setProfile` reverts for everybody, as unauthorized or as not scheduled.
    function check_JurisdictionPolicy_setProfile(address caller, DomainId domain, Profile profile) external {
        _mustRevert(address(_jurisdiction), caller, abi.encodeCall(_jurisdiction.setProfile, (domain, profile)));
    }

    /// @notice `Marketplace.setFee` reverts for everybody, as unauthorized or as not scheduled.
    function check_Marketplace_setFee(address caller, uint16 bps, address receiver) external {
        _mustRevert(address(_market), caller, abi.encodeCall(_market.setFee, (bps, receiver)));
    }

    /// @notice `LicenceRegistry.setFee` reverts for everybody, as unauthorized or as not scheduled.
    function check_LicenceRegistry_setFee(address caller, uint16 bps, address receiver) external {
        _mustRevert(address(_licences), caller, abi.encodeCall(_licences.setFee, (bps, receiver)));
    }

    /// @notice `LicenceRegistry.connect` reverts for everybody, as unauthorized or as not scheduled.
    function check_LicenceRegistry_connect(address caller, address disputes, address subscriptions) external {
        _mustRevert(address(_licences), caller, abi.encodeCall(_licences.connect, (disputes, subscriptions)));
    }

    /// @dev Any storage but the slot that names the authority.
    function _anyState(address target, uint256 authoritySlot) private {
        svm.enableSymbolicStorage(target);
        vm.store(target, bytes32(authoritySlot), bytes32(uint256(uint160(_denier))));
        (, bytes memory answer) = target.staticcall(abi.encodeWithSignature("authority()"));
        if (abi.decode(answer, (address)) != _denier) revert Outside();
    }

    function _mustRevert(address target, address caller, bytes memory data) private {
        vm.prank(caller);
        (bool ok, bytes memory answer) = target.call(data);
        // The first four bytes of an answer are the error's selector.
        bytes4 reason = bytes4(answer);
        bool denied = reason == IAccessManaged.AccessManagedUnauthorized.selector;
        assert(!ok && (denied || reason == Denier.NothingScheduled.selector));
    }
}
