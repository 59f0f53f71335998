// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {Fill, Order, Outcome} from "../../contracts/market/MarketTypes.sol";
import {ChangeablePolicy} from "../../contracts/mocks/ChangeablePolicy.sol";
import {Issuance, SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {CredentialPolicy} from "../../contracts/policies/CredentialPolicy.sol";
import {VenuePolicy} from "../../contracts/policies/VenuePolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {MarketTest} from "../market/MarketTest.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {vm} from "../support/Vm.sol";

/// @notice Sales of assets whose policy asks for credentials, or misbehaves.
contract PolicyMarketTest is MarketTest {
    bytes4 private constant MISSING = CredentialPolicy.CredentialPolicy_Missing.selector;
    uint48 private constant END = 1_800_001_000;

    SchemaId private _schema;
    uint56 private _policy;

    function setUp() public {
        setUpMarket();
        _schema = openSchema("buyer", address(this));
        SchemaId[] memory schemas = new SchemaId[](1);
        schemas[0] = _schema;
        _list(new CredentialPolicy(credentials, schemas, true));
    }

    function test_POL_61_aBuyerWithoutTheCredentialIsRefused() public {
        Fill memory f = fillOf(sellOrder(), 10);
        _refuses(f, MISSING);
        _certify(buyer);
        fillAs(buyer, f);
        equal(assets.balanceOf(buyer, token), 10, "bought");
    }

    function test_POL_61_aBuyOrderIsRefusedToo() public {
        Order memory sell = sellOrder();
        Order memory buy = buyOrder();
        (bytes memory sellSignature, bytes memory buySignature) = (
            signOrder(SELLER_KEY, sell),
            signOrder(BUYER_KEY, buy)
        );
        vm.expectRevert(_refusal(MISSING));
        fillAs(seller, Fill(buy, buySignature, 10, 0));
        vm.expectRevert(_refusal(MISSING));
        market.matchOrders(sell, sellSignature, buy, buySignature, 10);
        _certify(buyer);
        market.matchOrders(sell, sellSignature, buy, buySignature, 10);
        equal(assets.balanceOf(buyer, token), 10, "matched");
    }

    function test_POL_62_anIssuerThatLosesItsAccreditationBetweenOrderAndFillStopsTheFill() public {
        _certify(buyer);
        Fill memory f = fillOf(sellOrder(), 10);
        _fillable(f);
        credentials.withdrawAccreditation(_schema, address(this), 0);
        _refuses(f, MISSING);
        credentials.accredit(_schema, address(this));
        fillAs(buyer, f);
    }

    function test_POL_62_aCredentialRevokedOrExpiredBetweenOrderAndFillStopsTheFill() public {
        _certify(buyer);
        Fill memory f = fillOf(sellOrder(), 10);
        _fillable(f);
        vm.warp(END + 1);
        _refuses(f, MISSING);
        credentials.renew(buyer, _schema, END + 1);
        _fillable(f);
        credentials.revoke(buyer, _schema, 0);
        _refuses(f, MISSING);
    }

    function test_POL_63_underAVenuePolicyUnitsMoveThroughTheMarketAlone() public {
        SchemaId venue = openSchema("venue", address(this));
        credentials.issue(Issuance(address(market), venue, END, 0));
        _list(new VenuePolicy(credentials, venue));
        vm.expectRevert(_refusal(VenuePolicy.VenuePolicy_NotAContract.selector));
        vm.prank(seller);
        assets.safeTransferFrom(seller, buyer, token, 1, "");
        Fill memory f = fillOf(sellOrder(), 10);
        fillAs(buyer, f);
        equal(assets.balanceOf(buyer, token), 10, "sold");
        credentials.revoke(address(market), venue, 0);
        _refuses(f, VenuePolicy.VenuePolicy_NotApproved.selector);
    }

    function test_POL_64_aPolicyThatMisbehavesRefusesTheSaleAndNoOther() public {
        ChangeablePolicy odd = new ChangeablePolicy(abi.encode(0));
        (AssetId healthy, uint256 healthyToken) = (id, token);
        _certify(buyer);
        Fill memory good = fillOf(sellOrder(), 10);
        _list(IPolicy(address(odd)));
        Fill memory f = fillOf(sellOrder(), 10);
        _fillable(f);
        odd.set(ChangeablePolicy.Mood.Reverts, "no");
        _refuses(f, IPolicy.check.selector);
        odd.set(ChangeablePolicy.Mood.Answers, abi.encode(true));
        _refuses(f, IPolicy.check.selector);
        odd.set(ChangeablePolicy.Mood.Burns, "");
        _refuses(f, IPolicy.check.selector);

        Fill[] memory fills = new Fill[](2);
        (fills[0], fills[1]) = (f, good);
        vm.prank(buyer);
        Outcome[] memory outcomes = market.fillMany(fills);
        equal(outcomes[0].units, 0, "not under the odd policy");
        equal(outcomes[1].units, 10, "but under the other");
        isTrue(healthy != id && assets.balanceOf(buyer, healthyToken) == 10, "delivered");
    }

    /// @dev From here on `id` is an asset under this policy, of which the seller was given units by force.
    function _list(IPolicy policy) private {
        Registration memory registration = sampleRegistration(holder, SUPPLY, keccak256(abi.encode(address(policy))));
        _policy = policies.admit(policy);
        registration.policy = _policy;
        vm.prank(holder);
        id = assets.register(registration);
        token = AssetId.unwrap(id);
        vm.prank(address(supervision));
        assets.forcedTransfer(holder, seller, token, SELLER_UNITS);
    }

    function _certify(address subject) private {
        credentials.issue(Issuance(subject, _schema, END, 0));
    }

    function _fillable(Fill memory f) private view {
        (bool ok, ) = market.explainFill(buyer, f);
        isTrue(ok, "could be filled");
    }

    /// @dev The fill fails with the policy's reason, as the market explains.
    function _refuses(Fill memory f, bytes4 reason) private {
        (bool ok, bytes4 explained) = market.explainFill(buyer, f);
        isTrue(!ok && explained == IDataAsset.Assets_PolicyRefused.selector, "explained");
        vm.expectRevert(_refusal(reason));
        fillAs(buyer, f);
    }

    function _refusal(bytes4 reason) private view returns (bytes memory) {
        return abi.encodeWithSelector(IDataAsset.Assets_PolicyRefused.selector, id, _policy, reason);
    }
}
