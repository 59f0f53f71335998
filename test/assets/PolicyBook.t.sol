// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IDataAsset} from "../../contracts/assets/IDataAsset.sol";
import {IPolicy} from "../../contracts/assets/IPolicy.sol";
import {IPolicyBook} from "../../contracts/assets/IPolicyBook.sol";
import {PolicyBook} from "../../contracts/assets/PolicyBook.sol";
import {IMarketplace} from "../../contracts/market/IMarketplace.sol";
import {Fill, Order, Side} from "../../contracts/market/MarketTypes.sol";
import {ChangeablePolicy} from "../../contracts/mocks/ChangeablePolicy.sol";
import {CountingPolicy} from "../../contracts/mocks/CountingPolicy.sol";
import {WritingPolicy} from "../../contracts/mocks/WritingPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {Deadline, Window} from "../../contracts/types/Window.sol";
import {equal, isTrue} from "../support/Equal.sol";
import {OfficesTest} from "../support/OfficesTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice When a policy takes effect, what list of holders it takes, and what policies cannot do to the book.
contract PolicyBookTest is OfficesTest {
    uint256 private constant SELLER_KEY = 0x5E11E4;

    CountingPolicy private _counting;
    uint56 private _counted;
    uint56 private _plain;

    function setUp() public {
        setUpOffices();
        _counting = new CountingPolicy(true);
        _counted = policies.admit(_counting);
        _plain = policies.admit(new CountingPolicy(false));
    }

    function test_PBK_01_theBookAsksAtTheAdmissionWhetherHoldersAreCounted() public {
        isTrue(policies.countsHolders(_counted), "one does");
        isTrue(!policies.countsHolders(_plain) && !policies.countsHolders(0), "others do not");
        IPolicy next = new CountingPolicy(true);
        vm.expectEmit(true, true, true, true, address(policies));
        emit IPolicyBook.PolicyAdmitted(3, next, true);
        policies.admit(next);
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_Unknown.selector, 4));
        policies.countsHolders(4);
    }

    function test_PBK_02_whatDoesNotSayWhetherItCountsIsNotAdmitted() public {
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NoCode.selector, STRANGER));
        policies.admit(IPolicy(STRANGER));
        ChangeablePolicy policy = new ChangeablePolicy("");
        _notAdmitted(address(policy));
        policy.set(ChangeablePolicy.Mood.Answers, abi.encode(2));
        _notAdmitted(address(policy));
        policy.set(ChangeablePolicy.Mood.Reverts, abi.encode(1));
        _notAdmitted(address(policy));
        policy.set(ChangeablePolicy.Mood.Burns, "");
        _notAdmitted(address(policy));
        _notAdmitted(address(new WritingPolicy()));
        policy.set(ChangeablePolicy.Mood.Answers, abi.encode(1));
        equal(policies.admit(IPolicy(address(policy))), 3, "no number was lost");
    }

    function test_PBK_03_aPolicyThatChangesItsMindIsHeldToWhatItSaid() public {
        _counting.setCounts(false);
        isTrue(policies.countsHolders(_counted), "as at the admission");
        _propose(_counted);
        passWindow(POLICY_NOTICE);
        _refused(abi.encodeWithSelector(IPolicyBook.Policies_HoldersMissing.selector, id, 0, SUPPLY), _list(0));
        policies.enact(id, ALICE, _holders());
        equal(assets.holderCountOf(id), 3, "counted");
    }

    function test_PBK_04_aPolicyWaitsForSecondsAndBlocks() public {
        _propose(_plain);
        Deadline effectiveAt = endOf(POLICY_NOTICE);
        bytes memory running = abi.encodeWithSelector(IPolicyBook.Policies_NoticeRunning.selector, id, effectiveAt);
        vm.warp(effectiveAt.time() - 1);
        vm.roll(effectiveAt.number());
        _refused(running, _list(0));
        vm.warp(effectiveAt.time());
        vm.roll(effectiveAt.number() - 1);
        _refused(running, _list(0));
        vm.roll(effectiveAt.number());
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.PolicyChanged(id, _plain, 2);
        vm.prank(STRANGER);
        policies.enact(id, ALICE, _list(0));
        _refused(abi.encodeWithSelector(IPolicyBook.Policies_NotProposed.selector, id, ALICE), _list(0));
    }

    function test_PBK_05_withoutANoticeAPolicyTakesEffectAtOnce() public {
        PolicyBook quick = new PolicyBook(address(manager), participants, Window(0, 0));
        quick.setRegister(assets);
        vm.prank(ALICE);
        quick.propose(id, 0);
        vm.mockCall(address(assets), abi.encodeCall(IDataAsset.setPolicy, (id, 0, false, 0)), "");
        quick.enact(id, ALICE, _list(0));
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NotProposed.selector, id, ALICE));
        quick.enact(id, ALICE, _list(0));
    }

    function test_PBK_06_theListIsCompleteAscendingAndOfHoldersOnly() public {
        _propose(_counted);
        passWindow(POLICY_NOTICE);
        address[] memory list = _list(2);
        (list[0], list[1]) = (BOB, ALICE);
        _refused(abi.encodeWithSelector(IPolicyBook.Policies_HoldersMissing.selector, id, 80, SUPPLY), list);
        (list[0], list[1]) = (BOB, BOB);
        _refused(_notHolder(BOB), list);
        (list[0], list[1]) = (ALICE, BOB);
        _refused(_notHolder(BOB), list);
        list = _list(4);
        (list[0], list[1], list[2], list[3]) = (BOB, ALICE, CAROL, DAVE);
        _refused(_notHolder(DAVE), list);
        list[3] = CAROL;
        _refused(_notHolder(CAROL), list);
        list = _list(4);
        (list[1], list[2], list[3]) = (BOB, ALICE, CAROL);
        _refused(_notHolder(address(0)), list);
        (uint56 proposed, ) = policies.proposalOf(id, ALICE);
        equal(proposed, _counted, "a wrong list does no harm");
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.HoldersCounted(id, 3);
        policies.enact(id, ALICE, _holders());
    }

    function test_PBK_07_aListThatWasOvertakenByATransferIsMadeAgain() public {
        _propose(_counted);
        passWindow(POLICY_NOTICE);
        address[] memory stale = _holders();
        send(BOB, DAVE, 1);
        _refused(abi.encodeWithSelector(IPolicyBook.Policies_HoldersMissing.selector, id, 99, SUPPLY), stale);
        send(BOB, DAVE, 29);
        _refused(_notHolder(BOB), stale);
        send(DAVE, BOB, 30);
        policies.enact(id, ALICE, stale);
        equal(assets.holderCountOf(id), 3, "right again");
    }

    function test_PBK_08_whereHoldersAreNotCountedNoListSaysHowManyThereAre() public {
        _propose(_plain);
        passWindow(POLICY_NOTICE);
        policies.enact(id, ALICE, _list(1_000));
        equal(assets.holderCountOf(id), 0, "not counted");
        _propose(0);
        passWindow(POLICY_NOTICE);
        policies.enact(id, ALICE, _list(7));
        equal(assets.holderCountOf(id), 0, "nor under the plain rule");
    }

    function test_PBK_09_countingEndsWithThePolicyAndBeginsAnewWithTheNext() public {
        _enact(_counted, _holders());
        send(CAROL, DAVE, 1);
        equal(assets.holderCountOf(id), 4, "counted");
        _enact(_plain, _list(0));
        equal(assets.holderCountOf(id), 0, "no longer");
        send(CAROL, DAVE, 19);
        _propose(_counted);
        passWindow(POLICY_NOTICE);
        address[] memory list = _list(3);
        (list[0], list[1], list[2]) = (BOB, ALICE, DAVE);
        policies.enact(id, ALICE, list);
        equal(assets.holderCountOf(id), 3, "counted anew");
    }

    function test_PBK_10_anAssetRegisteredUnderACountingPolicyHasOneHolder() public {
        vm.expectEmit(true, true, true, true, address(assets));
        emit IDataAsset.HoldersCounted(assets.assetIdOf(ALICE, sampleRelease("counted").root), 1);
        (AssetId counted, ) = registerSpread("counted", _counted);
        equal(assets.holderCountOf(counted), 3, "one, then three");
        (AssetId plain, ) = registerSpread("plain", _plain);
        equal(assets.holderCountOf(plain), 0, "not counted");
    }

    function test_PBK_11_ordersForTheOldPolicyAreNotFilled() public {
        address seller = vm.addr(SELLER_KEY);
        enrol(seller);
        send(ALICE, seller, 10);
        Order memory order = sampleOrder(seller, id, Side.Sell);
        order.units = 10;
        Fill memory fill = Fill(order, signOrder(SELLER_KEY, order), 1, type(uint256).max);
        vm.prank(BOB);
        market.fill(fill);
        _enact(_plain, _list(0));
        vm.expectRevert(abi.encodeWithSelector(IMarketplace.Market_PolicyChanged.selector, id, 1, 2));
        vm.prank(BOB);
        market.fill(fill);
        fill.order.policyVersion = 2;
        fill.signature = signOrder(SELLER_KEY, fill.order);
        vm.prank(BOB);
        market.fill(fill);
        equal(heldBy(seller), 8, "one under each");
    }

    function test_PBK_12_theSamePolicyAgainIsAnotherVersion() public {
        _enact(_plain, _list(0));
        _enact(_plain, _list(0));
        equal(assets.assetOf(id).policyVersion, 3, "version");
    }

    function test_PBK_13_aHostilePolicyBlocksNoWayOut() public {
        ChangeablePolicy policy = new ChangeablePolicy(abi.encode(0));
        _enact(policies.admit(IPolicy(address(policy))), _list(0));
        distribute(1_000);
        vote(BOB, DAVE, 30);
        policy.set(ChangeablePolicy.Mood.Burns, "");
        vm.expectRevert(
            abi.encodeWithSelector(IDataAsset.Assets_PolicyRefused.selector, id, 3, IPolicy.check.selector)
        );
        send(ALICE, DAVE, 1);
        withdrawVote(BOB);
        vm.prank(ALICE);
        assets.claim(only(id), ALICE);
        forceMove(BOB, DAVE, id, 10);
        succeed(CAROL, DAVE);
        assets.handOver(CAROL, only(id));
        equal(heldBy(DAVE), 30, "moved past it");
        _enact(0, _list(0));
        send(ALICE, DAVE, 1);
    }

    function test_PBK_14_theSuccessorOfAHolderReplacesWhatItHadAnnounced() public {
        _propose(_plain);
        succeed(ALICE, DAVE);
        assets.handOver(ALICE, only(id));
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, DAVE, ALICE));
        _propose(_counted);
        _refused(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, DAVE, ALICE), _list(0));
        _proposeAs(DAVE, 0);
        passWindow(POLICY_NOTICE);
        policies.enact(id, DAVE, _list(0));
        equal(assets.assetOf(id).policyVersion, 2, "the successor's own");
    }

    function test_PBK_16_anAnnouncementExpiresThirtyDaysAfterItsNotice() public {
        _propose(_plain);
        uint48 expiry = endOf(POLICY_NOTICE).time() + 30 days;
        passWindow(POLICY_NOTICE);
        vm.warp(expiry + 1);
        _refused(abi.encodeWithSelector(IPolicyBook.Policies_ProposalExpired.selector, id, expiry), _list(0));
        vm.warp(expiry);
        policies.enact(id, ALICE, _list(0));
        equal(assets.assetOf(id).policy, _plain, "in its last second");
    }

    function test_PBK_17_theOperatorMayEndAPolicyAndAnnounceNoOther() public {
        _elect(DAVE);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, ALICE, DAVE));
        _proposeAs(DAVE, _plain);
        _enact(_plain, _list(0));
        vm.expectEmit(true, true, true, true, address(policies));
        emit IPolicyBook.PolicyProposed(id, DAVE, 0, endOf(POLICY_NOTICE));
        _proposeAs(DAVE, 0);
        passWindow(POLICY_NOTICE);
        vm.expectEmit(true, true, true, true, address(policies));
        emit IPolicyBook.PolicyEnacted(id, DAVE, 0);
        policies.enact(id, DAVE, _list(0));
        equal(assets.assetOf(id).policy, 0, "ended");
    }

    function test_PBK_18_theHolderDoesNotReplaceWhatTheOperatorAnnounced() public {
        _elect(DAVE);
        _enact(_plain, _list(0));
        _proposeAs(DAVE, 0);
        vm.warp(block.timestamp + POLICY_NOTICE - 1);
        _propose(_plain);
        vm.warp(block.timestamp + 1);
        vm.roll(block.number + 10);
        policies.enact(id, DAVE, _list(0));
        equal(assets.assetOf(id).policy, 0, "on time");
        (, Deadline pending) = policies.proposalOf(id, ALICE);
        isTrue(pending.isNone(), "the holder announces anew");
    }

    function test_PBK_25_theHolderUndoesNoEndInTheSameBlock() public {
        _elect(DAVE);
        _enact(_plain, _list(0));
        _proposeAs(DAVE, 0);
        _propose(_plain);
        passWindow(POLICY_NOTICE);
        policies.enact(id, DAVE, _list(0));
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NotProposed.selector, id, ALICE));
        policies.enact(id, ALICE, _list(0));
        equal(assets.assetOf(id).policy, 0, "open");
        _propose(_plain);
        (, Deadline end) = policies.proposalOf(id, ALICE);
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NoticeRunning.selector, id, end));
        policies.enact(id, ALICE, _list(0));
        passWindow(POLICY_NOTICE - 1);
        equal(assets.assetOf(id).policy, 0, "open for all of a notice");
    }

    function test_PBK_26_theOperatorEndsOnlyWhatThereIs() public {
        _elect(DAVE);
        _proposeAs(DAVE, 0);
        _propose(_plain);
        passWindow(POLICY_NOTICE);
        uint32 version = assets.assetOf(id).policyVersion;
        vm.expectRevert(abi.encodeWithSelector(IPolicyBook.Policies_NothingToEnd.selector, id));
        policies.enact(id, DAVE, _list(0));
        equal(assets.assetOf(id).policyVersion, version, "orders stay good");
        policies.enact(id, ALICE, _list(0));
        equal(assets.assetOf(id).policy, _plain, "the holder's takes effect");
        policies.enact(id, DAVE, _list(0));
        equal(assets.assetOf(id).policy, 0, "and can be ended");
    }

    function test_PBK_19_anAnnouncementDiesWithTheOffice() public {
        _elect(DAVE);
        _proposeAs(DAVE, 0);
        _elect(BOB);
        passWindow(POLICY_NOTICE);
        vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_NotHolder.selector, ALICE, DAVE));
        policies.enact(id, DAVE, _list(0));
    }

    function test_PBK_24_fromOneCountingPolicyToTheNextNoListIsNeeded() public {
        _enact(_counted, _holders());
        send(CAROL, DAVE, 1);
        uint56 next = policies.admit(new CountingPolicy(true));
        _enact(next, _list(0));
        equal(assets.holderCountOf(id), 4, "as counted");
        equal(assets.assetOf(id).policy, next, "the next");
    }

    function test_PBK_15_onlyTheBookSetsPolicies() public {
        address[3] memory others = [address(this), ALICE, address(supervision)];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IDataAsset.Assets_OnlyOffice.selector, policies, others[i]));
            vm.prank(others[i]);
            assets.setPolicy(id, _plain, false, 0);
        }
    }

    function _propose(uint56 policy) private {
        _proposeAs(ALICE, policy);
    }

    function _proposeAs(address account, uint56 policy) private {
        vm.prank(account);
        policies.propose(id, policy);
    }

    /// @dev Makes somebody the operator, by all the units of ALICE and BOB.
    function _elect(address candidate) private {
        vote(ALICE, candidate, heldBy(ALICE));
        vote(BOB, candidate, heldBy(BOB));
        passWindow(VOTE_WINDOW);
        votes.replace(id);
        equal(assets.operatorOf(id), candidate, "elected");
    }

    function _enact(uint56 policy, address[] memory list) private {
        _propose(policy);
        passWindow(POLICY_NOTICE);
        policies.enact(id, ALICE, list);
    }

    function _refused(bytes memory reason, address[] memory list) private {
        vm.expectRevert(reason);
        policies.enact(id, ALICE, list);
    }

    function _notAdmitted(address policy) private {
        (bool ok, ) = address(policies).call{gas: 1_000_000}(abi.encodeCall(IPolicyBook.admit, (IPolicy(policy))));
        isTrue(!ok, "not admitted");
    }

    function _notHolder(address account) private view returns (bytes memory) {
        return abi.encodeWithSelector(IPolicyBook.Policies_NotHolder.selector, id, account);
    }

    function _list(uint256 length) private pure returns (address[] memory) {
        return new address[](length);
    }

    /// @dev In ascending order.
    function _holders() private pure returns (address[] memory list) {
        list = new address[](3);
        (list[0], list[1], list[2]) = (BOB, ALICE, CAROL);
    }
}
