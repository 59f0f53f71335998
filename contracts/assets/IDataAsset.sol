// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC1155MetadataURI} from "@openzeppelin/contracts/token/ERC1155/extensions/IERC1155MetadataURI.sol";
import {AssetId} from "../types/AssetId.sol";
import {AssetStatus} from "../types/AssetWord.sol";
import {Asset, Parent, Registration, Release, SaleTerms, Standing} from "./AssetTypes.sol";
import {IDerivationGate} from "./IDerivationGate.sol";
import {IERC7943MultiToken} from "./IERC7943MultiToken.sol";

/// @title The register of data assets and their fractions
/// @notice Amounts are base units of the asset's currency, shares and royalties are basis points (1/10,000).
/// @dev What only an office calls reverts with `Assets_OnlyOffice` for anybody else.
interface IDataAsset is IERC1155MetadataURI, IERC2981, IERC7943MultiToken {
    /// @param parents with their shares, in the order in which releases name their numbers
    event AssetRegistered(
        AssetId indexed id,
        address indexed holder,
        address indexed operator,
        bytes32 termsHash,
        uint64 fractions,
        address currency,
        uint16 royaltyBps,
        uint56 policy,
        Parent[] parents
    );
    /// @param hash keccak-256 of the ABI encoding of `release`, which is what the chain keeps
    event ReleasePublished(AssetId indexed id, uint32 indexed number, bytes32 hash, Release release);
    /// @param by the holder who retires the asset, or the office of public notice
    /// @param reason hash of the statement of reasons; zero where the holder retires the asset
    event AssetStatusChanged(AssetId indexed id, AssetStatus status, address indexed by, bytes32 reason);
    /// @param until first second at which the asset is no longer suspended; 0 for the end of a suspension
    event AssetSuspended(AssetId indexed id, uint48 until);
    event NoticeEnded(AssetId indexed id);
    /// @notice Follows each `Frozen`.
    /// @param until first second at which the freeze is over; 0 where nothing is frozen
    event FrozenUntil(address indexed account, AssetId indexed id, uint48 until);
    event PolicyChanged(AssetId indexed id, uint56 policy, uint32 version);
    /// @notice How many accounts hold units, from the moment when a policy that counts holders takes effect.
    event HoldersCounted(AssetId indexed id, uint64 holders);
    event OperatorReplaced(AssetId indexed id, address indexed from, address indexed to);
    /// @notice What a lost account had of an asset went to its successor. Frozen units stay frozen. Where the account was
    /// recorded as holder or operator, the successor takes its place.
    event HandedOver(
        AssetId indexed id,
        address indexed account,
        address indexed successor,
        uint256 units,
        uint256 credit,
        uint256 frozen
    );
    event DerivationGateChanged(IDerivationGate from, IDerivationGate to);

    /// @param amount what raised the revenue total; parents' shares and what did not fit are not in it
    event RevenueDistributed(AssetId indexed id, address indexed payer, uint256 amount);
    event ParentShareCredited(AssetId indexed parent, AssetId indexed child, uint256 amount);
    event DuePushed(AssetId indexed id, uint256 amount);
    event RevenueClaimed(AssetId indexed id, address indexed account, address indexed to, uint256 amount);
    /// @notice A deposit would have overflowed the revenue total: the excess waits for the holder.
    event ExcessCredited(AssetId indexed id, address indexed holder, address indexed currency, uint256 amount);
    event ExcessWithdrawn(address indexed account, address indexed currency, address indexed to, uint256 amount);

