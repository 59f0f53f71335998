import { Interface } from "ethers";
import { grouped } from "../../../scripts/support/table.ts";
import { currency, names, provider, type Transaction } from "./chain.ts";
import { callDataGas, PRICE } from "./floors.ts";
import type { Breakdown } from "./rows.ts";

interface Step {
  readonly op: string;
  readonly depth: number;
  readonly gas: number;
  readonly gasCost: number;
  readonly stack: readonly string[];
}

interface CallFrame {
  readonly to: string;
  readonly input: string;
  readonly calls?: readonly CallFrame[];
}

/** One call, with what it did in its order. */
interface Frame {
  readonly kind: string;
  readonly title: string;
  readonly entries: (Frame | string)[];
  gas: number;
}

const CALLS = new Set(["CALL", "STATICCALL", "DELEGATECALL", "CALLCODE"]);
const ACCOUNTS = new Set(["EXTCODESIZE", "EXTCODEHASH", "EXTCODECOPY", "BALANCE"]);
const STORAGE = new Set(["SLOAD", "SSTORE", "TLOAD", "TSTORE"]);
const ECRECOVER = 1n;

const isPrecompile = (address: string) => BigInt(address) < 32n;

async function traceOf<T>(hash: string, options: object): Promise<T> {
  return (await provider.request({ method: "debug_traceTransaction", params: [hash, options] })) as T;
}

export async function stepsOf(hash: string): Promise<Step[]> {
  return (await traceOf<{ structLogs: Step[] }>(hash, { disableStorage: true, enableMemory: false })).structLogs;
}

/** The function that each call to a contract names, in the order of the calls. */
export async function selectorsOf(hash: string): Promise<string[]> {
  const below = ({ calls = [] }: CallFrame): string[] =>
    calls.flatMap((call) => (isPrecompile(call.to) ? [] : [call.input.slice(0, 10), ...below(call)]));
  return below(await traceOf<CallFrame>(hash, { tracer: "callTracer" }));
}

/** What each step cost itself, without what the calls that it made used. */
function ownCosts(steps: readonly Step[]): number[] {
  const costs = steps.map(() => 0);
  // Index of the last step of each open frame, and what its calls used since that step.
  const open: { step: number; used: number; start: number }[] = [];
  for (const [i, { depth, gas }] of steps.entries()) {
    while (open.length > depth) {
      const { step, start } = open.pop()!;
      costs[step] = steps[step]!.gasCost;
      open.at(-1)!.used = start - (steps[step]!.gas - steps[step]!.gasCost);
    }
    if (open.length < depth) open.push({ step: i, used: 0, start: gas });
    else {
      const frame = open.at(-1)!;
      costs[frame.step] = steps[frame.step]!.gas - gas - frame.used;
      Object.assign(frame, { step: i, used: 0 });
    }
  }
  for (const { step } of open) costs[step] = steps[step]!.gasCost;
  return costs;
}

/** The address whose code runs at each step. */
function codeOf(steps: readonly Step[], to: string): string[] {
  const open = [to.toLowerCase()];
  return steps.map(({ depth }, i) => {
    open.length = Math.min(open.length, depth);
    if (open.length < depth) open.push(addressAt(steps[i - 1]!.stack));
    return open.at(-1)!;
  });
}

export async function breakdownOf(
  steps: readonly Step[],
  { to, data }: Transaction,
  gasUsed: number,
): Promise<Breakdown> {
  const sums = { storage: 0, contracts: 0, events: 0, signature: 0, currencyComputing: 0, computing: 0 };
  const money = (await currency.getAddress()).toLowerCase();
  const code = codeOf(steps, to);
  for (const [i, cost] of ownCosts(steps).entries()) {
    const { op, stack } = steps[i]!;
    if (STORAGE.has(op)) sums.storage += cost;
    else if (op.startsWith("LOG")) sums.events += cost;
    else if (ACCOUNTS.has(op)) sums.contracts += cost;
    else if (CALLS.has(op)) sums[wordAt(stack, 1) === ECRECOVER ? "signature" : "contracts"] += cost;
    else sums[code[i] === money ? "currencyComputing" : "computing"] += cost;
  }
  const transaction = PRICE.transaction + callDataGas(data);
  const spent = transaction + Object.values(sums).reduce((a, b) => a + b, 0);
  return { transaction, ...sums, refund: spent - gasUsed };
}

