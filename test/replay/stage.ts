import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { type BaseContract, Interface, type TransactionResponse } from "ethers";
import type { OrderStruct } from "../../typechain-types/contracts/market/IMarketplace.ts";
import { AccessManager__factory } from "../../typechain-types/index.ts";
import { CONSENT_TYPES, consentDomain, evidence } from "../assets/consents.ts";
import { DELAYS, ethers, networkHelpers, type System } from "../support/deploy.ts";

const DEADLINE = 4_102_444_800n;

/** Numbers that are the same on every run with the same seed (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export interface World {
  system: System;
  people: HardhatEthersSigner[];
  currencies: string[];
  ids: bigint[];
  orders: { terms: OrderStruct; signature: string; hash: string }[];
  streams: string[];
}

/** The people and things of a history, a choice among them, and a count of what was done and what was refused. */
export class Stage {
  readonly done = new Map<string, number>();
  readonly refused = new Map<string, number>();
  readonly world: World;
  readonly random: (below: number) => number;
  readonly #errors: Interface;

  constructor(world: World, seed: number) {
    this.world = world;
    this.random = generator(seed);
    const { assets, market, participants, provenance, gate, currency, currencies } = world.system;
    const { policies, notice, supervision, votes, certificates } = world.system;
    const offices = [policies, notice, supervision, votes, certificates];
    const contracts: BaseContract[] = [
      assets,
      market,
      participants,
      provenance,
      gate,
      currency,
      currencies,
      ...offices,
    ];
    this.#errors = new Interface(
      contracts.flatMap((contract) => contract.interface.fragments.filter((f) => f.type === "error")),
    );
  }

  async consents(child: bigint, holder: string, parents: { id: bigint; shareBps: bigint }[]): Promise<string> {
    const { system } = this.world;
    const domain = await consentDomain(system);
    const given = [];
    for (const { id, shareBps } of parents) {
      const operator = await this.signer(await system.assets.operatorOf(id));
      const signature = await operator.signTypedData(domain, CONSENT_TYPES, {
        ...{ child, holder, shareBps, parent: id, deadline: DEADLINE },
      });
      given.push({ deadline: DEADLINE, signature });
    }
    return evidence(given);
  }

  /** Schedules a call that needs a delay, unless an earlier try left it scheduled, and waits until it may be made. */
  async scheduled(
    signer: HardhatEthersSigner,
    target: BaseContract,
    method: string,
    args: readonly unknown[],
  ): Promise<void> {
    const data = target.interface.encodeFunctionData(method, args);
    const manager = AccessManager__factory.connect(this.world.system.manager.target as string, signer);
    const operation = await manager.hashOperation(signer, target, data);
    if ((await manager.getSchedule(operation)) === 0n) await manager.schedule(target, data, 0);
    await networkHelpers.time.increase(DELAYS.steward);
  }

  async attempt(name: string, call: () => Promise<TransactionResponse>, allowed: readonly string[]): Promise<boolean> {
    try {
      await call();
    } catch (failure) {
      const reason = this.#reasonOf(failure);
      if (!allowed.includes(reason)) throw new Error(`${name} failed: ${reason}`, { cause: failure });
      this.count(this.refused, name);
      return false;
    }
    this.count(this.done, name);
    return true;
  }

  #reasonOf(failure: unknown): string {
    for (let cause = failure; cause instanceof Error; cause = cause.cause) {
      const { data } = cause as { data?: unknown };
      if (typeof data === "string" && data.length >= 10) return this.#errors.parseError(data)?.name ?? data;
    }
    return String(failure);
  }

  count(counts: Map<string, number>, name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  person(): HardhatEthersSigner {
    return this.world.people[this.random(this.world.people.length)]!;
  }

  id(): bigint {
    return this.world.ids[this.random(this.world.ids.length)]!;
  }

  units(): bigint {
    return BigInt(this.random(4) === 0 ? 0 : this.random(60));
  }

  async holder(id: bigint): Promise<HardhatEthersSigner> {
    const start = this.random(this.world.people.length);
    const order = [...this.world.people.slice(start), ...this.world.people.slice(0, start)];
    for (const person of order) if ((await this.world.system.assets.balanceOf(person, id)) !== 0n) return person;
    return order[0]!;
  }

  async signer(address: string): Promise<HardhatEthersSigner> {
    return ethers.getSigner(address);
  }
}