    error Assets_NotHolder(address holder, address caller);
    error Assets_NotOperator(AssetId id, address caller);
    error Assets_Unknown(AssetId id);
    error Assets_AlreadyRegistered(AssetId id);
    error Assets_NotInForce(AssetId id, AssetStatus status);
    error Assets_Suspended(AssetId id, uint48 until);
    error Assets_UnderNotice(AssetId id);
    error Assets_OnlyOffice(address office, address caller);
    error Assets_NoSuccessor(address account);
    error Assets_NotPayee(address account, address caller);
    error Assets_Inactive(address account);
    error Assets_NoFractions();
    error Assets_CurrencyNotAdmitted(address currency);
    error Assets_RoyaltyTooHigh(uint256 royaltyBps, uint256 limitBps);
    error Assets_PolicyRefused(AssetId id, uint56 policy, bytes4 reason);
    error Assets_EmptyRelease();
    error Assets_AlreadySealed(address holder, bytes32 rootOrCommitment);
    error Assets_ParentReleases(uint256 given, uint256 parents);
    error Assets_ReleaseUnknown(AssetId id, uint32 number);
    error Assets_TooManyParents(uint256 given, uint256 limit);
    error Assets_ParentsShareTooHigh(uint256 shareBps, uint256 limitBps);
    error Assets_ParentTwice(AssetId parent);
    error Assets_ParentCurrency(AssetId parent, address expected, address given);
    error Assets_NothingToDistribute(AssetId id);
    error Assets_CurrencyShort(address currency, uint256 expected, uint256 received);
    error Assets_NothingToClaim(address account);
    error Assets_NothingToWithdraw(address account, address currency);

    /// @notice Registers a dataset and gives all of its fractions to its holder.
    /// @dev `register(Registration(holder, operator, termsHash, 1000, currency, 250, 0, release, [], ""))` registers 1,000
    /// fractions with a royalty of 2.5 %. The caller is the holder; holder and operator are active; root and key commitment
    /// are new for this holder; parents are registered, in force, neither suspended nor under notice, and of the same
    /// currency, at most 8, with at most 50 %. Reverts with `Assets_AlreadyRegistered` for a first root that the holder has
    /// registered, `Assets_AlreadySealed` for any other root or commitment that it has used, `Policies_Unknown`, and with
    /// the errors of the derivation gate and of a holder's own receiver hook.
    function register(Registration calldata registration) external returns (AssetId id);

    /// @notice Publishes the next release. Only the operator, while it is active and the asset is in force and not
    /// suspended.
    /// @dev `publish(id, Release(root, keyCommitment, length, manifestHash, "https://…", [3]))` where the one parent's
    /// release 3 is the source; `[]` without parents. Reverts with `Assets_Unknown`, `Assets_NotInForce`,
    /// `Assets_Suspended`, `Assets_AlreadySealed` for a root or commitment that the holder has used, `Assets_ParentReleases`
    /// or `Assets_ReleaseUnknown` where it does not name one published release of each parent.
    function publish(AssetId id, Release calldata release) external returns (uint32 number);

    /// @notice Ends the asset's releases and derivations for good. Only the holder, while it is active. Fractions keep
    /// moving and earning.
    /// @dev Reverts with `Assets_Unknown`, `Assets_NotInForce`, `Assets_Suspended`.
    function retire(AssetId id) external;

    /// @notice Stops transfers, releases, derivations and retirement for the freeze term, from now; `false` ends it.
    /// Distribution, claims, forced moves and hand-overs go on. Only the office of supervision.
    function setSuspended(AssetId id, bool suspended) external;

    /// @notice Lets units move, the public notice being over. Only the office of public notice.
    function endNotice(AssetId id) external;

    /// @notice Strikes a registration off: its holders cannot move it, nothing of it is published again. Hand-overs and,
    /// after the notice, forced moves still reach it; revenue that arrived can be claimed. Only the office of public notice.
    function strike(AssetId id, bytes32 reason) external;

    /// @notice Puts another policy into force. Only the policy book, which gave notice.
    /// @param counted whether the policy counts holders, and how many there are
    function setPolicy(AssetId id, uint56 policy, bool counted, uint256 holders) external;

    /// @notice Replaces an asset's operator. Only the office of votes.
    function replaceOperator(AssetId id, address operator) external;

    /// @notice Makes transfers of an account ask how many of its units are locked. Only the office of votes.
    function setLocked(address account, AssetId id, bool locked) external;

    /// @notice Moves what a lost account has of these assets to its recorded successor: units with their revenue, the holding
    /// right and the operation, in every state of the asset. Anyone.
    /// @dev Reverts with `Assets_NoSuccessor`, `Assets_Inactive` for a successor that is not active, `Assets_Unknown`, and
    /// with the errors of the successor's own receiver hook.
    function handOver(address account, AssetId[] calldata ids) external;

    /// @notice Replaces the derivation gate. Requires the role STEWARD.
    function setDerivationGate(IDerivationGate gate) external;