/** Each call with its gas, and in it each access to storage and each event with its cost. */
export async function describe(
  steps: readonly Step[],
  selectors: readonly string[],
  transaction: Transaction,
  gasUsed: number,
): Promise<string> {
  const { to, data } = transaction;
  let calls = 0;
  const root: Frame = { kind: "", title: titleOf(to, data), entries: [], gas: 0 };
  const frames: Frame[] = [root];
  const starts: number[] = [steps[0]!.gas];
  const costs = ownCosts(steps);
  for (const [i, step] of steps.entries()) {
    while (frames.length > step.depth) {
      const last = steps[i - 1]!;
      frames.pop()!.gas = starts.pop()! - (last.gas - last.gasCost);
    }
    const frame = frames.at(-1)!;
    if (CALLS.has(step.op)) {
      const target = addressAt(step.stack);
      const title = isPrecompile(target) ? nameOf(target) : titleOf(target, selectors[calls++]!);
      const enters = steps[i + 1]?.depth === step.depth + 1;
      if (!enters) frame.entries.push(`${step.op} ${title}: ${grouped(costs[i]!)}`);
      else {
        const child: Frame = { kind: `${step.op} (${grouped(costs[i]!)}) `, title, entries: [], gas: 0 };
        frame.entries.push(child);
        frames.push(child);
        starts.push(steps[i + 1]!.gas);
      }
    } else if (STORAGE.has(step.op))
      frame.entries.push(`${step.op} ${short(step.stack.at(-1)!)}: ${grouped(costs[i]!)}`);
    else if (step.op.startsWith("LOG") || ACCOUNTS.has(step.op))
      frame.entries.push(
        `${step.op}${step.op.startsWith("LOG") ? "" : ` ${nameOf(addressOf(step.stack.at(-1)!))}`}: ${grouped(costs[i]!)}`,
      );
  }
  while (frames.length > 0) frames.pop()!.gas = starts.pop()! - (steps.at(-1)!.gas - steps.at(-1)!.gasCost);
  const parts = Object.entries(await breakdownOf(steps, transaction, gasUsed)).map(
    ([what, gas]) => `${what} ${grouped(gas)}`,
  );
  return [...linesOf(root, ""), "", `${grouped(gasUsed)} gas: ${parts.join(", ")}`].join("\n");
}

function linesOf(frame: Frame, indent: string): string[] {
  return [
    `${indent}${frame.kind}${frame.title}: ${grouped(frame.gas)}`,
    ...frame.entries.flatMap((entry) =>
      typeof entry === "string" ? [`${indent}  ${entry}`] : linesOf(entry, `${indent}  `),
    ),
  ];
}

const wordAt = (stack: readonly string[], fromTop: number) =>
  BigInt(`0x${(stack.at(-1 - fromTop) ?? "0").replace(/^0x/, "")}`);
const addressOf = (word: string) => `0x${word.replace(/^0x/, "").padStart(64, "0").slice(24)}`.toLowerCase();
const addressAt = (stack: readonly string[]) => addressOf(stack.at(-2)!);
const short = (word: string) => `0x${word.replace(/^0x/, "").padStart(64, "0").slice(0, 8)}…`;

function nameOf(address: string): string {
  return names.get(address.toLowerCase())?.name ?? (isPrecompile(address) ? `precompile ${BigInt(address)}` : address);
}

function titleOf(address: string, data: string): string {
  const selector = data.slice(0, 10);
  const known = [names.get(address.toLowerCase())?.abi, ...[...names.values()].map(({ abi }) => abi)];
  const name = known
    .map((abi) => (abi instanceof Interface ? abi.getFunction(selector)?.name : undefined))
    .find(Boolean);
  return `${nameOf(address)}.${name ?? selector}`;
}
