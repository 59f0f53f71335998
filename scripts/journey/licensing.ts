import { open } from "@cadastre/sealed";
import { type Hex, keccak256, parseEventLogs, type TransactionReceipt, toBytes, zeroHash } from "viem";
import { generatePrivateKey } from "viem/accounts";
import type { AccountName } from "../support/accounts.ts";
import { blockTime } from "../support/clock.ts";
import { type Csv, csvBytes } from "../support/datasets.ts";
import {
  type Agreement,
  agreementOf,
  type ChainDelivery,
  deliveryFor,
  keyIn,
  licenceIdOf,
  type Offer,
  proofFor,
  signOffer,
} from "../support/licences.ts";
import type { SealedRelease } from "../support/sealing.ts";
import { money } from "../support/table.ts";
import type { Journey } from "./journey.ts";
import { LICENCES } from "./model.ts";
import { keepTerms } from "./papers.ts";
import { approveMoney } from "./trading.ts";

const YEAR = 365 * 86_400;
const BPS = 10_000n;

/** Seconds and least blocks to deliver, and to dispute. */
export const WINDOW = { duration: 60, blocks: 2 };
export const BOND = 2_000_000n;
export const ANSWER_FEE = 500_000n;

/** A licence that somebody agreed to, with who is who and what was sealed. */
export interface Deal {
  readonly id: Hex;
  readonly agreement: Agreement;
  readonly label: string;
  readonly licensee: AccountName;
  readonly custodian: AccountName;
  readonly release: SealedRelease;
}

/** Terms of an asset's operator for a release of it; the price is in base units. */
export async function offerOf(
  journey: Journey,
  label: string,
  terms: { readonly custodian: AccountName; readonly release: number; readonly price: bigint } & Partial<
    Omit<Offer, "custodian" | "release" | "price" | "operator" | "asset" | "termsHash">
  >,
): Promise<Offer> {
  const { assets, licences } = journey.contracts;
  const { client } = journey.chain;
  const { id } = journey.asset(label);
  const operator = await client.readContract({ ...assets, functionName: "operatorOf", args: [id] });
  const sale = await client.readContract({ ...assets, functionName: "termsOfSale", args: [id, 0n] });
  const [feeBps] = await client.readContract({ ...licences, functionName: "feeOf" });
  const use = { operator, asset: id, duration: YEAR, quota: 0n, derivation: false, ...terms };
  return {
    ...{ operator, asset: id, termsHash: await keepTerms(journey, use), duration: YEAR, quota: 0n },
    ...{ credential: zeroHash, tier: 0, derivation: false, bond: BOND, answerFee: ANSWER_FEE },
    ...{ deliverySeconds: WINDOW.duration, deliveryBlocks: WINDOW.blocks },
    ...{ disputeSeconds: WINDOW.duration, disputeBlocks: WINDOW.blocks },
    ...{ policyVersion: sale.policyVersion, maxFeeBps: feeBps, expiry: (await blockTime(journey.chain)) + YEAR },
    nonce: 0n,
    ...terms,
    custodian: journey.address(terms.custodian),
  };
}

/** The secret for which keys are wrapped to somebody; its point is public and lasts. */
export function secretOf(journey: Journey, who: AccountName): Uint8Array {
  const secret = journey.secrets.get(who) ?? toBytes(generatePrivateKey());
  journey.secrets.set(who, secret);
  return secret;
}

/** A custodian puts up what it loses if it is at fault. */
export async function putUpBond(journey: Journey, custodian: AccountName, label: string, amount = BOND): Promise<void> {
  const { licences } = journey.contracts;
  await approveMoney(journey, custodian, amount, licences.address);
  await journey.act(custodian, `puts up a bond of ${money(amount)} for ${label}`, {
    ...licences,
    functionName: "depositBond",
    args: [journey.asset(label).id, amount],
  });
  journey.model.pay(custodian, LICENCES, amount);
}

/** Signed by the operator, taken by the licensee: money in escrow. */
export async function buy(journey: Journey, licensee: AccountName, label: string, offer: Offer): Promise<Deal> {
  const { chain, contracts } = journey;
  const deal = await dealOf(journey, licensee, label, offer);
  const signature = await signOffer(chain, contracts, offer);
  await approveMoney(journey, licensee, offer.price, contracts.licences.address);
  await journey.act(licensee, `buys a licence to release ${offer.release} of ${label} for ${money(offer.price)}`, {
    ...contracts.licences,
    functionName: "buy",
    args: [deal.agreement, signature],
  });
  journey.model.pay(licensee, LICENCES, offer.price);
  return deal;
}

/** What a licensee would agree to. */
export async function dealOf(journey: Journey, licensee: AccountName, label: string, offer: Offer): Promise<Deal> {
  const nonce = BigInt(journey.deals);
  journey.deals += 1;
  const agreement = agreementOf(offer, journey.address(licensee), secretOf(journey, licensee), nonce);
  return dealAbout(journey, licensee, label, agreement);
}

