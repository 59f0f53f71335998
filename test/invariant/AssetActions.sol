// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent, Registration} from "../../contracts/assets/AssetTypes.sol";
import {Consent, ConsentLib} from "../../contracts/assets/ConsentTypes.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IPolicyBook} from "../../contracts/assets/IPolicyBook.sol";
import {AssetStatus} from "../../contracts/types/AssetWord.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {vm} from "../support/Vm.sol";
import {World} from "./World.sol";

/// @notice Registration with and without parents, releases, policies, and the states of assets.
abstract contract AssetActions is World {
    bytes32 private constant CONSENT_TYPEHASH = keccak256(
        "DerivationConsent(uint256 child,address holder,uint256 parent,uint16 shareBps,uint48 deadline)"
    );

    function register(uint256 person, uint64 fractions, uint256 parentSeed, bool second) external {
        if (ids.length == MAX_ASSETS) return;
        address holder = personAt(person);
        // Small and huge supplies in turn: rounding shows in the one, packing in the other.
        if (fractions % 2 == 0) fractions = (fractions % 1_000) + 1;
        Registration memory r = sampleRegistration(holder, fractions, bytes32(ids.length));
        if (second) r.currency = address(otherCurrency);
        _choseParents(r, parentSeed);
        // Half of the places are for derived assets: else registrations under notice would take all of them.
        if (r.parents.length == 0 && ids.length >= MAX_ASSETS / 2) return;
        AssetId id = assets.assetIdOf(holder, r.release.root);
        r.evidence = _consents(r, id);
        bytes4[] memory allowed = new bytes4[](5);
        allowed[0] = IDataAsset.Assets_Inactive.selector;
        allowed[1] = IDataAsset.Assets_NotInForce.selector;
        allowed[2] = IDataAsset.Assets_Suspended.selector;
        allowed[3] = IDataAsset.Assets_UnderNotice.selector;
        allowed[4] = ConsentLib.Consents_Inactive.selector;
        string memory action = r.parents.length == 0 ? "register" : "derive";
        if (!attempt(action, holder, address(assets), abi.encodeCall(assets.register, (r)), allowed)) return;
        noteParties(holder, holder);
        ids.push(id);
        assetNotes[id].fractions = fractions;
        for (uint256 i = 0; i < r.parents.length; ++i) assetNotes[id].parents.push(AssetId.unwrap(r.parents[i].id));
    }

    function publish(uint256 asset, bytes32 salt) external {
        if (ids.length == 0) return;
        AssetId id = assetAt(asset);
        uint32[] memory sources = new uint32[](assetNotes[id].parents.length);
        for (uint256 i = 0; i < sources.length; ++i) sources[i] = 1;
        bytes4[] memory allowed = new bytes4[](4);
        allowed[0] = IDataAsset.Assets_Inactive.selector;
        allowed[1] = IDataAsset.Assets_NotInForce.selector;
        allowed[2] = IDataAsset.Assets_AlreadySealed.selector;
        allowed[3] = IDataAsset.Assets_Suspended.selector;
        Registration memory r = sampleRegistration(address(0), 1, keccak256(abi.encode("publish", salt)));
        r.release.parentReleases = sources;
        address operator = assets.operatorOf(id);
        attempt("publish", operator, address(assets), abi.encodeCall(assets.publish, (id, r.release)), allowed);
    }

    function changeState(uint256 asset, uint256 choice) external {
        if (ids.length == 0) return;
        AssetId id = assetAt(asset);
        AssetStatus status = assets.statusOf(id);
        bytes4[] memory none;
        if (assets.suspendedUntil(id) != 0) {
            bytes memory call = abi.encodeCall(supervision.reinstate, (id, REASON));
            attempt("reinstateAsset", address(this), address(supervision), call, none);
        } else if (choice % 8 == 0) {
            bytes memory call = abi.encodeCall(supervision.suspend, (id, REASON));
            attempt("suspendAsset", address(this), address(supervision), call, none);
        } else if (status == AssetStatus.Registered && choice % 32 == 1) {
            bytes4[] memory inactive = new bytes4[](1);
            inactive[0] = IDataAsset.Assets_Inactive.selector;
            attempt(
                "retire",
                assets.assetOf(id).holder,
                address(assets),
                abi.encodeCall(assets.retire, (id)),
                inactive
            );
        }
    }

    /// @dev The same policy again still raises the version, so that signed orders fail.
    function changePolicy(uint256 asset, bool propose) external {
        if (ids.length == 0) return;
        AssetId id = assetAt(asset);
        bytes4[] memory allowed = new bytes4[](6);
        allowed[0] = IPolicyBook.Policies_NotProposed.selector;
        allowed[1] = IPolicyBook.Policies_NoticeRunning.selector;
        allowed[2] = IDataAsset.Assets_Inactive.selector;
        allowed[3] = IPolicyBook.Policies_ProposalExpired.selector;
        allowed[4] = IDataAsset.Assets_NotHolder.selector;
        allowed[5] = IPolicyBook.Policies_NothingToEnd.selector;
        if (propose) {
            // The plain rule, one that counts holders, now and then one that refuses everything or asks for a credential.
            // An operator may announce the plain one only.
            uint256 choice = (asset >> 8) % 8;
            uint56 policy = choice > 5 ? uint56(choice - 4) : uint56(choice % 2);
            address proposer = asset % 16 == 0 ? assets.operatorOf(id) : assets.assetOf(id).holder;
            bytes memory call = abi.encodeCall(policies.propose, (id, policy));
            attempt("proposePolicy", proposer, address(policies), call, allowed);
        } else {
            // The operator is no holder in most cases: what it announced is policy 0.
            address proposer = asset % 4 == 0 ? assets.operatorOf(id) : assets.assetOf(id).holder;
            (uint56 policy, ) = policies.proposalOf(id, proposer);
            address[] memory holders = policy == 0 ? new address[](0) : holdersOf(id);
            bytes memory call = abi.encodeCall(policies.enact, (id, proposer, holders));
            attempt("applyPolicy", personAt(asset), address(policies), call, allowed);
        }
    }

    function _choseParents(Registration memory r, uint256 seed) private view {
        uint256 count;
        Parent[] memory chosen = new Parent[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            if ((seed >> i) & 1 == 0 || assets.assetOf(ids[i]).currency != r.currency) continue;
            // At most 7 parents of at most 7 % each.
            chosen[count++] = Parent(ids[i], uint16((seed >> (16 * i)) % 701));
        }
        Parent[] memory parents = new Parent[](count);
        for (uint256 i = 0; i < count; ++i) parents[i] = chosen[i];
        r.parents = parents;
        r.release.parentReleases = new uint32[](count);
        for (uint256 i = 0; i < count; ++i) r.release.parentReleases[i] = 1;
    }

    function _consents(Registration memory r, AssetId child) private view returns (bytes memory) {
        Consent[] memory consents = new Consent[](r.parents.length);
        for (uint256 i = 0; i < consents.length; ++i) {
            consents[i].deadline = type(uint48).max;
            bytes32 terms = keccak256(
                abi.encode(CONSENT_TYPEHASH, child, r.holder, r.parents[i].id, r.parents[i].shareBps, type(uint48).max)
            );
            bytes32 digest = keccak256(abi.encodePacked(hex"1901", _gateDomain(), terms));
            address operator = assets.operatorOf(r.parents[i].id);
            for (uint256 p = 0; p < PEOPLE; ++p) {
                if (people[p] != operator) continue;
                (uint8 v, bytes32 x, bytes32 y) = vm.sign(keyOf(p), digest);
                consents[i].signature = abi.encodePacked(x, y, v);
            }
        }
        return abi.encode(consents);
    }

    function _gateDomain() private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256("Cadastre Consents"),
                    keccak256("1"),
                    block.chainid,
                    address(gate)
                )
            );
    }
}
