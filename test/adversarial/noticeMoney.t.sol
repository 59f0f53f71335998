// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {ObjectionState} from "../../contracts/assets/NoticeTypes.sol";
import {CoarseCurrency} from "../../contracts/mocks/CoarseCurrency.sol";
import {HookCurrency} from "../../contracts/mocks/HookCurrency.sol";
import {MoodyCurrency} from "../../contracts/mocks/MoodyCurrency.sol";
import {Reenterer} from "../../contracts/mocks/Reenterer.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {NoticeTest} from "../assets/NoticeTest.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";

/// @notice Deposits in currencies that misbehave after their admission, and parties that call back while money moves.
contract NoticeMoneyTest is NoticeTest {
    bytes4 private constant ENTERED = ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector;
    /// @dev Twenty whole units of a currency with 6 decimals.
    uint256 private constant LARGE = 20e6;

    MoodyCurrency private moody;
    HookCurrency private hooked;
    Reenterer private attacker;

    function setUp() public {
        setUpNotice();
        moody = new MoodyCurrency();
        hooked = new HookCurrency();
        attacker = new Reenterer();
        participants.admit(address(attacker), DOMAIN, ParticipantKind.Organisation, 0);
        moody.mint(address(this), 1);
        hooked.mint(address(this), 1);
        address[4] memory people = [objector, other, holder, address(attacker)];
        for (uint256 i = 0; i < 4; ++i) {
            moody.mint(people[i], 10 * LARGE);
            hooked.mint(people[i], 10 * LARGE);
            vm.startPrank(people[i]);
            moody.approve(address(notice), type(uint256).max);
            hooked.approve(address(notice), type(uint256).max);
            vm.stopPrank();
        }
        _admit(address(moody));
        _admit(address(hooked));
    }

    /// @notice NTC-70 The deposit is whole units of the asset's currency, whatever its decimals.
    function test_NTC_70_wholeUnitsOfTheCurrency() public {
        for (uint8 decimals = 6; decimals <= 9; ++decimals) {
            CoarseCurrency money = new CoarseCurrency(decimals);
            uint256 expected = DEPOSIT_UNITS * 10 ** uint256(decimals);
            money.mint(address(this), 1);
            money.mint(objector, expected);
            _admit(address(money));
            id = _registerIn(address(money), bytes32(uint256(decimals)));
            vm.startPrank(objector);
            money.approve(address(notice), expected);
            notice.object(id, REASON);
            vm.stopPrank();
            Check.same(money.balanceOf(address(notice)), expected, "held");
            Check.same(notice.objectionOf(id, 1).deposit, expected, "stated");
        }
    }

    /// @notice NTC-71 A currency that takes a fee, or says that it moved what it did not move, takes no deposit.
    function test_NTC_71_whatDoesNotArriveIsNoDeposit() public {
        id = _registerIn(address(moody), "moody");
        bytes4 short = INotice.Notice_DepositShort.selector;
        moody.setMood(MoodyCurrency.Mood.TakesFee);
        vm.expectRevert(abi.encodeWithSelector(short, address(moody), LARGE, LARGE - 1));
        this.objectFor(objector);
        moody.setMood(MoodyCurrency.Mood.Lies);
        vm.expectRevert(abi.encodeWithSelector(short, address(moody), LARGE, 0));
        this.objectFor(objector);
        Check.same(notice.proceedingOf(id).objections, 0, "no objection");
    }

    /// @notice NTC-72 A currency that answers false or reverts takes none either, and what it holds back is not lost.
    function test_NTC_72_aFailingCurrencyLosesNothing() public {
        id = _registerIn(address(moody), "moody");
        bytes memory failed = abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(moody));
        moody.setMood(MoodyCurrency.Mood.AnswersFalse);
        vm.expectRevert(failed);
        this.objectFor(objector);
        moody.setMood(MoodyCurrency.Mood.Reverts);
        vm.expectRevert(MoodyCurrency.Moody_Refused.selector);
        this.objectFor(objector);
        moody.setMood(MoodyCurrency.Mood.Honest);
        objectAs(objector);
        objectAs(objector);

        moody.setMood(MoodyCurrency.Mood.Reverts);
        notice.decide(id, 1, true, REASON);
        notice.lapse(id, 2);
        hasStatus(AssetStatus.Struck);
        vm.expectRevert(MoodyCurrency.Moody_Refused.selector);
        this.withdrawFor(objector, address(moody));
        moody.setMood(MoodyCurrency.Mood.AnswersFalse);
        vm.expectRevert(failed);
        this.withdrawFor(objector, address(moody));
        Check.same(notice.depositOf(objector, address(moody)), 2 * LARGE, "still credited");
        moody.setMood(MoodyCurrency.Mood.Mute);
        this.withdrawFor(objector, address(moody));
        Check.same(moody.balanceOf(objector), 10 * LARGE, "paid");
    }

    /// @notice NTC-72 One currency's trouble is not another's: each account has a credit in each.
    function test_NTC_72_currenciesAreKeptApart() public {
        id = _registerIn(address(moody), "moody");
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        id = registerAsset(holder, 1_000, "plain");
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        moody.setMood(MoodyCurrency.Mood.Reverts);
        Check.same(withdrawAs(objector), DEPOSIT, "the other one");
        Check.same(notice.depositOf(objector, address(moody)), LARGE, "waits");
        Check.same(currency.balanceOf(address(notice)), 0, "held");
    }

    /// @notice NTC-73 A currency that is dismissed meanwhile takes and returns deposits of assets that have it.
    function test_NTC_73_aDismissedCurrencyStillWorks() public {
        objectAs(objector);
        currencies.dismiss(address(currency));
        objectAs(objector);
        notice.decide(id, 1, true, REASON);
        notice.lapse(id, 2);
        Check.same(withdrawAs(objector), 2 * DEPOSIT, "paid");
    }

    /// @notice NTC-74 A currency that calls back enters neither an objection nor a withdrawal a second time.
    function test_NTC_74_moneyDoesNotReenter() public {
        address account = address(attacker);
        id = _registerIn(address(hooked), "hooked");
        objectAs(account);
        notice.decide(id, 1, true, REASON);
        id = _registerIn(address(hooked), "second");
        objectAs(other);
        _prepare();
        attacker.execute(address(notice), abi.encodeCall(notice.object, (id, REASON)));
        attacker.execute(address(notice), abi.encodeCall(notice.withdraw, (account, address(hooked), account)));
        Check.same(attacker.attempts(), 10, "attempts");
        for (uint256 i = 0; i < 10; ++i) {
            Check.holds(!attacker.succeeded(i), "entered");
            bytes4 expected = ENTERED;
            if (i % 5 == 2) expected = INotice.Notice_NotOverdue.selector;
            if (i % 5 == 3) expected = INotice.Notice_NotRegistrar.selector;
            if (i % 5 == 4) expected = INotice.Notice_Running.selector;
            Check.holds(attacker.reasons(i) == expected, "reason");
        }
        Check.same(hooked.balanceOf(account), 9 * LARGE, "paid once");
        Check.same(hooked.balanceOf(address(notice)), 2 * LARGE, "held");
        Check.same(notice.proceedingOf(id).open, 2, "open");
        Check.same(notice.depositOf(account, address(hooked)), 0, "credited");
    }

    /// @notice NTC-75 A registrar that decides while the deposit is still on its way gains nothing and owes nothing.
    function testFuzz_NTC_75_decidedWhileTheDepositArrives(bool upheld) public {
        id = _registerIn(address(hooked), "hooked");
        objectAs(other);
        hooked.setHook(address(attacker));
        participants.changeRegistrar(DOMAIN, address(attacker));
        Reenterer.Call[] memory calls = new Reenterer.Call[](2);
        calls[0] = Reenterer.Call(address(notice), abi.encodeCall(notice.decide, (id, 2, upheld, REASON)));
        bytes memory money = abi.encodeCall(notice.withdraw, (address(attacker), address(hooked), address(attacker)));
        calls[1] = Reenterer.Call(address(notice), money);
        attacker.prepare(calls);
        objectAs(objector);
        Check.holds(attacker.succeeded(0), "decided");
        Check.holds(!attacker.succeeded(1) && attacker.reasons(1) == ENTERED, "not paid meanwhile");
        hasState(2, upheld ? ObjectionState.Upheld : ObjectionState.Dismissed);
        hasState(1, ObjectionState.Open);
        Check.same(notice.depositOf(upheld ? objector : holder, address(hooked)), LARGE, "credited");
        Check.same(hooked.balanceOf(address(notice)), 2 * LARGE, "held");
        hooked.setHook(address(0));
        passDecision();
        notice.lapse(id, 1);
        this.withdrawFor(other, address(hooked));
        this.withdrawFor(upheld ? objector : holder, address(hooked));
        Check.same(hooked.balanceOf(address(notice)), 0, "nothing left, nothing missing");
    }

    /// @notice NTC-75 Money that is pushed in while a deposit arrives does not pass for a part of it.
    function test_NTC_75_pushedMoneyIsNoDeposit() public {
        id = _registerIn(address(hooked), "hooked");
        bytes memory push = abi.encodeCall(IERC20.transfer, (address(notice), 5));
        Reenterer.Call[] memory calls = new Reenterer.Call[](1);
        calls[0] = Reenterer.Call(address(hooked), push);
        attacker.prepare(calls);
        hooked.setHook(address(attacker));
        bytes4 short = INotice.Notice_DepositShort.selector;
        vm.expectRevert(abi.encodeWithSelector(short, address(hooked), LARGE, LARGE + 5));
        this.objectFor(objector);
    }

    function objectFor(address account) external {
        objectAs(account);
    }

    function withdrawFor(address account, address money) external {
        vm.prank(account);
        notice.withdraw(account, money, account);
    }

    /// @dev Everything of the office that an objector could try while money moves.
    function _prepare() private {
        address account = address(attacker);
        Reenterer.Call[] memory calls = new Reenterer.Call[](5);
        bytes memory money = abi.encodeCall(notice.withdraw, (account, address(hooked), account));
        calls[0] = Reenterer.Call(address(notice), abi.encodeCall(notice.object, (id, REASON)));
        calls[1] = Reenterer.Call(address(notice), money);
        calls[2] = Reenterer.Call(address(notice), abi.encodeCall(notice.lapse, (id, 1)));
        calls[3] = Reenterer.Call(address(notice), abi.encodeCall(notice.decide, (id, 1, true, REASON)));
        calls[4] = Reenterer.Call(address(notice), abi.encodeCall(notice.close, (id)));
        attacker.prepare(calls);
        hooked.setHook(account);
    }

    function _admit(address money) private {
        IERC20(money).approve(address(currencies), 1);
        currencies.admit(money, address(this), 1);
    }

    function _registerIn(address money, bytes32 salt) private returns (AssetId) {
        Registration memory r = sampleRegistration(holder, 1_000, salt);
        r.currency = money;
        vm.prank(holder);
        return assets.register(r);
    }
}
