// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ProvenanceRegistry} from "../../contracts/provenance/ProvenanceRegistry.sol";
import {Batch, StreamId} from "../../contracts/provenance/ProvenanceTypes.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Stream ids on other chains and contracts, and heads over any batches.
contract StreamsTest is SystemTest {
    address private constant OWNER = address(0x0A);

    function setUp() public {
        setUpSystem();
        enrol(OWNER);
    }

    function testFuzz_PRV_02_oneOwnerAndNameEach(
        address owner,
        address other,
        string memory name,
        string memory b
    ) public view {
        bool same = owner == other && keccak256(bytes(name)) == keccak256(bytes(b));
        isTrue((idOf(owner, name) == idOf(other, b)) == same, "owner and name");
        isTrue(idOf(owner, name) != idOf(owner, string.concat(name, " ")), "another name");
    }

    function testFuzz_PRV_02_oneChainEach(uint64 chain, string memory name) public {
        vm.assume(chain != 0 && chain != block.chainid);
        bytes32 here = idOf(OWNER, name);
        vm.chainId(chain);
        isTrue(idOf(OWNER, name) != here, "another chain");
    }

    function testFuzz_PRV_02_oneContractEach(string memory name) public {
        ProvenanceRegistry twin = new ProvenanceRegistry(participants, assets);
        isTrue(StreamId.unwrap(twin.streamIdOf(OWNER, name)) != idOf(OWNER, name), "another contract");
    }

    function testFuzz_PRV_08_headsOfAnyBatches(
        bytes32[4] memory roots,
        uint64[4] memory counts,
        string memory uri
    ) public {
        vm.prank(OWNER);
        StreamId stream = provenance.openStream("any");
        bytes32 head = keccak256(abi.encode(stream));
        equal(provenance.headOf(stream), head, "first head");
        Batch[] memory batches = new Batch[](4);
        for (uint256 i = 0; i < 4; ++i) {
            batches[i] = Batch(roots[i], counts[i] == 0 ? 1 : counts[i], i == 0 ? "" : string.concat(uri, uri));
            vm.prank(OWNER);
            bytes32 given = provenance.append("any", batches[i]);
            head = keccak256(abi.encode(head, batches[i].root, batches[i].count, keccak256(bytes(batches[i].uri))));
            equal(given, head, "given head");
            equal(provenance.headOf(stream), head, "head");
        }
        equal(provenance.headAfter(provenance.genesisOf(stream), batches), head, "head after all");
    }

    /// @dev One field of one of three batches changes; nothing else does.
    function testFuzz_PRV_09_anyChangeChangesTheHead(
        bytes32 head,
        Batch[3] memory three,
        uint8 which,
        uint8 field,
        uint256 bit
    ) public view {
        Batch[] memory batches = listOf(three);
        bytes32 before = provenance.headAfter(head, batches);
        Batch memory changed = batches[which % 3];
        if (field % 3 == 0) changed.root ^= bytes32(1 << (bit % 256));
        else if (field % 3 == 1) changed.count ^= uint64(1 << (bit % 64));
        else changed.uri = string.concat(changed.uri, "/");
        isTrue(provenance.headAfter(head, batches) != before, "changed");
    }

    function testFuzz_PRV_09_anotherOrderAnotherHead(bytes32 head, Batch[3] memory three, uint8 which) public view {
        Batch[] memory batches = listOf(three);
        (uint256 i, uint256 j) = (which % 3, (uint256(which) + 1) % 3);
        vm.assume(keccak256(abi.encode(batches[i])) != keccak256(abi.encode(batches[j])));
        bytes32 before = provenance.headAfter(head, batches);
        (batches[i], batches[j]) = (batches[j], batches[i]);
        isTrue(provenance.headAfter(head, batches) != before, "exchanged");
    }

    function idOf(address owner, string memory name) private view returns (bytes32) {
        return StreamId.unwrap(provenance.streamIdOf(owner, name));
    }

    function listOf(Batch[3] memory three) private pure returns (Batch[] memory batches) {
        batches = new Batch[](3);
        for (uint256 i = 0; i < 3; ++i) batches[i] = three[i];
    }
}
