import { ZeroAddress, ZeroHash } from "ethers";

const NO_TERMS = { notice: [0n, 0n], decision: [0n, 0n], deposit: 0n };

export interface Proceeding {
  ordinal: bigint;
  domain: bigint;
  objections: bigint;
  open: bigint;
  deposit: bigint;
  closed: boolean;
  end: bigint;
  decideBy: bigint;
  decision: bigint[];
}

export interface Objection {
  objector: string;
  state: bigint;
  duplicate: boolean;
  decideBy: bigint;
  deposit: bigint;
  reason: string;
}

interface Lock {
  candidate: string;
  units: bigint;
}

/** The register's offices and successions, rebuilt from events and nothing else. */
export class Offices {
  readonly terms = new Map<bigint, typeof NO_TERMS>();
  readonly proceedings = new Map<bigint, Proceeding>();
  readonly objections = new Map<string, Objection>();
  readonly deposits = new Map<string, bigint>();
  readonly frozenUntil = new Map<string, bigint>();
  readonly suspendedUntil = new Map<bigint, bigint>();
  readonly holders = new Map<bigint, bigint>();
  readonly moves = new Map<string, { registrar: string; ready: bigint; expiry: bigint }>();
  readonly locks = new Map<string, Lock>();
  readonly majorities = new Map<bigint, { candidate: string; effectiveAt: bigint }>();
  readonly certificates = new Map<bigint, { number: bigint; validUntil: bigint; withdrawn: boolean }>();
  readonly keys = new Map<string, string>();
  readonly successions = new Map<
    string,
    { successor: string; effectiveAt: bigint; registrar: string; objected: boolean }
  >();
  readonly successors = new Map<string, string>();
  #registrations = 0n;

  termsOf(domain: bigint) {
    return this.terms.get(domain) ?? NO_TERMS;
  }

  votesFor(id: bigint, candidate: string): bigint {
    let sum = 0n;
    for (const [key, lock] of this.locks)
      if (key.startsWith(`${id} `) && lock.candidate === candidate) sum += lock.units;
    return sum;
  }

  successorOf(account: string): string {
    let last = ZeroAddress;
    for (let next = this.successors.get(account); next !== undefined; next = this.successors.get(next)) last = next;
    return last;
  }

  // biome-ignore lint/suspicious/noExplicitAny: arguments of decoded events, each rule knows its own
  readonly rules: Record<string, (args: any) => void> = {
    NoticeTermsChanged: ({ domain, terms }) => {
      const { notice, decision, deposit } = terms;
      this.terms.set(domain, { notice: [...notice], decision: [...decision], deposit });
    },
    NoticeBegun: ({ id, domain, end }) => {
      const { decision, deposit } = this.termsOf(domain);
      this.proceedings.set(id, { ...this.#proceeding(id), domain, end, decision, deposit });
    },
    NoticeClosed: ({ id }) => (this.proceedings.get(id)!.closed = true),
    NoticeEnded: () => {},
    Objected: ({ id, number, objector, reason, deposit, decideBy }) => {
      const proceeding = this.#proceeding(id);
      const later = this.#later(proceeding.decideBy, decideBy);
      this.proceedings.set(id, { ...proceeding, objections: number, open: proceeding.open + 1n, decideBy: later });
      this.objections.set(`${id} ${number}`, { objector, state: 1n, duplicate: false, decideBy, deposit, reason });
    },
    DuplicateShown: ({ id, number }) => (this.#objection(id, number).duplicate = true),
    ObjectionEnded: ({ id, number, state }) => {
      this.#objection(id, number).state = state;
      this.proceedings.get(id)!.open -= 1n;
    },
    DepositCredited: ({ account, currency, amount }) => this.#deposit(`${account} ${currency}`, amount),
    DepositWithdrawn: ({ account, currency, amount }) => this.#deposit(`${account} ${currency}`, 0n - amount),

    FrozenUntil: ({ account, id, until }) => this.frozenUntil.set(`${id} ${account}`, until),
    UnitsFrozen: () => {},
    UnitsReleased: () => {},
    AssetSuspended: ({ id, until }) => this.suspendedUntil.set(id, until),
    Suspended: () => {},
    Reinstated: () => {},
    MoveProposed: ({ moveId, registrar, ready, expiry }) => this.moves.set(moveId, { registrar, ready, expiry }),
    MoveWithdrawn: ({ moveId }) => this.moves.delete(moveId),
    MoveCarriedOut: ({ moveId }) => this.moves.delete(moveId),

    HoldersCounted: ({ id, holders }) => this.holders.set(id, holders),
    Voted: ({ id, account, candidate, units }) => this.locks.set(`${id} ${account}`, { candidate, units }),
    MajorityReached: ({ id, candidate, effectiveAt }) => this.majorities.set(id, { candidate, effectiveAt }),
    MajorityLost: ({ id }) => this.majorities.delete(id),

    CertificateIssued: ({ id, number, validUntil }) =>
      this.certificates.set(id, { number, validUntil, withdrawn: false }),
    CertificateRenewed: ({ id, validUntil }) => (this.certificates.get(id)!.validUntil = validUntil),
    CertificateWithdrawn: ({ id }) => (this.certificates.get(id)!.withdrawn = true),
    SigningKeyChanged: ({ domain, registrar, key }) => this.keys.set(`${domain} ${registrar}`, key),

    SuccessionProposed: ({ account, successor, registrar, effectiveAt }) =>
      this.successions.set(account, { successor, effectiveAt, registrar, objected: false }),
    SuccessionObjected: ({ account, effectiveAt }) =>
      Object.assign(this.successions.get(account)!, { effectiveAt, objected: true }),
    SuccessionWithdrawn: ({ account }) => this.successions.delete(account),
    AccountSucceeded: ({ account, successor }) => {
      this.successions.delete(account);
      this.successors.set(account, successor);
    },
    RegisterSet: () => {},
  };

  /** Each registration has a place among all, with a notice or without. */
  registered(id: bigint, domain: bigint): void {
    this.#registrations += 1n;
    this.proceedings.set(id, { ...this.#proceeding(id), domain, ordinal: this.#registrations });
  }

  /** A replaced operator ends all locks. */
  endVote(id: bigint): void {
    this.majorities.delete(id);
    for (const key of this.locks.keys()) if (key.startsWith(`${id} `)) this.locks.delete(key);
  }

  keyOf(domain: bigint, registrar: string): string {
    return this.keys.get(`${domain} ${registrar}`) ?? ZeroHash;
  }

  #proceeding(id: bigint): Proceeding {
    const nothing = {
      ordinal: 0n,
      domain: 0n,
      objections: 0n,
      open: 0n,
      deposit: 0n,
      closed: false,
      end: 0n,
      decideBy: 0n,
    };
    return this.proceedings.get(id) ?? { ...nothing, decision: [0n, 0n] };
  }

  #objection(id: bigint, number: bigint): Objection {
    return this.objections.get(`${id} ${number}`)!;
  }

  #deposit(key: string, amount: bigint): void {
    this.deposits.set(key, (this.deposits.get(key) ?? 0n) + amount);
  }

  /** The later of both in seconds and in blocks. */
  #later(one: bigint, other: bigint): bigint {
    const low = (1n << 48n) - 1n;
    const [second, height] = [
      (one & low) > (other & low) ? one & low : other & low,
      one >> 48n > other >> 48n ? one >> 48n : other >> 48n,
    ];
    return second | (height << 48n);
  }
}
