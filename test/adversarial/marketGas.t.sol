// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Outcome, Side} from "../../contracts/market/MarketTypes.sol";
import {BurningMaker} from "../../contracts/mocks/BurningMaker.sol";
import {ZeroRefuser} from "../../contracts/mocks/ZeroRefuser.sol";
import {MarketTest} from "../market/MarketTest.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";

/// @notice Makers that want a taker's gas, or a wrong word about what became of their orders.
contract MarketGasTest is MarketTest {
    /// @dev What the outer call needs for one fill besides: hashing, the call, the event, the outcome.
    uint256 private constant AROUND = 40_000;
    uint256 private constant NEEDED = 618_750;

    function setUp() public {
        setUpMarket();
    }

    /// @notice MKT-53 Makers that burn all gas when they are asked for their signature cost their share each, and no more.
    function test_MKT_53_burningSignersCostTheirShare() public {
        address maker = address(new BurningMaker());
        admitContract(maker, 0);
        Fill[] memory fills = new Fill[](5);
        for (uint256 i = 0; i < 4; ++i) {
            fills[i] = Fill(sampleOrder(maker, id, Side.Sell), "anything", 10, NO_LIMIT);
        }
        _checkShares(buyer, fills, IMarketplace.Market_BadSignature.selector);
    }

    /// @notice MKT-53 So do makers that burn it when they receive what they bought.
    function test_MKT_53_burningReceiversCostTheirShare() public {
        Fill[] memory fills = _bids(address(new BurningMaker()), 4);
        _checkShares(seller, fills, 0);
    }

    /// @notice MKT-57 A maker that refuses with a long answer costs its share, and no more.
    function test_MKT_57_longAnswersCostTheirShare() public {
        Fill[] memory fills = _bids(address(new ZeroRefuser(160_000)), 8);
        _checkShares(seller, fills, 0);
    }

    /// @notice MKT-56 An order that was not filled has a reason other than zero, even where its maker gives zero.
    function test_MKT_56_noMakerCanCallItsFailureSuccess() public {
        Fill[] memory fills = _bids(address(new ZeroRefuser(32)), 1);
        vm.prank(seller);
        Outcome[] memory outcomes = market.fillMany(fills);
        Check.same(outcomes[0].units, 0, "units");
        Check.same(
            uint32(outcomes[0].reason),
            uint32(IMarketplace.Market_Unexplained.selector),
            "an order that was not filled has a reason"
        );
    }

    /// @notice MKT-56 A failure of fewer than four bytes is unexplained.
    function test_MKT_56_shortFailuresAreUnexplained() public {
        for (uint256 size = 1; size < 4; ++size) {
            Fill[] memory fills = _bids(address(new ZeroRefuser(size)), 1);
            vm.prank(seller);
            Outcome[] memory outcomes = market.fillMany(fills);
            Check.same(uint32(outcomes[0].reason), uint32(IMarketplace.Market_Unexplained.selector), "reason");
        }
    }

    /// @notice MKT-54 With less gas than a share needs, the whole call fails and says how much that is.
    function test_MKT_54_tooLittleGas() public {
        Fill[] memory fills = new Fill[](1);
        fills[0] = fillOf(sellOrder(), 10);
        bytes memory call = abi.encodeCall(market.fillMany, (fills));
        vm.prank(buyer);
        (bool ok, bytes memory answer) = address(market).call{gas: NEEDED}(call);
        (uint256 left, uint256 needed) = _gasTooLow(ok, answer);
        Check.same(needed, NEEDED, "needed");
        Check.atMost(left, NEEDED - 1, "left");
        vm.prank(buyer);
        (ok, ) = address(market).call{gas: NEEDED + AROUND}(call);
        Check.holds(ok, "enough");
    }

    /// @notice MKT-54 Gas that runs out after the first of two fills undoes the first as well.
    function test_MKT_54_gasRunsOutAfterAFill() public {
        Fill[] memory fills = new Fill[](2);
        (fills[0], fills[1]) = (fillOf(sellOrder(), 10), fillOf(sellOrder(), 20));
        vm.prank(buyer);
        (bool ok, bytes memory answer) = address(market).call{gas: NEEDED + AROUND}(
            abi.encodeCall(market.fillMany, (fills))
        );
        (, uint256 needed) = _gasTooLow(ok, answer);
        Check.same(needed, NEEDED, "needed");
        Check.same(filledOf(sellOrder()), 0, "filled");
        Check.same(assets.balanceOf(buyer, token), 0, "units");
    }

    /// @dev Bids of one contract, and one good bid of `buyer` in the end.
    function _bids(address maker, uint256 count) private returns (Fill[] memory fills) {
        admitContract(maker, 0);
        currency.mint(maker, 1e18);
        vm.prank(maker);
        currency.approve(address(market), type(uint256).max);
        fills = new Fill[](count + 1);
        for (uint256 i = 0; i < count; ++i) {
            fills[i] = Fill(sampleOrder(maker, id, Side.Buy), "", 10, 0);
            fills[i].order.nonce = uint64(i);
            vm.prank(maker);
            market.post(fills[i].order);
        }
        fills[count] = fillOf(buyOrder(), 10);
    }

    /// @dev All but the last fail and cost at most a share each; the last is filled. Zero stands for any reason.
    function _checkShares(address taker, Fill[] memory fills, bytes4 reason) private {
        uint256 last = fills.length - 1;
        if (taker == buyer) fills[last] = fillOf(sellOrder(), 10);
        vm.prank(taker);
        uint256 before = gasleft();
        Outcome[] memory outcomes = market.fillMany(fills);
        uint256 used = before - gasleft();
        for (uint256 i = 0; i < last; ++i) {
            Check.same(outcomes[i].units, 0, "not filled");
            if (reason != 0) Check.same(uint32(outcomes[i].reason), uint32(reason), "reason");
        }
        Check.same(outcomes[last].units, 10, "filled");
        Check.same(uint32(outcomes[last].reason), 0, "no reason");
        Check.atMost(used, (last + 1) * (market.FILL_GAS() + AROUND), "gas");
        Check.holds(used > last * 300_000, "the attack took place");
    }

    function _gasTooLow(bool ok, bytes memory answer) private pure returns (uint256 left, uint256 needed) {
        Check.holds(!ok && bytes4(answer) == IMarketplace.Market_GasTooLow.selector, "reason");
        assembly ("memory-safe") {
            left := mload(add(answer, 36))
            needed := mload(add(answer, 68))
        }
    }
}
