// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IParticipantRegistry} from "../participants/IParticipantRegistry.sol";
import {AssetId} from "../types/AssetId.sol";
import {Deadline, Window} from "../types/Window.sol";
import {WordCall} from "../types/WordCall.sol";
import {Asset} from "./AssetTypes.sol";
import {IDataAsset} from "./IDataAsset.sol";
import {IPolicy} from "./IPolicy.sol";
import {IPolicyBook} from "./IPolicyBook.sol";
import {Office} from "./Office.sol";

/// @title PolicyBook
/// @notice Role: STEWARD admits policies. Assumes nothing of policies: a hostile one stops the transfers of the assets whose
/// holders chose it, until an operator ends it, and nothing else. Where an operator ends a policy, its holder brings no
/// other into force for all of a notice. Assumes that the window it was deployed with is sensible; it never changes.
/// Does not guarantee that a policy is fair, nor that one lasts: an operator may end each.
contract PolicyBook is IPolicyBook, Office {
    struct Entry {
        IPolicy implementation;
        bool countsHolders;
    }

    struct Proposal {
        uint56 policy;
        Deadline effectiveAt;
    }

    /// @notice Most gas that a policy gets to answer.
    uint256 public constant POLICY_GAS = 400_000;
    /// @notice How long a policy can be put into force once its notice is over, in seconds.
    uint48 public constant PROPOSAL_LIFETIME = 30 days;

    IParticipantRegistry private immutable _participants;

    Window private _notice;
    Entry[] private _entries;
    mapping(AssetId id => mapping(address proposer => Proposal)) private _proposals;

    /// @param notice how long an announced policy waits
    constructor(address authority, IParticipantRegistry participants, Window memory notice) Office(authority) {
        _participants = participants;
        _notice = notice;
    }

    /// @inheritdoc IPolicyBook
    function admit(IPolicy implementation) external restricted returns (uint56 policy) {
        if (address(implementation).code.length == 0) revert Policies_NoCode(address(implementation));
        bool counts = implementation.countsHolders();
        _entries.push(Entry(implementation, counts));
        // Policies are admitted one at a time: the count stays far below 2^56.
        policy = uint56(_entries.length);
        emit PolicyAdmitted(policy, implementation, counts);
    }

    /// @inheritdoc IPolicyBook
    function propose(AssetId id, uint56 policy) external {
        _checkProposer(id, msg.sender, policy);
        if (!_participants.isActive(msg.sender)) revert IDataAsset.Assets_Inactive(msg.sender);
        _checkAdmitted(policy);
        Deadline effectiveAt = _notice.end();
        _proposals[id][msg.sender] = Proposal(policy, effectiveAt);
        emit PolicyProposed(id, msg.sender, policy, effectiveAt);
    }

    /// @inheritdoc IPolicyBook
    function enact(AssetId id, address proposer, address[] calldata holders) external {
        Proposal memory proposal = _proposals[id][proposer];
        if (proposal.effectiveAt.isNone()) revert Policies_NotProposed(id, proposer);
        if (!proposal.effectiveAt.isOver()) revert Policies_NoticeRunning(id, proposal.effectiveAt);
        uint48 expiry = proposal.effectiveAt.time() + PROPOSAL_LIFETIME;
        if (block.timestamp > expiry) revert Policies_ProposalExpired(id, expiry);
        Asset memory asset = _checkProposer(id, proposer, proposal.policy);
        delete _proposals[id][proposer];
        if (proposer != asset.holder) {
            if (asset.policy == 0) revert Policies_NothingToEnd(id);
            // Else a holder keeps an announcement ready, and undoes in the same block what the operator ended.
            delete _proposals[id][asset.holder];
        }
        emit PolicyEnacted(id, proposer, proposal.policy);
        bool counts = countsHolders(proposal.policy);
        register().setPolicy(id, proposal.policy, counts, counts ? _countHolders(id, holders) : 0);
    }

    /// @inheritdoc IPolicyBook
    function policyAt(uint56 policy) external view returns (IPolicy) {
        _checkAdmitted(policy);
        return policy == 0 ? IPolicy(address(0)) : _entries[policy - 1].implementation;
    }

    /// @inheritdoc IPolicyBook
    function proposalOf(AssetId id, address proposer) external view returns (uint56 policy, Deadline effectiveAt) {
        Proposal memory proposal = _proposals[id][proposer];
        return (proposal.policy, proposal.effectiveAt);
    }

    /// @inheritdoc IPolicyBook
    function check(
        uint56 policy,
        address operator,
        address from,
        address to,
        AssetId id,
        uint256 units
    ) external view returns (bytes4) {
        if (policy == 0) return 0;
        bytes memory question = abi.encodeCall(IPolicy.check, (operator, from, to, id, units));
        address implementation = address(_entries[policy - 1].implementation);
        (bool answered, uint256 answer) = WordCall.ask(implementation, question, POLICY_GAS);
        // A policy that fails or has an odd answer is a refusal like any other.
        // All but the first four bytes are zero, as just checked.
        return answered && answer << 32 == 0 ? bytes4(bytes32(answer)) : IPolicy.check.selector;
    }

    /// @inheritdoc IPolicyBook
    function countsHolders(uint56 policy) public view returns (bool) {
        _checkAdmitted(policy);
        return policy != 0 && _entries[policy - 1].countsHolders;
    }

    function _checkAdmitted(uint56 policy) private view {
        if (policy > _entries.length) revert Policies_Unknown(policy);
    }

    /// @dev The operator, whom fractions choose, is the way out of a policy that its holder does not end.
    function _checkProposer(AssetId id, address proposer, uint56 policy) private view returns (Asset memory asset) {
        asset = register().assetOf(id);
        if (proposer == asset.holder || (policy == 0 && proposer == asset.operator)) return asset;
        revert IDataAsset.Assets_NotHolder(asset.holder, proposer);
    }

    /// @dev Where the register counts already, it knows. Else a list is complete when its units are all there are: so its
    /// length is the number of holders.
    function _countHolders(AssetId id, address[] calldata holders) private view returns (uint256) {
        uint64 known = register().holderCountOf(id);
        if (known != 0) return known;
        uint256 token = AssetId.unwrap(id);
        uint256 counted;
        address last;
        for (uint256 i = 0; i < holders.length; ++i) {
            address holder = holders[i];
            uint256 units = register().balanceOf(holder, token);
            if (holder <= last || units == 0) revert Policies_NotHolder(id, holder);
            counted += units;
            last = holder;
        }
        uint256 supply = register().totalSupply(token);
        if (counted != supply) revert Policies_HoldersMissing(id, counted, supply);
        return holders.length;
    }
}
