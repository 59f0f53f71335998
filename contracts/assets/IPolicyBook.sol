// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {Deadline} from "../types/Window.sol";
import {IOffice} from "./IOffice.sol";
import {IPolicy} from "./IPolicy.sol";

/// @title The policies on offer, and how an asset comes to another one
/// @notice Policy 0 asks for nothing but active parties. An asset's policy changes only after a notice, so that nobody finds
/// their fractions under another rule without warning; the version rises, and orders signed for the old one fail. The
/// operator, whom the holders of fractions can replace, may announce policy 0; when that is enacted, what the holder had
/// announced is void. So no holder shuts them in: for all of a notice no policy keeps units from moving.
interface IPolicyBook is IOffice {
    event PolicyAdmitted(uint56 indexed policy, IPolicy implementation, bool countsHolders);
    event PolicyProposed(AssetId indexed id, address indexed proposer, uint56 policy, Deadline effectiveAt);
    /// @notice Where somebody other than the holder enacted it, what the holder had announced is void.
    event PolicyEnacted(AssetId indexed id, address indexed proposer, uint56 policy);

    error Policies_NoCode(address implementation);
    error Policies_Unknown(uint56 policy);
    error Policies_NotProposed(AssetId id, address proposer);
    error Policies_ProposalExpired(AssetId id, uint48 expiry);
    /// @notice The asset is under no policy that its operator could end.
    error Policies_NothingToEnd(AssetId id);
    error Policies_NoticeRunning(AssetId id, Deadline effectiveAt);
    /// @notice Holders must be given in ascending order, each with units.
    error Policies_NotHolder(AssetId id, address account);
    error Policies_HoldersMissing(AssetId id, uint256 counted, uint256 units);

    /// @notice Offers a policy to all assets; it cannot be withdrawn. Requires the role STEWARD.
    /// @dev Reverts with `Policies_NoCode`, or where the policy does not say whether it counts holders.
    function admit(IPolicy implementation) external returns (uint56 policy);

    /// @notice Announces another policy for an asset, replacing the caller's earlier announcement. Only its holder, or for
    /// policy 0 its operator, while active.
    /// @dev Reverts with `Assets_NotHolder`, also for an operator that announces another policy than 0, `Assets_Inactive`,
    /// `Policies_Unknown`.
    function propose(AssetId id, uint56 policy) external;

    /// @notice Puts an announced policy into force once its notice is over, for 30 days. Anyone; the proposer is still holder
    /// or operator.
    /// @dev Reverts with `Policies_NotProposed`, `Policies_NoticeRunning`, `Policies_ProposalExpired`, `Assets_NotHolder`
    /// where the proposer is neither any more, `Policies_NotHolder` or `Policies_HoldersMissing` for a list out of order or
    /// incomplete.
    /// @param holders where the policy counts holders and the present one does not, all of them, in ascending order; else
    /// none. Whoever trades meanwhile makes a list stale: then it is made again.
    function enact(AssetId id, address proposer, address[] calldata holders) external;

    /// @notice Address zero for policy 0; reverts with `Policies_Unknown` for one that was not admitted.
    function policyAt(uint56 policy) external view returns (IPolicy);

    /// @notice What an account has announced for an asset, expired or not; both 0 where there is nothing.
    function proposalOf(AssetId id, address proposer) external view returns (uint56 policy, Deadline effectiveAt);

    /// @notice Whether holders are counted under this policy; reverts if it was not admitted.
    function countsHolders(uint56 policy) external view returns (bool);

    /// @notice What the policy says, 0 for yes. Fails closed where a policy reverts, uses up `POLICY_GAS` or answers
    /// nonsense: the reason is then the selector of `IPolicy.check`. Reverts for a policy that was not admitted.
    function check(
        uint56 policy,
        address operator,
        address from,
        address to,
        AssetId id,
        uint256 units
    ) external view returns (bytes4 reason);
}
