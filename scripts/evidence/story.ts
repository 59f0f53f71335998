import {
  agreementTypedData,
  dataAssetAbi,
  disputesAbi,
  licenceRegistryAbi,
  offerTypedData,
  planTypedData,
  subscriptionsAbi,
} from "@cadastre/abi";
import {
  type Abi,
  type Address,
  type ContractEventName,
  encodeAbiParameters,
  erc20Abi,
  getAbiItem,
  getAddress,
  type Hex,
  hashTypedData,
  isAddressEqual,
  keccak256,
  type Log,
  numberToHex,
  type ParseEventLogsReturnType,
  parseEventLogs,
  recoverTransactionAddress,
  type TransactionSerialized,
} from "viem";
import { callsIn } from "./calls.ts";
import type { Block, Record, Transaction } from "./model.ts";

const ABIS = {
  assets: dataAssetAbi,
  licences: licenceRegistryAbi,
  disputes: disputesAbi,
  subscriptions: subscriptionsAbi,
} as const;
type Contract = keyof typeof ABIS;

/** When and by which transaction something happened. */
export interface Moment {
  readonly transaction: Transaction;
  readonly block: Block;
}

type Args<abi extends Abi, name extends ContractEventName<abi>> = ParseEventLogsReturnType<
  abi,
  name,
  true
>[number]["args"];
export type Event<contract extends Contract, name extends ContractEventName<(typeof ABIS)[contract]>> = Moment & {
  readonly args: Args<(typeof ABIS)[contract], name>;
};

export type Agreement = Event<"licences", "LicenceBought">["args"]["agreement"];
export type Release = Event<"assets", "ReleasePublished">["args"]["release"];
export type Delivery = Event<"licences", "KeyDelivered">["args"]["delivery"];

/** How the operator bound itself: by a signature over an offer or a plan, or by posting the offer. */
export type Word = Moment & {
  readonly kind: "offer" | "plan" | "posted";
  /** What was signed or posted, as EIP-712 hashes it. */
  readonly hash: Hex;
  readonly signature?: Hex;
};

/** A release of an asset that the licence is about, directly or by descent. */
export interface Ancestor {
  readonly asset: bigint;
  readonly number: number;
  readonly registered: Event<"assets", "AssetRegistered">;
  readonly first: Event<"assets", "ReleasePublished">;
  readonly published: Event<"assets", "ReleasePublished">;
}

/** A transfer of the asset's currency. */
export type Payment = Moment & { readonly from: Address; readonly to: Address; readonly amount: bigint };

/** What happened to one licence, as its transactions tell it. */
export class Story {
  readonly record: Record;
  readonly #logs: (Log & { contract: Address })[] = [];
  readonly #transactions: ReadonlyMap<Hex, Transaction>;
  readonly #blocks: ReadonlyMap<bigint, Block>;

