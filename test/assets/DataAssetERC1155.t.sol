// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {IERC7943MultiToken} from "../../contracts/assets/IERC7943MultiToken.sol";
import {ParticipantKind} from "../../contracts/participants/ParticipantTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {ERC1155Behaviour} from "./ERC1155Behaviour.sol";

/// @notice The whole DataAsset keeps every behaviour of an ERC-1155, among active participants.
contract DataAssetERC1155Test is ERC1155Behaviour, SystemTest {
    uint256 private _count;

    function prepare() internal override {
        setUpSystem();
        enrol(ALICE);
        enrol(BOB);
        enrol(CAROL);
    }

    function token() internal view override returns (IERC1155) {
        return assets;
    }

    function issue(address holder, uint256 units) internal override returns (uint256 id) {
        // Behaviours issue at most 2^64 - 1 units.
        return AssetId.unwrap(registerAsset(holder, uint64(units), bytes32(++_count)));
    }

    function welcome(address account) internal override {
        participants.admit(account, DOMAIN, ParticipantKind.Organisation, 0);
    }

    /// @dev The zero address can never be admitted.
    function zeroSenderError() internal pure override returns (bytes memory) {
        return abi.encodeWithSelector(IERC7943MultiToken.ERC7943CannotSend.selector, address(0));
    }
}
