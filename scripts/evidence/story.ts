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

/** A moment that left a log; logs are counted through all transactions. */
export interface Logged extends Moment {
  readonly order: number;
}

type Args<abi extends Abi, name extends ContractEventName<abi>> = ParseEventLogsReturnType<
  abi,
  name,
  true
>[number]["args"];
export type Event<contract extends Contract, name extends ContractEventName<(typeof ABIS)[contract]>> = Logged & {
  readonly args: Args<(typeof ABIS)[contract], name>;
};

export type Agreement = Event<"licences", "LicenceBought">["args"]["agreement"];
export type Release = Event<"assets", "ReleasePublished">["args"]["release"];
export type Delivery = Event<"licences", "KeyDelivered">["args"]["delivery"];

/** How the operator bound itself: by a signature over an offer or a plan, or by posting it, where there is no signature. */
export type Word = Moment & {
  readonly kind: "offer" | "plan";
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
      for (const log of receipt.logs) {
        const place = { blockHash: null, blockNumber: block, logIndex: this.#logs.length, removed: false };
        this.#logs.push({
          ...{ ...log, ...place, contract: log.address },
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
    return parsed.map(({ args, transactionHash, logIndex }) => ({
      ...this.momentOf(transactionHash as Hex),
      ...{ order: logIndex, args },
    })) as unknown as Event<contract, name>[];
  }

  /** Every event of the four contracts in these transactions, in its order. */
  all(): (Logged & { contract: Contract; name: string; args: unknown })[] {
    return this.#logs.flatMap((log) => {
      const contract = (Object.keys(ABIS) as Contract[]).find((name) =>
        isAddressEqual(this.record.subject.contracts[name], log.contract),
      );
      if (contract === undefined) return [];
      const [parsed] = parseEventLogs({ abi: ABIS[contract] as Abi, logs: [log], strict: true });
      if (parsed === undefined) return [];
      const { eventName: name, args } = parsed;
      return [{ ...this.momentOf(log.transactionHash as Hex), order: log.logIndex as number, contract, name, args }];
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
    const { given } = this;
    if (given === undefined) return undefined;
    const { transaction, block } = this.consent;
    const kind = this.subscription === undefined ? "offer" : "plan";
    const hash = kind === "offer" ? this.offerHash : this.planHash();
    if (given.signature !== "0x") return { kind, hash, signature: given.signature, transaction, block };
    const posted = one<Moment>(
      kind === "offer"
        ? this.events("licences", "OfferPosted").filter(({ args }) => args.offerHash === hash)
        : this.events("subscriptions", "PlanPosted").filter(({ args }) => args.planHash === hash),
      `posting of the ${kind}`,
    );
    return { kind, hash, transaction: posted.transaction, block: posted.block };
  }

  /** What the licensee's transaction gave to be bound, with these terms in it and no others; `undefined` where it has no such call. */
  get given(): { readonly signature: Hex } | undefined {
    const { raw } = this.consent.transaction;
    const subscribed = this.subscription?.args.subscription;
    if (subscribed !== undefined) {
      const call = callsIn(raw, subscriptionsAbi, ["subscribe", "subscribeWithPermit"]).find(({ args }) =>
        same(args[0], subscribed),
      );
      return call && { signature: call.args[1] };
    }
    const renewed = callsIn(raw, licenceRegistryAbi, ["renew"]).map(({ args }) => [args[1], args[2]] as const);
    const bought = callsIn(raw, licenceRegistryAbi, ["buy", "buyWithPermit"]).map(
      ({ args }) => [args[0], args[1]] as const,
    );
    const call = [...bought, ...renewed].find(([agreement]) => this.idOf(agreement) === this.licence);
    return call && { signature: call[1] };
  }

  /** The transaction that the licensee signed to be bound. */
  get consent(): Logged {
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

  /** Who operated the asset when something happened. */
  operatorAt({ order }: Logged): Address {
    const { asset } = this.agreement.offer;
    const replaced = this.events("assets", "OperatorReplaced").map((event) => {
      return { ...event, from: event.args.from, to: event.args.to };
    });
    const handed = this.events("assets", "HandedOver").map((event) => {
      return { ...event, from: event.args.account, to: event.args.successor };
    });
    let operator = this.lineage()[0]!.registered.args.operator;
    for (const change of [...replaced, ...handed].sort((a, b) => a.order - b.order)) {
      if (change.args.id === asset && change.order < order && isAddressEqual(change.from, operator)) {
        operator = change.to;
      }
    }
    return operator;
  }

  /** Who received the market's fee when something happened; `undefined` where the folder does not say. */
  feeReceiverAt({ order }: Logged): Address | undefined {
    return this.events("licences", "LicenceFeeChanged")
      .filter((event) => event.order < order)
      .at(-1)?.args.receiver;
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

/** Whether two structs of the chain are alike; how an address is written makes no difference. */
export function same(a: unknown, b: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, item: unknown) =>
      typeof item === "bigint" ? item.toString() : typeof item === "string" ? item.toLowerCase() : item,
    );
  return text(a) === text(b);
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
