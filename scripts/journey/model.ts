/** Who has money: a person's name, or one of these. */
type Purse = string;

/** Whoever receives the market fee. */
export const TREASURY = "treasury";
/** What the DataAsset contract holds. */
export const REGISTER = "register";
/** What the Notice contract holds: deposits. */
export const NOTICE = "notice";
/** What the LicenceRegistry contract holds: escrow, bonds, and market fees that wait. */
export const LICENCES = "licences";
/** What the Subscriptions contract holds: what is not earned yet, and market fees that wait. */
export const SUBSCRIPTIONS = "subscriptions";

interface ModelAsset {
  readonly fractions: bigint;
  readonly parents: readonly { readonly asset: string; readonly shareBps: bigint }[];
  readonly units: Map<string, bigint>;
  /** Revenue that was settled and not claimed. */
  readonly credit: Map<string, bigint>;
  /** What was earned since the last settlement, times the number of fractions. */
  readonly pending: Map<string, bigint>;
  due: bigint;
  distributed: bigint;
  claimed: bigint;
  /** What settlements lost to rounding, times the number of fractions. */
  lost: bigint;
}

const BPS = 10_000n;

/**
 * A second opinion on where money and fractions must be: plain arithmetic that follows each deposit to each holder, written
 * without looking at how the contracts do it.
 */
export class Model {
  readonly money = new Map<Purse, bigint>();
  readonly assets = new Map<string, ModelAsset>();
  minted = 0n;

  mint(to: Purse, amount: bigint): void {
    this.minted += amount;
    this.#add(this.money, to, amount);
  }

  register(asset: string, holder: string, fractions: bigint, parents: ModelAsset["parents"] = []): void {
    const empty = () => new Map<string, bigint>();
    const zero = { due: 0n, distributed: 0n, claimed: 0n, lost: 0n };
    this.assets.set(asset, {
      fractions,
      parents,
      units: empty().set(holder, fractions),
      credit: empty(),
      pending: empty(),
      ...zero,
    });
  }

  /** @returns fee and royalty, which are parts of the price */
  trade(
    asset: string,
    deal: {
      seller: string;
      buyer: string;
      units: bigint;
      unitPrice: bigint;
      feeBps: bigint;
      royaltyBps: bigint;
      holder: string;
    },
  ): { price: bigint; fee: bigint; royalty: bigint } {
    const price = deal.units * deal.unitPrice;
    const fee = (price * deal.feeBps) / BPS;
    const royalty = deal.seller === deal.holder ? 0n : (price * deal.royaltyBps) / BPS;
    this.pay(deal.buyer, TREASURY, fee);
    this.pay(deal.buyer, deal.holder, royalty);
    this.pay(deal.buyer, deal.seller, price - fee - royalty);
    this.move(asset, deal.seller, deal.buyer, deal.units);
    return { price, fee, royalty };
  }

  move(asset: string, from: string, to: string, units: bigint): void {
    const { units: held } = this.asset(asset);
    this.#settle(asset, from);
    this.#settle(asset, to);
    this.#add(held, from, -units);
    this.#add(held, to, units);
  }

  /** All that an account has of an asset goes to its successor: units, and revenue that was not claimed. */
  handOver(asset: string, from: string, to: string): void {
    const { units, credit } = this.asset(asset);
    this.move(asset, from, to, units.get(from) ?? 0n);
    this.#add(credit, to, credit.get(from) ?? 0n);
    credit.set(from, 0n);
  }

  distribute(asset: string, payer: Purse, amount: bigint): void {
    this.pay(payer, REGISTER, amount);
    this.#spread(asset, amount);
  }

  pushDue(asset: string): bigint {
    const record = this.asset(asset);
    const amount = record.due;
    record.due = 0n;
    this.#spread(asset, amount);
    return amount;
  }

  claim(asset: string, account: string): bigint {
    this.#settle(asset, account);
    const record = this.asset(asset);
    const amount = record.credit.get(account) ?? 0n;
    record.credit.set(account, 0n);
    record.claimed += amount;
    this.pay(REGISTER, account, amount);
    return amount;
  }

  /** What rounding left in the register, once every holder has claimed. */
  remainder(asset: string): bigint {
    const { lost, fractions } = this.asset(asset);
    if (lost % fractions !== 0n) throw new Error(`${asset}: somebody has not settled yet`);
    return lost / fractions;
  }

  pay(from: Purse, to: Purse, amount: bigint): void {
    this.#add(this.money, from, -amount);
    this.#add(this.money, to, amount);
  }

  asset(name: string): ModelAsset {
    const found = this.assets.get(name);
    if (found === undefined) throw new Error(`the model has no asset ${name}`);
    return found;
  }

  #spread(asset: string, amount: bigint): void {
    const record = this.asset(asset);
    let rest = amount;
    for (const { asset: parent, shareBps } of record.parents) {
      const share = (amount * shareBps) / BPS;
      this.asset(parent).due += share;
      rest -= share;
    }
    record.distributed += rest;
    for (const [holder, units] of record.units) this.#add(record.pending, holder, units * rest);
  }

  #settle(asset: string, account: string): void {
    const { pending, credit, fractions } = this.asset(asset);
    const earned = pending.get(account) ?? 0n;
    this.#add(credit, account, earned / fractions);
    this.asset(asset).lost += earned % fractions;
    pending.set(account, 0n);
  }

  #add(map: Map<string, bigint>, key: string, amount: bigint): void {
    map.set(key, (map.get(key) ?? 0n) + amount);
  }
}
