// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Check} from "../reference/Check.sol";
import {LicenceWayOut} from "./LicenceWayOut.sol";

/// @dev What the test runner asks for: which functions of which contract it may call.
struct FuzzSelector {
    address addr;
    bytes4[] selectors;
}

/// @dev Stands here because the runner knows the contracts of test files only.
contract LicenceHandler is LicenceWayOut {}

/// @dev The runner gives each contract one core, so the invariants stand in three.
abstract contract LicenceSystem {
    LicenceHandler internal handler;

    function setUp() public {
        handler = new LicenceHandler();
        // Histories begin in the midst of business: else few would see a fault or a second release.
        _live(uint256(keccak256("before")), 400);
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), _actions());
    }

    /// @dev What makes histories go on stands here more than once.
    function _actions() internal view virtual returns (bytes4[] memory all) {
        bytes4[43] memory list = [
            handler.buy.selector,
            handler.buy.selector,
            handler.buy.selector,
            handler.buy.selector,
            handler.buy.selector,
            handler.buy.selector,
            handler.renew.selector,
            handler.deliver.selector,
            handler.deliver.selector,
            handler.deliver.selector,
            handler.deliver.selector,
            handler.deliver.selector,
            handler.settle.selector,
            handler.settle.selector,
            handler.refund.selector,
            handler.revoke.selector,
            handler.consume.selector,
            handler.cancelOffer.selector,
            handler.demand.selector,
            handler.answer.selector,
            handler.closeDemand.selector,
            handler.disputeKey.selector,
            handler.disputeContent.selector,
            handler.disputeContent.selector,
            handler.depositBond.selector,
            handler.withdrawBond.selector,
            handler.withdraw.selector,
            handler.setFee.selector,
            handler.publish.selector,
            handler.publish.selector,
            handler.changeAsset.selector,
            handler.changeStanding.selector,
            handler.changeMood.selector,
            handler.wait.selector,
            handler.wait.selector,
            handler.wait.selector,
            handler.subscribe.selector,
            handler.open.selector,
            handler.open.selector,
            handler.earn.selector,
            handler.cancel.selector,
            handler.close.selector,
            handler.revokeSubscription.selector
        ];
        all = new bytes4[](43);
        for (uint256 i = 0; i < 43; ++i) all[i] = list[i];
    }

    function _live(uint256 seed, uint256 steps) internal {
        bytes4[] memory actions = _actions();
        for (uint256 i = 0; i < steps; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            bytes4 action = actions[word % actions.length];
            (bool ok, bytes memory answer) = address(handler).call(
                abi.encodePacked(action, keccak256(abi.encode(word)))
            );
            if (ok) continue;
            // Hands the failure of the handler on as it is.
            assembly ("memory-safe") {
                revert(add(answer, 32), mload(answer))
            }
        }
    }
}

contract LicenceMoneyInvariants is LicenceSystem {
    /// @notice LIC-70 What the registry holds is escrow, bonds, deposits and credits, by the notes and by the views.
    function invariant_LIC_70_theRegistryHoldsWhatIsUndecided() external view {
        handler.checkEscrow();
    }

    /// @notice LIC-72 What was paid in is what was paid out and is held, and everybody has what the notes say is his.
    function invariant_LIC_72_everybodyHasWhatIsHis() external view {
        handler.checkOwners();
    }

    /// @notice LIC-73 A custodian's locked bond is that of its licences that are delivered and not decided.
    function invariant_LIC_73_bondsStandForOpenDeliveries() external view {
        handler.checkBonds();
    }
}

