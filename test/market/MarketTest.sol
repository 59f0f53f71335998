// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice An asset of `holder` with a royalty of 2.5 %, a seller with most of its fractions and a buyer with money.
abstract contract MarketTest is SystemTest {
    uint256 internal constant HOLDER_KEY = 0xA11CE;
    uint256 internal constant SELLER_KEY = 0x5E11E4;
    uint256 internal constant BUYER_KEY = 0xB0BB1E;
    uint64 internal constant SUPPLY = 1_000_000;
    uint64 internal constant SELLER_UNITS = 900_000;
    uint256 internal constant NO_LIMIT = type(uint256).max;

    address internal holder = vm.addr(HOLDER_KEY);
    address internal seller = vm.addr(SELLER_KEY);
    address internal buyer = vm.addr(BUYER_KEY);
    AssetId internal id;
    uint256 internal token;

    function setUpMarket() internal {
        setUpSystem();
        enrol(holder);
        enrol(seller);
        enrol(buyer);
        (id, token) = listAsset(address(currency), "asset");
    }

    /// @notice Registers an asset in an admitted currency and gives the seller its units.
    function listAsset(address money, bytes32 salt) internal returns (AssetId listed, uint256 listedToken) {
        Registration memory registration = sampleRegistration(holder, SUPPLY, salt);
        registration.currency = money;
        vm.prank(holder);
        listed = assets.register(registration);
        listedToken = AssetId.unwrap(listed);
        vm.prank(holder);
        assets.safeTransferFrom(holder, seller, listedToken, SELLER_UNITS, "");
    }

    /// @notice Admits a currency that was minted to this contract and to the buyer.
    function admitCurrency(address money) internal {
        IERC20(money).approve(address(currencies), 1);
        currencies.admit(money, address(this), 1);
        vm.prank(buyer);
        IERC20(money).approve(address(market), type(uint256).max);
    }

    /// @notice Makes a contract a participant with this many units of the asset, or none.
    function admitContract(address account, uint64 units) internal {
        participants.admit(account, DOMAIN, ParticipantKind.Organisation, 0);
        if (units == 0) return;
        vm.prank(seller);
        assets.safeTransferFrom(seller, account, token, units, "");
    }

    function sellOrder() internal view returns (Order memory) {
        return sampleOrder(seller, id, Side.Sell);
    }

    function buyOrder() internal view returns (Order memory) {
        return sampleOrder(buyer, id, Side.Buy);
    }

    /// @notice A fill of a signed order of the seller or of the buyer, without a limit.
    function fillOf(Order memory order, uint64 units) internal view returns (Fill memory) {
        bool selling = order.side == Side.Sell;
        return Fill(order, signOrder(selling ? SELLER_KEY : BUYER_KEY, order), units, selling ? NO_LIMIT : 0);
    }

    function fillAs(address taker, Fill memory f) internal {
        vm.prank(taker);
        market.fill(f);
    }

    /// @notice Makes a fill that may fail, and gives the selector of its error.
    function tryFill(address taker, Fill memory f) internal returns (bool ok, bytes4 reason) {
        bytes memory answer;
        vm.prank(taker);
        (ok, answer) = address(market).call(abi.encodeCall(IMarketplace.fill, (f)));
        if (!ok) reason = bytes4(answer);
    }

    function filledOf(Order memory order) internal view returns (uint64 filled) {
        (filled, ) = market.orderStatus(market.hashOrder(order));
    }
}
