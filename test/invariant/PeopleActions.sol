// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Issuance} from "../../contracts/participants/CredentialTypes.sol";
import {ParticipantKind, ParticipantStatus} from "../../contracts/participants/ParticipantTypes.sol";
import {vm} from "../support/Vm.sol";
import {World} from "./World.sol";

/// @notice The registrar at work, and the clock. A registrar who knows the standing of everybody is never refused.
abstract contract PeopleActions is World {
    function changeStanding(uint256 person, uint256 choice) external {
        address account = personAt(person);
        ParticipantStatus now_ = standing[account];
        bytes4[] memory none;
        if (now_ == ParticipantStatus.Active) {
            // Most changes of active people do nothing, so that most of the time most people may trade.
            if (choice % 8 == 0) {
                attempt(
                    "suspend",
                    address(this),
                    address(participants),
                    abi.encodeCall(participants.suspend, (account, "reason")),
                    none
                );
                standing[account] = ParticipantStatus.Suspended;
            } else if (choice % 8 == 1) {
                attempt(
                    "revoke",
                    address(this),
                    address(participants),
                    abi.encodeCall(participants.revoke, (account, "reason")),
                    none
                );
                standing[account] = ParticipantStatus.Revoked;
            }
        } else if (now_ == ParticipantStatus.Suspended) {
            attempt(
                "reinstate",
                address(this),
                address(participants),
                abi.encodeCall(participants.reinstate, (account, "reason")),
                none
            );
            standing[account] = ParticipantStatus.Active;
        } else if (now_ == ParticipantStatus.Revoked) {
            bytes memory call = abi.encodeCall(participants.admit, (account, DOMAIN, ParticipantKind.Person, 0));
            attempt("admit", address(this), address(participants), call, none);
            standing[account] = ParticipantStatus.Active;
        }
    }

    /// @dev Issues the credential that some policies ask for, or revokes it.
    function certify(uint256 person, uint256 choice) external {
        address account = personAt(person);
        bytes4[] memory none;
        bool revoke = credentials.isValid(account, schema) && choice % 4 == 0;
        bytes memory call =
            revoke
                ? abi.encodeCall(credentials.revoke, (account, schema, REASON))
                : abi.encodeCall(credentials.issue, (Issuance(account, schema, type(uint48).max, 0)));
        attempt(revoke ? "revokeCredential" : "certify", address(this), address(credentials), call, none);
    }

    function wait(uint32 time) external {
        vm.warp(block.timestamp + (time % 2_000));
        vm.roll(block.number + 1);
    }
}
