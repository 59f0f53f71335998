// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registration, Release} from "../../contracts/assets/AssetTypes.sol";
import {Disputes} from "../../contracts/licences/Disputes.sol";
import {Case, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {LicenceRegistry} from "../../contracts/licences/LicenceRegistry.sol";
import {Subscriptions} from "../../contracts/licences/Subscriptions.sol";
import {Agreement, Bond, Delivery, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {WrapProof} from "../../contracts/types/KeyWrap.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {Window} from "../../contracts/types/Window.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";
import {Wrapping} from "../support/Wrapping.sol";
import {TreeReference} from "../types/TreeReference.sol";

/// @notice An asset with a sealed release, an operator who offers licences to it, a custodian with a bond, and a buyer with money.
abstract contract LicenceTest is SystemTest {
    uint256 internal constant OPERATOR_KEY = 0x0FE7A704;
    uint96 internal constant PRICE = 1_000_000;
    uint96 internal constant BOND = 50_000;
    uint96 internal constant ANSWER_FEE = 3_000;
    uint48 internal constant DURATION = 365 days;
    uint24 internal constant DELIVERY = 500;
    uint24 internal constant DISPUTE = 700;
    uint48 internal constant LEAST = 100;
    address internal constant HOLDER = address(0x401D);
    address internal constant CUSTODIAN = address(0xC057);
    address internal constant BUYER = address(0xB0BE4);
    address internal constant OTHER = address(0x07E4);
    address internal constant STRANGER = address(0x57A);
    address internal constant TREASURY = address(0x74EA);

    LicenceRegistry internal licences;
    Disputes internal disputes;
    Subscriptions internal subscriptions;
    address internal operator = vm.addr(OPERATOR_KEY);
    AssetId internal asset;
    /// @dev Of every licensee here, and of the custodian.
    Wrapping.Meeting internal meeting = Wrapping.meet(0x5EC4E7, 0xE9, 0xABCDEF);
    /// @dev Key of the release that was sealed last.
    bytes32 internal key;
    /// @dev Stored blocks of the release: two whole ones and a short one.
    bytes[] internal blocks;
    Release internal sealedRelease;

    function setUpLicences() internal {
        setUpSystem();
        licences = new LicenceRegistry(
            address(manager),
            assets,
            participants,
            credentials,
            Window(LEAST, BLOCKS),
            FEE_BPS,
            TREASURY
        );
        disputes = new Disputes(licences, assets);
        subscriptions = new Subscriptions(assets, participants, licences);
        licences.connect(address(disputes), address(subscriptions));
        address[5] memory people = [HOLDER, operator, CUSTODIAN, BUYER, OTHER];
        for (uint256 i = 0; i < people.length; ++i) {
            enrol(people[i]);
            vm.prank(people[i]);
            currency.approve(address(licences), type(uint256).max);
        }
        asset = registerSealed("data", 2 * 4_096 + 100, type(uint256).max);
        vm.prank(CUSTODIAN);
        licences.depositBond(asset, 10 * BOND);
    }

    /// @notice Registers an asset whose data is sealed; block `bad` is not what its commitment says, if there is such a block.
    function registerSealed(bytes32 salt, uint256 length, uint256 bad) internal returns (AssetId) {
        seal(salt, length, bad);
        return registerBlocks(salt, length);
    }

    /// @notice Seals data under a key of its own.
    function seal(bytes32 salt, uint256 length, uint256 bad) internal {
        key = keccak256(abi.encode("key", salt));
        delete blocks;
        uint256 count = SealedBlock.count(length);
        for (uint256 i = 0; i < count; ++i) {
            bytes memory plaintext = new bytes(SealedBlock.size(length, i));
            for (uint256 j = 0; j < plaintext.length; j += 32) plaintext[j] = bytes1(uint8(i + j / 32 + 1));
            bytes32 commitment = SealedBlock.commitment(SealedBlock.blindOf(key, uint64(i)), plaintext);
            if (i == bad) plaintext[0] ^= 0x01;
            blocks.push(bytes.concat(commitment, SealedBlock.decrypt(key, uint64(i), plaintext)));
        }
    }

    /// @notice Registers what lies in `blocks`.
    function registerBlocks(bytes32 salt, uint256 length) internal returns (AssetId) {
        Registration memory r = sampleRegistration(HOLDER, 1_000, salt);
        r.operator = operator;
        r.release.root = TreeReference.mth(blocks);
        r.release.keyCommitment = SealedBlock.keyCommitment(key);
        r.release.length = uint64(length);
        sealedRelease = r.release;
        vm.prank(HOLDER);
        return assets.register(r);
    }

    function sampleOffer() internal view returns (Offer memory offer) {
        offer.operator = operator;
        offer.asset = asset;
        offer.release = 1;
        offer.termsHash = keccak256("terms");
        offer.price = PRICE;
        offer.duration = DURATION;
        offer.quota = 10;
        offer.custodian = CUSTODIAN;
        offer.bond = BOND;
        offer.answerFee = ANSWER_FEE;
        (offer.deliverySeconds, offer.deliveryBlocks) = (DELIVERY, uint24(BLOCKS));
        (offer.disputeSeconds, offer.disputeBlocks) = (DISPUTE, uint24(BLOCKS));
        offer.policyVersion = 1;
        offer.maxFeeBps = 500;
        offer.expiry = type(uint48).max;
        offer.nonce = 7;
    }

    function agreementOf(Offer memory offer, address licensee, uint256 nonce) internal view returns (Agreement memory) {
        return Agreement(offer, licensee, meeting.x.x, meeting.x.y, nonce);
    }

    function sampleAgreement() internal view returns (Agreement memory) {
        return agreementOf(sampleOffer(), BUYER, 1);
    }

    function signOffer(uint256 signer, Offer memory offer) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(signer, licences.hashOffer(offer));
        return abi.encodePacked(r, s, v);
    }

    function buy(Agreement memory a) internal returns (LicenceId id) {
        bytes memory signature = signOffer(OPERATOR_KEY, a.offer);
        vm.prank(a.licensee);
        return licences.buy(a, signature);
    }

    /// @notice What the custodian delivers if the key in it is `content`.
    function deliveryOf(Agreement memory a, bytes32 content) internal view returns (Delivery memory) {
        return Delivery(meeting.r.x, meeting.r.y, Wrapping.wrap(meeting, content, contextOf(a)));
    }

    function deliver(Agreement memory a, bytes32 content) internal {
        Delivery memory delivery = deliveryOf(a, content);
        LicenceId id = licences.hashAgreement(a);
        vm.prank(a.offer.custodian);
        licences.deliver(a.offer.asset, id, delivery);
    }

    /// @notice Bought, and delivered with this key.
    function delivered(Agreement memory a, bytes32 content) internal returns (LicenceId id) {
        id = buy(a);
        deliver(a, content);
    }

    function proofOf(Agreement memory a) internal view returns (WrapProof memory) {
        return Wrapping.prove(meeting, contextOf(a));
    }

    function caseOf(Agreement memory a, bytes32 content) internal view returns (Case memory) {
        return Case(a, sealedRelease, deliveryOf(a, content));
    }

    function storedAt(uint64 index) internal view returns (StoredBlock memory) {
        return StoredBlock(index, blocks[index], TreeReference.path(index, blocks));
    }

    function contextOf(Agreement memory a) internal view returns (bytes memory) {
        bytes32 id = LicenceId.unwrap(licences.hashAgreement(a));
        return Wrapping.context(id, a.offer.release, a.offer.custodian);
    }

    function statusOf(Agreement memory a) internal view returns (LicenceStatus) {
        return licences.licenceOf(a.offer.asset, licences.hashAgreement(a)).status;
    }

    function lockedBond() internal view returns (uint256) {
        return licences.bondOf(CUSTODIAN, asset).locked;
    }

    function totalBond() internal view returns (uint256) {
        Bond memory bond = licences.bondOf(CUSTODIAN, asset);
        return uint256(bond.free) + bond.locked;
    }

    function wrongStatus(Agreement memory a, LicenceStatus status) internal view returns (bytes memory) {
        LicenceId id = licences.hashAgreement(a);
        return abi.encodeWithSelector(ILicenceRegistry.Licences_WrongStatus.selector, id, status);
    }
}
