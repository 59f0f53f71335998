import { id as hashText } from "ethers";
import type { OrderStruct } from "../../typechain-types/contracts/market/IMarketplace.ts";
import { DemoCurrency__factory } from "../../typechain-types/index.ts";
import { ethers, networkHelpers, PROVINCE, registration, release, SIDE, type System } from "../support/deploy.ts";
import { order, sign } from "../support/orders.ts";
import { officeActions } from "./officeActions.ts";
import { Stage } from "./stage.ts";

const REASON = hashText("reasons");
const MAX_TOTAL = (1n << 92n) - 1n;

const INACTIVE = ["Assets_Inactive"];
const UNITS = [
  ...["ERC1155InsufficientBalance", "ERC7943CannotSend", "ERC7943CannotReceive", "ERC7943InsufficientUnfrozenBalance"],
  ...["Assets_NotInForce", "Assets_PolicyRefused", "Assets_Suspended", "Assets_UnderNotice"],
];
const STOPPED = ["Assets_NotInForce", "Assets_Suspended", "Assets_UnderNotice"];
const FILLS = [
  ...["Market_SelfTrade", "Market_Expired", "Market_EpochOver", "Market_Cancelled", "Market_NotEnoughLeft"],
  ...[
    "Market_BelowMinimum",
    "Market_PolicyChanged",
    "Market_NotCrossing",
    "Market_PaymentFailed",
    "Market_NothingFilled",
  ],
];

/** Lives a random history through the system, and counts what was done and what was refused. */
export class History extends Stage {
  #nonce = 0n;

  static async begin(system: System, seed: number): Promise<History> {
    const { owner, operator, alice, bob, carol, mallory, authority, deployer } = system;
    const people = [owner, operator, alice, bob, carol, mallory];
    const second = await new DemoCurrency__factory(deployer).deploy();
    await second.mint(authority, 1n);
    await second.connect(authority).approve(system.currencies, 1n);
    await system.currencies.connect(authority).admit(second, authority, 1n);
    for (const person of people) {
      for (const spender of [system.assets, system.market, system.notice])
        await second.connect(person).approve(spender, ethers.MaxUint256);
      await system.currency.connect(person).approve(system.notice, ethers.MaxUint256);
      await second.mint(person, 10n ** 30n);
      await system.currency.mint(person, 10n ** 30n);
    }
    const currencies = [await system.currency.getAddress(), await second.getAddress()];
    return new History({ system, people, currencies, ids: [], orders: [], streams: [] }, seed);
  }

