import { type Abi, type Address, type ContractFunctionName, encodeFunctionData, type TransactionReceipt } from "viem";
import { type AccountName, nameOf } from "../support/accounts.ts";
import { accountOf, type Call, type Chain, send } from "../support/chain.ts";
import { reach } from "../support/clock.ts";
import type { Contracts } from "../support/contracts.ts";
import { explainFailure, type Refusal } from "../support/explain.ts";
import type { SealedRelease } from "../support/sealing.ts";
import { grouped, money, table } from "../support/table.ts";
import type { Deal } from "./licensing.ts";
import { LICENCES, Model, NOTICE, REGISTER, SUBSCRIPTIONS, TREASURY } from "./model.ts";

type Write = "nonpayable" | "payable";

/** Whom the domains' registrars admit. */
export const PEOPLE = [
  "grid",
  "factory",
  "alice",
  "bob",
  "station",
  "analyst",
  "carol",
  "dora",
  "doraAnew",
] as const satisfies AccountName[];

/** One step: a file of this folder. */
export interface Step {
  readonly title: string;
  run(journey: Journey): Promise<void>;
}

/** An asset that the journey registered. */
export interface JourneyAsset {
  readonly id: bigint;
  readonly label: string;
  readonly holder: AccountName;
  readonly royaltyBps: bigint;
  readonly releases: SealedRelease[];
}

/** A figure of the summary: what the chain says beside what must be. */
export interface Check {
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

export interface JourneySetup {
  readonly chain: Chain;
  readonly contracts: Contracts;
  readonly currency: { readonly address: Address; readonly abi: NonNullable<Contracts["demo"]>["abi"] };
  readonly print: (text: string) => void;
}

/** What the steps share: the chain, what was done so far, and the model that it is held against. */
export class Journey {
  readonly chain: Chain;
  readonly contracts: Contracts;
  readonly currency: JourneySetup["currency"];
  readonly model = new Model();
  readonly assets = new Map<string, JourneyAsset>();
  /** Figures that steps check on their own; the summary adds its own and shows all. */
  readonly checks: Check[] = [];
  readonly baseline = new Map<string, bigint>();
  /** Secrets of those who license data: what is delivered is wrapped for them. */
  readonly secrets = new Map<AccountName, Uint8Array>();
  /** How many agreements were made: each has a number of its own. */
  deals = 0;
  /** The settled licence that is revoked in the end. */
  deal?: Deal;
  /** Market fees of settlements, which wait to be withdrawn. */
  readonly fees = { licences: 0n, subscriptions: 0n };
  gasUsed = 0n;
  readonly #print: (text: string) => void;
  #rows: string[][] = [];

  constructor({ chain, contracts, currency, print }: JourneySetup) {
    this.chain = chain;
    this.contracts = contracts;
    this.currency = currency;
    this.#print = print;
  }

  address(name: AccountName): Address {
    return accountOf(this.chain, name);
  }

  nameOf(address: Address): string {
    return nameOf(this.chain.accounts, address);
  }

  asset(label: string): JourneyAsset {
    const found = this.assets.get(label);
    if (found === undefined) throw new Error(`the journey has not registered ${label}`);
    return found;
  }

  print(text: string): void {
    this.#print(text);
  }

  note(text: string): void {
    this.#print(`  ${text}`);
  }

  /** Sends a transaction and notes it for the step's table. */
  async act<const abi extends Abi, name extends ContractFunctionName<abi, Write>>(
    who: AccountName,
    what: string,
    call: Call<abi, name>,
  ): Promise<TransactionReceipt> {
    const receipt = await send(this.chain, this.address(who), call);
    this.gasUsed += receipt.gasUsed;
    this.#rows.push([who, what, grouped(receipt.gasUsed)]);
    return receipt;
  }

  /** Tries what must be refused, and says why it was. */
  async refused<const abi extends Abi, name extends ContractFunctionName<abi, Write>>(
    who: AccountName,
    what: string,
    expected: string,
    call: Call<abi, name>,
  ): Promise<Refusal> {
    let refusal: Refusal | undefined;
    try {
      await send(this.chain, this.address(who), call);
    } catch (error) {
      refusal = explainFailure(error);
      if (refusal === undefined) throw error;
    }
    if (refusal === undefined) throw new Error(`${who} ${what}: should have been refused with ${expected}`);
    this.check(`${who} ${what}`, expected, refusal.name);
    this.note(`${who} ${what}: refused.`);
    this.note(`  ${refusal.en}`);
    this.note(`  ${refusal.zh}`);
    return refusal;
  }

  /** Lets the steward make a restricted call: it is scheduled, waits for its delay, and is carried out. */
  async actAsSteward<const abi extends Abi, name extends ContractFunctionName<abi, Write>>(
    what: string,
    call: Call<abi, name>,
  ): Promise<TransactionReceipt> {
    const { manager } = this.contracts;
    const request = { abi: call.abi as Abi, functionName: call.functionName as string };
    const data = encodeFunctionData({ ...request, args: call.args as readonly unknown[] });
    await this.act("steward", `schedules: ${what}`, {
      ...manager,
      functionName: "schedule",
      args: [call.address, data, 0],
    });
    const operation = await this.chain.client.readContract({
      ...manager,
      functionName: "hashOperation",
      args: [this.address("steward"), call.address, data],
    });
    const ready = await this.chain.client.readContract({ ...manager, functionName: "getSchedule", args: [operation] });
    await reach(this.chain, BigInt(ready));
    return this.act("steward", what, call);
  }

  check(what: string, expected: bigint | string, actual: bigint | string): void {
    this.checks.push({ what, expected: expected.toString(), actual: actual.toString() });
  }

  /** The transactions since the last table. */
  showGas(): void {
    if (this.#rows.length === 0) return;
    this.#print(`\n${table(["who", "what", "gas"], this.#rows)}`);
    this.#rows = [];
  }

  /** Money, fractions and revenue of some people in one asset. */
  async showBalances(label: string, names: readonly AccountName[]): Promise<void> {
    const rows = await Promise.all(
      names.map(async (name) => [
        name,
        money(await this.moneyOf(this.address(name))),
        grouped(await this.unitsOf(label, name)),
        money(await this.claimableOf(label, name)),
      ]),
    );
    this.#print(`\n${table([label, "currency", "fractions", "to claim"], rows)}`);
  }

  /** Everyone whose money the journey moves: all of its people, who gets the market fee, and the register itself. */
  async purses(): Promise<Map<string, Address>> {
    const [, treasury] = await this.chain.client.readContract({ ...this.contracts.market, functionName: "feeOf" });
    const people = ([...PEOPLE, "outsider"] as const).map((name) => [name, this.address(name)] as const);
    return new Map<string, Address>([
      ...people,
      [TREASURY, treasury],
      [REGISTER, this.contracts.assets.address],
      [NOTICE, this.contracts.notice.address],
      [LICENCES, this.contracts.licences.address],
      [SUBSCRIPTIONS, this.contracts.subscriptions.address],
    ]);
  }

  moneyOf(address: Address): Promise<bigint> {
    return this.chain.client.readContract({ ...this.currency, functionName: "balanceOf", args: [address] });
  }

  unitsOf(label: string, name: AccountName): Promise<bigint> {
    const args = [this.address(name), this.asset(label).id] as const;
    return this.chain.client.readContract({ ...this.contracts.assets, functionName: "balanceOf", args });
  }

  claimableOf(label: string, name: AccountName): Promise<bigint> {
    const args = [this.asset(label).id, this.address(name)] as const;
    return this.chain.client.readContract({ ...this.contracts.assets, functionName: "claimable", args });
  }
}
