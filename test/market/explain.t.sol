// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice What `explainFill` says, and what the fill then does.
contract ExplainTest is MarketTest {
    uint64 private constant UNITS = 10;
    uint256 private constant CONDITIONS = 27;

    Order private order;
    Fill private f;
    address private taker;
    address private from;
    address private to;
    bool private spoilt;
    uint56 private policy;

    function setUp() public {
        setUpMarket();
        policy = policies.admit(new RefusingPolicy(0x12345678));
    }

    /// @notice MKT-90 Each condition alone: the explanation names it, and the fill reverts with it.
    function test_MKT_90_eachReasonIsFound() public {
        for (uint256 side = 0; side < 2; ++side) {
            for (uint256 condition = 0; condition < CONDITIONS; ++condition) {
                uint256 snapshot = vm.snapshotState();
                _prepare(Side(side));
                bytes4 expected = _worsen(condition);
                _sign();
                (bool ok, bytes4 reason) = _agreed();
                Check.holds(ok == (expected == 0), "outcome");
                Check.same(uint32(reason), uint32(expected), "reason");
                vm.revertToState(snapshot);
            }
        }
    }

    /// @notice MKT-90 Any conditions together: explanation and fill agree on the outcome and on the reason.
    function testFuzz_MKT_90_explanationAgreesWithFill(uint256 seed, bool selling, uint64 units) public {
        _prepare(selling ? Side.Sell : Side.Buy);
        if (seed & 3 == 0) f.units = units;
        // About two conditions at a time.
        for (uint256 i = 0; i < CONDITIONS; ++i) {
            if (uint256(keccak256(abi.encode(seed, i))) % 12 == 0) _worsen(i);
        }
        _sign();
        _agreed();
    }

    /// @notice MKT-91 A buyer who receives a part of its own payment needs no more money than the fill does.
    function testFuzz_MKT_91_buyerWhoReceivesRoyaltyOrFee(uint64 balance, bool royalty) public {
        _prepare(Side.Sell);
        if (!royalty) market.setFee(500, buyer);
        taker = to = royalty ? holder : buyer;
        uint256 price = uint256(UNITS) * order.unitPrice;
        // The price, and up to a tenth of it less or more: around what the fill just needs.
        uint256 kept = (price * 9) / 10 + (balance % (price / 5));
        uint256 spent = currency.balanceOf(to) - kept;
        vm.prank(to);
        currency.transfer(address(1), spent);
        _sign();
        _agreed();
    }

    function _prepare(Side side) private {
        order = side == Side.Sell ? sellOrder() : buyOrder();
        (taker, from, to) = side == Side.Sell ? (buyer, seller, buyer) : (seller, seller, buyer);
        f.order = order;
        f.units = UNITS;
        f.limit = side == Side.Sell ? uint256(UNITS) * order.unitPrice : market.quote(order, UNITS).proceeds;
        spoilt = false;
    }

    function _sign() private {
        f.order = order;
        f.signature = signOrder(order.maker == seller ? SELLER_KEY : BUYER_KEY, order);
        if (spoilt) f.signature[7] ^= 0x01;
    }

    function _agreed() private returns (bool ok, bytes4 reason) {
        (ok, reason) = market.explainFill(taker, f);
        (bool filled, bytes4 thrown) = tryFill(taker, f);
        Check.holds(ok == filled, "explained otherwise than filled");
        Check.same(uint32(reason), uint32(thrown), "explained by another reason");
        Check.holds(filled == (thrown == 0), "a reason is never zero");
    }

    /// @return the error that this condition alone leads to
    function _worsen(uint256 condition) private returns (bytes4) {
        if (condition < 10) return _worsenOrder(condition);
        return condition < 18 ? _worsenTerms(condition) : _worsenWorld(condition);
    }

    function _worsenOrder(uint256 condition) private returns (bytes4) {
        if (condition == 0) {
            order.taker = address(0xDEAD);
            return IMarketplace.Market_NotTaker.selector;
        }
        if (condition == 1) {
            taker = order.maker;
            return IMarketplace.Market_SelfTrade.selector;
        }
        if (condition == 2) {
            order.expiry = uint48(block.timestamp - 1);
            return IMarketplace.Market_Expired.selector;
        }
        if (condition == 3) {
            vm.prank(order.maker);
            market.cancelAll();
            return IMarketplace.Market_EpochOver.selector;
        }
        if (condition == 4) {
            vm.prank(order.maker);
            market.cancel(order.nonce);
            return IMarketplace.Market_Cancelled.selector;
        }
        if (condition == 5) {
            order.policyVersion = 2;
            return IMarketplace.Market_PolicyChanged.selector;
        }
        if (condition == 6) {
            order.maxFeeBps = uint16(FEE_BPS - 1);
            return IMarketplace.Market_FeeAboveOrder.selector;
        }
        if (condition == 7) {
            order.maxRoyaltyBps = 249;
            return IMarketplace.Market_RoyaltyAboveOrder.selector;
        }
        if (condition == 8) {
            order.minFill = UNITS + 1;
            return IMarketplace.Market_BelowMinimum.selector;
        }
        order.units = UNITS - 1;
        return IMarketplace.Market_NotEnoughLeft.selector;
    }

    function _worsenTerms(uint256 condition) private returns (bytes4) {
        if (condition == 10) {
            f.units = 0;
            return IMarketplace.Market_NoUnits.selector;
        }
        if (condition == 11) {
            spoilt = true;
            return IMarketplace.Market_BadSignature.selector;
        }
        if (condition == 12) {
            if (order.side == Side.Sell) {
                --f.limit;
                return IMarketplace.Market_PriceAboveLimit.selector;
            }
            ++f.limit;
            return IMarketplace.Market_ProceedsBelowLimit.selector;
        }
        if (condition == 13) {
            order.id = AssetId.wrap(7);
            return IDataAsset.Assets_Unknown.selector;
        }
        if (condition == 14) {
            order.maxDue = 0;
            vm.mockCall(address(assets), abi.encodeCall(assets.due, (order.id)), abi.encode(1));
            return IMarketplace.Market_DueAboveOrder.selector;
        }
        if (condition == 15) {
            spoilt = true;
            vm.prank(order.maker);
            (bool posted, ) = address(market).call(abi.encodeCall(market.post, (order)));
            return posted ? bytes4(0) : IMarketplace.Market_BadSignature.selector;
        }
        if (condition == 16) {
            order.unitPrice = 0;
            f.limit = 0;
            return 0;
        }
        order.maxRoyaltyBps = 250;
        order.maxFeeBps = FEE_BPS;
        order.expiry = uint48(block.timestamp);
        order.units = order.minFill = UNITS;
        return 0;
    }

    function _worsenWorld(uint256 condition) private returns (bytes4) {
        if (condition == 18) return _suspend(from, IERC7943MultiToken.ERC7943CannotSend.selector);
        if (condition == 19) return _suspend(to, IERC7943MultiToken.ERC7943CannotReceive.selector);
        if (condition == 20) {
            suspendAsset(id);
            return IDataAsset.Assets_Suspended.selector;
        }
        if (condition == 21) {
            freezeUnits(from, token, assets.balanceOf(from, token) - UNITS + 1);
            return IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        }
        if (condition == 22) {
            vm.prank(from);
            assets.setApprovalForAll(address(market), false);
            return IERC1155Errors.ERC1155MissingApprovalForAll.selector;
        }
        if (condition == 23) {
            uint256 units = assets.balanceOf(from, token) - UNITS + 1;
            vm.prank(from);
            (bool moved, ) = address(assets).call(
                abi.encodeCall(assets.safeTransferFrom, (from, holder, token, units, ""))
            );
            return moved ? IERC1155Errors.ERC1155InsufficientBalance.selector : bytes4(0);
        }
        if (condition == 24) {
            vm.prank(holder);
            policies.propose(id, policy);
            passWindow(POLICY_NOTICE);
            policies.enact(id, holder, new address[](0));
            ++order.policyVersion;
            order.expiry = uint48(block.timestamp);
            return IDataAsset.Assets_PolicyRefused.selector;
        }
        uint256 price = uint256(UNITS) * order.unitPrice;
        if (price == 0) return 0;
        uint256 balance = currency.balanceOf(to);
        vm.prank(to);
        if (condition == 25) currency.approve(address(market), price - 1);
        else currency.transfer(address(1), balance < price ? 0 : balance - price + 1);
        return IMarketplace.Market_PaymentFailed.selector;
    }

    function _suspend(address account, bytes4 reason) private returns (bytes4) {
        participants.suspend(account, "reason");
        return reason;
    }
}
