// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../../contracts/types/AssetId.sol";
import {Window} from "../../contracts/types/Window.sol";
import {DataAsset} from "../../contracts/assets/DataAsset.sol";
import {ICurrencyRegistry} from "../../contracts/assets/ICurrencyRegistry.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IDerivationGate} from "../../contracts/assets/IDerivationGate.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {IOffice} from "../../contracts/assets/IOffice.sol";
import {IOperatorVote} from "../../contracts/assets/IOperatorVote.sol";
import {IPolicyBook} from "../../contracts/assets/IPolicyBook.sol";
import {ISupervision} from "../../contracts/assets/ISupervision.sol";
import {Notice} from "../../contracts/assets/Notice.sol";
import {Offices} from "../../contracts/assets/OfficeTypes.sol";
import {OperatorVote} from "../../contracts/assets/OperatorVote.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {svm} from "./Svm.sol";
import {vm} from "../support/Vm.sol";

/// @title Functions between the register and its offices
/// @notice For every caller but the one meant, all arguments and every state.
contract RegisterProof {
    error Outside();

    address private constant POLICIES = address(0x1001);
    address private constant NOTICE = address(0x1002);
    address private constant SUPERVISION = address(0x1003);
    address private constant VOTES = address(0x1004);

    DataAsset private _assets;
    Notice private _notice;
    OperatorVote private _votes;

    function setUp() external {
        IParticipantRegistry none = IParticipantRegistry(address(0));
        Offices memory offices = Offices(
            IPolicyBook(POLICIES),
            INotice(NOTICE),
            ISupervision(SUPERVISION),
            IOperatorVote(VOTES)
        );
        _assets = new DataAsset(
            address(this),
            none,
            ICurrencyRegistry(address(0)),
            IDerivationGate(address(0)),
            offices,
            1
        );
        _notice = new Notice(address(this), none);
        _votes = new OperatorVote(address(this), none, Window(1, 1));
        svm.enableSymbolicStorage(address(_assets));
        svm.enableSymbolicStorage(address(_notice));
        svm.enableSymbolicStorage(address(_votes));
    }

    /// @notice Only the policy book sets policies.
    function check_setPolicy(address caller, AssetId id, uint56 policy, bool counted, uint256 holders) external {
        _mustBe(POLICIES, caller, abi.encodeCall(_assets.setPolicy, (id, policy, counted, holders)));
    }

    /// @notice Only the notice office ends notices.
    function check_endNotice(address caller, AssetId id) external {
        _mustBe(NOTICE, caller, abi.encodeCall(_assets.endNotice, (id)));
    }

    /// @notice Only the notice office strikes off.
    function check_strike(address caller, AssetId id, bytes32 reason) external {
        _mustBe(NOTICE, caller, abi.encodeCall(_assets.strike, (id, reason)));
    }

    /// @notice Only the supervision suspends and reinstates.
    function check_setSuspended(address caller, AssetId id, bool suspended) external {
        _mustBe(SUPERVISION, caller, abi.encodeCall(_assets.setSuspended, (id, suspended)));
    }

    /// @notice Only the supervision freezes and releases.
    function check_setFrozenTokens(address caller, address account, uint256 id, uint256 units) external {
        _mustBe(SUPERVISION, caller, abi.encodeCall(_assets.setFrozenTokens, (account, id, units)));
    }

    /// @notice Only the supervision forces transfers.
    function check_forcedTransfer(address caller, address from, address to, uint256 id, uint256 units) external {
        _mustBe(SUPERVISION, caller, abi.encodeCall(_assets.forcedTransfer, (from, to, id, units)));
    }

    /// @notice Only the voting office marks holdings as locked.
    function check_setLocked(address caller, address account, AssetId id, bool locked) external {
        _mustBe(VOTES, caller, abi.encodeCall(_assets.setLocked, (account, id, locked)));
    }

    /// @notice Only the voting office replaces operators.
    function check_replaceOperator(address caller, AssetId id, address operator) external {
        _mustBe(VOTES, caller, abi.encodeCall(_assets.replaceOperator, (id, operator)));
    }

    /// @notice Only the register begins a notice.
    function check_begin(address caller, AssetId id, address holder) external {
        if (caller == address(_notice.register())) revert Outside();
        _mustRevert(
            address(_notice),
            caller,
            abi.encodeCall(_notice.begin, (id, holder)),
            IOffice.Offices_NotRegister.selector
        );
    }

    /// @notice Only the register trims locks.
    function check_trim(address caller, AssetId id, address account, uint256 limit) external {
        if (caller == address(_votes.register())) revert Outside();
        _mustRevert(
            address(_votes),
            caller,
            abi.encodeCall(_votes.trim, (id, account, limit)),
            IOffice.Offices_NotRegister.selector
        );
    }

    function _mustBe(address office, address caller, bytes memory data) private {
        if (caller == office) revert Outside();
        _mustRevert(address(_assets), caller, data, IDataAsset.Assets_OnlyOffice.selector);
    }

    function _mustRevert(address target, address caller, bytes memory data, bytes4 reason) private {
        vm.prank(caller);
        (bool ok, bytes memory answer) = target.call(data);
        // The first four bytes of an answer are the error's selector.
        assert(!ok && bytes4(answer) == reason);
    }
}
