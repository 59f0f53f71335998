// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registration} from "../../contracts/assets/AssetTypes.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {ForcedMove} from "../../contracts/assets/SupervisionTypes.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Deadline, WindowLib} from "../../contracts/types/Window.sol";
import {SystemTest} from "./SystemTest.sol";
import {equal} from "./Equal.sol";
import {vm} from "./Vm.sol";

/// @notice An asset of 100 fractions: Alice, its holder and operator, has 50, Bob 30, Carol 20, Dave none.
abstract contract OfficesTest is SystemTest {
    address internal constant ALICE = address(0xA11CE);
    address internal constant BOB = address(0xB0B);
    address internal constant CAROL = address(0xCA401);
    address internal constant DAVE = address(0xDA7E0);
    /// @dev Never admitted.
    address internal constant STRANGER = address(0x57A46E);
    /// @dev In charge of the domain after `replaceRegistrar`; has no role.
    address internal constant REGISTRAR = address(0x4E6);
    bytes32 internal constant REASON = keccak256("statement of reasons");
    uint64 internal constant SUPPLY = 100;

    AssetId internal id;
    uint256 internal token;

    function setUpOffices() internal {
        setUpSystem();
        address[4] memory people = [ALICE, BOB, CAROL, DAVE];
        for (uint256 i = 0; i < people.length; ++i) enrol(people[i]);
        (id, token) = registerSpread("asset", 0);
    }

    function registerSpread(bytes32 salt, uint56 policy) internal returns (AssetId asset, uint256 number) {
        Registration memory registration = sampleRegistration(ALICE, SUPPLY, salt);
        registration.policy = policy;
        vm.prank(ALICE);
        asset = assets.register(registration);
        number = AssetId.unwrap(asset);
        vm.startPrank(ALICE);
        assets.safeTransferFrom(ALICE, BOB, number, 30, "");
        assets.safeTransferFrom(ALICE, CAROL, number, 20, "");
        vm.stopPrank();
    }

    function admitContract(address account) internal {
        participants.admit(account, DOMAIN, ParticipantKind.Organisation, 0);
    }

    function replaceRegistrar() internal {
        participants.changeRegistrar(DOMAIN, REGISTRAR);
    }

    function vote(address account, address candidate, uint256 units) internal {
        vm.prank(account);
        votes.vote(id, candidate, units);
    }

    function withdrawVote(address account) internal {
        vm.prank(account);
        votes.withdraw(id);
    }

    function send(address from, address to, uint256 units) internal {
        vm.prank(from);
        assets.safeTransferFrom(from, to, token, units, "");
    }

    function freeze(address account, uint256 units) internal {
        vm.prank(SUPERVISOR);
        supervision.freeze(account, id, units, REASON);
    }

    function release(address account) internal {
        vm.prank(SUPERVISOR);
        supervision.release(account, id, REASON);
    }

    function moveOf(address from, address to, uint256 units) internal view returns (ForcedMove memory) {
        return ForcedMove(from, to, id, units, REASON);
    }

    /// @notice The refusal of units that must stay: more than the account has free.
    function stays(address account, uint256 units, uint256 free) internal view returns (bytes memory) {
        bytes4 selector = IERC7943MultiToken.ERC7943InsufficientUnfrozenBalance.selector;
        return abi.encodeWithSelector(selector, account, token, units, free);
    }

    function only(AssetId asset) internal pure returns (AssetId[] memory ids) {
        ids = new AssetId[](1);
        ids[0] = asset;
    }

    /// @notice When a window that begins now ends.
    function endOf(uint48 duration) internal view returns (Deadline) {
        return WindowLib.deadline(uint48(block.timestamp) + duration, uint48(block.number) + BLOCKS);
    }

    function distribute(uint256 amount) internal {
        vm.prank(DAVE);
        assets.distribute(id, amount);
    }

    function heldBy(address account) internal view returns (uint256) {
        return assets.balanceOf(account, token);
    }

    function checkMajority(address candidate, Deadline effectiveAt, string memory what) internal view {
        (address who, Deadline when) = votes.majorityOf(id);
        equal(who, candidate, what);
        equal(Deadline.unwrap(when), Deadline.unwrap(effectiveAt), what);
    }

    function checkNoMajority(string memory what) internal view {
        checkMajority(address(0), Deadline.wrap(0), what);
    }
}
