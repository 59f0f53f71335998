// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Registration, Release} from "../../contracts/assets/AssetTypes.sol";
import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {Agreement, Offer, Tier} from "../../contracts/licences/LicenceTypes.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {LicenceId} from "../../contracts/types/LicenceId.sol";
import {LicenceStatus} from "../../contracts/types/LicenceWord.sol";
import {SealedBlock} from "../../contracts/types/SealedBlock.sol";
import {vm} from "../support/Vm.sol";
import {TreeReference} from "../types/TreeReference.sol";
import {ChoosyCurrency} from "./ChoosyCurrency.sol";
import {LicenceNotes} from "./LicenceNotes.sol";

/// @notice Licensees, custodians and two assets in two currencies.
abstract contract LicenceWorld is LicenceNotes {
    uint256 internal constant KINDS = 5;
    uint256 internal constant MAX_LIVE = 16;
    uint16 internal constant MAX_FEE = 300;
    bytes32 internal constant WRONG = keccak256("another key");
    bytes32 internal constant REASON = keccak256("statement of reasons");
    bytes4 private constant NO_REASON = 0xffffffff;
    address internal constant THIRD = address(0x3D);
    address internal constant SECOND = address(0xC058);
    address internal constant OTHER_TREASURY = address(0x74EB);

    ChoosyCurrency internal choosy = new ChoosyCurrency();
    AssetId internal secondAsset;
    address[] internal accounts;
    mapping(AssetId asset => mapping(uint32 release => Sealed)) internal sealings;
    mapping(AssetId asset => uint32) internal published;
    uint64[KINDS] internal offerNonce;
    uint16 internal feeBps = FEE_BPS;
    address internal receiver = TREASURY;

    mapping(bytes32 action => uint256 times) internal done;
    mapping(bytes32 action => uint256 times) internal refused;
    /// @dev The first outcome that was not foreseen.
    bytes4 public outcome;
    bytes4 public foreseenOutcome;
    string public surprise;

    constructor() {
        setUpLicences();
        choosy.mint(address(this), 1);
        choosy.approve(address(currencies), 1);
        currencies.admit(address(choosy), address(this), 1);
        enrol(THIRD);
        enrol(SECOND);
        _noteSealed(asset, 1, sealedRelease, false);
        seal("second", 4_096 + 100, 1);
        Registration memory r = sampleRegistration(HOLDER, 7, "second");
        (r.operator, r.currency, r.release) = (operator, address(choosy), _releaseOf("second", 4_096 + 100));
        vm.prank(HOLDER);
        secondAsset = assets.register(r);
        _noteSealed(secondAsset, 1, r.release, true);
        (published[asset], published[secondAsset]) = (1, 1);
        for (uint64 kind = 0; kind < KINDS; ++kind) offerNonce[kind] = 100 + kind;
        _openAccounts();
        for (uint256 i = 1; i < 4; ++i) {
            (address custodian, AssetId id) = (custodianAt(i), assetAt(i >> 1));
            vm.prank(custodian);
            licences.depositBond(id, 10 * BOND);
            freeBond[custodian][id] = 10 * BOND;
            sums.bonds[i >> 1] += 10 * BOND;
            owned[custodian][i >> 1] -= 10 * BOND;
        }
    }

    /// @notice Spreads what the runner draws, which is often small, over all bits.
    function mix(uint256 seed) internal pure returns (uint256) {
        return uint256(keccak256(abi.encode(seed)));
    }

    function moneyOf(AssetId id) internal view returns (uint256) {
        return AssetId.unwrap(id) == AssetId.unwrap(secondAsset) ? 1 : 0;
    }

    function currencyAt(uint256 money) internal view returns (DemoCurrency) {
        return money == 0 ? currency : choosy;
    }

    function assetAt(uint256 seed) internal view returns (AssetId) {
        return seed % 2 == 0 ? asset : secondAsset;
    }

    function licenseeAt(uint256 seed) internal pure returns (address) {
        return [BUYER, OTHER, THIRD][seed % 3];
    }

    function custodianAt(uint256 seed) internal pure returns (address) {
        return seed % 2 == 0 ? CUSTODIAN : SECOND;
    }

    /// @notice Five kinds: paid and free, short and without end, with and without bond, with a key and without one.
    function offerOf(uint256 kind, uint32 release) internal view returns (Offer memory offer) {
        offer = sampleOffer();
        (offer.release, offer.nonce, offer.maxFeeBps) = (release, offerNonce[kind], MAX_FEE);
        if (kind == 0) offer.duration = 2_000;
        else if (kind == 1) {
            (offer.asset, offer.price, offer.custodian, offer.bond) = (secondAsset, 777_777, SECOND, 33_333);
        } else if (kind == 2) (offer.price, offer.custodian, offer.duration) = (0, SECOND, type(uint48).max);
        else if (kind == 3) (offer.asset, offer.bond, offer.answerFee) = (secondAsset, 0, 0);
        else (offer.tier, offer.quota, offer.duration) = (Tier.ComputeOnly, 0, 0);
    }

    /// @notice Mostly the latest one, now and then one that is not published.
    function releaseAt(AssetId id, uint256 seed) internal view returns (uint32) {
        uint256 count = published[id];
        return uint32(seed % 4 != 0 ? count : 1 + ((seed >> 2) % (count + 1)));
    }

    /// @notice Calls as `caller`, and keeps the first outcome other than the foreseen one: an error, or 0 where it goes through.
    function attempt(
        string memory action,
        address caller,
        address target,
        bytes memory call,
        bytes4 foreseen
    ) internal returns (bool ok) {
        bytes memory answer;
        vm.prank(caller);
        (ok, answer) = target.call(call);
        bytes4 reason =
            ok
                ? bytes4(0)
                : answer.length < 4
                    ? NO_REASON
                    : bytes4(answer);
        if (ok) ++done[keccak256(bytes(action))];
        else ++refused[keccak256(bytes(action))];
        if (reason != foreseen && bytes(surprise).length == 0) {
            (outcome, foreseenOutcome, surprise) = (reason, foreseen, action);
        }
    }

    /// @notice A licence in one of these stages, by their bits, if there is one; for some seeds any. 0 where there is none.
    function pick(uint256 seed, uint256 stages) internal view returns (uint256) {
        return (seed >> 248) % 8 == 0 ? anyOf(seed) : _find(seed, stages, false);
    }

    /// @notice The same, and one whose window is open.
    function pickOpen(uint256 seed, uint256 stages) internal view returns (uint256) {
        return (seed >> 248) % 8 == 0 ? anyOf(seed) : _find(seed, stages, true);
    }

    function anyOf(uint256 seed) internal view returns (uint256) {
        return live.length == 0 ? 0 : live[(seed >> 128) % live.length];
    }

    function stageBit(LicenceStatus stage) internal pure returns (uint256) {
        return 1 << uint256(stage);
    }

    /// @notice Writes down a licence that was paid for.
    function noteLicence(Agreement memory a, LicenceId id, uint256 subscription) internal returns (uint256 number) {
        number = ++noted;
        Note storage note = notes[number];
        (note.agreement, note.id, note.stage, note.feeBps) = (a, id, LicenceStatus.Paid, feeBps);
        note.subscription = subscription;
        known[id] = true;
        restart(note, a.offer.deliverySeconds, a.offer.deliveryBlocks);
        sums.escrow[moneyOf(a.offer.asset)] += a.offer.price;
        live.push(number);
        for (uint256 i = 0; live.length > MAX_LIVE && i < live.length; ++i) {
            if (!_isForgettable(live[i])) continue;
            live[i] = live[live.length - 1];
            live.pop();
        }
    }

    /// @notice Its money leaves.
    function noteExit(Note storage note, LicenceStatus stage) internal {
        note.stage = stage;
        ++note.exits;
        sums.escrow[moneyOf(note.agreement.offer.asset)] -= note.agreement.offer.price;
    }

    /// @notice The registry pays an account, or owes it where the currency refuses.
    function notePayment(address account, uint256 money, uint256 amount) internal {
        owned[account][money] += amount;
        if (isRefused(account, money)) sums.credits[money] += amount;
    }

    function noteRevenue(uint256 money, uint256 amount, uint256 fee) internal {
        owned[receiver][money] += fee;
        owned[address(assets)][money] += amount - fee;
    }

    function isRefused(address account, uint256 money) internal view returns (bool) {
        return money == 1 && choosy.refuses(account);
    }

    function timesDone(string calldata action) external view returns (uint256) {
        return done[keccak256(bytes(action))];
    }

    function timesRefused(string calldata action) external view returns (uint256) {
        return refused[keccak256(bytes(action))];
    }

    /// @notice Seals the next release, short and whole or bad.
    function sealNext(AssetId id, bool bad) internal returns (Release memory) {
        uint32 number = published[id] + 1;
        bytes32 salt = keccak256(abi.encode(id, number));
        seal(salt, 100, bad ? 0 : type(uint256).max);
        _noteSealed(id, number, _releaseOf(salt, 100), bad);
        return sealings[id][number].release;
    }

    function _find(uint256 seed, uint256 stages, bool open_) private view returns (uint256) {
        for (uint256 i = 0; i < live.length; ++i) {
            uint256 number = live[((seed >> 128) + i) % live.length];
            Note storage note = notes[number];
            if ((stages >> uint256(note.stage)) & 1 != 0 && (!open_ || isOpen(note))) return number;
        }
        return anyOf(seed);
    }

    function _isForgettable(uint256 number) private view returns (bool) {
        Note storage note = notes[number];
        if (note.stage < LicenceStatus.Settled) return false;
        Term storage term = terms[note.subscription];
        return note.subscription == 0 || term.closed || term.current != number;
    }

    function _openAccounts() private {
        accounts = [BUYER, OTHER, THIRD, CUSTODIAN, SECOND, operator, HOLDER, TREASURY, OTHER_TREASURY];
        accounts.push(address(assets));
        for (uint256 i = 0; i < 7; ++i) {
            choosy.mint(accounts[i], 1e18);
            vm.startPrank(accounts[i]);
            currency.approve(address(licences), type(uint256).max);
            currency.approve(address(subscriptions), type(uint256).max);
            choosy.approve(address(licences), type(uint256).max);
            choosy.approve(address(subscriptions), type(uint256).max);
            vm.stopPrank();
        }
        for (uint256 money = 0; money < 2; ++money) {
            for (uint256 i = 0; i < accounts.length; ++i) {
                owned[accounts[i]][money] = currencyAt(money).balanceOf(accounts[i]);
            }
            sums.supply[money] = currencyAt(money).totalSupply() - currencyAt(money).balanceOf(address(this));
        }
        freeBond[CUSTODIAN][asset] = 10 * BOND;
        sums.bonds[0] = 10 * BOND;
    }

    function _releaseOf(bytes32 salt, uint64 length) private view returns (Release memory release) {
        release = sampleRelease(salt);
        (release.root, release.keyCommitment) = (TreeReference.mth(blocks), SealedBlock.keyCommitment(key));
        release.length = length;
    }

    function _noteSealed(AssetId id, uint32 number, Release memory release, bool bad) private {
        uint64 last = uint64(blocks.length - 1);
        bytes32[] memory path = TreeReference.path(last, blocks);
        sealings[id][number] = Sealed(release, key, bad, last, blocks[last], path);
    }
}
