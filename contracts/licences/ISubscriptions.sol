// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {LicenceStatus} from "../types/LicenceWord.sol";
import {Permit} from "../types/Permit.sol";
import {Deadline} from "../types/Window.sol";
import {IPayments} from "./IPayments.sol";
import {Agreement} from "./LicenceTypes.sol";
import {Plan, Subscription, SubscriptionId, SubscriptionState, SubscriptionStatus} from "./SubscriptionTypes.sol";

/// @title Subscriptions to the releases of an asset
/// @notice Each release is a licence of its own in the registry of licences, with its own delivery, disputes and refund. Here lies
/// what is earned evenly meanwhile. Releases follow one another: the next one is owed once the key of the last one is settled.
interface ISubscriptions is IPayments {
    event PlanPosted(bytes32 indexed planHash, AssetId indexed asset, address indexed operator, Plan plan);
    event Subscribed(
        SubscriptionId indexed id,
        AssetId indexed asset,
        address indexed licensee,
        Subscription subscription,
        uint16 feeBps
    );
    /// @notice The key of a release is due.
    event ReleaseOpened(
        SubscriptionId indexed id,
        AssetId indexed asset,
        uint32 indexed release,
        LicenceId licence,
        bool late
    );
    /// @param accrued seconds of the term that are earned so far
    /// @param amount what was paid out now, `fee` of it to the market
    event SubscriptionEarned(
        SubscriptionId indexed id,
        AssetId indexed asset,
        uint48 accrued,
        uint256 amount,
        uint256 fee
    );
    event SubscriptionCancelled(SubscriptionId indexed id, AssetId indexed asset, Deadline until);
    /// @param by the operator who ended it with a reason, or nobody where it was over
    event SubscriptionClosed(
        SubscriptionId indexed id,
        AssetId indexed asset,
        address indexed by,
        bytes32 reason,
        uint256 refund
    );

    error Subscriptions_NotLicensee(address licensee, address caller);
    error Subscriptions_NotOperator(AssetId asset, address operator, address caller);
    error Subscriptions_OfferExpired(uint48 expiry, uint256 time);
    error Subscriptions_OfferCancelled(address operator, uint64 nonce);
    error Subscriptions_BadSignature(bytes32 planHash, address operator);
    error Subscriptions_Inactive(address account);
    error Subscriptions_PlanAlreadyPosted(bytes32 planHash);
    error Subscriptions_BadTerm(uint48 term, uint48 duration, uint48 limit);
    error Subscriptions_ComputeOnly();
    error Subscriptions_AlreadySubscribed(SubscriptionId id);
    error Subscriptions_WrongStatus(SubscriptionId id, SubscriptionStatus status);
    error Subscriptions_Over(SubscriptionId id, Deadline until);
    error Subscriptions_KeyPending(SubscriptionId id, LicenceId licence, LicenceStatus status);
    error Subscriptions_NotNext(SubscriptionId id, uint32 release, uint32 asked);
    error Subscriptions_NotOver(SubscriptionId id, Deadline until);
    error Subscriptions_NoReason();

    /// @notice Publishes a plan in place of a signature. Only the asset's operator, who is active. The number that cancels it is its
    /// entry offer's.
    function post(Plan calldata plan) external returns (bytes32 planHash);

    /// @notice Takes a plan: pays entry price and rest. The caller is the subscriber; what holds for a buyer holds for it.
    /// @param signature the operator's, EIP-712, type `Plan`, domain ("Cadastre Subscriptions", "1", chain, this contract); empty for
    /// a plan that was posted
    function subscribe(
        Subscription calldata subscription,
        bytes calldata signature
    ) external returns (SubscriptionId id);

    /// @notice The same, with the allowance in the same call.
    function subscribeWithPermit(
        Subscription calldata subscription,
        bytes calldata signature,
        Permit calldata permit
    ) external returns (SubscriptionId id);

    /// @notice Makes the key of a published release due: of the next one that is not faulty once the last key is settled, or of
    /// the last one again if its deadline was missed and its money went back. Anyone.
    function open(Subscription calldata subscription, uint32 release) external returns (LicenceId licence);

    /// @notice Pays out what is earned by now. Anyone.
    function earn(Subscription calldata subscription) external returns (uint256 amount);

    /// @notice Ends it after a notice as long as a delivery and its dispute. Only the subscriber.
    function cancel(Subscription calldata subscription) external returns (Deadline until);

    /// @notice Pays out what is earned and gives the rest back: once it is over and no key is pending, or at once where a dispute was
    /// won, the operator revoked a licence, or the first key never came. Anyone.
    function close(Subscription calldata subscription) external;

    /// @notice Ends it at once, with the hash of a cause; what is not earned goes back, and licences that are settled go on. Only the
    /// asset's operator.
    function revoke(Subscription calldata subscription, bytes32 reason) external;

    function stateOf(SubscriptionId id) external view returns (SubscriptionState memory);

    /// @notice What `earn` would pay out now, in base units, and the seconds that are earned.
    function earned(Subscription calldata subscription) external view returns (uint256 amount, uint48 accrued);

    /// @notice The agreement of the licence that was opened last, once it is closed too; deliveries and disputes ask for it.
    function currentAgreement(Subscription calldata subscription) external view returns (Agreement memory);

    /// @notice The agreement of any release's licence.
    /// @param attempt how often the release was opened before
    function agreementOf(
        Subscription calldata subscription,
        uint32 release,
        uint32 attempt
    ) external view returns (Agreement memory);

    /// @notice Whether `subscribe` by the subscriber would go through, but for the payment, and if not, the selector of the error that
    /// it would revert with.
    function explainSubscribe(
        Subscription calldata subscription,
        bytes calldata signature
    ) external view returns (bool ok, bytes4 reason);

    function isPlanPosted(bytes32 planHash) external view returns (bool);

    function hashPlan(Plan calldata plan) external view returns (bytes32);

    function hashSubscription(Subscription calldata subscription) external view returns (SubscriptionId);
}
