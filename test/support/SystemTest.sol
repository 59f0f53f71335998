// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Registration, Release} from "../../contracts/assets/AssetTypes.sol";
import {ConsentGate} from "../../contracts/assets/ConsentGate.sol";
import {CurrencyRegistry} from "../../contracts/assets/CurrencyRegistry.sol";
import {Certificates} from "../../contracts/assets/Certificates.sol";
import {DataAsset} from "../../contracts/assets/DataAsset.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {Notice} from "../../contracts/assets/Notice.sol";
import {Offices} from "../../contracts/assets/OfficeTypes.sol";
import {OperatorVote} from "../../contracts/assets/OperatorVote.sol";
import {PolicyBook} from "../../contracts/assets/PolicyBook.sol";
import {Supervision} from "../../contracts/assets/Supervision.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {Order, Side} from "../../contracts/market/MarketTypes.sol";
import {Marketplace} from "../../contracts/market/Marketplace.sol";
import {CredentialRegistry} from "../../contracts/participants/CredentialRegistry.sol";
import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {ParticipantRegistry} from "../../contracts/participants/ParticipantRegistry.sol";
import {DomainId, ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {ProvenanceRegistry} from "../../contracts/provenance/ProvenanceRegistry.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Window} from "../../contracts/types/Window.sol";
import {vm} from "./Vm.sol";

/// @notice The whole system for Solidity tests. This contract is administrator, holds every role without delay, is the
/// registrar of `DOMAIN` and receives market fees.
abstract contract SystemTest {
    DomainId internal constant DOMAIN = DomainId.wrap(330_000);
    uint48 internal constant POLICY_NOTICE = 1_000;
    uint48 internal constant MOVE_WINDOW = 2_000;
    uint48 internal constant VOTE_WINDOW = 3_000;
    uint48 internal constant SUCCESSION_WINDOW = 4_000;
    /// @dev Least blocks of every window.
    uint48 internal constant BLOCKS = 3;
    uint48 internal constant FREEZE_TERM = 100_000;
    /// @dev Carries out what this contract proposes as registrar: two must act.
    address internal constant SUPERVISOR = address(0x5095);
    uint16 internal constant FEE_BPS = 100;

    AccessManager internal manager;
    ParticipantRegistry internal participants;
    CredentialRegistry internal credentials;
    CurrencyRegistry internal currencies;
    ConsentGate internal gate;
    PolicyBook internal policies;
    Notice internal notice;
    Supervision internal supervision;
    OperatorVote internal votes;
    DataAsset internal assets;
    Certificates internal certificates;
    ProvenanceRegistry internal provenance;
    Marketplace internal market;
    DemoCurrency internal currency;

    function setUpSystem() internal {
        vm.warp(1_800_000_000);
        manager = new AccessManager(address(this));
        participants = new ParticipantRegistry(address(manager), Window(SUCCESSION_WINDOW, BLOCKS));
        credentials = new CredentialRegistry(address(manager));
        currencies = new CurrencyRegistry(address(manager));
        gate = new ConsentGate(participants);
        policies = new PolicyBook(address(manager), participants, Window(POLICY_NOTICE, BLOCKS));
        notice = new Notice(address(manager), participants);
        supervision = new Supervision(address(manager), participants, Window(MOVE_WINDOW, BLOCKS));
        votes = new OperatorVote(address(manager), participants, Window(VOTE_WINDOW, BLOCKS));
        Offices memory offices = Offices(policies, notice, supervision, votes);
        assets = new DataAsset(address(manager), participants, currencies, gate, offices, FREEZE_TERM);
        policies.setRegister(assets);
        notice.setRegister(assets);
        supervision.setRegister(assets);
        votes.setRegister(assets);
        certificates = new Certificates(participants, assets, notice);
        manager.grantRole(0, SUPERVISOR, 0);
        provenance = new ProvenanceRegistry(participants, assets);
        market = new Marketplace(address(manager), assets, FEE_BPS, address(this));

        participants.openDomain(DOMAIN, address(this), "test");
        currency = new DemoCurrency();
        currency.mint(address(this), 1);
        currency.approve(address(currencies), 1);
        currencies.admit(address(currency), address(this), 1);
    }

    /// @notice Admits an account, gives it money, and lets market and register take it and market move its fractions.
    function enrol(address account) internal {
        participants.admit(account, DOMAIN, ParticipantKind.Organisation, 0);
        currency.mint(account, 1e18);
        vm.startPrank(account);
        currency.approve(address(market), type(uint256).max);
        currency.approve(address(assets), type(uint256).max);
        assets.setApprovalForAll(address(market), true);
        vm.stopPrank();
    }

    /// @notice Lets a window pass, in seconds and in blocks.
    function passWindow(uint48 duration) internal {
        vm.warp(block.timestamp + duration);
        vm.roll(block.number + BLOCKS);
    }

    /// @notice Records a successor, after the window.
    function succeed(address account, address successor) internal {
        participants.proposeSuccessor(account, successor, keccak256("statement of reasons"));
        passWindow(SUCCESSION_WINDOW);
        participants.recordSuccessor(account);
    }

    /// @notice Admits a policy and puts it into force for an asset, after its notice.
    function enactPolicy(address holder, AssetId id, IPolicy policy, address[] memory holders) internal {
        uint56 number = policies.admit(policy);
        vm.prank(holder);
        policies.propose(id, number);
        passWindow(POLICY_NOTICE);
        policies.enact(id, holder, holders);
    }

    /// @notice Moves units without their owner's consent: proposed as registrar, carried out by the supervisor.
    function forceMove(address from, address to, AssetId id, uint256 units) internal {
        ForcedMove memory move = ForcedMove(from, to, id, units, keccak256("court order"));
        supervision.proposeMove(move);
        passWindow(MOVE_WINDOW);
        vm.prank(SUPERVISOR);
        supervision.carryOutMove(move);
    }

    /// @notice Opens a schema of which `issuer` may issue credentials.
    function openSchema(string memory name, address issuer) internal returns (SchemaId schema) {
        schema = credentials.openSchema(name, "urn:schema");
        credentials.accredit(schema, issuer);
    }

    /// @notice What supervision tells the register: units of an account are frozen from now on, or none.
    function freezeUnits(address account, uint256 id, uint256 units) internal returns (bool) {
        vm.prank(address(supervision));
        return assets.setFrozenTokens(account, id, units);
    }

    /// @notice A forced transfer as the register sees it, without what comes before.
    function forceUnits(address from, address to, uint256 id, uint256 units) internal returns (bool) {
        vm.prank(address(supervision));
        return assets.forcedTransfer(from, to, id, units);
    }

    function suspendAsset(AssetId id) internal {
        vm.prank(address(supervision));
        assets.setSuspended(id, true);
    }

    function reinstateAsset(AssetId id) internal {
        vm.prank(address(supervision));
        assets.setSuspended(id, false);
    }

    function sampleRelease(bytes32 salt) internal pure returns (Release memory release) {
        release.root = keccak256(abi.encode("root", salt));
        release.keyCommitment = keccak256(abi.encode("key", salt));
        release.length = 4_096;
        release.manifestHash = keccak256(abi.encode("manifest", salt));
        release.manifestUri = "https://data.example/manifest.json";
    }

    function sampleRegistration(
        address holder,
        uint64 fractions,
        bytes32 salt
    ) internal view returns (Registration memory registration) {
        registration.holder = holder;
        registration.operator = holder;
        registration.fractions = fractions;
        registration.currency = address(currency);
        registration.royaltyBps = 250;
        registration.release = sampleRelease(salt);
    }

    function registerAsset(address holder, uint64 fractions, bytes32 salt) internal returns (AssetId) {
        Registration memory registration = sampleRegistration(holder, fractions, salt);
        vm.prank(holder);
        return assets.register(registration);
    }

    function sampleOrder(address maker, AssetId id, Side side) internal pure returns (Order memory order) {
        order.maker = maker;
        order.id = id;
        order.side = side;
        order.units = 100;
        order.minFill = 1;
        order.unitPrice = 5e6;
        order.policyVersion = 1;
        order.maxFeeBps = 500;
        order.maxRoyaltyBps = 1_000;
        order.maxDue = type(uint128).max;
        order.expiry = type(uint48).max;
    }

    function signOrder(uint256 key, Order memory order) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, market.hashOrder(order));
        return abi.encodePacked(r, s, v);
    }
}
