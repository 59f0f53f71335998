// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {INotice} from "../../contracts/assets/INotice.sol";
import {IOperatorVote} from "../../contracts/assets/IOperatorVote.sol";
import {ISupervision} from "../../contracts/assets/ISupervision.sol";
import {NoticeTerms, ObjectionState} from "../../contracts/assets/NoticeTypes.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {ParticipantStatus} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Window} from "../../contracts/types/Window.sol";
import {World} from "./World.sol";

/// @notice Public notice, votes, forced moves as they come about, lost keys. Notes what was paid as deposits and back.
abstract contract OfficeActions is World {
    uint256 private constant MAX_SUCCESSIONS = 2;

    uint256 internal successions;
    mapping(address currency => uint256) internal depositsIn;
    mapping(address currency => uint256) internal depositsOut;

    function changeTerms(bool noticed) external {
        NoticeTerms memory terms;
        if (noticed) terms = NoticeTerms(Window(60_000, 2), Window(2_000, 2), 1);
        notice.setTerms(DOMAIN, terms);
    }

    function object(uint256 person, uint256 asset) external {
        if (ids.length == 0) return;
        (address account, AssetId id) = (personAt(person), assetAt(asset));
        DemoCurrency money = DemoCurrency(assets.assetOf(id).currency);
        fund(money, account, 1e6);
        uint256 had = money.balanceOf(account);
        bytes4[] memory allowed = new bytes4[](5);
        allowed[0] = INotice.Notice_NotUnderNotice.selector;
        allowed[1] = INotice.Notice_Over.selector;
        allowed[2] = INotice.Notice_StruckOff.selector;
        allowed[3] = INotice.Notice_Inactive.selector;
        allowed[4] = INotice.Notice_OwnAsset.selector;
        bytes memory call = abi.encodeCall(notice.object, (id, REASON));
        if (!attempt("object", account, address(notice), call, allowed)) return;
        depositsIn[address(money)] += had - money.balanceOf(account);
        // Some are decided at once: later, most are overdue.
        if (person % 2 == 0) decide(asset, person);
    }

    function decide(uint256 asset, uint256 choice) public {
        (AssetId id, uint32 number) = _openObjection(asset);
        if (number == 0) return;
        bytes4[] memory allowed = new bytes4[](2);
        allowed[0] = INotice.Notice_DecisionOverdue.selector;
        allowed[1] = INotice.Notice_StruckOff.selector;
        if (choice % 2 == 0) {
            bytes memory call = abi.encodeCall(notice.decide, (id, number, choice % 8 == 0, REASON));
            attempt("decide", address(this), address(notice), call, allowed);
        } else {
            if (choice % 4 == 3) passWindow(2_000);
            allowed[0] = INotice.Notice_NotOverdue.selector;
            attempt("lapse", personAt(choice), address(notice), abi.encodeCall(notice.lapse, (id, number)), allowed);
        }
    }

    function close(uint256 asset) external {
        if (ids.length == 0) return;
        bytes4[] memory allowed = new bytes4[](3);
        allowed[0] = INotice.Notice_NotUnderNotice.selector;
        allowed[1] = INotice.Notice_Running.selector;
        allowed[2] = INotice.Notice_AlreadyClosed.selector;
        attempt("close", personAt(asset), address(notice), abi.encodeCall(notice.close, (assetAt(asset))), allowed);
    }

    function takeDeposit(uint256 person, bool second) external {
        address account = personAt(person);
        DemoCurrency money = second ? otherCurrency : currency;
        if (notice.depositOf(account, address(money)) == 0) return;
        address payee = standing[account] == ParticipantStatus.Succeeded ? participants.successorOf(account) : account;
        uint256 had = money.balanceOf(payee);
        bytes4[] memory allowed = new bytes4[](1);
        allowed[0] = INotice.Notice_Inactive.selector;
        bytes memory call = abi.encodeCall(notice.withdraw, (account, address(money), payee));
        if (!attempt("takeDeposit", payee, address(notice), call, allowed)) return;
        if (!isActive(payee)) paidToInactive = true;
        depositsOut[address(money)] += money.balanceOf(payee) - had;
    }

    function vote(uint256 person, uint256 asset, uint256 candidate, uint256 amount) external {
        if (ids.length == 0) return;
        (address account, AssetId id) = (personAt(person), assetAt(asset));
        uint256 held = assets.balanceOf(account, AssetId.unwrap(id));
        uint256 units = amount % 3 == 0 ? amount % (held + 2) : held;
        bytes4[] memory allowed = new bytes4[](4);
        allowed[0] = IOperatorVote.Votes_Inactive.selector;
        allowed[1] = IOperatorVote.Votes_OperatorAlready.selector;
        allowed[2] = IOperatorVote.Votes_NoUnits.selector;
        allowed[3] = IOperatorVote.Votes_NotEnoughFree.selector;
        bytes memory call = abi.encodeCall(votes.vote, (id, personAt(candidate), units));
        attempt("vote", account, address(votes), call, allowed);
    }

    function unvote(uint256 person, uint256 asset) external {
        if (ids.length == 0) return;
        bytes4[] memory allowed = new bytes4[](1);
        allowed[0] = IOperatorVote.Votes_NothingLocked.selector;
        bytes memory call = abi.encodeCall(votes.withdraw, (assetAt(asset)));
        attempt("unvote", personAt(person), address(votes), call, allowed);
    }

    function replaceOperator(uint256 asset) external {
        if (ids.length == 0) return;
        bytes4[] memory allowed = new bytes4[](3);
        allowed[0] = IOperatorVote.Votes_NoMajority.selector;
        allowed[1] = IOperatorVote.Votes_WindowRunning.selector;
        allowed[2] = IOperatorVote.Votes_Inactive.selector;
        bytes memory call = abi.encodeCall(votes.replace, (assetAt(asset)));
        attempt("replace", personAt(asset), address(votes), call, allowed);
    }

    /// @dev The registrar proposes and the supervisor carries out, with or without the window between.
    function moveByTwo(uint256 person, uint256 receiver, uint256 asset, uint256 amount) external {
        if (ids.length == 0) return;
        (address from, address to, AssetId id) = (personAt(person), personAt(receiver), assetAt(asset));
        uint256 units = amount % (assets.balanceOf(from, AssetId.unwrap(id)) + 2);
        ForcedMove memory move = ForcedMove(from, to, id, units, REASON);
        bytes4[] memory allowed = new bytes4[](5);
        allowed[0] = ISupervision.Supervision_AlreadyProposed.selector;
        bytes memory call = abi.encodeCall(supervision.proposeMove, (move));
        attempt("proposeMove", address(this), address(supervision), call, allowed);
        if (amount % 4 == 0) passWindow(MOVE_WINDOW);
        allowed[0] = ISupervision.Supervision_TooEarly.selector;
        allowed[1] = ISupervision.Supervision_Expired.selector;
        allowed[2] = IERC1155Errors.ERC1155InsufficientBalance.selector;
        allowed[3] = IERC7943MultiToken.ERC7943CannotReceive.selector;
        allowed[4] = IDataAsset.Assets_UnderNotice.selector;
        call = abi.encodeCall(supervision.carryOutMove, (move));
        if (!attempt("carryOutMove", SUPERVISOR, address(supervision), call, allowed)) return;
        noteParties(to, to);
        noteMove(id, from, to, units);
    }

    function proposeSuccessor(uint256 person, uint256 heir) external {
        bytes4[] memory allowed = new bytes4[](3);
        allowed[0] = IParticipantRegistry.Participants_OwnSuccessor.selector;
        allowed[1] = IParticipantRegistry.Participants_SuccessorInactive.selector;
        allowed[2] = IParticipantRegistry.Participants_WrongStatus.selector;
        bytes memory call = abi.encodeCall(participants.proposeSuccessor, (personAt(person), personAt(heir), REASON));
        attempt("proposeSuccessor", address(this), address(participants), call, allowed);
    }

    function objectToSuccession(uint256 person) external {
        bytes4[] memory allowed = new bytes4[](2);
        allowed[0] = IParticipantRegistry.Participants_NoSuccessionProposed.selector;
        allowed[1] = IParticipantRegistry.Participants_AlreadyObjected.selector;
        bytes memory call = abi.encodeCall(participants.objectToSuccession, ());
        attempt("objectToSuccession", personAt(person), address(participants), call, allowed);
    }

    function recordSuccessor(uint256 person) external {
        if (successions == MAX_SUCCESSIONS) return;
        address account = personAt(person);
        bytes4[] memory allowed = new bytes4[](4);
        allowed[3] = IParticipantRegistry.Participants_SuccessionExpired.selector;
        allowed[0] = IParticipantRegistry.Participants_NoSuccessionProposed.selector;
        allowed[1] = IParticipantRegistry.Participants_SuccessionPending.selector;
        allowed[2] = IParticipantRegistry.Participants_SuccessorInactive.selector;
        bytes memory call = abi.encodeCall(participants.recordSuccessor, (account));
        if (!attempt("recordSuccessor", personAt(person >> 8), address(participants), call, allowed)) return;
        standing[account] = ParticipantStatus.Succeeded;
        ++successions;
    }

    function handOver(uint256 person, uint256 asset) external {
        if (ids.length == 0) return;
        (address account, AssetId id) = (personAt(person), assetAt(asset));
        AssetId[] memory list = new AssetId[](1);
        list[0] = id;
        bytes4[] memory allowed = new bytes4[](2);
        allowed[0] = IDataAsset.Assets_NoSuccessor.selector;
        allowed[1] = IDataAsset.Assets_Inactive.selector;
        bytes memory call = abi.encodeCall(assets.handOver, (account, list));
        if (!attempt("handOver", personAt(person >> 8), address(assets), call, allowed)) return;
        // Both holdings are settled, by what is taken over and by the move.
        assetNotes[id].settlements += 2;
    }

    function _openObjection(uint256 seed) internal view returns (AssetId id, uint32 number) {
        for (uint256 i = 0; i < ids.length; ++i) {
            id = assetAt((seed % ids.length) + i);
            uint32 count = notice.proceedingOf(id).objections;
            for (number = 1; number <= count; ++number) {
                if (notice.objectionOf(id, number).state == ObjectionState.Open) return (id, number);
            }
        }
        number = 0;
    }
}