  constructor(record: Record) {
    this.record = record;
    this.#transactions = new Map(record.transactions.map((transaction) => [transaction.hash, transaction]));
    this.#blocks = new Map(record.blocks.map((block) => [block.number, block]));
    const ordered = [...record.transactions].sort((a, b) => Number(a.block - b.block) || a.index - b.index);
    for (const { hash, block, index, receipt } of ordered) {
      if (receipt.status !== 1) continue;
      for (const [logIndex, log] of receipt.logs.entries()) {
        this.#logs.push({
          ...{ ...log, contract: log.address, blockHash: null, blockNumber: block, logIndex, removed: false },
          ...{ transactionHash: hash, transactionIndex: index, topics: log.topics as Log["topics"] },
        } as Log & { contract: Address });
      }
    }
  }

  get licence(): Hex {
    return this.record.subject.licence;
  }

  momentOf(hash: Hex): Moment {
    const transaction = this.#transactions.get(hash);
    const block = transaction && this.#blocks.get(transaction.block);
    if (transaction === undefined || block === undefined)
      throw new Error(`the transaction or block of ${hash} is missing`);
    return { transaction, block };
  }

  events<contract extends Contract, name extends ContractEventName<(typeof ABIS)[contract]>>(
    contract: contract,
    name: name,
  ): Event<contract, name>[] {
    const address = this.record.subject.contracts[contract];
    const logs = this.#logs.filter((log) => isAddressEqual(log.contract, address));
    const parsed = parseEventLogs({ abi: ABIS[contract] as Abi, eventName: name as string, logs, strict: true });
    return parsed.map(({ args, transactionHash }) => ({
      ...this.momentOf(transactionHash as Hex),
      args,
    })) as unknown as Event<contract, name>[];
  }

  /** Every event of the four contracts in these transactions, in its order. */
  all(): (Moment & { contract: Contract; name: string; args: unknown })[] {
    return this.#logs.flatMap((log) => {
      const contract = (Object.keys(ABIS) as Contract[]).find((name) =>
        isAddressEqual(this.record.subject.contracts[name], log.contract),
      );
      if (contract === undefined) return [];
      const [parsed] = parseEventLogs({ abi: ABIS[contract] as Abi, logs: [log], strict: true });
      if (parsed === undefined) return [];
      return [{ ...this.momentOf(log.transactionHash as Hex), contract, name: parsed.eventName, args: parsed.args }];
    });
  }

  /** Of the registry of licences, about this licence. */
  about<
    name extends
      | "KeyDelivered"
      | "AccessGranted"
      | "LicenceSettled"
      | "LicenceRefunded"
      | "LicenceRevoked"
      | "FaultShown"
      | "BlockDemanded"
      | "BlockAnswered"
      | "UsesConsumed"
      | "LicenceRenewed",
  >(name: name): Event<"licences", name>[] {
    return this.events("licences", name).filter(({ args }) => (args as { id: Hex }).id === this.licence);
  }

  get bought(): Event<"licences", "LicenceBought"> {
    return one(
      this.events("licences", "LicenceBought").filter(({ args }) => args.id === this.licence),
      "purchase of the licence",
    );
  }

  get agreement(): Agreement {
    return this.bought.args.agreement;
  }

  get domain() {
    const { chainId, contracts } = this.record.subject;
    return { ...offerTypedData.domain, chainId, verifyingContract: contracts.licences };
  }

  get offerHash(): Hex {
    return hashTypedData({ ...offerTypedData, domain: this.domain, message: this.agreement.offer });
  }

  idOf(agreement: Agreement): Hex {
    return hashTypedData({ ...agreementTypedData, domain: this.domain, message: agreement });
  }

  /** The subscription that this licence belongs to. */
  get subscription(): Event<"subscriptions", "Subscribed"> | undefined {
    const opened = this.events("subscriptions", "ReleaseOpened").find(({ args }) => args.licence === this.licence);
    if (opened === undefined) return undefined;
    return one(
      this.events("subscriptions", "Subscribed").filter(({ args }) => args.id === opened.args.id),
      "subscription",
    );
  }

  /** How often its release was opened before. */
  get attempt(): number {
    const opened = this.events("subscriptions", "ReleaseOpened").filter(
      ({ args }) => args.release === this.agreement.offer.release && args.id === this.subscription?.args.id,
    );
    return opened.findIndex(({ args }) => args.licence === this.licence);
  }

  planHash(): Hex {
    const { chainId, contracts } = this.record.subject;
    const domain = { ...planTypedData.domain, chainId, verifyingContract: contracts.subscriptions };
    return hashTypedData({ ...planTypedData, domain, message: this.subscription!.args.subscription.plan });
  }

  /** `undefined` where the transaction does not show it, because another contract made it. */
  get word(): Word | undefined {
    const subscribed = this.subscription;
    if (subscribed !== undefined) {
      const { transaction, block } = subscribed;
      const plan = same(subscribed.args.subscription.plan);
      const call = callsIn(transaction.raw, subscriptionsAbi, ["subscribe", "subscribeWithPermit"]).find(
        ({ args }) => same(args[0].plan) === plan,
      );
      return call && { kind: "plan", hash: this.planHash(), signature: call.args[1], transaction, block };
    }
    const { transaction, block } = this.bought;
    const renewed = callsIn(transaction.raw, licenceRegistryAbi, ["renew"]).map(
      ({ args }) => [args[1], args[2]] as const,
    );
    const bought = callsIn(transaction.raw, licenceRegistryAbi, ["buy", "buyWithPermit"]).map(
      ({ args }) => [args[0], args[1]] as const,
    );
    const call = [...bought, ...renewed].find(([agreement]) => this.idOf(agreement) === this.licence);
    if (call === undefined) return undefined;
    const [, signature] = call;
    if (signature !== "0x") return { kind: "offer", hash: this.offerHash, signature, transaction, block };
    const posted = one(
      this.events("licences", "OfferPosted").filter(({ args }) => args.offerHash === this.offerHash),
      "posting of the offer",
    );
    return { kind: "posted", hash: this.offerHash, transaction: posted.transaction, block: posted.block };
  }

  /** The transaction that the licensee signed to be bound. */
  get consent(): Moment {
    return this.subscription ?? this.bought;
  }

  get currency(): Address {
    return getAddress(this.lineage()[0]!.registered.args.currency);
  }

  /** The release that was sold, then those that it was made from, each once. */
  lineage(): Ancestor[] {
    const found: Ancestor[] = [];
    const { asset, release } = this.agreement.offer;
    const waiting = [{ asset, number: release }];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { asset, number } = next;
      if (found.some((known) => known.asset === asset && known.number === number)) continue;
      const name = `asset ${idText(asset)}`;
      const registered = one(
        this.events("assets", "AssetRegistered").filter(({ args }) => args.id === asset),
        `registration of ${name}`,
      );
      const releases = this.events("assets", "ReleasePublished").filter(({ args }) => args.id === asset);
      const numbered = (wanted: number) =>
        one(
          releases.filter(({ args }) => args.number === wanted),
          `release ${wanted} of ${name}`,
        );
      const published = numbered(number);
      found.push({ asset, number, registered, first: numbered(1), published });
      for (const [i, parent] of registered.args.parents.entries()) {
        const from = published.args.release.parentReleases[i];
        if (from === undefined) throw new Error(`release ${number} of ${name} names no release of a parent`);
        waiting.push({ asset: parent.id, number: from });
      }
    }
    return found;
  }

  /** Who operated the asset when the licence was bought. */
  operator(): Address {
    const { asset } = this.agreement.offer;
    const before = ({ transaction }: Moment) => isBefore(transaction, this.consent.transaction);
    let operator = this.lineage()[0]!.registered.args.operator;
    const replaced = this.events("assets", "OperatorReplaced").map((event) => ({ ...event, successor: event.args.to }));
    const handed = this.events("assets", "HandedOver").map((event) => ({ ...event, successor: event.args.successor }));
    for (const change of [...replaced, ...handed].sort((a, b) => (isBefore(a.transaction, b.transaction) ? -1 : 1))) {
      if (change.args.id !== asset || !before(change)) continue;
      const from = "from" in change.args ? change.args.from : change.args.account;
      if (isAddressEqual(from, operator)) operator = change.successor;
    }
    return operator;
  }

  /** Transfers of the currency in one transaction. */
  payments(hash: Hex): Payment[] {
    const { currency } = this;
    const logs = this.#logs.filter((log) => log.transactionHash === hash && isAddressEqual(log.contract, currency));
    return parseEventLogs({ abi: erc20Abi, eventName: "Transfer", logs, strict: true }).map(({ args }) => ({
      ...this.momentOf(hash),
      from: args.from,
      to: args.to,
      amount: args.value,
    }));
  }

  /** Who signed a transaction, from its signature alone. */
  static sender({ raw }: Transaction): Promise<Address> {
    return recoverTransactionAddress({ serializedTransaction: raw as TransactionSerialized });
  }
}

