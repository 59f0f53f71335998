// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AssetId} from "../types/AssetId.sol";
import {LicenceId} from "../types/LicenceId.sol";
import {LicenceStatus} from "../types/LicenceWord.sol";
import {Permit} from "../types/Permit.sol";
import {Deadline, Window} from "../types/Window.sol";
import {IPayments} from "./IPayments.sol";
import {Agreement, Bond, Delivery, Fault, Licence, Offer} from "./LicenceTypes.sol";

/// @title Licences to use data
/// @notice Offers, agreements, the escrow of their money, and the delivery of their keys.
/// @dev Calls that need an agreement take all of it: its hash is the licence's id.
interface ILicenceRegistry is IPayments {
    event OfferPosted(bytes32 indexed offerHash, AssetId indexed asset, address indexed operator, Offer offer);
    event OfferCancelled(address indexed operator, uint64 indexed nonce);
    /// @param deliverBy when the licensee may have its money back
    /// @param feeBps market fee that the settlement will take, in basis points
    event LicenceBought(
        LicenceId indexed id,
        AssetId indexed asset,
        address indexed licensee,
        Agreement agreement,
        Deadline deliverBy,
        uint16 feeBps
    );
    /// @param disputeBy when anybody may settle
    event KeyDelivered(
        LicenceId indexed id,
        AssetId indexed asset,
        address indexed custodian,
        Delivery delivery,
        Deadline disputeBy
    );
    /// @notice A compute-only licensee was let in.
    event AccessGranted(LicenceId indexed id, AssetId indexed asset, address indexed custodian, Deadline disputeBy);
    /// @param fee what of `amount` the market keeps; the rest was distributed to the asset's fractions
    /// @param until first second at which the licence is over
    event LicenceSettled(LicenceId indexed id, AssetId indexed asset, uint256 amount, uint256 fee, uint48 until);
    event LicenceRefunded(LicenceId indexed id, AssetId indexed asset, address indexed licensee, uint256 amount);
    event LicenceRevoked(
        LicenceId indexed id,
        AssetId indexed asset,
        address indexed by,
        bytes32 reason,
        uint256 refund
    );
    event LicenceRenewed(LicenceId indexed id, LicenceId indexed former);
    /// @param penalty what of the custodian's bond went to the licensee
    event FaultShown(LicenceId indexed id, AssetId indexed asset, uint32 indexed release, Fault fault, uint256 penalty);
    event ReleaseFaulted(AssetId indexed asset, uint32 indexed release, Deadline since);
    event BlockDemanded(LicenceId indexed id, AssetId indexed asset, Deadline answerBy);
    event BlockAnswered(LicenceId indexed id, AssetId indexed asset, Deadline disputeBy);
    /// @param used by the licence so far, these uses included
    /// @param receipt hash of the custodian's receipt
    event UsesConsumed(LicenceId indexed id, AssetId indexed asset, uint64 uses, uint64 used, bytes32 receipt);
    event BondDeposited(address indexed custodian, AssetId indexed asset, uint256 amount);
    event BondWithdrawn(address indexed custodian, AssetId indexed asset, address to, uint256 amount);
    event LicenceFeeChanged(uint16 feeBps, address receiver);
    event Connected(address disputes, address subscriptions);