    /// @notice Pays revenue to the parents' shares and to everyone who holds fractions now. Anyone, in every state.
    /// @dev Pulls `amount` from the caller, who has approved this contract. Parents' shares are rounded down. Reverts with
    /// `Assets_Unknown`, `Assets_NothingToDistribute` for an amount of zero, `Assets_CurrencyShort` where less or more arrives.
    function distribute(AssetId id, uint256 amount) external;

    /// @notice Distributes what arrived from derived assets. Anyone, in every state.
    /// @dev Reverts with `Assets_Unknown`, `Assets_NothingToDistribute`.
    function pushDue(AssetId id) external returns (uint256 amount);

    /// @notice Pays out the caller's revenue of these assets. Caller and recipient are active.
    /// @dev Passes over assets without revenue, unknown ones too; reverts with `Assets_NothingToClaim` where all are.
    function claim(AssetId[] calldata ids, address to) external;

    /// @notice Pays out what did not fit into a revenue total. Only the account or its recorded successor; caller and
    /// recipient are active.
    /// @dev Reverts with `Assets_NotPayee`, `Assets_NothingToWithdraw`.
    function withdrawExcess(address account, address currency, address to) external returns (uint256 amount);

    /// @notice The id that a registration by this holder with this first root gets.
    function assetIdOf(address holder, bytes32 root) external view returns (AssetId);

    /// @notice An asset as it is now. Reverts with `Assets_Unknown`.
    function assetOf(AssetId id) external view returns (Asset memory);

    /// @notice The state of an asset, `None` for an unknown id.
    function statusOf(AssetId id) external view returns (AssetStatus);

    /// @notice Who publishes an asset's releases. Reverts with `Assets_Unknown`.
    function operatorOf(AssetId id) external view returns (address);

    /// @notice What an asset was derived from, in the order of registration; empty for nothing and for an unknown id.
    function parentsOf(AssetId id) external view returns (Parent[] memory);

    /// @notice Up to `limit` assets that were derived from this one, from the `from`-th on (the first is 0), in the order of
    /// registration; empty for an unknown id.
    function childrenOf(AssetId id, uint256 from, uint256 limit) external view returns (AssetId[] memory);

    /// @notice How many assets were derived from this one; 0 for an unknown id.
    function childCountOf(AssetId id) external view returns (uint256);

    /// @notice Hash of a release, zero where there is none.
    function releaseOf(AssetId id, uint32 number) external view returns (bytes32 hash);

    /// @notice The latest release: its number and its hash. Reverts with `Assets_Unknown`.
    function latest(AssetId id) external view returns (uint32 number, bytes32 hash);

    /// @notice Whether this is the release that was published under that number.
    function isRelease(AssetId id, uint32 number, Release calldata release) external view returns (bool);

    /// @notice The number of an asset's fractions; 0 for an unknown id.
    function totalSupply(uint256 id) external view returns (uint256);

    /// @notice How many accounts hold units, where the policy counts them; else 0.
    function holderCountOf(AssetId id) external view returns (uint64);

    /// @notice First second at which a suspension is over; 0 where there is none.
    function suspendedUntil(AssetId id) external view returns (uint48);

    /// @notice First second at which a freeze is over; 0 where there is none.
    function frozenUntil(address account, uint256 id) external view returns (uint48);

    /// @notice Who is asked when a derived asset is registered.
    function derivationGate() external view returns (IDerivationGate);

    /// @notice Revenue of an account that it could claim now.
    function claimable(AssetId id, address account) external view returns (uint256);

    /// @notice Revenue from derived assets that waits to be distributed.
    function due(AssetId id) external view returns (uint256);

    /// @notice What waits for an account because it did not fit a revenue total; 0 for nothing.
    function excessOf(address account, address currency) external view returns (uint256);

    /// @notice What a seller of licences needs to know; all zero for an unknown asset.
    function onOffer(AssetId id) external view returns (Standing memory);

    /// @notice What a market needs to know before a sale at `price`; at price 0, of no receiver of a royalty. Reverts with
    /// `Assets_Unknown`.
    function termsOfSale(AssetId id, uint256 price) external view returns (SaleTerms memory);

    /// @notice Whether a transfer would go through, and if not, the selector of the error that it would revert with.
    /// @dev Does not foresee what the receiver's own hook does.
    function explainTransfer(
        address operator,
        address from,
        address to,
        uint256 id,
        uint256 units
    ) external view returns (bool ok, bytes4 reason);
}
