// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DomainId} from "../participants/ParticipantTypes.sol";
import {Deadline, Window} from "../types/Window.sol";
import {Release} from "./AssetTypes.sol";

/// @notice A domain's terms of notice.
/// @param notice how long objections are taken; a duration of zero for no notice
/// @param decision how long the registrar has for each
/// @param deposit whole units of the asset's currency
struct NoticeTerms {
    Window notice;
    Window decision;
    uint32 deposit;
}

enum ObjectionState {
    None,
    Open,
    Upheld,
    Dismissed,
    Lapsed
}

/// @param deposit base units of the asset's currency
/// @param duplicate whether a duplicate was shown and checked
struct Objection {
    address objector;
    ObjectionState state;
    bool duplicate;
    Deadline decideBy;
    uint256 deposit;
    bytes32 reason;
}

/// @notice The notice of one registration.
/// @param ordinal the place of the registration among all, from 1 on
/// @param open how many objections have not ended
/// @param deposit of each objection, in whole units of the asset's currency
/// @param closed whether somebody has closed the notice
/// @param end until when objections are taken
/// @param decideBy until when all that were made so far are decided, or lapse
/// @param decision how long the registrar has for each
struct Proceeding {
    uint64 ordinal;
    DomainId domain;
    uint32 objections;
    uint32 open;
    uint32 deposit;
    bool closed;
    Deadline end;
    Deadline decideBy;
    Window decision;
}

/// @notice One block of a sealed release, opened without its key.
/// @param number which release
/// @param release the release itself; the register keeps its hash
/// @param index which block
/// @param blind `blind_i` of the block, 32 bytes
/// @param ciphertext the block's ciphertext
/// @param path inclusion proof of the stored block, from the leaf upwards
struct OpenedBlock {
    uint32 number;
    Release release;
    uint64 index;
    bytes32 blind;
    bytes ciphertext;
    bytes32[] path;
}
