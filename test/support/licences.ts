import { type Signer, SigningKey, type TypedDataDomain } from "ethers";
import type { AgreementStruct, OfferStruct } from "../../typechain-types/contracts/licences/ILicenceRegistry.ts";
import type { PlanStruct, SubscriptionStruct } from "../../typechain-types/contracts/licences/ISubscriptions.ts";
import { ethers, type System, WINDOWS } from "./deploy.ts";

const { duration: SECONDS, blocks: BLOCKS } = WINDOWS.licence;

/** The encryption key of every licensee here. */
export const LICENSEE_KEY = ethers.id("licensee");

/** Coordinates of a private key's point. */
export function pointOf(privateKey: string): { readonly x: bigint; readonly y: bigint } {
  const hex = new SigningKey(privateKey).publicKey;
  return { x: BigInt(ethers.dataSlice(hex, 1, 33)), y: BigInt(ethers.dataSlice(hex, 33)) };
}

/** A licence for a year to the first release, at one unit of the currency, delivered by `alice` without a bond. */
export function offer(system: System, asset: bigint, changes: Partial<OfferStruct> = {}): OfferStruct {
  return {
    operator: system.operator.address,
    asset,
    release: 1n,
    termsHash: ethers.id("terms"),
    price: 1_000_000n,
    duration: 31_536_000n,
    quota: 10n,
    credential: ethers.ZeroHash,
    tier: 0n,
    derivation: false,
    custodian: system.alice.address,
    bond: 0n,
    answerFee: 1_000n,
    deliverySeconds: SECONDS,
    deliveryBlocks: BLOCKS,
    disputeSeconds: SECONDS,
    disputeBlocks: BLOCKS,
    policyVersion: 1n,
    maxFeeBps: 500n,
    expiry: 4_102_444_800n,
    nonce: 0n,
    ...changes,
  };
}

export function agreement(terms: OfferStruct, licensee: string, nonce = 0n): AgreementStruct {
  const { x, y } = pointOf(LICENSEE_KEY);
  return { offer: terms, licensee, keyX: x, keyY: y, nonce };
}

/** The releases of a year, the first one at one unit of the currency and the rest at twelve. */
export function subscription(
  terms: OfferStruct,
  licensee: string,
  changes: Partial<PlanStruct> = {},
): SubscriptionStruct {
  const { x, y } = pointOf(LICENSEE_KEY);
  const plan = { entry: terms, rest: 12_000_000n, term: 31_536_000n, ...changes };
  return { plan, licensee, keyX: x, keyY: y, nonce: 0n };
}

export async function licencesDomain({ licences }: System): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Cadastre Licences", version: "1", chainId, verifyingContract: await licences.getAddress() };
}

export async function subscriptionsDomain({ subscriptions }: System): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  const verifyingContract = await subscriptions.getAddress();
  return { name: "Cadastre Subscriptions", version: "1", chainId, verifyingContract };
}

/** What EIP-712 calls the structs, as the contracts' headers say; kept apart from the package on purpose. */
const OFFER =
  "address operator,uint256 asset,uint32 release,bytes32 termsHash,uint96 price,uint48 duration,uint64 quota," +
  "bytes32 credential,uint8 tier,bool derivation,address custodian,uint96 bond,uint96 answerFee,uint24 deliverySeconds," +
  "uint24 deliveryBlocks,uint24 disputeSeconds,uint24 disputeBlocks,uint32 policyVersion,uint16 maxFeeBps,uint48 expiry," +
  "uint64 nonce";
const fields = (text: string) =>
  text.split(",").map((field) => {
    const [type, name] = field.split(" ");
    return { name: name!, type: type! };
  });
export const OFFER_TYPES = { Offer: fields(OFFER) };
export const AGREEMENT_TYPES = {
  Agreement: fields("Offer offer,address licensee,uint256 keyX,uint256 keyY,uint256 nonce"),
  ...OFFER_TYPES,
};
export const PLAN_TYPES = { Plan: fields("Offer entry,uint96 rest,uint48 term"), ...OFFER_TYPES };
export const SUBSCRIPTION_TYPES = {
  Subscription: fields("Plan plan,address licensee,uint256 keyX,uint256 keyY,uint64 nonce"),
  ...PLAN_TYPES,
};

export async function signOffer(system: System, signer: Signer, terms: OfferStruct): Promise<string> {
  return signer.signTypedData(await licencesDomain(system), OFFER_TYPES, terms);
}

export async function signPlan(system: System, signer: Signer, plan: PlanStruct): Promise<string> {
  return signer.signTypedData(await subscriptionsDomain(system), PLAN_TYPES, plan);
}
