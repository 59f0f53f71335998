import {
  AbiCoder,
  id as hashText,
  type Interface,
  keccak256,
  type LogDescription,
  ZeroAddress,
  ZeroHash,
} from "ethers";

import { Offices } from "./offices.ts";

const RELEASE =
  "tuple(bytes32 root, bytes32 keyCommitment, uint64 length, bytes32 manifestHash, string manifestUri, uint32[] parentReleases)";
const coder = AbiCoder.defaultAbiCoder();

export interface Participant {
  status: bigint;
  kind: bigint;
  domain: bigint;
  since: bigint;
}

export interface Asset {
  holder: string;
  operator: string;
  currency: string;
  royaltyBps: bigint;
  status: bigint;
  policy: bigint;
  policyVersion: bigint;
  fractions: bigint;
  revenue: bigint;
  termsHash: string;
  parents: { id: bigint; shareBps: bigint }[];
  children: bigint[];
  releases: string[];
  uri: string;
  due: bigint;
  /** Announced policies, by who announced them. */
  proposals: Map<string, { policy: bigint; effectiveAt: bigint }>;
}

export interface Holding {
  units: bigint;
  credit: bigint;
  seen: bigint;
}

/** The whole system, rebuilt from events and nothing else. */
export class Model {
  readonly registrars = new Map<bigint, string>();
  readonly participants = new Map<string, Participant>();
  readonly admitted = new Set<string>();
  readonly assets = new Map<bigint, Asset>();
  readonly excess = new Map<string, bigint>();
  readonly frozen = new Map<string, bigint>();
  readonly approvals = new Set<string>();
  readonly policies: string[] = [];
  readonly filled = new Map<string, bigint>();
  readonly posted = new Set<string>();
  readonly cancelled = new Set<string>();
  readonly epochs = new Map<string, bigint>();
  readonly heads = new Map<string, string>();
  gate = ZeroAddress;
  fee = { bps: 0n, receiver: ZeroAddress };
  /** Events that the model has no use for, by name. */
  readonly ignored = new Set<string>();
  readonly seenEvents = new Map<string, number>();

  readonly offices = new Offices();

  readonly #holdings = new Map<string, Holding>();

  apply(log: LogDescription): void {
    this.seenEvents.set(log.name, (this.seenEvents.get(log.name) ?? 0) + 1);
    const rule = this.#rules[log.name] ?? this.offices.rules[log.name];
    if (rule === undefined) this.ignored.add(log.name);
    else rule(log.args);
  }

  units(id: bigint, account: string): bigint {
    return this.#holding(id, account).units;
  }

  claimable(id: bigint, account: string): bigint {
    return this.#settled(id, account).credit;
  }

