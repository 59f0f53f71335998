// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Release} from "../assets/AssetTypes.sol";
import {AssetId} from "../types/AssetId.sol";
import {WrapProof} from "../types/KeyWrap.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {Deadline} from "../types/Window.sol";
import {Agreement, Delivery} from "./LicenceTypes.sol";

/// @notice A licence whose licensee objects, with all that was agreed, registered and delivered.
struct Case {
    Agreement agreement;
    Release release;
    Delivery delivery;
}

/// @notice One block of a release as it is stored.
/// @param stored commitment (32 bytes) and ciphertext
/// @param path inclusion proof (RFC 9162) from the leaf upwards
struct StoredBlock {
    uint64 index;
    bytes stored;
    bytes32[] path;
}

/// @title Disputes over keys and data
/// @notice Decided by proofs and by nobody's judgement. Whoever sends a proof, the money goes to the licensee.
interface IDisputes {
    event DemandMade(LicenceId indexed id, uint64 index, Deadline answerBy);
    event DemandAnswered(LicenceId indexed id, StoredBlock answer);

    error Disputes_OtherRelease(AssetId asset, uint32 release);
    error Disputes_OtherDelivery(LicenceId id);
    error Disputes_BadProof(LicenceId id);
    error Disputes_KeyIsRight(LicenceId id);
    error Disputes_KeyIsWrong(LicenceId id);
    error Disputes_NotStored(LicenceId id, uint64 index);
    error Disputes_NoSuchBlock(uint64 index, uint256 blocks);
    error Disputes_OtherBlock(LicenceId id, uint64 demanded, uint64 answered);
    error Disputes_BlockIsRight(LicenceId id, uint64 index);
    error Disputes_NotLicensee(address licensee, address caller);
    error Disputes_NotCustodian(address custodian, address caller);

    /// @notice Shows that what was delivered unwraps to another key than the release is sealed with. Anyone with the licensee's
    /// proof, while the window is open. The money goes back, with the custodian's bond.
    /// @dev A proof gives the delivered key away; of a right key too, although the call then fails. Simulate first.
    function disputeKey(Case calldata c, WrapProof calldata proof) external;

    /// @notice Shows that a block of the release is not what its commitment says, or has the wrong length. Anyone with the
    /// licensee's proof, while the window is open. The money goes back, and to all whose window is open now.
    /// @dev Makes the release's key public.
    function disputeContent(Case calldata c, WrapProof calldata proof, StoredBlock calldata stored) external;

    /// @notice Asks the custodian for a block that no store gives. Only the licensee, while the window is open, one at a time.
    /// Takes the agreed deposit from its allowance to the registry of licences.
    function demandBlock(Case calldata c, uint64 index) external;

    /// @notice Shows the block that was demanded, for the deposit. Only the custodian, in time.
    function answerBlock(Case calldata c, StoredBlock calldata stored) external;

    /// @notice Ends a demand that was not answered in time. Anyone. The money goes back, with the custodian's bond.
    function closeDemand(Agreement calldata agreement) external;

    /// @notice The block that was demanded last.
    function demandedOf(LicenceId id) external view returns (uint64 index);
}
