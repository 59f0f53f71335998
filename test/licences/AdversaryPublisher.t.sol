// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent, Registration} from "../../contracts/assets/AssetTypes.sol";
import {Consent} from "../../contracts/assets/ConsentGate.sol";
import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {IDisputes, StoredBlock} from "../../contracts/licences/IDisputes.sol";
import {ILicenceRegistry} from "../../contracts/licences/ILicenceRegistry.sol";
import {Agreement, Offer} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {Check} from "../reference/Check.sol";
import {vm} from "../support/Vm.sol";
import {TreeReference} from "../types/TreeReference.sol";
import {AdversaryTest} from "./AdversaryTest.sol";

/// @notice Publishers who sell what is not there, not what they said, or not theirs. The key is right in each case.
contract AdversaryPublisherTest is AdversaryTest {
    /// @dev Gas of the largest transaction, and of each byte that it carries.
    uint256 private constant LARGEST = 16_777_216;
    uint256 private constant BYTE_GAS = 16;

    function setUp() public {
        setUpAdversary();
    }

    function test_ADV_40_junkUnderAGoodRootIsPaidBackToAllWhoseWindowIsOpen() public {
        goOnWith(registerSealed("junk", LENGTH, 1));
        start();
        Agreement[3] memory open = [agreement(1), agreement(2), agreementOf(sampleOffer(), OTHER, 1)];
        delivered(open[0], key);
        delivered(open[1], key);
        buy(open[2]);
        disputes.disputeContent(caseOf(open[0], key), proofOf(open[0]), storedAt(1));
        // The one whose key can still be disputed asks for himself, until his window is over.
        refused(
            STRANGER,
            abi.encodeCall(licences.refund, (open[1])),
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_DisputeOpen.selector,
                idOf(open[1]),
                licences.licenceOf(asset, idOf(open[1])).end
            )
        );
        vm.prank(BUYER);
        licences.refund(open[1]);
        vm.prank(STRANGER);
        licences.refund(open[2]);
        nobodyGains();
    }

    function test_ADV_41_aRootOverNothingIsPaidBackWithTheBond() public {
        seal("nothing", LENGTH, type(uint256).max);
        Registration memory r = _registration("nothing", LENGTH);
        r.release.root = keccak256("over nothing");
        sealedRelease = r.release;
        vm.prank(HOLDER);
        goOnWith(assets.register(r));
        start();
        _winsByDemand(0);
    }

    function test_ADV_42_aBlockThatIsWithheldIsPaidBackWithTheBond() public {
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        demand(a, key, 2);
        vm.warp(block.timestamp + DISPUTE - 1);
        answer(a, key, 2);
        demand(a, key, 1);
        passWindow(DISPUTE);
        refused(operator, abi.encodeCall(licences.settle, (a)), wrongStatus(a, LicenceStatus.Demanded));
        disputes.closeDemand(a);
        gains(BUYER, FINE - DEPOSIT);
        gains(CUSTODIAN, DEPOSIT - FINE);
        nobodyElseGains();
    }

    function test_ADV_43_shortAndLongBlocksArePaidBack() public {
        bytes[3] memory bad = [bytes(hex""), new bytes(4_127), new bytes(4_129)];
        for (uint256 i = 0; i < 3; ++i) {
            bytes32 salt = keccak256(abi.encode("length", i));
            seal(salt, LENGTH, type(uint256).max);
            blocks[1] = bad[i];
            goOnWith(registerBlocks(salt, LENGTH));
            start();
            Agreement memory a = sampleAgreement();
            delivered(a, key);
            // The custodian shows what there is: that does not save the publisher.
            demand(a, key, 1);
            answer(a, key, 1);
            disputes.disputeContent(caseOf(a, key), proofOf(a), storedAt(1));
            gains(BUYER, -DEPOSIT);
            gains(CUSTODIAN, DEPOSIT);
            nobodyElseGains();
        }
    }

    function test_ADV_44_aBlockThatNoTransactionCarriesIsPaidBackWithTheBond() public {
        bytes memory vast = abi.encode(uint256(keccak256("vast")));
        for (uint256 i = 0; i < 14; ++i) vast = bytes.concat(vast, vast);
        key = keccak256("key of the vast");
        Registration memory r = _registration("vast", 100);
        r.release.root = sha256(bytes.concat(hex"00", vast));
        sealedRelease = r.release;
        vm.prank(HOLDER);
        goOnWith(assets.register(r));
        start();
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        demand(a, key, 0);
        StoredBlock memory stored = StoredBlock(0, vast, new bytes32[](0));
        bytes memory call = abi.encodeCall(disputes.answerBlock, (caseOf(a, key), stored));
        vm.prank(CUSTODIAN);
        (bool ok, ) = address(disputes).call{gas: LARGEST - BYTE_GAS * call.length}(call);
        Check.holds(!ok, "more than a transaction can show");
        hasStatus(a, LicenceStatus.Demanded);
        passWindow(DISPUTE);
        disputes.closeDemand(a);
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
    }

    function test_ADV_45_aTreeOfAnotherSizeThanTheLengthSaysIsPaidBackWithTheBond() public {
        // Three blocks in the tree, and a length that says four.
        seal("size", LENGTH, type(uint256).max);
        goOnWith(registerBlocks("size", 3 * 4_096 + 1));
        start();
        _winsByDemand(3);
    }

    function test_ADV_46_aKeyThatNobodyCanShowIsNotDeliveredAndNotPaidFor() public {
        seal("no key", LENGTH, type(uint256).max);
        Registration memory r = _registration("no key", LENGTH);
        r.release.root = TreeReference.mth(blocks);
        r.release.keyCommitment = keccak256("of no key");
        sealedRelease = r.release;
        vm.prank(HOLDER);
        goOnWith(assets.register(r));
        start();
        Agreement memory careful = agreement(1);
        buy(careful);
        Agreement memory careless = agreement(2);
        delivered(careless, key);
        disputes.disputeKey(caseOf(careless, key), proofOf(careless));
        passWindow(DELIVERY);
        licences.refund(careful);
        // Only a custodian who delivers a key that is none pays.
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
    }

    function test_ADV_47_aDepositThatIsMeantToFrightenComesBackWhole() public {
        Offer memory offer = sampleOffer();
        offer.answerFee = 1e17;
        Agreement memory a = agreementOf(offer, BUYER, 1);
        delivered(a, key);
        demand(a, key, 1);
        gains(BUYER, -PAID - 1e17);
        passWindow(DISPUTE);
        disputes.closeDemand(a);
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
    }

    function test_ADV_48_blocksOfAnotherReleaseShowNothing() public {
        bytes[] memory former = blocks;
        publish("second");
        Offer memory offer = sampleOffer();
        offer.release = 2;
        Agreement memory a = agreementOf(offer, BUYER, 1);
        LicenceId id = delivered(a, key);
        bytes memory foreign = abi.encodeCall(
            disputes.disputeContent,
            (caseOf(a, key), proofOf(a), StoredBlock(1, former[1], TreeReference.path(1, former)))
        );
        bytes memory refusal = abi.encodeWithSelector(IDisputes.Disputes_NotStored.selector, id, 1);
        undisputed(BUYER, foreign, refusal);
        demand(a, key, 1);
        undisputed(
            CUSTODIAN,
            abi.encodeCall(
                disputes.answerBlock,
                (caseOf(a, key), StoredBlock(1, former[1], TreeReference.path(1, former)))
            ),
            refusal
        );
        passWindow(DISPUTE);
        disputes.closeDemand(a);
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
        Check.holds(licences.faultOf(asset, 1).isNone(), "the other release is not touched");
    }

    function test_ADV_49_aChildCannotPayItsParentInAnotherCurrency() public {
        DemoCurrency worthless = new DemoCurrency();
        worthless.mint(address(this), 1);
        worthless.approve(address(currencies), 1);
        currencies.admit(address(worthless), address(this), 1);
        AssetId parent = asset;
        bytes32 bad = keccak256("derived in another currency");
        Registration memory r = _child(parent, bad);
        r.currency = address(worthless);
        refused(
            operator,
            address(assets),
            abi.encodeCall(assets.register, (r)),
            abi.encodeWithSelector(
                IDataAsset.Assets_ParentCurrency.selector,
                parent,
                address(currency),
                address(worthless)
            )
        );
        r.currency = address(currency);
        sealedRelease = r.release;
        vm.prank(operator);
        goOnWith(assets.register(r));
        start();
        Agreement memory a = sampleAgreement();
        delivered(a, key);
        accept(a);
        assets.pushDue(parent);
        gains(BUYER, -PAID);
        gains(operator, NET - NET / 5);
        gains(HOLDER, NET / 5);
        gains(TREASURY, FEE);
        nobodyElseGains();
    }

    function _winsByDemand(uint64 index) private {
        Agreement memory a = sampleAgreement();
        LicenceId id = delivered(a, key);
        bytes memory refusal = abi.encodeWithSelector(IDisputes.Disputes_NotStored.selector, id, index);
        StoredBlock memory stored = StoredBlock(index, blocks[2], storedAt(2).path);
        undisputed(BUYER, abi.encodeCall(disputes.disputeContent, (caseOf(a, key), proofOf(a), stored)), refusal);
        demand(a, key, index);
        undisputed(CUSTODIAN, abi.encodeCall(disputes.answerBlock, (caseOf(a, key), stored)), refusal);
        passWindow(DISPUTE);
        disputes.closeDemand(a);
        gains(BUYER, FINE);
        gains(CUSTODIAN, -FINE);
        nobodyElseGains();
        Agreement memory next = agreement(2);
        refused(
            BUYER,
            abi.encodeCall(licences.buy, (next, signOffer(OPERATOR_KEY, next.offer))),
            abi.encodeWithSelector(
                ILicenceRegistry.Licences_ReleaseFaulty.selector,
                asset,
                1,
                licences.faultOf(asset, 1)
            )
        );
    }

    function _registration(bytes32 salt, uint256 length) private view returns (Registration memory r) {
        r = sampleRegistration(HOLDER, 1_000, salt);
        r.operator = operator;
        r.release.keyCommitment = SealedBlock.keyCommitment(key);
        r.release.length = uint64(length);
    }

    function _child(AssetId parent, bytes32 salt) private returns (Registration memory r) {
        seal(salt, LENGTH, type(uint256).max);
        r = _registration(salt, LENGTH);
        r.release.root = TreeReference.mth(blocks);
        r.parents = new Parent[](1);
        r.parents[0] = Parent(parent, 2_000);
        // The child's holder operates the parent: no consent is asked for.
        r.holder = operator;
        r.evidence = abi.encode(new Consent[](1));
        r.release.parentReleases = new uint32[](1);
        r.release.parentReleases[0] = 1;
    }
}
