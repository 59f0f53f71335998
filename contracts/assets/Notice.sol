// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {DomainId} from "../participants/ParticipantTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetStatus} from "../types/AssetWord.sol";
import {Pull} from "../types/Pull.sol";
import {SealedBlock} from "../types/SealedBlock.sol";
import {Deadline, Window} from "../types/Window.sol";
import {Asset} from "./AssetTypes.sol";
import {INotice} from "./INotice.sol";
import {NoticeTerms, Objection, ObjectionState, OpenedBlock, Proceeding} from "./NoticeTypes.sol";
import {Office} from "./Office.sol";

/// @title Notice
/// @notice Role: STEWARD sets terms; they bind later registrations only. Limits: a notice lasts at most `MAX_WINDOW` and one
/// decision window more, each in seconds and in blocks, however many object and whatever the registrar does; a registrar can
/// strike off an asset only on somebody's objection, and only before its fractions have ever traded. Guarantees that deposits
/// equal what it owes. Does not guarantee that a registrar decides well: the reasons are on record, and a steward may replace
/// the registrar.
contract Notice is INotice, Office, ReentrancyGuardTransient {
    using SafeERC20 for IERC20Metadata;

    /// @notice Longest notice and longest time to decide, in seconds, and most blocks of either.
    uint48 public constant MAX_WINDOW = 90 days;

    IParticipantRegistry private immutable _participants;

    uint64 private _registrations;
    mapping(DomainId domain => NoticeTerms) private _terms;
    mapping(AssetId id => Proceeding) private _proceedings;
    mapping(AssetId id => mapping(uint32 number => Objection)) private _objections;
    mapping(address account => mapping(address currency => uint256 amount)) private _deposits;

    constructor(address authority, IParticipantRegistry participants) Office(authority) {
        _participants = participants;
    }

    /// @inheritdoc INotice
    function setTerms(DomainId domain, NoticeTerms calldata terms) external restricted {
        _checkWindow(terms.notice);
        _checkWindow(terms.decision);
        if (terms.notice.duration != 0 && terms.decision.duration == 0) revert Notice_NoDecisionWindow(domain);
        _terms[domain] = terms;
        emit NoticeTermsChanged(domain, terms);
    }

    /// @inheritdoc INotice
    function begin(AssetId id, address holder) external returns (bool needed) {
        _checkRegister();
        DomainId domain = _participants.participantOf(holder).domain;
        Proceeding storage proceeding = _proceedings[id];
        proceeding.ordinal = ++_registrations;
        proceeding.domain = domain;
        NoticeTerms memory terms = _terms[domain];
        if (terms.notice.duration == 0) return false;
        Deadline end = terms.notice.end();
        proceeding.end = end;
        proceeding.deposit = terms.deposit;
        proceeding.decision = terms.decision;
        emit NoticeBegun(id, domain, end);
        return true;
    }

    /// @inheritdoc INotice
    function object(AssetId id, bytes32 reason) external nonReentrant returns (uint32 number) {
        Proceeding storage proceeding = _underNotice(id);
        if (proceeding.end.isOver()) revert Notice_Over(id, proceeding.end);
        if (register().statusOf(id) == AssetStatus.Struck) revert Notice_StruckOff(id);
        if (!_participants.isActive(msg.sender)) revert Notice_Inactive(msg.sender);
        address holder = register().assetOf(id).holder;
        if (holder == msg.sender) revert Notice_OwnAsset(id, holder);
        if (reason == 0) revert Notice_NoReason();
        Deadline decideBy = proceeding.decision.end();
        IERC20Metadata currency = _currencyOf(id);
        uint256 deposit = uint256(proceeding.deposit) * 10 ** currency.decimals();

        number = ++proceeding.objections;
        ++proceeding.open;
        proceeding.decideBy = proceeding.decideBy.latest(decideBy);
        _objections[id][number] = Objection(msg.sender, ObjectionState.Open, false, decideBy, deposit, reason);
        emit Objected(id, number, msg.sender, reason, address(currency), deposit, decideBy);
        _pull(currency, deposit);
    }

    /// @inheritdoc INotice
    function showDuplicate(
        AssetId id,
        uint32 number,
        OpenedBlock calldata opened,
        AssetId earlier,
        OpenedBlock calldata openedEarlier,
        bytes calldata plaintext
    ) external {
        Objection storage objection = _openObjection(id, number);
        if (objection.objector != msg.sender) revert Notice_NotObjector(id, number, msg.sender);
        uint64 ordinal = _proceedings[earlier].ordinal;
        bool isEarlier = ordinal != 0 && ordinal < _proceedings[id].ordinal;
        if (!isEarlier || register().statusOf(earlier) == AssetStatus.Struck) revert Notice_NotEarlier(id, earlier);
        _checkOpening(id, opened, plaintext);
        _checkOpening(earlier, openedEarlier, plaintext);
        objection.duplicate = true;
        emit DuplicateShown(
            id,
            number,
            earlier,
            opened.number,
            opened.index,
            openedEarlier.number,
            openedEarlier.index
        );
    }

    /// @inheritdoc INotice
    function decide(AssetId id, uint32 number, bool upheld, bytes32 reason) external {
        Objection storage objection = _openObjection(id, number);
        DomainId domain = _proceedings[id].domain;
        if (_participants.registrarOf(domain) != msg.sender) revert Notice_NotRegistrar(domain, msg.sender);
        Asset memory asset = register().assetOf(id);
        address objector = objection.objector;
        // Nobody decides for itself. Against itself it may: else a holder could name the registrar as its operator.
        bool own = upheld ? msg.sender == objector : msg.sender == asset.holder || msg.sender == asset.operator;
        if (own) revert Notice_Conflict(id, msg.sender);
        if (asset.status == AssetStatus.Struck) revert Notice_StruckOff(id);
        if (objection.decideBy.isOver()) revert Notice_DecisionOverdue(id, number, objection.decideBy);
        if (reason == 0) revert Notice_NoReason();
        _end(id, number, upheld ? ObjectionState.Upheld : ObjectionState.Dismissed, reason);
        _credit(upheld ? objector : asset.holder, id, objection.deposit);
        if (upheld) register().strike(id, reason);
    }

    /// @inheritdoc INotice
    function lapse(AssetId id, uint32 number) external {
        Objection storage objection = _openObjection(id, number);
        if (!objection.decideBy.isOver() && register().statusOf(id) != AssetStatus.Struck) {
            revert Notice_NotOverdue(id, number, objection.decideBy);
        }
        _end(id, number, ObjectionState.Lapsed, 0);
        _credit(objection.objector, id, objection.deposit);
    }

    /// @inheritdoc INotice
    function close(AssetId id) external {
        Proceeding storage proceeding = _underNotice(id);
        if (proceeding.closed) revert Notice_AlreadyClosed(id);
        if (!isOver(id)) {
            Deadline end = proceeding.end;
            revert Notice_Running(id, proceeding.open == 0 ? end : end.latest(proceeding.decideBy));
        }
        proceeding.closed = true;
        emit NoticeClosed(id);
        register().endNotice(id);
    }

    /// @inheritdoc INotice
    function withdraw(address account, address currency, address to) external nonReentrant returns (uint256 amount) {
        if (msg.sender != account && msg.sender != _participants.successorOf(account)) {
            revert Notice_NotPayee(account, msg.sender);
        }
        if (!_participants.isActive(msg.sender)) revert Notice_Inactive(msg.sender);
        if (!_participants.isActive(to)) revert Notice_Inactive(to);
        amount = _deposits[account][currency];
        if (amount == 0) revert Notice_NothingToWithdraw(account, currency);
        _deposits[account][currency] = 0;
        emit DepositWithdrawn(account, currency, to, amount);
        IERC20Metadata(currency).safeTransfer(to, amount);
    }

    /// @inheritdoc INotice
    function termsOf(DomainId domain) external view returns (NoticeTerms memory) {
        return _terms[domain];
    }

    /// @inheritdoc INotice
    function proceedingOf(AssetId id) external view returns (Proceeding memory) {
        return _proceedings[id];
    }

    /// @inheritdoc INotice
    function objectionOf(AssetId id, uint32 number) external view returns (Objection memory) {
        return _objections[id][number];
    }

    /// @inheritdoc INotice
    function depositOf(address account, address currency) external view returns (uint256) {
        return _deposits[account][currency];
    }

    /// @inheritdoc INotice
    function isOver(AssetId id) public view returns (bool) {
        Proceeding storage proceeding = _proceedings[id];
        return proceeding.end.isOver() && (proceeding.open == 0 || proceeding.decideBy.isOver());
    }

    function _end(AssetId id, uint32 number, ObjectionState state, bytes32 reason) private {
        --_proceedings[id].open;
        _objections[id][number].state = state;
        emit ObjectionEnded(id, number, state, msg.sender, reason);
    }

    function _credit(address account, AssetId id, uint256 deposit) private {
        if (deposit == 0) return;
        address currency = address(_currencyOf(id));
        _deposits[account][currency] += deposit;
        emit DepositCredited(account, currency, deposit);
    }

    function _pull(IERC20Metadata currency, uint256 amount) private {
        if (amount == 0) return;
        uint256 received = Pull.fromCaller(currency, amount);
        if (received != amount) revert Notice_DepositShort(address(currency), amount, received);
    }

    /// @dev Blocks are bounded as seconds are: else a notice could wait for a block that nobody lives to see.
    function _checkWindow(Window calldata window) private pure {
        if (window.duration > MAX_WINDOW) revert Notice_WindowTooLong(window.duration, MAX_WINDOW);
        if (window.blocks > MAX_WINDOW) revert Notice_WindowTooLong(window.blocks, MAX_WINDOW);
    }

    function _underNotice(AssetId id) private view returns (Proceeding storage proceeding) {
        proceeding = _proceedings[id];
        if (proceeding.end.isNone()) revert Notice_NotUnderNotice(id);
    }

    function _openObjection(AssetId id, uint32 number) private view returns (Objection storage objection) {
        objection = _objections[id][number];
        ObjectionState state = objection.state;
        if (state == ObjectionState.None) revert Notice_ObjectionUnknown(id, number);
        if (state != ObjectionState.Open) revert Notice_ObjectionEnded(id, number, state);
    }

    function _checkOpening(AssetId id, OpenedBlock calldata opened, bytes calldata plaintext) private view {
        if (!register().isRelease(id, opened.number, opened.release)) revert Notice_ReleaseUnknown(id, opened.number);
        bool holds = SealedBlock.opens(
            opened.release.root,
            opened.release.length,
            opened.index,
            opened.blind,
            plaintext,
            opened.ciphertext,
            opened.path
        );
        if (!holds) revert Notice_NotInRelease(id, opened.index);
    }

    function _currencyOf(AssetId id) private view returns (IERC20Metadata) {
        return IERC20Metadata(register().termsOfSale(id, 0).currency);
    }
}
