// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Registration, Release} from "../../contracts/assets/AssetTypes.sol";
import {ConsentGate} from "../../contracts/assets/ConsentGate.sol";
import {CurrencyRegistry} from "../../contracts/assets/CurrencyRegistry.sol";
import {DataAsset} from "../../contracts/assets/DataAsset.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {Order, Side} from "../../contracts/market/MarketTypes.sol";
import {Marketplace} from "../../contracts/market/Marketplace.sol";
import {ParticipantRegistry} from "../../contracts/participants/ParticipantRegistry.sol";
import {DomainId, ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {ProvenanceRegistry} from "../../contracts/provenance/ProvenanceRegistry.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {vm} from "./Vm.sol";

/// @notice The whole system for Solidity tests. This contract is administrator, holds every role without delay, is the
/// registrar of `DOMAIN` and receives market fees.
abstract contract SystemTest {
    DomainId internal constant DOMAIN = DomainId.wrap(330_000);
    uint48 internal constant POLICY_NOTICE = 1_000;
    uint16 internal constant FEE_BPS = 100;

    AccessManager internal manager;
    ParticipantRegistry internal participants;
    CurrencyRegistry internal currencies;
    ConsentGate internal gate;
    DataAsset internal assets;
    ProvenanceRegistry internal provenance;
    Marketplace internal market;
    DemoCurrency internal currency;

    function setUpSystem() internal {
        vm.warp(1_800_000_000);
        manager = new AccessManager(address(this));
        participants = new ParticipantRegistry(address(manager));
        currencies = new CurrencyRegistry(address(manager));
        gate = new ConsentGate();
        assets = new DataAsset(address(manager), participants, currencies, gate, POLICY_NOTICE);
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
