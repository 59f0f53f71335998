// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Check} from "../reference/Check.sol";
import {WayOut} from "./WayOut.sol";

/// @dev What the test runner asks for: which functions of which contract it may call.
struct FuzzSelector {
    address addr;
    bytes4[] selectors;
}

/// @dev Stands here because the runner knows the contracts of test files only.
contract Handler is WayOut {}

/// @dev A handler with a system of its own, and what the runner may call of it.
abstract contract Handled {
    Handler internal handler;
    address internal first;
    address internal second;

    function setUp() public {
        handler = new Handler();
        (first, second) = handler.moneys();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector(address(handler), _actions());
    }

    function _actions() internal view returns (bytes4[] memory all) {
        bytes4[34] memory list = [
            handler.changeStanding.selector,
            handler.wait.selector,
            handler.register.selector,
            handler.publish.selector,
            handler.changeState.selector,
            handler.changePolicy.selector,
            handler.transfer.selector,
            handler.transferBatch.selector,
            handler.freeze.selector,
            handler.force.selector,
            handler.distribute.selector,
            handler.push.selector,
            handler.claim.selector,
            handler.withdraw.selector,
            handler.sign.selector,
            handler.fill.selector,
            handler.matchPair.selector,
            handler.cancel.selector,
            handler.setFee.selector,
            handler.fill.selector,
            handler.changeTerms.selector,
            handler.object.selector,
            handler.decide.selector,
            handler.close.selector,
            handler.takeDeposit.selector,
            handler.vote.selector,
            handler.unvote.selector,
            handler.replaceOperator.selector,
            handler.moveByTwo.selector,
            handler.proposeSuccessor.selector,
            handler.objectToSuccession.selector,
            handler.recordSuccessor.selector,
            handler.handOver.selector,
            handler.certify.selector
        ];
        all = new bytes4[](34);
        for (uint256 i = 0; i < 34; ++i) all[i] = list[i];
    }
}

contract UnitInvariants is Handled {
    /// @notice SYS-01 The supply of an asset is what was registered, and the units of all accounts add up to it.
    function invariant_SYS_01_unitsAreConserved() external view {
        handler.checkSupply();
    }

    /// @notice SYS-05 Nobody who is not active sends, receives or is paid.
    function invariant_SYS_05_onlyActivePartiesTakePart() external view {
        handler.checkParties();
    }

    /// @notice SYS-07 No asset is among its own ancestors, and parents never change.
    function invariant_SYS_07_lineageHasNoCycle() external view {
        handler.checkLineage();
    }

    /// @notice SYS-09 Every refusal is one that its action foresees.
    function invariant_SYS_09_refusalsAreForeseen() external view {
        handler.checkRefusals();
    }

    /// @notice SYS-20 A unit votes once: votes are the sum of the locks for a candidate, and all together at most the supply.
    function invariant_SYS_20_votesAreLocks() external view {
        handler.checkVotes();
    }

    /// @notice SYS-21 Frozen, locked and free units add up to what is held.
    function invariant_SYS_21_restraintsAddUp() external view {
        handler.checkRestraints();
    }

    /// @notice SYS-22 Where a policy counts holders, the count is their number.
    function invariant_SYS_22_holdersAreCounted() external view {
        handler.checkCounts();
    }
}

contract MoneyInvariants is Handled {
    /// @notice SYS-02 What was paid in is what was paid out and what is held, to the base unit.
    function invariant_SYS_02_moneyIsConserved() external view {
        handler.checkMoney(first);
        handler.checkMoney(second);
    }

    /// @notice SYS-03 What is held covers what is owed, and differs by less than one base unit for each settlement.
    function invariant_SYS_03_heldCoversOwedAndRoundingIsBounded() external view {
        handler.checkOwed(first);
        handler.checkOwed(second);
    }

    /// @notice SYS-04 No asset's claims exceed its revenue, nor its revenue its deposits.
    function invariant_SYS_04_noClaimAboveDeposits() external view {
        handler.checkClaims();
    }

    /// @notice SYS-06 No order is filled above its size or after its end, and no fill makes or loses money.
    function invariant_SYS_06_ordersAreKept() external view {
        handler.checkOrders();
    }

    /// @notice SYS-08 Market and registries never hold money or units.
    function invariant_SYS_08_othersHoldNothing() external view {
        handler.checkEmptyHanded();
    }

    /// @notice SYS-23 Deposits held are those owed, and what came in is what went out and what is held.
    function invariant_SYS_23_depositsAreConserved() external view {
        handler.checkDeposits(first);
        handler.checkDeposits(second);
    }
}