    error Licences_ZeroAddress();
    error Licences_NotOperator(AssetId asset, address operator, address caller);
    error Licences_NotLicensee(address licensee, address caller);
    error Licences_NotCustodian(address custodian, address caller);
    error Licences_OnlyDisputes(address disputes, address caller);
    error Licences_OnlySubscriptions(address subscriptions, address caller);
    error Licences_AlreadyConnected(address disputes, address subscriptions);
    error Licences_OfferExpired(uint48 expiry, uint256 time);
    error Licences_OfferCancelled(address operator, uint64 nonce);
    error Licences_OfferAlreadyPosted(bytes32 offerHash);
    error Licences_BadSignature(bytes32 offerHash, address operator);
    error Licences_PolicyChanged(AssetId asset, uint32 signed, uint32 current);
    error Licences_FeeAboveOffer(uint256 feeBps, uint256 limitBps);
    error Licences_FeeTooHigh(uint256 feeBps, uint256 limitBps);
    error Licences_AssetNotOffered(AssetId asset);
    error Licences_ReleaseUnknown(AssetId asset, uint32 release);
    error Licences_ReleaseFaulty(AssetId asset, uint32 release, Deadline since);
    error Licences_WindowTooShort(uint256 duration, uint256 blocks, Window least);
    error Licences_WindowTooLong(uint256 duration, uint256 limit);
    error Licences_Inactive(address account);
    error Licences_CredentialMissing(address licensee, bytes4 reason);
    error Licences_KeyNotOnCurve(uint256 x, uint256 y);
    error Licences_AlreadyBought(LicenceId id);
    error Licences_WrongStatus(LicenceId id, LicenceStatus status);
    error Licences_WrongTier(LicenceId id);
    error Licences_DeliveryOver(LicenceId id, Deadline end);
    error Licences_DeliveryOpen(LicenceId id, Deadline end);
    error Licences_DisputeOpen(LicenceId id, Deadline end);
    error Licences_DisputeOver(LicenceId id, Deadline end);
    error Licences_AnswerOpen(LicenceId id, Deadline end);
    error Licences_AnswerOver(LicenceId id, Deadline end);
    error Licences_LengthsDiffer(uint256 licences, uint256 deliveries);
    error Licences_BondTooSmall(address custodian, AssetId asset, uint256 free, uint256 needed);
    error Licences_NoReason();
    error Licences_Over(LicenceId id, uint256 end);
    error Licences_NotMetered(LicenceId id);
    error Licences_QuotaExceeded(LicenceId id, uint64 left, uint64 uses);
    error Licences_NothingToConsume(LicenceId id);
    error Licences_OtherTerms(LicenceId former, LicenceId next);
    error Licences_None(address account, AssetId asset);
    error Licences_NotSettled(LicenceId id, LicenceStatus status);
    error Licences_OfSubscription(LicenceId id);

    /// @notice Publishes an offer in place of a signature. Only the asset's operator, who is active.
    function post(Offer calldata offer) external returns (bytes32 offerHash);

    /// @notice Cancels every offer of the caller with this nonce, for good.
    function cancelOffer(uint64 nonce) external;

    /// @notice Takes an offer: pays its price into escrow. The caller is the licensee; it has the credential, and it and the operator
    /// are active.
    /// @dev `buy(Agreement(offer, licensee, keyX, keyY, 1), signature)`, the operator's signature over the offer; empty for an
    /// offer that was posted. The price is part of what the licensee signs, so no more can be taken. Pulls from an allowance.
    function buy(Agreement calldata agreement, bytes calldata signature) external returns (LicenceId id);

    /// @notice The same, with the allowance in the same call.
    function buyWithPermit(
        Agreement calldata agreement,
        bytes calldata signature,
        Permit calldata permit
    ) external returns (LicenceId id);

    /// @notice Delivers the key, once. Only the custodian of the licence, in time, with a bond; an asset that is suspended does
    /// not hinder it.
    function deliver(AssetId asset, LicenceId id, Delivery calldata delivery) external;

    /// @notice Delivers to many licensees of one asset.
    function deliverMany(AssetId asset, LicenceId[] calldata ids, Delivery[] calldata deliveries) external;

    /// @notice Lets a compute-only licensee in. Only the custodian, in time, with a bond.
    function grantAccess(AssetId asset, LicenceId id) external;

    /// @notice Pays the price out: market fee, then the asset's fractions, in every state of the asset. Anyone once the dispute
    /// window is over; the licensee, who so accepts, at once.
    function settle(Agreement calldata agreement) external;

    /// @notice Pays the money back: no key in time, or the release was shown to be faulty while the window was open. Anyone;
    /// while the window of a delivered key is open, the licensee alone. A demand that was not answered in time is closed instead.
    function refund(Agreement calldata agreement) external;

    /// @notice Ends a licence, with the hash of a cause. Only the asset's operator, who is active. Up to the end of the dispute window
    /// all of the money goes back; after the settlement the caller pays for the time that is left, rounded up. In between there is
    /// nothing to revoke: it is settled, or a demand that was not answered is closed. Of a subscription's licences none is revoked
    /// after its settlement: the subscription is.
    function revoke(Agreement calldata agreement, bytes32 reason) external;

