import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatted } from "../../../scripts/lib/files.ts";
import { send, type Transaction } from "./chain.ts";
import { FLOORS, sumOf } from "./floors.ts";
import { HERE } from "./install.ts";
import type { Operation } from "./operation.ts";
import { carryOut, operations } from "./operations.ts";
import { plot } from "./plot.ts";
import { summaryOf, tablesOf, writeSection } from "./readme.ts";
import { type Absent, KEYS, type Results, ROWS, type Row, type RowKey, traceCommand } from "./rows.ts";
import { table } from "./table.ts";
import { breakdownOf, stepsOf } from "./trace.ts";

/** What would belong here and is not in any package of the registry. */
const ABSENT: readonly Absent[] = [
  {
    key: "claim",
    name: "0xSplits",
    why: "its contracts are in no npm package; splits-sdk carries their ABIs without bytecode or source",
  },
];

/** Measures every row, prints them, and writes `results.json`, `gas.svg` and the tables of the README. */
export async function measure(): Promise<void> {
  const all = await operations();
  const rows: Row[] = [];
  for (const key of KEYS) rows.push(await rowOf(key, all));
  const results: Results = { rows, absent: ABSENT };
  console.log(table(results));
  const text = JSON.stringify(results, undefined, 2);
  writeFileSync(join(HERE, "results.json"), await formatted("bench/gas/results.json", text));
  writeFileSync(join(HERE, "gas.svg"), plot(rows));
  writeSection("measured", tablesOf(results));
  writeSection("costs", summaryOf(results));
}

async function rowOf(key: RowKey, all: readonly Operation[]): Promise<Row> {
  const { title, limit } = ROWS[key];
  const [ours, ...peers] = all.filter((operation) => operation.key === key);
  const { gas, breakdown, data } = await carryOut(ours!, async (transaction) => {
    const sent = await send(transaction);
    const breakdown = await breakdownOf(await stepsOf(sent.hash), transaction, sent.gas);
    return { data: transaction.data, gas: sent.gas, breakdown };
  });
  const lines = FLOORS[key](data);
  return {
    ...{ key, title, unit: "gas", better: "lower", ours: gas, trace: traceCommand(key, "ours"), breakdown },
    peers: await peersOf(peers),
    floor: { gas: sumOf(lines), lines },
    ...{ limit, bar: gas <= limit ? "met" : "missed" },
  };
}

async function peersOf(operations: readonly Operation[]): Promise<Row["peers"]> {
  const results = [];
  for (const operation of operations) {
    const { key, peer, name, does } = operation;
    const { gas } = await carryOut(operation, (transaction: Transaction) => send(transaction));
    results.push({ peer, name, gas, does, trace: traceCommand(key, peer) });
  }
  return results;
}
