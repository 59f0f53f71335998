// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IParticipantRegistry} from "../../contracts/participants/IParticipantRegistry.sol";
import {ProvenanceRegistry} from "../../contracts/provenance/ProvenanceRegistry.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";

/// @notice A register of one asset with as many children as are asked for.
contract Prolific {
    AssetId private constant ANCESTOR = AssetId.wrap(0);

    function childrenOf(AssetId id, uint256 from, uint256 limit) external pure returns (AssetId[] memory page) {
        if (id != ANCESTOR) return page;
        page = new AssetId[](limit);
        for (uint256 i = 0; i < limit; ++i) page[i] = AssetId.wrap(from + i + 1);
    }
}

contract WalkTest {
    function test_PRV_26_walksEndWhateverTheLimit() public {
        Prolific assets = new Prolific();
        ProvenanceRegistry provenance = new ProvenanceRegistry(
            IParticipantRegistry(address(0)),
            IDataAsset(address(assets))
        );
        (AssetId[] memory ids, bool complete) = provenance.descendants(AssetId.wrap(0), type(uint256).max);
        assert(ids.length == 1_000);
        assert(!complete);
        (ids, complete) = provenance.descendants(AssetId.wrap(1), type(uint256).max);
        assert(ids.length == 0);
        assert(complete);
    }
}
