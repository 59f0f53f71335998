// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Release} from "../../contracts/assets/AssetTypes.sol";
import {Agreement} from "../../contracts/licences/LicenceTypes.sol";
import {Subscription, SubscriptionId} from "../../contracts/licences/SubscriptionTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {LicenceTest} from "./LicenceTest.sol";

/// @notice What a bystander writes down about licences and subscriptions (ghost state), kept without asking the contracts. Every
/// sum of money stands here twice: by what it is for, and by whose it is.
abstract contract LicenceNotes is LicenceTest {
    /// @dev A release with its key. The last block is the one that is demanded and disputed.
    struct Sealed {
        Release release;
        bytes32 key;
        bool bad;
        uint64 last;
        bytes stored;
        bytes32[] path;
    }

    /// @param content the key that was delivered, 0 for none
    /// @param doomed its release was shown to be faulty while its window was open
    /// @param won by a true proof
    /// @param exits times that its money left
    /// @param subscription number of its subscription, 0 for none
    struct Note {
        Agreement agreement;
        LicenceId id;
        LicenceStatus stage;
        uint48 endTime;
        uint48 endBlock;
        uint16 feeBps;
        bytes32 content;
        uint64 demanded;
        uint64 used;
        bool doomed;
        bool won;
        uint256 exits;
        uint256 subscription;
    }

    /// @param current number of the licence that was opened last
    /// @param missedFrom second from which a key is overdue, 0 for none
    /// @param lost seconds that were not earned since the start
    struct Term {
        Subscription subscription;
        SubscriptionId id;
        bool closed;
        uint32 release;
        uint32 attempt;
        uint16 feeBps;
        uint256 current;
        uint48 startedAt;
        uint48 cancelTime;
        uint48 cancelBlock;
        uint48 missedFrom;
        uint48 lost;
        uint256 earned;
    }

    /// @dev Base units of either currency.
    struct Sums {
        uint256[2] escrow;
        uint256[2] deposits;
        uint256[2] bonds;
        uint256[2] credits;
        uint256[2] rests;
        uint256[2] restCredits;
        uint256[2] supply;
    }

    mapping(uint256 number => Note) internal notes;
    uint256[] internal live;
    uint256 internal noted;
    mapping(LicenceId id => bool) internal known;
    mapping(uint256 number => Term) internal terms;
    uint256[] internal running;
    uint256 internal subscribed;

    Sums internal sums;
    mapping(address account => uint256[2]) internal owned;

    mapping(address custodian => mapping(AssetId asset => uint256)) internal freeBond;
    mapping(AssetId asset => mapping(uint32 release => bool)) internal faulty;
    mapping(address account => bool) internal suspended;
    mapping(uint64 nonce => bool) internal cancelled;

    function isOpen(Note storage note) internal view returns (bool) {
        return block.timestamp < note.endTime || block.number < note.endBlock;
    }

    function isDelivered(Note storage note) internal view returns (bool) {
        return note.stage == LicenceStatus.Delivered || note.stage == LicenceStatus.Demanded;
    }

    function restart(Note storage note, uint48 duration, uint48 blocks_) internal {
        (note.endTime, note.endBlock) = (uint48(block.timestamp) + duration, uint48(block.number) + blocks_);
    }
}
