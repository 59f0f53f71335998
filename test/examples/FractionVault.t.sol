// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {FractionVault} from "../../contracts/examples/FractionVault.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {MoodyCurrency} from "../../contracts/mocks/MoodyCurrency.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {MarketTest} from "../market/MarketTest.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";

contract FractionVaultTest is MarketTest {
    uint256 private constant OWNER_KEY = 0x0331E4;

    address private owner = vm.addr(OWNER_KEY);
    FractionVault private vault;

    function setUp() public {
        setUpMarket();
        vault = new FractionVault(owner, assets, address(market));
        admitContract(address(vault), 1_000);
    }

    /// @notice EXM-01 The vault sells by orders that its owner signed; it delivers, and the money is its own.
    function test_EXM_01_sellsByItsOwnersSignature() public {
        fillAs(buyer, _fill(OWNER_KEY, 100));
        Check.same(assets.balanceOf(buyer, token), 100, "bought");
        Check.same(assets.balanceOf(address(vault), token), 900, "left");
        Check.same(currency.balanceOf(address(vault)), 500e6 - 5e6 - 125e5, "proceeds");
        Check.same(currency.balanceOf(owner), 0, "owner");
    }

    /// @notice EXM-02 It knows no signature but its owner's, in no form but the usual one.
    function testFuzz_EXM_02_otherSignaturesAreRefused(uint128 key, bytes memory noise) public {
        if (key == 0 || key == OWNER_KEY) key = 1;
        Fill memory f = _fill(key, 10);
        bytes32 hash = market.hashOrder(f.order);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(OWNER_KEY, hash);
        bytes[4] memory forged = [f.signature, abi.encodePacked(r, s), abi.encodePacked(s, r, v), noise];
        for (uint256 i = 0; i < forged.length; ++i) {
            f.signature = forged[i];
            Check.holds(vault.isValidSignature(hash, forged[i]) == 0xffffffff, "answer");
            vm.expectRevert(abi.encodeWithSelector(IMarketplace.Market_BadSignature.selector, hash, address(vault)));
            fillAs(buyer, f);
        }
        Check.holds(
            vault.isValidSignature(hash, abi.encodePacked(r, s, v)) == IERC1271.isValidSignature.selector,
            "owner"
        );
    }

    /// @notice EXM-03 Anyone makes the vault collect its revenue, which arrives in the vault, in each currency.
    function test_EXM_03_anyoneCollectsForTheVault() public {
        MoodyCurrency other = new MoodyCurrency();
        other.mint(address(this), 1);
        admitCurrency(address(other));
        (AssetId otherId, uint256 otherToken) = listAsset(address(other), "other");
        vm.prank(seller);
        assets.safeTransferFrom(seller, address(vault), otherToken, SUPPLY / 2, "");
        other.mint(address(this), 1_000);
        other.approve(address(assets), 1_000);
        assets.distribute(otherId, 1_000);
        currency.mint(address(this), SUPPLY);
        currency.approve(address(assets), SUPPLY);
        assets.distribute(id, SUPPLY);
        AssetId[] memory ids = new AssetId[](2);
        (ids[0], ids[1]) = (id, otherId);
        vm.prank(address(0xBEEF));
        vault.collect(ids);
        Check.same(currency.balanceOf(address(vault)), 1_000, "first currency");
        Check.same(other.balanceOf(address(vault)), 500, "second currency");
    }

    /// @notice EXM-04 Only the owner takes money out.
    function testFuzz_EXM_04_onlyOwnerWithdraws(address caller) public {
        if (caller == owner) caller = buyer;
        currency.mint(address(vault), 1_000);
        vm.expectRevert(abi.encodeWithSelector(FractionVault.Vault_NotOwner.selector, caller));
        vm.prank(caller);
        vault.withdraw(IERC20(address(currency)), caller, 1);
        vm.prank(owner);
        vault.withdraw(IERC20(address(currency)), address(0xCAFE), 600);
        Check.same(currency.balanceOf(address(0xCAFE)), 600, "taken");
        Check.same(currency.balanceOf(address(vault)), 400, "left");
    }

    /// @notice EXM-05 Only the owner takes fractions out.
    function testFuzz_EXM_05_onlyOwnerWithdrawsFractions(address caller) public {
        if (caller == owner) caller = buyer;
        vm.expectRevert(abi.encodeWithSelector(FractionVault.Vault_NotOwner.selector, caller));
        vm.prank(caller);
        vault.withdrawFractions(id, buyer, 1);
        vm.prank(owner);
        vault.withdrawFractions(id, buyer, 600);
        Check.same(assets.balanceOf(buyer, token), 600, "taken");
        Check.same(assets.balanceOf(address(vault), token), 400, "left");
    }

    /// @notice EXM-06 A vault that was not admitted receives no fractions.
    function test_EXM_06_admissionComesFirst() public {
        FractionVault stranger = new FractionVault(owner, assets, address(market));
        vm.expectRevert(abi.encodeWithSelector(IERC7943MultiToken.ERC7943CannotReceive.selector, address(stranger)));
        vm.prank(seller);
        assets.safeTransferFrom(seller, address(stranger), token, 1, "");
    }

    /// @notice EXM-07 An order that the owner signed for itself, or for another vault of its own, is none of this vault.
    function test_EXM_07_ordersAreForOneAccount() public {
        FractionVault second = new FractionVault(owner, assets, address(market));
        admitContract(address(second), 1_000);
        Fill memory f = _fill(OWNER_KEY, 10);
        bytes memory signature = f.signature;
        f.order.maker = owner;
        f.signature = signOrder(OWNER_KEY, f.order);
        f.order.maker = address(vault);
        _expectBadSignature(f);
        fillAs(buyer, f);
        f.order.maker = address(second);
        f.signature = signature;
        _expectBadSignature(f);
        fillAs(buyer, f);
    }

    /// @notice EXM-08 Money of a currency that answers nothing comes out again.
    function test_EXM_08_muteCurrencyComesOut() public {
        MoodyCurrency mute = new MoodyCurrency();
        mute.mint(address(vault), 7);
        mute.setMood(MoodyCurrency.Mood.Mute);
        vm.prank(owner);
        vault.withdraw(IERC20(address(mute)), owner, 7);
        Check.same(mute.balanceOf(owner), 7, "taken");
    }

    /// @notice EXM-09 The vault sells and does not buy: no bid, though its owner signed it, takes the vault's money.
    function test_EXM_09_vaultDoesNotBuy() public {
        currency.mint(address(vault), 1e12);
        Order memory bid = sampleOrder(address(vault), id, Side.Buy);
        Fill memory f = Fill(bid, signOrder(OWNER_KEY, bid), 10, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IMarketplace.Market_PaymentFailed.selector,
                address(currency),
                address(vault),
                address(this),
                5e5
            )
        );
        fillAs(seller, f);
    }

    function _fill(uint256 key, uint64 units) private view returns (Fill memory) {
        Order memory order = sampleOrder(address(vault), id, Side.Sell);
        return Fill(order, signOrder(key, order), units, NO_LIMIT);
    }

    function _expectBadSignature(Fill memory f) private {
        bytes32 hash = market.hashOrder(f.order);
        vm.expectRevert(abi.encodeWithSelector(IMarketplace.Market_BadSignature.selector, hash, f.order.maker));
    }
}
