// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Parent, Registration} from "../../contracts/assets/AssetTypes.sol";
import {Consent} from "../../contracts/assets/ConsentTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {AssetWordLib} from "../../contracts/types/AssetWord.sol";
import {Check} from "../reference/Check.sol";
import {RevenueReference} from "../reference/RevenueReference.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

contract RevenueTest is SystemTest {
    uint256 private constant PEOPLE = 4;
    uint256 private constant STEPS = 40;

    address private owner = address(0xA11CE);
    address private buyer = address(0xB0B);
    address[] private people;

    function setUp() public {
        setUpSystem();
        people = [owner, buyer, address(0xCA401), address(0xDA4E)];
        for (uint256 i = 0; i < PEOPLE; ++i) enrol(people[i]);
        currency.mint(address(this), type(uint128).max);
        currency.approve(address(assets), type(uint256).max);
    }

    /// @notice REV-01 In any history, nobody gets more than exact arithmetic gives them, and each settlement loses less than
    /// one base unit.
    function testFuzz_REV_01_agreesWithTheReference(uint256 seed, uint64 supply, uint64 scale) public {
        supply = supply % 3 == 0 ? supply : (supply % 1_000);
        if (supply == 0) supply = 1;
        AssetId id = registerAsset(owner, supply, "asset");
        RevenueReference reference_ = new RevenueReference(owner, supply);
        uint256 paidIn;
        for (uint256 step = 0; step < STEPS; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            (address a, address b) = (people[(seed >> 8) % PEOPLE], people[(seed >> 16) % PEOPLE]);
            uint256 number = seed >> 32;
            if (seed % 4 == 0) {
                number = 1 + (number % (uint256(scale) + 1));
                assets.distribute(id, number);
                reference_.distribute(number);
                paidIn += number;
            } else if (seed % 4 == 1) {
                number = _claim(id, a);
                if (number != 0) reference_.claim(a, number);
            } else {
                number = number % (assets.balanceOf(a, AssetId.unwrap(id)) + 1);
                _transfer(id, a, b, number);
                reference_.transfer(a, b, number);
            }
            for (uint256 i = 0; i < PEOPLE; ++i) {
                Check.same(assets.balanceOf(people[i], AssetId.unwrap(id)), reference_.unitsOf(people[i]), "units");
                Check.holds(
                    reference_.allows(people[i], assets.claimable(id, people[i])),
                    "claimable within the bound"
                );
            }
        }
        uint256 sum;
        for (uint256 i = 0; i < PEOPLE; ++i) sum += reference_.claimed(people[i]) + assets.claimable(id, people[i]);
        Check.atMost(sum, paidIn, "claimed and claimable");
        Check.same(assets.assetOf(id).revenue, paidIn, "revenue total");
    }

    /// @notice REV-02 After n distributions that each round down as far as can be, n settlements have lost less than n base units.
    function testFuzz_REV_02_eachSettlementLosesLessThanOne(uint8 rounds, uint64 supply) public {
        if (supply < 3) supply = 3;
        uint256 n = (uint256(rounds) % 30) + 1;
        AssetId id = registerAsset(owner, supply, "asset");
        _transfer(id, owner, buyer, 1);
        // One unit's part of supply - 1 is the largest that rounds down to nothing.
        for (uint256 i = 0; i < n; ++i) {
            assets.distribute(id, supply - 1);
            _transfer(id, owner, buyer, 1);
            _transfer(id, buyer, owner, 1);
        }
        Check.same(assets.claimable(id, buyer), 0, "all of the buyer's parts are lost");
        uint256 exact = n * (supply - 1);
        uint256 kept = assets.claimable(id, owner);
        Check.same(exact - kept, n, "the buyer loses the rest of one each time, the owner the rest of nothing");
    }

    /// @notice REV-02 Without a settlement in between, distributions do not add up what they lose.
    function test_REV_02_onlySettlementsLose() public {
        AssetId id = registerAsset(owner, 3, "asset");
        _transfer(id, owner, buyer, 1);
        for (uint256 i = 0; i < 9; ++i) assets.distribute(id, 1);
        Check.same(assets.claimable(id, owner), 6, "two thirds");
        Check.same(assets.claimable(id, buyer), 3, "one third");
    }

    /// @notice REV-03 A transfer settles both sides: revenue stays with whoever held when it was distributed.
    function testFuzz_REV_03_transferSettlesBothSides(uint32 first, uint32 second, uint16 units) public {
        units = units % 1_001;
        AssetId id = registerAsset(owner, 1_000, "asset");
        assets.distribute(id, uint256(first) * 1_000 + 1_000);
        _transfer(id, owner, buyer, units);
        Check.same(assets.claimable(id, owner), uint256(first) * 1_000 + 1_000, "held all of it");
        Check.same(assets.claimable(id, buyer), 0, "held nothing then");
        assets.distribute(id, uint256(second) * 1_000 + 1_000);
        uint256 each = uint256(second) + 1;
        Check.same(assets.claimable(id, buyer), each * units, "the second only");
        Check.same(assets.claimable(id, owner), (uint256(first) + 1) * 1_000 + each * (1_000 - units), "both");
        _transfer(id, buyer, owner, units);
        Check.same(assets.claimable(id, buyer), each * units, "kept after all units left");
    }

    /// @notice REV-04 Transfers of nothing and to oneself settle nothing and change no revenue.
    function test_REV_04_emptyAndSelfTransfersSettleNothing() public {
        AssetId id = registerAsset(owner, 1_000, "asset");
        _transfer(id, owner, buyer, 1);
        for (uint256 i = 0; i < 1_000; ++i) {
            if (i % 2 == 0) _transfer(id, owner, buyer, 0);
            else _transfer(id, buyer, buyer, 1);
            assets.distribute(id, 1);
        }
        // Settled each time, it would be nothing.
        Check.same(assets.claimable(id, buyer), 1, "a thousandth of a thousand");
        Check.same(assets.balanceOf(buyer, AssetId.unwrap(id)), 1, "units");
    }

    /// @notice REV-04 A forced transfer of nothing settles nothing either.
    function test_REV_04_forcedTransferOfNothingSettlesNothing() public {
        AssetId id = registerAsset(owner, 2, "asset");
        _transfer(id, owner, buyer, 1);
        for (uint256 i = 0; i < 2; ++i) {
            assets.distribute(id, 1);
            forceUnits(owner, buyer, AssetId.unwrap(id), 0);
        }
        Check.same(assets.claimable(id, buyer), 1, "half of two");
    }

    /// @notice REV-05 Freezes and forced transfers leave earned revenue where it is.
    function testFuzz_REV_05_forceMovesNoRevenue(uint64 amount, uint16 units, uint16 frozen) public {
        units = (units % 1_000) + 1;
        AssetId id = registerAsset(owner, 1_000, "asset");
        assets.distribute(id, uint256(amount) + 1);
        freezeUnits(owner, AssetId.unwrap(id), frozen);
        Check.same(assets.claimable(id, owner), uint256(amount) + 1, "frozen");
        forceUnits(owner, buyer, AssetId.unwrap(id), units);
        Check.same(assets.claimable(id, owner), uint256(amount) + 1, "forced");
        Check.same(assets.claimable(id, buyer), 0, "nothing came with the units");
        Check.same(_claim(id, owner), uint256(amount) + 1, "frozen units do not hinder a claim");
    }

    /// @notice REV-06 A claim that would pay nothing settles nothing, so it cannot be used to lose revenue.
    function test_REV_06_emptyClaimLosesNothing() public {
        AssetId id = registerAsset(owner, 4, "asset");
        AssetId paying = registerAsset(buyer, 1, "paying");
        _transfer(id, owner, buyer, 1);
        for (uint256 i = 0; i < 3; ++i) {
            assets.distribute(id, 1);
            assets.distribute(paying, 1);
            AssetId[] memory both = new AssetId[](2);
            (both[0], both[1]) = (id, paying);
            vm.prank(buyer);
            assets.claim(both, buyer);
        }
        assets.distribute(id, 1);
        Check.same(assets.claimable(id, buyer), 1, "a quarter of four");
    }

    /// @notice REV-07 With the largest supply and the largest total, units, credit and seen keep apart.
    function testFuzz_REV_07_packsExtremes(uint64 units, uint96 amount) public {
        uint256 supply = type(uint64).max;
        uint256 first = (amount % AssetWordLib.MAX_TOTAL) + 1;
        AssetId id = registerAsset(owner, type(uint64).max, "asset");
        assets.distribute(id, first);
        _transfer(id, owner, buyer, units);
        if (first < AssetWordLib.MAX_TOTAL) assets.distribute(id, AssetWordLib.MAX_TOTAL - first);
        Check.same(assets.assetOf(id).revenue, AssetWordLib.MAX_TOTAL, "total");
        uint256 rest = AssetWordLib.MAX_TOTAL - first;
        Check.same(assets.claimable(id, buyer), (units * rest) / supply, "buyer");
        Check.same(assets.claimable(id, owner), first + ((supply - units) * rest) / supply, "owner");
        _transfer(id, owner, buyer, supply - units);
        Check.same(assets.balanceOf(buyer, AssetId.unwrap(id)), supply, "units");
        Check.same(assets.claimable(id, owner), first + ((supply - units) * rest) / supply, "credit");
        Check.same(assets.claimable(id, buyer), (units * rest) / supply, "credit of the buyer");
        Check.same(_claim(id, owner), first + ((supply - units) * rest) / supply, "paid");
        Check.same(uint256(assets.statusOf(id)), 1, "status");
        Check.same(assets.totalSupply(AssetId.unwrap(id)), supply, "supply");
    }

    /// @notice REV-08 What does not fit the total of 92 bits is credited to the asset's holder, to the base unit.
    function testFuzz_REV_08_overflowGoesToExcess(uint96 before, uint128 amount) public {
        before = uint96((before % AssetWordLib.MAX_TOTAL) + 1);
        uint256 value = uint256(amount) / 2 + 1;
        AssetId id = registerAsset(owner, 1_000, "asset");
        _transfer(id, owner, buyer, 1_000);
        assets.distribute(id, before);
        currency.mint(address(this), value);
        assets.distribute(id, value);
        uint256 total = before + value > AssetWordLib.MAX_TOTAL ? AssetWordLib.MAX_TOTAL : before + value;
        uint256 excess = before + value - total;
        Check.same(assets.assetOf(id).revenue, total, "total");
        Check.same(assets.excessOf(owner, address(currency)), excess, "excess");
        Check.same(assets.claimable(id, buyer), total, "claimable");
        Check.same(_claim(id, buyer), total, "claimed");
        if (excess == 0) return;
        vm.prank(owner);
        Check.same(assets.withdrawExcess(owner, address(currency), owner), excess, "withdrawn");
        Check.same(currency.balanceOf(address(assets)), 0, "nothing is left");
    }

    /// @notice REV-09 Each parent gets its share rounded down; the asset's own holders get all the rest.
    function testFuzz_REV_09_parentsShares(uint256 seed, uint96 amount, uint8 count) public {
        Parent[] memory parents = new Parent[]((count % 8) + 1);
        for (uint256 i = 0; i < parents.length; ++i) {
            parents[i].id = registerAsset(owner, 10, bytes32(i + 1));
            parents[i].shareBps = uint16((seed >> (16 * i)) % 626);
        }
        AssetId child = _derive(parents, "child");
        uint256 value = (uint256(amount) % (AssetWordLib.MAX_TOTAL - 1)) + 1;
        assets.distribute(child, value);
        uint256 rest = value;
        for (uint256 i = 0; i < parents.length; ++i) {
            uint256 share = (value * parents[i].shareBps) / 10_000;
            Check.same(assets.due(parents[i].id), share, "due");
            Check.same(assets.assetOf(parents[i].id).revenue, 0, "waits to be pushed");
            rest -= share;
        }
        Check.same(assets.assetOf(child).revenue, rest, "rest");
        Check.same(assets.claimable(child, owner), rest, "claimable");
    }

    /// @notice REV-10 A push pays a parent's holders and credits grandparents, which wait for their own push.
    function testFuzz_REV_10_pushGoesUpOneStep(uint64 amount) public {
        AssetId grandparent = registerAsset(owner, 10, "grandparent");
        AssetId parent = _derive(_only(grandparent, 3_000), "parent");
        AssetId child = _derive(_only(parent, 5_000), "child");
        uint256 value = uint256(amount) + 4;
        assets.distribute(child, value);
        uint256 first = value / 2;
        Check.same(assets.due(parent), first, "due to the parent");
        Check.same(assets.due(grandparent), 0, "not yet");
        vm.prank(address(0xE15E));
        Check.same(assets.pushDue(parent), first, "pushed");
        uint256 second = (first * 3) / 10;
        Check.same(assets.due(parent), 0, "pushed on");
        Check.same(assets.due(grandparent), second, "due to the grandparent");
        Check.same(assets.claimable(parent, owner), first - second, "parent");
        if (second == 0) return;
        assets.pushDue(grandparent);
        Check.same(assets.claimable(grandparent, owner), second, "grandparent");
        Check.same(assets.claimable(child, owner) + first, value, "nothing is lost on the way");
    }

    /// @notice REV-11 The cost of a distribution depends neither on the number of holders nor on the number of children.
    function test_REV_11_distributionIsBounded() public {
        AssetId few = registerAsset(owner, 1_000, "few");
        AssetId many = registerAsset(owner, 1_000, "many");
        for (uint160 i = 1; i <= 100; ++i) {
            address holder = address(0x10000 + i);
            enrol(holder);
            _transfer(many, owner, holder, 1);
        }
        for (uint256 i = 0; i < 20; ++i) _derive(_only(many, 100), bytes32(i));
        assets.distribute(few, 1);
        assets.distribute(many, 1);
        uint256 before = gasleft();
        assets.distribute(few, 1);
        uint256 cost = before - gasleft();
        before = gasleft();
        assets.distribute(many, 1);
        uint256 cost2 = before - gasleft();
        Check.atMost(cost2 > cost ? cost2 - cost : cost - cost2, 100, "difference of gas");
    }

    function _transfer(AssetId id, address from, address to, uint256 units) private {
        vm.prank(from);
        assets.safeTransferFrom(from, to, AssetId.unwrap(id), units, "");
    }

    /// @dev Claims where there is something to claim, and says how much arrived.
    function _claim(AssetId id, address account) private returns (uint256) {
        if (assets.claimable(id, account) == 0) return 0;
        AssetId[] memory list = new AssetId[](1);
        list[0] = id;
        uint256 before = currency.balanceOf(account);
        vm.prank(account);
        assets.claim(list, account);
        Check.same(assets.claimable(id, account), 0, "left after a claim");
        return currency.balanceOf(account) - before;
    }

    function _only(AssetId parent, uint16 shareBps) private pure returns (Parent[] memory parents) {
        parents = new Parent[](1);
        parents[0] = Parent(parent, shareBps);
    }

    /// @dev The owner operates the parents, so no consent needs a signature.
    function _derive(Parent[] memory parents, bytes32 salt) private returns (AssetId) {
        Registration memory r = sampleRegistration(owner, 100, keccak256(abi.encode("derived", salt)));
        r.parents = parents;
        r.release.parentReleases = new uint32[](parents.length);
        for (uint256 i = 0; i < parents.length; ++i) r.release.parentReleases[i] = 1;
        r.evidence = abi.encode(new Consent[](parents.length));
        vm.prank(owner);
        return assets.register(r);
    }
}
