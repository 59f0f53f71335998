// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {AnsweringReceiver} from "../../contracts/mocks/AnsweringReceiver.sol";
import {BurningMaker} from "../../contracts/mocks/BurningMaker.sol";
import {ContractOperator} from "../../contracts/mocks/ContractOperator.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {RevertingReceiver} from "../../contracts/mocks/RevertingReceiver.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {MarketTest} from "./MarketTest.sol";

/// @notice Makers that are contracts, and accounts that have code beside a key.
contract ContractMakersTest is MarketTest {
    bytes4 private constant YES = IERC1271.isValidSignature.selector;

    function setUp() public {
        setUpMarket();
    }

    /// @notice MKT-47 A contract that says yes is a maker; who signed, and how, is its own affair.
    function test_MKT_47_contractSaysYes() public {
        Fill memory f = _orderOf(address(new AnsweringReceiver(YES)), "anything");
        fillAs(buyer, f);
        Check.same(assets.balanceOf(buyer, token), 100, "units");
        Check.same(currency.balanceOf(f.order.maker), 500e6 - 5e6 - 125e5, "proceeds");
    }

    /// @notice MKT-47 A contract that checks a key's signature decides on this order and no other.
    function test_MKT_47_contractChecksItsKey() public {
        address maker = address(new ContractOperator(vm.addr(77)));
        Fill memory f = _orderOf(maker, "");
        _expectBadSignature(f);
        fillAs(buyer, f);
        f.signature = signOrder(77, f.order);
        f.units = 60;
        fillAs(buyer, f);
        f.order.nonce = 1;
        _expectBadSignature(f);
        fillAs(buyer, f);
    }

    /// @notice MKT-47 Any answer but the magic value is no: another selector, a revert, nothing, all gas gone.
    function test_MKT_47_otherAnswersAreNo() public {
        _refused(address(new AnsweringReceiver(0xffffffff)));
        _refused(address(new AnsweringReceiver(0x1626ba7f)));
        _refused(address(new RevertingReceiver("")));
        _refused(address(new RevertingReceiver(abi.encode(YES))));
        _refused(address(new RevertingReceiver(new bytes(10_000))));
        _refused(address(new BurningMaker()));
        _refused(address(new Reenterer()));
    }

    /// @notice MKT-48 An account with a key and code (EIP-7702) sells by its key, whatever its code says.
    function test_MKT_48_keyCountsBesideCode() public {
        Order memory order = sellOrder();
        Fill memory f = fillOf(order, 10);
        vm.etch(seller, address(new RevertingReceiver("")).code);
        fillAs(buyer, f);
        Check.same(assets.balanceOf(buyer, token), 10, "units");
    }

    /// @notice MKT-48 Its code counts beside its key.
    function test_MKT_48_codeCountsBesideKey() public {
        Fill memory f = fillOf(sellOrder(), 10);
        f.signature = signOrder(77, f.order);
        _expectBadSignature(f);
        fillAs(buyer, f);
        vm.etch(seller, address(new AnsweringReceiver(YES)).code);
        fillAs(buyer, f);
        Check.same(assets.balanceOf(buyer, token), 10, "units");
    }

    /// @notice MKT-37 A contract without ERC-1271 posts its orders.
    function test_MKT_37_contractPosts() public {
        Fill memory f = _orderOf(address(new Reenterer()), "");
        vm.prank(f.order.maker);
        market.post(f.order);
        fillAs(buyer, f);
        Check.same(assets.balanceOf(buyer, token), 100, "units");
    }

    /// @notice MKT-44 The zero address, which failed recoveries give, is no maker.
    function test_MKT_44_zeroAddressIsNoMaker() public {
        Fill memory f = fillOf(sellOrder(), 10);
        f.order.maker = address(0);
        bytes[3] memory forged = [bytes(""), new bytes(65), abi.encodePacked(bytes32(0), bytes32(0), uint8(27))];
        for (uint256 i = 0; i < forged.length; ++i) {
            f.signature = forged[i];
            _expectBadSignature(f);
            fillAs(buyer, f);
        }
    }

    function _refused(address maker) private {
        Fill memory f = _orderOf(maker, "anything");
        _expectBadSignature(f);
        fillAs(buyer, f);
        (bool ok, bytes4 reason) = market.explainFill(buyer, f);
        Check.holds(!ok && reason == IMarketplace.Market_BadSignature.selector, "explained");
    }

    /// @dev The maker gets its units before it gets its code, which might refuse them.
    function _orderOf(address model, bytes memory signature) private returns (Fill memory) {
        address maker = address(uint160(uint256(keccak256(abi.encode(model)))));
        admitContract(maker, 100);
        vm.prank(maker);
        assets.setApprovalForAll(address(market), true);
        vm.etch(maker, model.code);
        return Fill(sampleOrder(maker, id, Side.Sell), signature, 100, NO_LIMIT);
    }

    function _expectBadSignature(Fill memory f) private {
        vm.expectRevert(
            abi.encodeWithSelector(IMarketplace.Market_BadSignature.selector, market.hashOrder(f.order), f.order.maker)
        );
    }
}
