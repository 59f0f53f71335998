// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {AssetStatus, AssetWord} from "../types/AssetWord.sol";
import {AssetBase} from "./AssetBase.sol";
import {IPolicy} from "./IPolicy.sol";
import {IDataAsset} from "./IDataAsset.sol";

/// @title Which rule an asset's transfers follow
/// @notice Policy 0 asks for nothing but active parties. A holder changes an asset's policy only after a notice, so that
/// nobody finds their fractions under another rule without warning; the version rises, and orders signed for the old one fail.
abstract contract Policies is AssetBase {
    struct Proposal {
        uint56 policy;
        uint48 effectiveAt;
    }

    /// @dev Seconds between the announcement of a policy and its first possible use.
    uint48 private immutable _notice;

    IPolicy[] private _policies;
    mapping(AssetId id => Proposal) private _proposals;

    constructor(uint48 notice) {
        _notice = notice;
    }

    /// @inheritdoc IDataAsset
    function admitPolicy(IPolicy implementation) external restricted returns (uint56 policy) {
        _policies.push(implementation);
        // The authority admits one at a time: the count stays far below 2^56.
        policy = uint56(_policies.length);
        emit PolicyAdmitted(policy, implementation);
    }

    /// @inheritdoc IDataAsset
    function proposePolicy(AssetId id, uint56 policy) external {
        Record storage record = _known(id);
        if (record.holder != msg.sender) revert Assets_NotHolder(record.holder, msg.sender);
        _checkPolicy(policy);
        // 48 bits of seconds last for millions of years.
        uint48 effectiveAt = uint48(block.timestamp) + _notice;
        _proposals[id] = Proposal(policy, effectiveAt);
        emit PolicyProposed(id, policy, effectiveAt);
    }

    /// @inheritdoc IDataAsset
    function applyPolicy(AssetId id) external {
        Record storage record = _known(id);
        Proposal memory proposal = _proposals[id];
        if (proposal.effectiveAt == 0) revert Assets_NoPolicyProposed(id);
        if (block.timestamp < proposal.effectiveAt) revert Assets_PolicyNoticeRunning(id, proposal.effectiveAt);
        delete _proposals[id];
        uint32 version = record.word.policyVersion() + 1;
        record.word = record.word.withPolicy(proposal.policy, version);
        emit PolicyChanged(id, proposal.policy, version);
    }

    /// @inheritdoc IDataAsset
    function policyAt(uint56 policy) external view returns (IPolicy) {
        _checkPolicy(policy);
        return policy == 0 ? IPolicy(address(0)) : _policies[policy - 1];
    }

    /// @inheritdoc IDataAsset
    function proposedPolicyOf(AssetId id) external view returns (uint56 policy, uint48 effectiveAt) {
        Proposal memory proposal = _proposals[id];
        return (proposal.policy, proposal.effectiveAt);
    }

    function _checkPolicy(uint56 policy) internal view {
        if (policy > _policies.length) revert Assets_PolicyUnknown(policy);
    }

    /// @dev Whether the rules of the asset let these units move, apart from balances and freezes; fails closed where a policy
    /// reverts or answers nonsense: the reason is then the selector of `IPolicy.check`.
    function _explainRules(
        AssetId id,
        AssetWord word,
        address operator,
        address from,
        address to,
        uint256 units
    ) internal view returns (bytes4 refusal, bytes4 reason) {
        if (word.status() == AssetStatus.None) return (Assets_Unknown.selector, 0);
        if (word.status() == AssetStatus.Suspended) return (Assets_NotInForce.selector, 0);
        uint56 policy = word.policy();
        if (policy == 0) return (0, 0);
        reason = _ask(_policies[policy - 1], operator, from, to, id, units);
        return (reason == 0 ? bytes4(0) : Assets_PolicyRefused.selector, reason);
    }

    function _ask(
        IPolicy policy,
        address operator,
        address from,
        address to,
        AssetId id,
        uint256 units
    ) private view returns (bytes4) {
        // A low-level call, so that a policy without code or with an odd answer is a refusal like any other.
        (bool answered, bytes memory answer) = address(policy).staticcall(
            abi.encodeCall(IPolicy.check, (operator, from, to, id, units))
        );
        if (!answered || answer.length != 32) return IPolicy.check.selector;
        return bytes4(bytes32(answer));
    }
}
