// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {INotice} from "./INotice.sol";
import {IOperatorVote} from "./IOperatorVote.sol";
import {IPolicyBook} from "./IPolicyBook.sol";
import {ISupervision} from "./ISupervision.sol";

/// @notice The contracts that the register relies on; named when it is deployed, and never changed.
struct Offices {
    IPolicyBook policies;
    INotice notice;
    ISupervision supervision;
    IOperatorVote votes;
}
