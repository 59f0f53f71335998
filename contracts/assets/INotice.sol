// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {NoticeTerms, Objection, ObjectionState, OpenedBlock, Proceeding} from "./NoticeTypes.sol";
import {DomainId} from "../participants/ParticipantTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {Deadline} from "../types/Window.sol";
import {IOffice} from "./IOffice.sol";

/// @title Public notice (公示) of registrations
/// @notice While a registration is under notice, any participant may object with a deposit; the registrar of the holder's
/// domain decides with a reason; what is not decided in time lapses. Fractions move only after the notice. Deposits are in the
/// asset's currency: an upheld or lapsed objection gets its deposit back, a dismissed one loses it to the asset's holder.
interface INotice is IOffice {
    event NoticeTermsChanged(DomainId indexed domain, NoticeTerms terms);
    event NoticeBegun(AssetId indexed id, DomainId indexed domain, Deadline end);
    event NoticeClosed(AssetId indexed id);
    event Objected(
        AssetId indexed id,
        uint32 indexed number,
        address indexed objector,
        bytes32 reason,
        address currency,
        uint256 deposit,
        Deadline decideBy
    );
    /// @param reason hash of the registrar's statement of reasons; zero where the objection lapsed
    event ObjectionEnded(AssetId indexed id, uint32 indexed number, ObjectionState state, address by, bytes32 reason);
    /// @notice The same plaintext lies in a release of this asset and in one of another that was registered before. When each of
    /// the two releases was published is in the register's events.
    /// @param release number of this asset's release, `index` the block of it
    /// @param earlierRelease number of the other asset's release, `earlierIndex` the block of it
    event DuplicateShown(
        AssetId indexed id,
        uint32 indexed number,
        AssetId indexed earlier,
        uint32 release,
        uint64 index,
        uint32 earlierRelease,
        uint64 earlierIndex
    );
    event DepositCredited(address indexed account, address indexed currency, uint256 amount);
    event DepositWithdrawn(address indexed account, address indexed currency, address indexed to, uint256 amount);

    error Notice_WindowTooLong(uint48 duration, uint48 limit);
    error Notice_NoDecisionWindow(DomainId domain);
    error Notice_NotUnderNotice(AssetId id);
    error Notice_Over(AssetId id, Deadline end);
    error Notice_StruckOff(AssetId id);
    error Notice_AlreadyClosed(AssetId id);
    error Notice_Running(AssetId id, Deadline end);
    error Notice_Inactive(address account);
    error Notice_OwnAsset(AssetId id, address holder);
    error Notice_NoReason();
    error Notice_DepositShort(address currency, uint256 expected, uint256 received);
    error Notice_ObjectionUnknown(AssetId id, uint32 number);
    error Notice_ObjectionEnded(AssetId id, uint32 number, ObjectionState state);
    error Notice_NotRegistrar(DomainId domain, address caller);
    error Notice_Conflict(AssetId id, address registrar);
    error Notice_DecisionOverdue(AssetId id, uint32 number, Deadline decideBy);
    error Notice_NotOverdue(AssetId id, uint32 number, Deadline decideBy);
    error Notice_ReleaseUnknown(AssetId id, uint32 number);
    error Notice_NotInRelease(AssetId id, uint64 index);
    error Notice_NotEarlier(AssetId id, AssetId other);
    error Notice_NotObjector(AssetId id, uint32 number, address caller);
    error Notice_NotPayee(address account, address caller);
    error Notice_NothingToWithdraw(address account, address currency);

    /// @notice Sets the terms for later registrations of a domain; a duration of zero means no notice. Requires the role
    /// STEWARD.
    /// @dev `setTerms(domain, NoticeTerms(Window(15 days, 100), Window(10 days, 100), 500))`: objections for 15 days and at
    /// least 100 blocks, 10 days and as many blocks to decide each, a deposit of 500 whole units of the asset's currency.
    /// Reverts with `Notice_WindowTooLong` above `MAX_WINDOW`, in seconds or in blocks, `Notice_NoDecisionWindow`.
    function setTerms(DomainId domain, NoticeTerms calldata terms) external;

    /// @notice Begins the notice of a registration. Only the register.
    /// @return needed whether the domain of the holder has a notice
    function begin(AssetId id, address holder) external returns (bool needed);

    /// @notice Objects to a registration. Any active participant except the holder; pulls the deposit from the caller, who
    /// has approved this contract.
    /// @dev Reverts with `Notice_NotUnderNotice`, `Notice_Over`, `Notice_StruckOff`, `Notice_OwnAsset`,
    /// `Notice_DepositShort`.
    /// @param reason hash of the statement of reasons, not zero
    function object(AssetId id, bytes32 reason) external returns (uint32 number);

    /// @notice Shows that a block of this asset and a block of one registered earlier hold the same plaintext. Only the
    /// objector, while the objection is open. The contract checks both openings; what follows from it is for the registrar.
    /// @dev `showDuplicate(id, 1, opened, earlier, openedEarlier, plaintext)`: each `OpenedBlock` names its release and proves
    /// that the commitment of `plaintext` under its blind, followed by its ciphertext, is a leaf under the release's root.
    /// Reverts with `Notice_ReleaseUnknown`, `Notice_NotInRelease`, and `Notice_NotEarlier` for another asset that was
    /// registered later or is struck off.
    function showDuplicate(
        AssetId id,
        uint32 number,
        OpenedBlock calldata opened,
        AssetId earlier,
        OpenedBlock calldata openedEarlier,
        bytes calldata plaintext
    ) external;

    /// @notice Decides an objection in time. Only the registrar of the domain, and not in its own favour.
    /// Upheld, the registration is struck off.
    /// @dev Reverts with `Notice_Conflict` where the registrar upholds its own objection, or dismisses one to an asset that
    /// it holds or operates; with `Notice_ObjectionEnded`; with `Notice_DecisionOverdue` or `Notice_StruckOff` where `lapse`
    /// is the way.
    function decide(AssetId id, uint32 number, bool upheld, bytes32 reason) external;

    /// @notice Ends an objection that was not decided in time, or whose asset was struck off meanwhile. Anyone.
    /// @dev Reverts with `Notice_NotOverdue`, `Notice_ObjectionEnded`.
    function lapse(AssetId id, uint32 number) external;

    /// @notice Lets the fractions of an asset move whose notice is over. Anyone; transfers find out by themselves, at more gas.
    /// @dev Reverts with `Notice_NotUnderNotice` where there was no notice, `Notice_Running`, `Notice_AlreadyClosed`.
    function close(AssetId id) external;

    /// @notice Pays out deposits of an account. Only that account or its recorded successor; caller and recipient are active.
    /// @dev Reverts with `Notice_NotPayee`, `Notice_NothingToWithdraw`.
    function withdraw(address account, address currency, address to) external returns (uint256 amount);

    /// @notice The terms for the next registration of a domain; all zero where none were set.
    function termsOf(DomainId domain) external view returns (NoticeTerms memory);

    /// @notice The notice of a registration; all but `ordinal` and `domain` zero where it had none, all zero where unknown.
    function proceedingOf(AssetId id) external view returns (Proceeding memory);

    /// @notice An objection, in state `None` where there is none of this number.
    function objectionOf(AssetId id, uint32 number) external view returns (Objection memory);

    /// @notice Whether nothing more can come of the notice: the window is over and every objection has ended or is overdue.
    /// True where there was no notice, and for an unknown id.
    function isOver(AssetId id) external view returns (bool);

    /// @notice What an account can withdraw in this currency; 0 for nothing.
    function depositOf(address account, address currency) external view returns (uint256);
}
