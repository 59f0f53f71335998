// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {HookCurrency} from "../../contracts/mocks/HookCurrency.sol";
import {MoodyCurrency} from "../../contracts/mocks/MoodyCurrency.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Check} from "../reference/Check.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

contract RevenueAdversaryTest is SystemTest {
    address private owner = address(0xA11CE);
    address private buyer = address(0xB0B);
    MoodyCurrency private moody;
    HookCurrency private hooked;
    Reenterer private attacker;

    function setUp() public {
        setUpSystem();
        enrol(owner);
        enrol(buyer);
        moody = new MoodyCurrency();
        hooked = new HookCurrency();
        attacker = new Reenterer();
        participants.admit(address(attacker), DOMAIN, ParticipantKind.Organisation, 0);
        moody.mint(address(this), 1_000_000);
        hooked.mint(address(this), 1_000_000);
        moody.approve(address(assets), type(uint256).max);
        hooked.approve(address(assets), type(uint256).max);
        moody.approve(address(currencies), 1);
        hooked.approve(address(currencies), 1);
        currencies.admit(address(moody), address(this), 1);
        currencies.admit(address(hooked), address(this), 1);
        currency.approve(address(assets), type(uint256).max);
        currency.mint(address(this), 1_000_000);
    }

    /// @notice REV-20 A currency that starts to take a fee after its admission cannot be distributed.
    function test_REV_20_lateFeeIsRefused() public {
        AssetId id = _registerIn(address(moody), "moody");
        moody.setMood(MoodyCurrency.Mood.TakesFee);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_CurrencyShort.selector, address(moody), 100, 99));
        assets.distribute(id, 100);
        Check.same(assets.assetOf(id).revenue, 0, "revenue");
    }

    /// @notice REV-20 Nor one that says it moved what it did not move.
    function test_REV_20_lieIsRefused() public {
        AssetId id = _registerIn(address(moody), "moody");
        moody.setMood(MoodyCurrency.Mood.Lies);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_CurrencyShort.selector, address(moody), 100, 0));
        assets.distribute(id, 100);
    }

    /// @notice REV-21 A currency that answers false or reverts stops payments in and out, and nothing is lost.
    function test_REV_21_failingCurrencyLosesNothing() public {
        AssetId id = _registerIn(address(moody), "moody");
        assets.distribute(id, 100);
        moody.setMood(MoodyCurrency.Mood.AnswersFalse);
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(moody));
        vm.expectRevert(failed);
        assets.distribute(id, 100);
        vm.expectRevert(failed);
        this.claimAs(owner, id, owner);
        moody.setMood(MoodyCurrency.Mood.Reverts);
        vm.expectRevert(MoodyCurrency.Moody_Refused.selector);
        this.claimAs(owner, id, owner);
        Check.same(assets.claimable(id, owner), 100, "claimable");
        moody.setMood(MoodyCurrency.Mood.Honest);
        claimAs(owner, id, owner);
        Check.same(moody.balanceOf(owner), 100, "paid");
    }

    /// @notice REV-21 A broken currency of one asset stops no transfer of that asset.
    function test_REV_21_failingCurrencyStopsNoTransfer() public {
        AssetId id = _registerIn(address(moody), "moody");
        assets.distribute(id, 100);
        moody.setMood(MoodyCurrency.Mood.Reverts);
        vm.prank(owner);
        assets.safeTransferFrom(owner, buyer, AssetId.unwrap(id), 1_000, "");
        Check.same(assets.claimable(id, owner), 100, "settled");
        Check.same(assets.balanceOf(buyer, AssetId.unwrap(id)), 1_000, "moved");
    }

    /// @notice REV-22 A currency that answers nothing works.
    function test_REV_22_muteCurrencyWorks() public {
        AssetId id = _registerIn(address(moody), "moody");
        moody.setMood(MoodyCurrency.Mood.Mute);
        assets.distribute(id, 100);
        claimAs(owner, id, owner);
        Check.same(moody.balanceOf(owner), 100, "paid");
    }

    /// @notice REV-23 A currency that calls back cannot enter distribute, pushDue, claim or withdrawExcess a second time.
    function test_REV_23_currencyCannotReenter() public {
        AssetId id = _registerIn(address(hooked), "hooked");
        vm.prank(owner);
        assets.safeTransferFrom(owner, address(attacker), AssetId.unwrap(id), 500, "");
        assets.distribute(id, 100);
        AssetId[] memory list = new AssetId[](1);
        list[0] = id;
        Reenterer.Call[] memory calls = new Reenterer.Call[](4);
        calls[0] = Reenterer.Call(address(assets), abi.encodeCall(assets.claim, (list, address(attacker))));
        calls[1] = Reenterer.Call(address(assets), abi.encodeCall(assets.distribute, (id, 1)));
        calls[2] = Reenterer.Call(address(assets), abi.encodeCall(assets.pushDue, (id)));
        calls[3] = Reenterer.Call(
            address(assets),
            abi.encodeCall(assets.withdrawExcess, (address(attacker), address(hooked), address(attacker)))
        );
        attacker.prepare(calls);
        hooked.setHook(address(attacker));
        attacker.execute(address(assets), abi.encodeCall(assets.claim, (list, address(attacker))));
        assets.distribute(id, 100);
        Check.same(attacker.attempts(), 8, "attempts");
        for (uint256 i = 0; i < 8; ++i) {
            Check.holds(!attacker.succeeded(i), "entered twice");
            bytes4 guard = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
            Check.holds(attacker.reasons(i) == guard, "refused by the guard");
        }
        Check.same(hooked.balanceOf(address(attacker)), 50, "paid once");
        Check.same(hooked.balanceOf(address(assets)), 150, "held");
        Check.same(assets.claimable(id, owner) + assets.claimable(id, address(attacker)), 150, "owed");
    }

    /// @notice REV-24 Units that a payment's hook moves between two payouts of one claim take no revenue with them.
    function test_REV_24_transferWhileClaimingMovesNoRevenue() public {
        AssetId first = _registerIn(address(hooked), "hooked");
        AssetId second = registerAsset(owner, 1_000, "plain");
        vm.startPrank(owner);
        assets.safeTransferFrom(owner, address(attacker), AssetId.unwrap(first), 1_000, "");
        assets.safeTransferFrom(owner, address(attacker), AssetId.unwrap(second), 1_000, "");
        vm.stopPrank();
        assets.distribute(first, 100);
        assets.distribute(second, 100);
        AssetId[] memory list = new AssetId[](3);
        (list[0], list[1], list[2]) = (first, second, first);
        bytes memory away = abi.encodeCall(
            assets.safeTransferFrom,
            (address(attacker), buyer, AssetId.unwrap(second), 1_000, "")
        );
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        calls[0] = Reenterer.Call(address(assets), away);
        attacker.prepare(calls);
        hooked.setHook(address(attacker));
        attacker.execute(address(assets), abi.encodeCall(assets.claim, (list, address(attacker))));
        Check.holds(attacker.succeeded(0), "the units moved");
        Check.same(hooked.balanceOf(address(attacker)), 100, "first currency");
        Check.same(currency.balanceOf(address(attacker)), 100, "second currency");
        Check.same(assets.claimable(second, buyer), 0, "buyer");
        Check.same(currency.balanceOf(address(assets)) + hooked.balanceOf(address(assets)), 0, "held");
    }

    /// @notice REV-25 Units that arrive while a distribution is being paid earn it; units that left do not.
    function test_REV_25_distributionGoesToHoldersAtItsWrite() public {
        AssetId id = _registerIn(address(hooked), "hooked");
        vm.prank(owner);
        assets.safeTransferFrom(owner, address(attacker), AssetId.unwrap(id), 1_000, "");
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        calls[0] = Reenterer.Call(
            address(assets),
            abi.encodeCall(assets.safeTransferFrom, (address(attacker), buyer, AssetId.unwrap(id), 400, ""))
        );
        attacker.prepare(calls);
        hooked.setHook(address(attacker));
        assets.distribute(id, 1_000);
        Check.same(assets.claimable(id, buyer), 400, "buyer");
        Check.same(assets.claimable(id, address(attacker)), 600, "attacker");
    }

    /// @notice REV-26 A receiver that claims, distributes and passes units on from its hook gets nothing that is not its own.
    function test_REV_26_receiverGainsNothingByReentering() public {
        AssetId id = registerAsset(owner, 1_000, "asset");
        assets.distribute(id, 1_000);
        AssetId[] memory list = new AssetId[](1);
        list[0] = id;
        currency.mint(address(attacker), 1_000);
        attacker.execute(address(currency), abi.encodeCall(currency.approve, (address(assets), 1_000)));
        Reenterer.Call[] memory calls = new Reenterer.Call[](4);
        calls[0] = Reenterer.Call(address(assets), abi.encodeCall(assets.claim, (list, address(attacker))));
        calls[1] = Reenterer.Call(address(assets), abi.encodeCall(assets.distribute, (id, 1_000)));
        calls[2] = Reenterer.Call(address(assets), abi.encodeCall(assets.claim, (list, address(attacker))));
        calls[3] = Reenterer.Call(
            address(assets),
            abi.encodeCall(assets.safeTransferFrom, (address(attacker), owner, AssetId.unwrap(id), 500, ""))
        );
        attacker.prepare(calls);
        vm.prank(owner);
        assets.safeTransferFrom(owner, address(attacker), AssetId.unwrap(id), 500, "");
        Check.holds(!attacker.succeeded(0), "claimed what it never earned");
        Check.holds(attacker.reasons(0) == IDataAsset.Assets_NothingToClaim.selector, "nothing to claim");
        for (uint256 i = 1; i < 4; ++i) Check.holds(attacker.succeeded(i), "its own affairs");
        Check.same(currency.balanceOf(address(attacker)), 500, "its half of its own thousand");
        Check.same(assets.claimable(id, owner), 1_500, "the owner's");
        Check.same(currency.balanceOf(address(assets)), 1_500, "held");
    }

    /// @notice REV-27 Revenue cannot be taken by moving a unit to and fro, however often.
    function testFuzz_REV_27_tinyTransfersStealNothing(uint16 amount, uint8 rounds) public {
        AssetId id = registerAsset(owner, 1_000, "asset");
        vm.prank(owner);
        assets.safeTransferFrom(owner, buyer, AssetId.unwrap(id), 1, "");
        uint256 value = uint256(amount) + 1;
        assets.distribute(id, value);
        for (uint256 i = 0; i < rounds % 32; ++i) {
            vm.prank(buyer);
            assets.safeTransferFrom(buyer, owner, AssetId.unwrap(id), 1, "");
            vm.prank(owner);
            assets.safeTransferFrom(owner, buyer, AssetId.unwrap(id), 1, "");
        }
        Check.same(assets.claimable(id, buyer), value / 1_000, "mover");
        Check.same(assets.claimable(id, owner), (value * 999) / 1_000, "owner");
    }

    /// @notice REV-28 Nothing that an authority does makes units, and so revenue, out of nothing.
    function testFuzz_REV_28_forceMakesNoUnits(uint64 units) public {
        AssetId id = registerAsset(owner, 1_000, "asset");
        units = (units % 1_000) + 1;
        vm.prank(address(supervision));
        (bool ok, bytes memory answer) = address(assets).call(
            abi.encodeCall(assets.forcedTransfer, (address(0), buyer, AssetId.unwrap(id), units))
        );
        bytes4 reason = bytes4(answer);
        bool refused =
            reason == IERC1155Errors.ERC1155InvalidSender.selector ||
                reason == IERC1155Errors.ERC1155InsufficientBalance.selector;
        Check.same(assets.balanceOf(buyer, AssetId.unwrap(id)), 0, "units of nobody");
        Check.holds(!ok && refused, "refused for want of units");
        assets.distribute(id, 1_000);
        Check.same(assets.claimable(id, owner) + assets.claimable(id, buyer), 1_000, "claimable");
    }

    function claimAs(address account, AssetId id, address to) public {
        AssetId[] memory list = new AssetId[](1);
        list[0] = id;
        vm.prank(account);
        assets.claim(list, to);
    }

    function _registerIn(address money, bytes32 salt) private returns (AssetId) {
        Registration memory r = sampleRegistration(owner, 1_000, salt);
        r.currency = money;
        vm.prank(owner);
        return assets.register(r);
    }
}