contract SystemHistories is Handled {
    /// @notice SYS-24 From whatever state a random history reaches, a fixed script of moves empties everything to its owners.
    function testFuzz_SYS_24_noStateLocksValueForEver(uint256 seed) external {
        _live(seed, 80);
        handler.emptyOut();
        handler.checkEmpty();
        _checkAll();
    }

    /// @notice SYS-10 A long fixed history reaches every action that the invariants speak of, and keeps all of them.
    function test_SYS_10_actionsReachEverything() external {
        _live(0, 3_000);
        string[38] memory names = [
            "suspend",
            "reinstate",
            "revoke",
            "admit",
            "register",
            "derive",
            "publish",
            "suspendAsset",
            "reinstateAsset",
            "applyPolicy",
            "transfer",
            "transferBatch",
            "freeze",
            "force",
            "distribute",
            "push",
            "claim",
            "withdraw",
            "post",
            "fill",
            "match",
            "object",
            "decide",
            "lapse",
            "close",
            "takeDeposit",
            "vote",
            "unvote",
            "replace",
            "proposeMove",
            "carryOutMove",
            "proposeSuccessor",
            "objectToSuccession",
            "recordSuccessor",
            "handOver",
            "proposePolicy",
            "certify",
            "revokeCredential"
        ];
        for (uint256 i = 0; i < names.length; ++i) Check.holds(handler.timesDone(names[i]) != 0, names[i]);
        string[5] memory failing = ["transfer", "transferBatch", "force", "claim", "fill"];
        for (uint256 i = 0; i < failing.length; ++i) Check.holds(handler.timesRefused(failing[i]) != 0, failing[i]);
        _checkAll();
    }

    function _checkAll() private view {
        handler.checkSupply();
        handler.checkMoney(first);
        handler.checkMoney(second);
        handler.checkOwed(first);
        handler.checkOwed(second);
        handler.checkClaims();
        handler.checkParties();
        handler.checkOrders();
        handler.checkLineage();
        handler.checkEmptyHanded();
        handler.checkVotes();
        handler.checkRestraints();
        handler.checkCounts();
        handler.checkDeposits(first);
        handler.checkDeposits(second);
        handler.checkRefusals();
    }

    function _live(uint256 seed, uint256 steps) private {
        bytes4[] memory actions = _actions();
        for (uint256 i = 0; i < steps; ++i) {
            bytes memory words;
            for (uint256 w = 0; w < 6; ++w) words = bytes.concat(words, keccak256(abi.encode(seed, i, w)));
            _act(actions[uint256(keccak256(abi.encode(seed, i))) % actions.length], words);
        }
    }

    /// @dev Cuts each random word down to the type that the action takes there, as a fuzzer would.
    function _act(bytes4 action, bytes memory words) private {
        uint256[6] memory w = abi.decode(words, (uint256[6]));
        bytes memory call;
        if (action == handler.wait.selector) call = abi.encodeCall(handler.wait, (uint32(w[0])));
        else if (action == handler.setFee.selector) call = abi.encodeCall(handler.setFee, (uint16(w[0])));
        else if (action == handler.register.selector) {
            call = abi.encodeCall(handler.register, (w[0], uint64(w[1]), w[2], w[3] % 4 == 0));
        } else if (action == handler.changePolicy.selector) {
            call = abi.encodeCall(handler.changePolicy, (w[0], w[1] % 2 == 0));
        } else if (action == handler.distribute.selector) {
            call = abi.encodeCall(handler.distribute, (w[0], w[1], uint128(w[2])));
        } else if (action == handler.withdraw.selector) {
            call = abi.encodeCall(handler.withdraw, (w[0], w[1], w[2] % 2 == 0));
        } else if (action == handler.sign.selector) {
            call = abi.encodeCall(handler.sign, (w[0], w[1], w[2], uint8(w[3]), w[4] % 2 == 0, w[5] % 4 == 0));
        } else if (action == handler.changeTerms.selector) {
            call = abi.encodeCall(handler.changeTerms, (w[0] % 2 == 0));
        } else if (action == handler.takeDeposit.selector) {
            call = abi.encodeCall(handler.takeDeposit, (w[0], w[1] % 4 == 0));
        } else call = bytes.concat(action, words);
        (bool ok, bytes memory answer) = address(handler).call(call);
        if (ok) return;
        // Hands the failure of the handler on as it is.
        assembly ("memory-safe") {
            revert(add(answer, 32), mload(answer))
        }
    }
}