  async live(steps: number): Promise<void> {
    for (let i = 0; i < 4; i++) await this.#register();
    const offices = officeActions(this);
    await offices.terms!("terms");
    await this.#register();
    const actions = Object.entries({ ...this.#actions, ...offices });
    for (let i = 0; i < steps; i++) {
      const [name, act] = actions[this.random(actions.length)]!;
      await act(name);
    }
  }

  readonly #actions: Record<string, (name: string) => Promise<void>> = {
    transfer: async (name) => {
      const [from, to, id] = [this.person(), this.person(), this.id()];
      const assets = this.world.system.assets.connect(from);
      await this.attempt(name, () => assets.safeTransferFrom(from, to, id, this.units(), "0x"), UNITS);
    },
    holderTransfer: async (name) => {
      const id = this.id();
      const [from, to] = [await this.holder(id), this.person()];
      const assets = this.world.system.assets.connect(from);
      await this.attempt(name, () => assets.safeTransferFrom(from, to, id, this.units(), "0x"), UNITS);
    },
    batch: async (name) => {
      const [to, id] = [this.person(), this.id()];
      const from = await this.holder(id);
      const ids = [id, this.id(), id].slice(0, 1 + this.random(3));
      const values = ids.map((one) => (one === id ? this.units() / 2n : 0n));
      const assets = this.world.system.assets.connect(from);
      await this.attempt(name, () => assets.safeBatchTransferFrom(from, to, ids, values, "0x"), UNITS);
    },
    standing: async (name) => {
      const { participants, registrar } = this.world.system;
      const account = this.person().address;
      const { status } = await participants.participantOf(account);
      const registry = participants.connect(registrar);
      const [kind, choice] = [1n + BigInt(this.random(3)), this.random(9)];
      if (status === 4n) return;
      if (status === 2n) await this.attempt("reinstate", () => registry.reinstate(account, REASON), []);
      else if (status !== 1n) await this.attempt("admit", () => registry.admit(account, PROVINCE, kind, REASON), []);
      else if (choice < 3) await this.attempt("suspend", () => registry.suspend(account, REASON), []);
      else if (choice === 3) await this.attempt("revoke", () => registry.revoke(account, REASON), []);
      this.count(this.done, name);
    },
    approve: async (name) => {
      const assets = this.world.system.assets.connect(this.person());
      await this.attempt(name, () => assets.setApprovalForAll(this.person(), this.random(2) === 0), []);
    },
    register: () => this.#register(),
    publish: async (name) => {
      const { assets } = this.world.system;
      const id = this.id();
      const parents = await assets.parentsOf(id);
      const operator = await this.signer(await assets.operatorOf(id));
      const next = release(
        `${id} ${this.#nonce++}`,
        parents.map(() => 1n),
      );
      await this.attempt(name, () => assets.connect(operator).publish(id, next), [
        ...INACTIVE,
        "Assets_NotInForce",
        "Assets_Suspended",
      ]);
    },
    retire: async (name) => {
      const { assets } = this.world.system;
      const id = this.id();
      if ((await assets.statusOf(id)) !== 1n || this.random(8) !== 0) return;
      const holder = await this.signer((await assets.assetOf(id)).holder);
      await this.attempt(name, () => assets.connect(holder).retire(id), ["Assets_Inactive", "Assets_Suspended"]);
    },
    steward: async (name) => {
      const {
        assets,
        market,
        participants,
        currencies,
        policies,
        jurisdiction,
        steward,
        authority,
        registrar,
        gate,
        treasury,
      } = this.world.system;
      const choice = this.random(5);
      if (choice === 0) {
        // It refuses every move of the assets that choose it: no domain has a profile.
        await this.scheduled(steward, policies, "admit", [jurisdiction.target]);
        await this.attempt("admitPolicy", () => policies.connect(steward).admit(jurisdiction), []);
      } else if (choice === 1) {
        const feeBps = BigInt(this.random(501));
        await this.scheduled(steward, market, "setFee", [feeBps, treasury.address]);
        await this.attempt("setFee", () => market.connect(steward).setFee(feeBps, treasury), []);
      } else if (choice === 2) {
        await this.scheduled(steward, participants, "changeRegistrar", [PROVINCE, registrar.address]);
        await this.attempt(
          "changeRegistrar",
          () => participants.connect(steward).changeRegistrar(PROVINCE, registrar),
          [],
        );
      } else if (choice === 3) {
        await this.scheduled(steward, assets, "setDerivationGate", [gate.target]);
        await this.attempt("setGate", () => assets.connect(steward).setDerivationGate(gate), []);
      } else {
        const money = this.world.currencies[1]!;
        const registry = currencies.connect(authority);
        if (await currencies.isAdmitted(money)) await this.attempt("dismiss", () => registry.dismiss(money), []);
        else {
          await DemoCurrency__factory.connect(money, authority).approve(currencies, 1n);
          await this.attempt("readmit", () => registry.admit(money, authority, 1n), []);
        }
      }
      this.count(this.done, name);
    },
    distribute: async (name) => {
      const assets = this.world.system.assets.connect(this.person());
      // Only the first asset's total runs over, so that the others keep on earning.
      const [id, amount] =
        this.random(8) === 0 ? [this.world.ids[0]!, MAX_TOTAL] : [this.id(), 1 + this.random(10_000)];
      await this.attempt(name, () => assets.distribute(id, amount), []);
    },
    push: async (name) => {
      const { assets } = this.world.system;
      for (const id of this.world.ids) {
        if ((await assets.due(id)) === 0n) continue;
        await this.attempt(name, () => assets.pushDue(id), []);
        return;
      }
    },
    claim: async (name) => {
      const [account, to, id] = [this.person(), this.person(), this.id()];
      const assets = this.world.system.assets.connect(account);
      await this.attempt(name, () => assets.claim([id, this.id(), id], to), [...INACTIVE, "Assets_NothingToClaim"]);
    },
    withdraw: async (name) => {
      const { assets } = this.world.system;
      for (const person of this.world.people) {
        for (const money of this.world.currencies) {
          if ((await assets.excessOf(person, money)) === 0n && this.random(8) !== 0) continue;
          const call = () => assets.connect(person).withdrawExcess(person, money, this.person());
          await this.attempt(name, call, [...INACTIVE, "Assets_NothingToWithdraw"]);
          return;
        }
      }
    },
    order: async (name) => {
      const { market, assets } = this.world.system;
      const id = this.id();
      const buys = this.random(3) === 0;
      const maker = buys ? this.person() : await this.holder(id);
      const terms = order(maker.address, id, {
        side: buys ? SIDE.buy : SIDE.sell,
        units: BigInt(1 + this.random(200)),
        unitPrice: BigInt(this.random(5_000)),
        minFill: BigInt(this.random(3)),
        policyVersion: (await assets.assetOf(id)).policyVersion,
        epoch: await market.epochOf(maker),
        nonce: this.#nonce++,
      });
      const hash = await market.hashOrder(terms);
      const posts = this.random(3) === 0;
      const signature = posts ? "0x" : await sign(this.world.system, maker, terms);
      this.world.orders.push({ terms, signature, hash });
      if (posts) await this.attempt("post", () => market.connect(maker).post(terms), []);
      this.count(this.done, name);
    },
    fill: async (name) => {
      const { market } = this.world.system;
      const fill = await this.#fill();
      if (fill === undefined) return;
      await this.attempt(name, () => market.connect(fill.taker).fill(fill.fill), [...FILLS, ...UNITS]);
    },
    fillMany: async (name) => {
      const { market } = this.world.system;
      const [first, second] = [await this.#fill(), await this.#fill()];
      if (first === undefined || second === undefined) return;
      const call = () => market.connect(first.taker).fillMany([first.fill, second.fill], { gasLimit: 3_000_000n });
      await this.attempt(name, call, [...FILLS, ...UNITS]);
    },
    match: async (name) => {
      const { market, assets } = this.world.system;
      const sell = this.world.orders.filter(({ terms }) => terms.side === SIDE.sell).at(-1);
      if (sell === undefined) return;
      const maker = this.person();
      const bid: OrderStruct = {
        ...sell.terms,
        maker: maker.address,
        side: SIDE.buy,
        policyVersion: (await assets.assetOf(sell.terms.id)).policyVersion,
        epoch: await market.epochOf(maker),
        nonce: this.#nonce++,
      };
      const signature = await sign(this.world.system, maker, bid);
      this.world.orders.push({ terms: bid, signature, hash: await market.hashOrder(bid) });
      const units = BigInt(sell.terms.units);
      const call = () =>
        market.matchOrders(sell.terms, sell.signature, bid, signature, 1n + BigInt(this.random(Number(units))));
      await this.attempt(name, call, [...FILLS, ...UNITS]);
    },
    cancel: async (name) => {
      const chosen = this.world.orders[this.random(this.world.orders.length)];
      if (chosen === undefined) return;
      const maker = await this.signer(String(chosen.terms.maker));
      const market = this.world.system.market.connect(maker);
      if (this.random(6) === 0) await this.attempt("cancelAll", () => market.cancelAll(), []);
      else if (this.random(2) === 0) await this.attempt(name, () => market.cancel(chosen.terms.nonce), []);
    },
    journal: async (name) => {
      const { provenance } = this.world.system;
      const owner = this.person();
      const stream = `stream ${this.random(2)}`;
      const id = await provenance.streamIdOf(owner, stream);
      const journal = provenance.connect(owner);
      if ((await provenance.headOf(id)) === ethers.ZeroHash) {
        this.world.streams.push(id);
        await this.attempt("openStream", () => journal.openStream(stream), ["Provenance_Inactive"]);
      } else {
        const batch = {
          root: hashText(`batch ${this.#nonce++}`),
          count: 1n + this.#nonce,
          uri: `https://data.example/${stream}`,
        };
        await this.attempt(name, () => journal.append(stream, batch), ["Provenance_Inactive"]);
      }
    },
    wait: async () => {
      await networkHelpers.time.increase(1 + this.random(800));
    },
  };

  async #register(): Promise<void> {
    const { system, ids, currencies } = this.world;
    if (ids.length === 10) return;
    const holder = this.person();
    const currency = currencies[ids.length % 3 === 2 ? 1 : 0]!;
    const parents = [];
    for (const id of ids) {
      const asset = await system.assets.assetOf(id);
      if (asset.currency !== currency || asset.status !== 1n || this.random(3) === 0 || ids.length < 3) continue;
      if (parents.length < 8) parents.push({ id, shareBps: BigInt(this.random(626)) });
    }
    const label = `asset ${ids.length} ${this.#nonce++}`;
    const request = await registration(system, label, {
      ...{ holder: holder.address, operator: this.person().address, currency, parents },
      fractions: BigInt(1 + this.random(1_000)),
      royaltyBps: BigInt(this.random(1_001)),
      release: release(
        label,
        parents.map(() => 1n),
      ),
    });
    const child = await system.assets.assetIdOf(holder, request.release.root);
    request.evidence = await this.consents(child, holder.address, parents);
    const allowed = [...INACTIVE, ...STOPPED, "Assets_CurrencyNotAdmitted", "Consents_Inactive"];
    const name = parents.length === 0 ? "register" : "derive";
    if (await this.attempt(name, () => system.assets.connect(holder).register(request), allowed)) ids.push(child);
  }

  async #fill() {
    const { orders } = this.world;
    // Late orders are the ones that are most likely alive.
    const chosen = orders[orders.length - 1 - this.random(Math.min(orders.length, 5))];
    if (chosen === undefined) return undefined;
    const { terms, signature } = chosen;
    const selling = terms.side === SIDE.sell;
    const taker = selling ? this.person() : await this.holder(BigInt(terms.id));
    const units = 1n + BigInt(this.random(Number(terms.units)));
    return { taker, fill: { order: terms, signature, units, limit: selling ? ethers.MaxUint256 : 0n } };
  }
}