/** Of ids of assets and licences. */
export function idText(id: bigint): Hex {
  return numberToHex(id, { size: 32 });
}

/** What the chain keeps of a release. */
export function releaseHash(release: Release): Hex {
  const item = getAbiItem({ abi: dataAssetAbi, name: "isRelease" });
  return keccak256(encodeAbiParameters([item.inputs[2]], [release]));
}

/** What the chain keeps of a delivery. */
export function deliveryHash(delivery: Delivery): Hex {
  const item = getAbiItem({ abi: licenceRegistryAbi, name: "deliver" });
  return keccak256(encodeAbiParameters([item.inputs[2]], [delivery]));
}

export function isBefore(a: Transaction, b: Transaction): boolean {
  return a.block < b.block || (a.block === b.block && a.index < b.index);
}

/** Structs of the chain as texts, to compare them. */
export function same(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === "bigint" ? item.toString() : typeof item === "string" ? item.toLowerCase() : item,
  );
}

/** A deadline of the chain: over once its second and its block are both reached. */
export function deadline(word: bigint): { time: bigint; number: bigint } {
  return { time: word & (2n ** 48n - 1n), number: word >> 48n };
}

export function isOver(word: bigint, { timestamp, number }: Block): boolean {
  const end = deadline(word);
  return timestamp >= end.time && number >= end.number;
}

function one<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`there are ${found.length} logs of the ${what}`);
  return first;
}
