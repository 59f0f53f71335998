// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {DemoCurrency} from "../../contracts/demo/DemoCurrency.sol";
import {CountingPolicy} from "../../contracts/mocks/CountingPolicy.sol";
import {RefusingPolicy} from "../../contracts/mocks/RefusingPolicy.sol";
import {SchemaId} from "../../contracts/participants/CredentialTypes.sol";
import {ParticipantStatus} from "../../contracts/participants/ParticipantTypes.sol";
import {CredentialPolicy} from "../../contracts/policies/CredentialPolicy.sol";
import {AssetId} from "../../contracts/types/AssetId.sol";
import {SystemTest} from "../support/SystemTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice The system, the people in it, and what a bystander writes down about them (ghost state).
abstract contract World is SystemTest {
    /// @dev Sums of what went in and out, kept without asking the contracts.
    struct AssetNotes {
        uint64 fractions;
        uint256 deposited;
        uint256 claimed;
        /// @dev Times that a holding of this asset was settled; each may lose less than one base unit.
        uint256 settlements;
        uint256[] parents;
    }

    struct CurrencyNotes {
        uint256 minted;
        uint256 paidIn;
        uint256 paidOut;
    }

    bytes4 private constant REFUSAL = 0x12345678;
    bytes32 internal constant REASON = keccak256("statement of reasons");
    uint256 internal constant PEOPLE = 6;
    uint256 internal constant MAX_ASSETS = 8;

    DemoCurrency internal otherCurrency;
    SchemaId internal schema;
    address[] public people;
    AssetId[] public ids;

    mapping(AssetId id => AssetNotes) internal assetNotes;
    mapping(address currency => CurrencyNotes) internal currencyNotes;
    mapping(address account => ParticipantStatus) internal standing;
    mapping(bytes32 action => uint256 times) internal done;
    mapping(bytes32 action => uint256 times) internal refused;

    /// @dev The first refusal that no list allows.
    bytes4 public unexpected;
    string public unexpectedAt;
    bool public movedByInactive;
    bool public paidToInactive;

    constructor() {
        setUpSystem();
        otherCurrency = new DemoCurrency();
        otherCurrency.mint(address(this), 1);
        otherCurrency.approve(address(currencies), 1);
        currencies.admit(address(otherCurrency), address(this), 1);
        (currencyNotes[address(currency)].minted, currencyNotes[address(otherCurrency)].minted) = (1, 1);
        policies.admit(new CountingPolicy(true));
        policies.admit(new RefusingPolicy(REFUSAL));
        schema = credentials.openSchema("trader", "");
        credentials.accredit(schema, address(this));
        SchemaId[] memory schemas = new SchemaId[](1);
        schemas[0] = schema;
        policies.admit(new CredentialPolicy(credentials, schemas, true));
        for (uint256 i = 0; i < PEOPLE; ++i) {
            address account = vm.addr(keyOf(i));
            people.push(account);
            enrol(account);
            standing[account] = ParticipantStatus.Active;
            currencyNotes[address(currency)].minted += 1e18;
            vm.startPrank(account);
            otherCurrency.approve(address(market), type(uint256).max);
            otherCurrency.approve(address(assets), type(uint256).max);
            currency.approve(address(notice), type(uint256).max);
            otherCurrency.approve(address(notice), type(uint256).max);
            vm.stopPrank();
        }
    }

    function keyOf(uint256 person) internal pure returns (uint256) {
        return 1_000 + person;
    }

    function isActive(address account) internal view returns (bool) {
        return standing[account] == ParticipantStatus.Active;
    }

    function personAt(uint256 seed) internal view returns (address) {
        return people[seed % PEOPLE];
    }

    function assetAt(uint256 seed) internal view returns (AssetId) {
        return ids[seed % ids.length];
    }

    /// @notice All holders of an asset, in ascending order.
    function holdersOf(AssetId id) public view returns (address[] memory holders) {
        address[] memory found = new address[](PEOPLE);
        uint256 count;
        for (uint256 p = 0; p < PEOPLE; ++p) {
            if (assets.balanceOf(people[p], AssetId.unwrap(id)) == 0) continue;
            uint256 place = count++;
            for (; place != 0 && found[place - 1] > people[p]; --place) found[place] = found[place - 1];
            found[place] = people[p];
        }
        holders = new address[](count);
        for (uint256 i = 0; i < count; ++i) holders[i] = found[i];
    }

    function fund(DemoCurrency money, address account, uint256 amount) internal {
        money.mint(account, amount);
        currencyNotes[address(money)].minted += amount;
    }

    /// @dev Calls as `caller`; counts what happened, and keeps any refusal that `allowed` does not name.
    function attempt(
        string memory action,
        address caller,
        address target,
        bytes memory data,
        bytes4[] memory allowed
    ) internal returns (bool ok) {
        bytes memory answer;
        vm.prank(caller);
        (ok, answer) = target.call(data);
        if (ok) {
            ++done[keccak256(bytes(action))];
            return true;
        }
        bytes4 reason = bytes4(answer);
        for (uint256 i = 0; i < allowed.length; ++i) {
            if (allowed[i] == reason) {
                ++refused[keccak256(bytes(action))];
                return false;
            }
        }
        if (unexpected == 0) (unexpected, unexpectedAt) = (reason, action);
    }

    function noteMove(AssetId id, address from, address to, uint256 units) internal {
        if (from != to && units != 0) assetNotes[id].settlements += 2;
    }

    /// @dev Called after a transfer or fill went through.
    function noteParties(address from, address to) internal {
        if (!isActive(from) || !isActive(to)) movedByInactive = true;
    }

    function timesDone(string calldata action) external view returns (uint256) {
        return done[keccak256(bytes(action))];
    }

    function timesRefused(string calldata action) external view returns (uint256) {
        return refused[keccak256(bytes(action))];
    }
}
