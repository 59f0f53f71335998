import type { AgeRates } from "./age.ts";
import type { Limit } from "./limit.ts";
import type { Measured } from "./measure.ts";
import { OPERATIONS, type Operation } from "./operations.ts";

/** A peer beside which a row stands. */
export interface Peer {
  readonly peer: "age";
  readonly name: string;
  readonly ratio?: number;
  readonly does: string;
}

/** One row of the results. */
export interface Row {
  readonly key: string;
  readonly title: string;
  readonly unit: "ratio" | "bytes";
  readonly better: "higher" | "lower";
  readonly ours: number;
  readonly peers: readonly Peer[];
  readonly limit: number;
  readonly bar: "met" | "missed";
}

/** What the rows follow from. */
export interface Figures {
  readonly measured: Measured;
  readonly age: AgeRates;
  readonly limit: Limit;
  readonly bytes: number;
}

const RATIOS: readonly { key: Operation; title: string; limit: number }[] = [
  { key: "sealOneCore", title: "seal a file, by CPU time", limit: 0.6 },
  { key: "openOneCore", title: "open a folder, with its outline, by CPU time", limit: 0.6 },
  { key: "openTwiceOneCore", title: "open without an outline: read twice, by CPU time", limit: 0.6 },
  { key: "sealTwoCores", title: "seal a file in two threads, by the clock", limit: 1 },
  { key: "openTwoCores", title: "open a folder, with its outline, in two threads, by the clock", limit: 1 },
  { key: "openTwiceTwoCores", title: "open without an outline in two threads, by the clock", limit: 1 },
];
const MEMORY_LIMIT = 200e6;

/** The rows of the results. */
export function rowsOf({ measured, age, limit, bytes }: Figures): Row[] {
  const ratios = RATIOS.map(({ key, title, limit: least }): Row => {
    const { threads, does } = OPERATIONS[key];
    const seconds = threads === 0 ? measured[key].cpuSeconds : measured[key].seconds;
    const ours = round(bytes / seconds / limit.rate);
    const peers = [ageBeside(does === "seal" ? age?.seal : age?.open, age?.version, limit)];
    const bar = ours >= least ? "met" : "missed";
    return { key, title, unit: "ratio", better: "higher", ours, peers, limit: least, bar };
  });
  const ours = Math.max(...Object.values(measured).map(({ peakMemory }) => peakMemory));
  const title = "the most memory that any of these, or a stream, ever takes";
  const bar = ours < MEMORY_LIMIT ? "met" : "missed";
  return [
    ...ratios,
    { key: "peakMemory", title, unit: "bytes", better: "lower", ours, peers: [], limit: MEMORY_LIMIT, bar },
  ];
}

function ageBeside(rate: number | undefined, version: string | undefined, limit: Limit): Peer {
  if (rate === undefined) return { peer: "age", name: "age", does: "missing: there is no such program here" };
  const does = "encrypts and authenticates, by the clock: no tree, no commitments";
  return { peer: "age", name: `age ${version}`, ratio: round(rate / limit.rate), does };
}

function round(ratio: number): number {
  return Math.round(ratio * 1000) / 1000;
}

/** Shows what was measured. */
export function printTable({ measured, limit, rows }: Omit<Figures, "age" | "bytes"> & { rows: readonly Row[] }): void {
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  const { sha256, chacha20, rate, ofTwo } = limit;
  console.log(
    `limit: ${megabytes(rate)} MB/s on one core (SHA-256 ${megabytes(sha256)}, ChaCha20 ${megabytes(chacha20)} MB/s); two processes of openssl reach ${ofTwo.toFixed(2)} times that`,
  );
  console.table(
    Object.fromEntries(
      rows.map(({ key, unit, ours, limit, bar }) => {
        const memory = key in measured ? megabytes(measured[key as Operation].peakMemory) : megabytes(ours);
        return [
          key,
          { ours: unit === "ratio" ? ours : "", bar: unit === "ratio" ? limit : "", verdict: bar, "peak MB": memory },
        ];
      }),
    ),
  );
  for (const { does, name } of rows[0]?.peers ?? []) console.log(`${name}: ${does}`);
  console.log(`stream: peak ${megabytes(measured.stream.peakMemory)} MB, of 200 MB`);
}