  #asset(id: bigint): Asset {
    const asset = this.assets.get(id);
    if (asset === undefined) throw new Error(`an event names asset ${id}, which no event registered`);
    return asset;
  }

  #holding(id: bigint, account: string): Holding {
    return this.#holdings.get(`${id} ${account}`) ?? { units: 0n, credit: 0n, seen: 0n };
  }

  #settled(id: bigint, account: string): Holding {
    const { units, credit, seen } = this.#holding(id, account);
    const { revenue, fractions } = this.#asset(id);
    return { units, credit: credit + (units * (revenue - seen)) / fractions, seen: revenue };
  }

  #move(from: string, to: string, id: bigint, units: bigint): void {
    if (from === to || units === 0n) return;
    if (from !== ZeroAddress) {
      const giver = this.#settled(id, from);
      this.#holdings.set(`${id} ${from}`, { ...giver, units: giver.units - units });
    }
    const taker = this.#settled(id, to);
    this.#holdings.set(`${id} ${to}`, { ...taker, units: taker.units + units });
  }

  // biome-ignore lint/suspicious/noExplicitAny: arguments of decoded events, each rule knows its own
  readonly #rules: Record<string, (args: any) => void> = {
    DomainOpened: ({ domain, registrar }) => this.registrars.set(domain, registrar),
    RegistrarChanged: ({ domain, to }) => this.registrars.set(domain, to),
    ParticipantAdmitted: ({ account, domain, kind, since }) =>
      this.participants.set(account, { status: 1n, kind, domain, since }),
    ParticipantStatusChanged: ({ account, status, since }) =>
      this.participants.set(account, { ...this.participants.get(account)!, status, since }),

    CurrencyAdmitted: ({ currency }) => this.admitted.add(currency),
    CurrencyDismissed: ({ currency }) => this.admitted.delete(currency),

    AssetRegistered: ({ id, holder, operator, termsHash, fractions, currency, royaltyBps, policy, parents }) => {
      const list = [...parents].map(([parent, shareBps]) => ({ id: parent as bigint, shareBps: shareBps as bigint }));
      this.assets.set(id, {
        ...{ holder, operator, termsHash, fractions, currency, royaltyBps, policy, policyVersion: 1n, status: 1n },
        ...{ revenue: 0n, due: 0n, parents: list, children: [], releases: [], uri: "" },
        proposals: new Map(),
      });
      for (const parent of list) this.#asset(parent.id).children.push(id);
      this.offices.registered(id, this.participants.get(holder)!.domain);
    },
    ReleasePublished: ({ id, number, release }) => {
      this.#asset(id).releases[Number(number) - 1] = keccak256(coder.encode([RELEASE], [release]));
    },
    URI: ({ value, id }) => (this.#asset(id).uri = value),
    AssetStatusChanged: ({ id, status }) => (this.#asset(id).status = status),
    PolicyAdmitted: ({ policy, implementation }) => (this.policies[Number(policy) - 1] = implementation),
    PolicyProposed: ({ id, proposer, policy, effectiveAt }) =>
      this.#asset(id).proposals.set(proposer, { policy, effectiveAt }),
    PolicyEnacted: ({ id, proposer }) => this.#asset(id).proposals.delete(proposer),
    PolicyChanged: ({ id, policy, version }) => Object.assign(this.#asset(id), { policy, policyVersion: version }),
    OperatorReplaced: ({ id, to }) => {
      this.#asset(id).operator = to;
      this.offices.endVote(id);
    },
    HandedOver: ({ id, account, successor, credit }) => {
      const asset = this.#asset(id);
      if (asset.holder === account) asset.holder = successor;
      if (asset.operator === account) asset.operator = successor;
      if (credit === 0n) return;
      const [giver, taker] = [this.#settled(id, account), this.#settled(id, successor)];
      this.#holdings.set(`${id} ${account}`, { ...giver, credit: giver.credit - credit });
      this.#holdings.set(`${id} ${successor}`, { ...taker, credit: taker.credit + credit });
    },
    DerivationGateChanged: ({ to }) => (this.gate = to),

    TransferSingle: ({ from, to, id, value }) => this.#move(from, to, id, value),
    TransferBatch: (args) => {
      const ids: bigint[] = args[3];
      const values: bigint[] = args[4];
      for (const [i, id] of ids.entries()) this.#move(args.from, args.to, id, values[i]!);
    },
    ApprovalForAll: ({ account, operator, approved }) => {
      if (approved) this.approvals.add(`${account} ${operator}`);
      else this.approvals.delete(`${account} ${operator}`);
    },
    Frozen: (args) => this.frozen.set(`${args[1]} ${args[0]}`, args[2]),

    RevenueDistributed: ({ id, amount }) => (this.#asset(id).revenue += amount),
    ParentShareCredited: ({ parent, amount }) => (this.#asset(parent).due += amount),
    DuePushed: ({ id, amount }) => (this.#asset(id).due -= amount),
    RevenueClaimed: ({ id, account, amount }) => {
      const holding = this.#settled(id, account);
      this.#holdings.set(`${id} ${account}`, { ...holding, credit: holding.credit - amount });
    },
    ExcessCredited: ({ holder, currency, amount }) => this.#addExcess(`${holder} ${currency}`, amount),
    ExcessWithdrawn: ({ account, currency, amount }) => this.#addExcess(`${account} ${currency}`, 0n - amount),

    OrderFilled: ({ orderHash, units }) => this.filled.set(orderHash, (this.filled.get(orderHash) ?? 0n) + units),
    OrderPosted: ({ orderHash }) => this.posted.add(orderHash),
    OrderCancelled: ({ maker, nonce }) => this.cancelled.add(`${maker} ${nonce}`),
    AllOrdersCancelled: ({ maker, epoch }) => this.epochs.set(maker, epoch),
    FeeChanged: ({ feeBps, receiver }) => (this.fee = { bps: feeBps, receiver }),

    StreamOpened: ({ stream }) => this.heads.set(stream, keccak256(coder.encode(["bytes32"], [stream]))),
    BatchAppended: ({ stream, root, count, uri }) => {
      const chained = [this.heads.get(stream) ?? ZeroHash, root, count, hashText(uri)];
      this.heads.set(stream, keccak256(coder.encode(["bytes32", "bytes32", "uint64", "bytes32"], chained)));
    },
  };

  #addExcess(key: string, amount: bigint): void {
    this.excess.set(key, (this.excess.get(key) ?? 0n) + amount);
  }
}

/** Feeds all logs of these contracts to a new model, in the order in which they were emitted. */
export function rebuild(
  logs: readonly { address: string; topics: readonly string[]; data: string }[],
  contracts: ReadonlyMap<string, Interface>,
): Model {
  const model = new Model();
  for (const log of logs) {
    const description = contracts.get(log.address)?.parseLog(log);
    if (description == null) throw new Error(`an event that no ABI describes, of ${log.address}: ${log.topics[0]}`);
    model.apply(description);
  }
  return model;
}