export function dealAbout(journey: Journey, licensee: AccountName, label: string, agreement: Agreement): Deal {
  const { chain, contracts } = journey;
  const release = journey.asset(label).releases[agreement.offer.release - 1];
  if (release === undefined) throw new Error(`the journey has not published release ${agreement.offer.release}`);
  const custodian = journey.nameOf(agreement.offer.custodian) as AccountName;
  return { id: licenceIdOf(chain, contracts, agreement), agreement, label, licensee, custodian, release };
}

/** The custodian wraps a key for the licensee and posts it: that of the release, unless another is given. */
export async function deliver(journey: Journey, deal: Deal, key = deal.release.sealed.key): Promise<ChainDelivery> {
  const { licences } = journey.contracts;
  const { id, agreement, custodian, label, licensee } = deal;
  const delivery = deliveryFor(id, agreement, key);
  const receipt = await journey.act(custodian, `delivers the key of ${label}, wrapped for ${licensee}`, {
    ...licences,
    functionName: "deliver",
    args: [agreement.offer.asset, id, delivery],
  });
  return deliveryIn(journey, receipt);
}

/** What a delivery left on chain, where the licensee finds it. */
function deliveryIn(journey: Journey, { logs }: TransactionReceipt): ChainDelivery {
  const { abi } = journey.contracts.licences;
  const [event] = parseEventLogs({ abi, eventName: "KeyDelivered", logs });
  if (event === undefined) throw new Error("no key was delivered");
  return event.args.delivery;
}

/** The licensee unwraps the key and opens the data: every block is what was registered. */
export function openData(journey: Journey, deal: Deal, delivery: ChainDelivery): Uint8Array {
  const { id, agreement, release, licensee } = deal;
  const key = keyIn(id, agreement, delivery, secretOf(journey, licensee), release);
  return open({ manifest: release.sealed.manifest, stored: release.sealed.stored, key });
}

/** The data, opened, is the source file to the byte. */
export function checkBytes(journey: Journey, deal: Deal, delivery: ChainDelivery, source: Csv): void {
  const opened = openData(journey, deal, delivery);
  const expected = csvBytes(source);
  journey.check(
    `bytes of release ${deal.agreement.offer.release} of ${deal.label} that ${deal.licensee} opened, and their hash`,
    `${expected.length} ${keccak256(expected)}`,
    `${opened.length} ${keccak256(opened)}`,
  );
}

export function proofOf(journey: Journey, deal: Deal, delivery: ChainDelivery) {
  return proofFor(deal.id, deal.agreement, delivery, secretOf(journey, deal.licensee));
}

/** What the contract of disputes is shown of a licence. */
export function caseOf({ agreement, release }: Deal, delivery: ChainDelivery) {
  const { sealed: _, ...registered } = release;
  return { agreement, release: registered, delivery };
}

/** The price goes to the market and to the asset's fractions: by the licensee at once, or by anybody after the window. */
export async function settle(journey: Journey, who: AccountName, deal: Deal): Promise<void> {
  const { licences } = journey.contracts;
  const { agreement, label, licensee } = deal;
  await journey.act(who, who === licensee ? `accepts the key of ${label}` : `settles the licence of ${licensee}`, {
    ...licences,
    functionName: "settle",
    args: [agreement],
  });
  await earnFor(journey, label, agreement.offer.price);
}

/** Anybody may ask for what is due to the licensee; while its window is open, the licensee itself. */
export async function refund(journey: Journey, who: AccountName, deal: Deal): Promise<void> {
  const { licences } = journey.contracts;
  const { agreement, licensee } = deal;
  const back = money(agreement.offer.price);
  await journey.act(who, who === licensee ? `has ${back} back` : `has ${back} paid back to ${licensee}`, {
    ...licences,
    functionName: "refund",
    args: [agreement],
  });
  journey.model.pay(LICENCES, licensee, agreement.offer.price);
}

/** The model's settlement: the market fee waits, the rest is distributed. */
async function earnFor(journey: Journey, label: string, price: bigint): Promise<void> {
  const { licences } = journey.contracts;
  const [feeBps] = await journey.chain.client.readContract({ ...licences, functionName: "feeOf" });
  const fee = (price * BigInt(feeBps)) / BPS;
  if (price > 0n) journey.model.distribute(label, LICENCES, price - fee);
  journey.fees.licences += fee;
}

export async function statusOf(journey: Journey, { id, agreement }: Deal): Promise<string> {
  const { status } = await journey.chain.client.readContract({
    ...journey.contracts.licences,
    functionName: "licenceOf",
    args: [agreement.offer.asset, id],
  });
  return STATUS[status] ?? `${status}`;
}

const STATUS = ["none", "paid", "delivered", "demanded", "settled", "refunded", "revoked"];

export function isLicensed(journey: Journey, who: AccountName, label: string): Promise<boolean> {
  return journey.chain.client.readContract({
    ...journey.contracts.licences,
    functionName: "isLicensed",
    args: [journey.address(who), journey.asset(label).id],
  });
}