/// @dev Subscriptions go through many steps, so that they have histories of their own.
contract SubscriptionInvariants is LicenceSystem {
    /// @notice LIC-71 What the contract of subscriptions holds is what is not paid out of the rests, and credits.
    function invariant_LIC_71_subscriptionsHoldTheirRests() external view {
        handler.checkRests();
    }

    /// @notice LIC-77 A subscription never pays out more than its rest, nor for more seconds than were earned.
    function invariant_LIC_77_nothingUnearnedIsPaid() external view {
        handler.checkEarned();
    }

    /// @notice LIC-78 The same of histories in which subscriptions come first.
    function invariant_LIC_78_outcomesOfSubscriptionsAreForeseen() external view {
        handler.checkOutcomes();
    }

    function _actions() internal view override returns (bytes4[] memory all) {
        bytes4[31] memory list = [
            handler.subscribe.selector,
            handler.subscribe.selector,
            handler.open.selector,
            handler.open.selector,
            handler.open.selector,
            handler.deliver.selector,
            handler.deliver.selector,
            handler.deliver.selector,
            handler.settle.selector,
            handler.settle.selector,
            handler.settle.selector,
            handler.refund.selector,
            handler.refund.selector,
            handler.revoke.selector,
            handler.disputeKey.selector,
            handler.demand.selector,
            handler.closeDemand.selector,
            handler.depositBond.selector,
            handler.withdraw.selector,
            handler.publish.selector,
            handler.setFee.selector,
            handler.changeMood.selector,
            handler.wait.selector,
            handler.wait.selector,
            handler.wait.selector,
            handler.earn.selector,
            handler.earn.selector,
            handler.cancel.selector,
            handler.close.selector,
            handler.close.selector,
            handler.revokeSubscription.selector
        ];
        all = new bytes4[](31);
        for (uint256 i = 0; i < 31; ++i) all[i] = list[i];
    }
}

contract LicenceCaseInvariants is LicenceSystem {
    /// @notice LIC-74 The money of a licence leaves once and as a whole.
    function invariant_LIC_74_moneyLeavesOnce() external view {
        handler.checkExits();
    }

    /// @notice LIC-75 Whose window was open at a fault of the release is never settled; whose was over is not refunded for it.
    function invariant_LIC_75_faultsDecideWhoIsSettled() external view {
        handler.checkFaults();
    }

    /// @notice LIC-76 A true proof in time gives the money back, in every state.
    function invariant_LIC_76_trueProofsWin() external view {
        handler.checkProofs();
    }

    /// @notice LIC-78 Every call has the outcome that follows from what happened before, down to the error.
    function invariant_LIC_78_outcomesAreForeseen() external view {
        handler.checkOutcomes();
    }
}

contract LicenceHistories is LicenceSystem {
    /// @notice LIC-80 From whatever state a random history reaches, a fixed script of moves empties both contracts.
    function testFuzz_LIC_80_noStateLocksMoneyForEver(uint256 seed) external {
        _live(seed, 80);
        _checkAll();
        handler.emptyOut();
        handler.checkEmpty();
        _checkAll();
    }

    /// @notice LIC-79 A long fixed history reaches every action that the invariants speak of, and keeps all of them.
    function test_LIC_79_actionsReachEverything() external {
        _live(0, 3_000);
        string[35] memory names = [
            "buy",
            "renew",
            "deliver",
            "grant",
            "accept",
            "settle",
            "refund",
            "refundFaulty",
            "revoke",
            "revokeSettled",
            "consume",
            "cancelOffer",
            "demand",
            "answer",
            "closeDemand",
            "disputeKey",
            "disputeContent",
            "depositBond",
            "withdrawBond",
            "withdraw",
            "withdrawRest",
            "setFee",
            "publish",
            "suspendAsset",
            "reinstateAsset",
            "suspend",
            "reinstate",
            "subscribe",
            "open",
            "reopen",
            "earn",
            "earn something",
            "cancel",
            "close",
            "revokeSubscription"
        ];
        for (uint256 i = 0; i < names.length; ++i) Check.holds(handler.timesDone(names[i]) != 0, names[i]);
        _checkRefusals();
        _checkAll();
    }

    function _checkRefusals() private view {
        string[12] memory failing = [
            "buy",
            "deliver",
            "settle",
            "refund",
            "demand",
            "answer",
            "closeDemand",
            "disputeKey",
            "disputeContent",
            "withdrawBond",
            "open",
            "close"
        ];
        for (uint256 i = 0; i < failing.length; ++i) Check.holds(handler.timesRefused(failing[i]) != 0, failing[i]);
    }

    function _checkAll() private view {
        handler.checkEscrow();
        handler.checkRests();
        handler.checkOwners();
        handler.checkBonds();
        handler.checkExits();
        handler.checkFaults();
        handler.checkProofs();
        handler.checkEarned();
        handler.checkOutcomes();
    }
}