    /// @notice Takes an offer for the same release, whose key the licensee has from a former licence: settled at once.
    function renew(
        Agreement calldata former,
        Agreement calldata next,
        bytes calldata signature
    ) external returns (LicenceId id);

    /// @notice Counts uses of a metered licence. Only its custodian, while it runs.
    /// @param receipt hash of the receipt that the custodian gave
    function consume(Agreement calldata agreement, uint64 uses, bytes32 receipt) external;

    /// @notice Makes a licence that runs the one that `isLicensed` looks at, unless another one runs longer: what it looked at may
    /// have been revoked, or bought later and not delivered. Anyone.
    function choose(Agreement calldata agreement) external;

    /// @notice Puts up a bond for an asset, in its currency. Anyone, for itself.
    function depositBond(AssetId asset, uint96 amount) external;

    /// @notice Takes back what of a bond stands for no open delivery.
    function withdrawBond(AssetId asset, uint128 amount, address to) external;

    /// @notice Sets the market fee and who receives it. Requires the role STEWARD.
    function setFee(uint16 feeBps, address receiver) external;

    /// @notice Names the contract that decides disputes, and the one that keeps subscriptions, once. Requires the role ADMIN.
    function connect(address disputes_, address subscriptions_) external;

    /// @notice Records a licence that a subscription owes its subscriber, and draws its price from the caller. Only the contract of
    /// subscriptions, which answers for the agreement.
    /// @param first whether every other condition of a purchase must hold; of later ones, only that the release is there and not
    /// faulty
    function admit(Agreement calldata agreement, bool first) external returns (LicenceId id);

    /// @notice Carries out what a dispute has shown: refund; the bond, but for `Content`; and, but for `Key`, a fault of the
    /// release. While the window is open, and for `Missing` once the time to answer is over. Only the contract of disputes.
    function rule(Agreement calldata agreement, Fault fault) external;

    /// @notice Takes the licensee's deposit, and stops the dispute window until the custodian has answered. Only the contract of
    /// disputes, which the licensee asked.
    function demand(Agreement calldata agreement) external returns (Deadline answerBy);

    /// @notice Pays the deposit to the custodian, and starts the dispute window anew. Only the contract of disputes.
    function answer(Agreement calldata agreement) external returns (Deadline disputeBy);

    /// @notice Whether the current licence of the account is a settled one that runs now, or a delivered one whose window is open. Once
    /// the window is over, `settle` comes first.
    function isLicensed(address account, AssetId asset) external view returns (bool);

    /// @notice `isLicensed` for an active account, and if not, why: the selector of an error.
    function explainUse(address account, AssetId asset) external view returns (bool ok, bytes4 reason);

    /// @notice The licence that `isLicensed` looks at: of those of this account, the one that runs longest.
    function currentLicence(address account, AssetId asset) external view returns (LicenceId);

    function licenceOf(AssetId asset, LicenceId id) external view returns (Licence memory);

    /// @notice Whether `buy` would go through, and if not, the selector of the error that it would revert with.
    function explainBuy(
        Agreement calldata agreement,
        bytes calldata signature
    ) external view returns (bool ok, bytes4 reason);

    /// @notice Reverts as `admit` of a first licence would revert now, but for its caller and the payment.
    function checkAdmission(Agreement calldata agreement) external view;

    function hashOffer(Offer calldata offer) external view returns (bytes32);

    /// @notice The id that a licence with this agreement has.
    function hashAgreement(Agreement calldata agreement) external view returns (LicenceId);

    function isOfferCancelled(address operator, uint64 nonce) external view returns (bool);

    function isOfferPosted(bytes32 offerHash) external view returns (bool);

    function bondOf(address custodian, AssetId asset) external view returns (Bond memory);

    /// @notice When a release was first shown to be faulty; none where it was not.
    function faultOf(AssetId asset, uint32 release) external view returns (Deadline);

    /// @notice Uses that were counted for a licence.
    function usedOf(LicenceId id) external view returns (uint64);

    function feeOf() external view returns (uint16 feeBps, address receiver);

    /// @notice Shortest dispute and delivery window that an offer may have.
    function leastWindow() external view returns (Window memory);

    function disputes() external view returns (address);

    function subscriptions() external view returns (address);
}
