// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {Offices} from "../../contracts/assets/OfficeTypes.sol";
import {Registration, SaleTerms, Standing} from "../../contracts/assets/AssetTypes.sol";
import {DataAsset} from "../../contracts/assets/DataAsset.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Interfaces, royalties, sale terms, ids and supply.
contract StandardsTest is SystemTest {
    address private constant ALICE = address(0xA11CE);
    address private constant BOB = address(0xB0B);
    bytes32 private constant ROOT = "root";

    AssetId private _id;
    uint256 private _token;

    function setUp() public {
        setUpSystem();
        enrol(ALICE);
        enrol(BOB);
        _id = registerAsset(ALICE, 100, "a");
        _token = AssetId.unwrap(_id);
    }

    /// @notice Another chain, another register, another holder or another root: another id.
    function testFuzz_AST_12_idBindsChainRegisterHolderAndRoot(uint64 chain, address holder, bytes32 root) public {
        vm.assume(chain != 0 && chain != block.chainid && holder != ALICE && root != ROOT);
        uint256 id = AssetId.unwrap(assets.assetIdOf(ALICE, ROOT));
        isTrue(AssetId.unwrap(assets.assetIdOf(holder, ROOT)) != id, "holder");
        isTrue(AssetId.unwrap(assets.assetIdOf(ALICE, root)) != id, "root");
        DataAsset other = new DataAsset(
            address(manager),
            participants,
            currencies,
            gate,
            Offices(policies, notice, supervision, votes),
            FREEZE_TERM
        );
        isTrue(AssetId.unwrap(other.assetIdOf(ALICE, ROOT)) != id, "register");
        vm.chainId(chain);
        isTrue(AssetId.unwrap(assets.assetIdOf(ALICE, ROOT)) != id, "chain");
    }

    function test_AST_83_announcesItsInterfaces() public view {
        isTrue(assets.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        isTrue(assets.supportsInterface(type(IERC1155).interfaceId), "ERC-1155");
        isTrue(assets.supportsInterface(type(IERC1155MetadataURI).interfaceId), "ERC-1155 metadata");
        isTrue(assets.supportsInterface(type(IERC2981).interfaceId), "ERC-2981");
        isTrue(assets.supportsInterface(0x41c4fbad), "ERC-7943");
        isTrue(!assets.supportsInterface(0xffffffff), "the invalid one");
    }

    /// @notice For an interface that is none of the five.
    function testFuzz_AST_83_announcesNoOther(bytes4 interfaceId) public view {
        bool known =
            interfaceId == 0x01ffc9a7 ||
                interfaceId == 0xd9b67a26 ||
                interfaceId == 0x0e89341c ||
                interfaceId == 0x2a55205a ||
                interfaceId == 0x41c4fbad;
        isTrue(assets.supportsInterface(interfaceId) == known, "exactly these");
    }

    /// @notice 2.5 %, rounded down, for every price.
    function testFuzz_AST_84_royaltyIsTheHoldersShareOfThePrice(uint256 price) public view {
        (address receiver, uint256 royalty) = assets.royaltyInfo(_token, price);
        equal(receiver, ALICE, "holder");
        // Without overflow: whole ten-thousands and the rest apart.
        equal(royalty, (price / 10_000) * 250 + ((price % 10_000) * 250) / 10_000, "royalty");
    }

    function test_AST_84_royaltyStaysWithTheHolderWhenAllUnitsMove() public {
        vm.prank(ALICE);
        assets.safeTransferFrom(ALICE, BOB, _token, 100, "");
        (address receiver, uint256 royalty) = assets.royaltyInfo(_token, 10_000);
        equal(receiver, ALICE, "holder");
        equal(royalty, 250, "royalty");
    }

    function test_AST_85_withoutARoyaltyNobodyReceivesOne() public {
        Registration memory registration = sampleRegistration(ALICE, 1, "free");
        registration.royaltyBps = 0;
        vm.prank(ALICE);
        uint256 free = AssetId.unwrap(assets.register(registration));
        (address receiver, uint256 royalty) = assets.royaltyInfo(free, 10_000);
        equal(receiver, address(0), "no royalty, no receiver");
        equal(royalty, 0, "no royalty");
        (receiver, royalty) = assets.royaltyInfo(7, 10_000);
        equal(receiver, address(0), "unknown asset, no receiver");
        equal(royalty, 0, "unknown asset, no royalty");
    }

    function test_AST_86_termsOfSaleAreWhatTheAssetSays() public {
        SaleTerms memory terms = assets.termsOfSale(_id, 10_001);
        equal(terms.currency, address(currency), "currency");
        equal(terms.royaltyReceiver, ALICE, "receiver");
        equal(terms.royalty, 250, "royalty");
        equal(terms.policyVersion, 1, "version");
        vm.prank(ALICE);
        policies.propose(_id, 0);
        passWindow(POLICY_NOTICE);
        policies.enact(_id, ALICE, new address[](0));
        equal(assets.termsOfSale(_id, 10_001).policyVersion, 2, "next version");
    }

    function test_AST_86_atNoPriceNobodyReceivesARoyalty() public view {
        SaleTerms memory terms = assets.termsOfSale(_id, 0);
        equal(terms.currency, address(currency), "currency");
        equal(terms.policyVersion, 1, "version");
        equal(terms.royaltyReceiver, address(0), "receiver");
        equal(terms.royalty, 0, "royalty");
    }

    function test_AST_86_termsOfLicencesAreWhatTheAssetSays() public {
        Standing memory standing = assets.onOffer(_id);
        isTrue(standing.open, "registered");
        equal(standing.currency, address(currency), "currency");
        equal(standing.operator, assets.operatorOf(_id), "operator");
        equal(standing.policyVersion, 1, "version");
        equal(standing.latest, 1, "latest");
        suspendAsset(_id);
        isTrue(!assets.onOffer(_id).open, "suspended");
        vm.warp(assets.suspendedUntil(_id));
        isTrue(assets.onOffer(_id).open, "the suspension is over");
        vm.prank(ALICE);
        assets.retire(_id);
        standing = assets.onOffer(_id);
        isTrue(!standing.open, "retired");
        equal(standing.operator, assets.operatorOf(_id), "operator of the retired");
        standing = assets.onOffer(AssetId.wrap(7));
        isTrue(!standing.open, "unknown asset");
        equal(standing.latest, 0, "unknown asset, no release");
        equal(standing.operator, address(0), "unknown asset, no operator");
    }

    function test_AST_87_supplyIsWhatWasRegisteredWhateverMoves() public {
        vm.prank(ALICE);
        assets.safeTransferFrom(ALICE, BOB, _token, 40, "");
        forceUnits(ALICE, BOB, _token, 10);
        vm.prank(BOB);
        assets.distribute(_id, 777);
        equal(assets.totalSupply(_token), 100, "supply");
        equal(assets.balanceOf(ALICE, _token) + assets.balanceOf(BOB, _token), 100, "sum of holdings");
        equal(assets.totalSupply(7), 0, "unknown asset");
    }
}
