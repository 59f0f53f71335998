/** What is measured: one transaction of each, and what ours was designed to cost at most. */
export const ROWS = {
  transfer: { title: "transfer of fractions: both parties checked, revenue of both settled", limit: 50_000 },
  batch10: { title: "transfer of 10 assets at once, the same", limit: 178_000 },
  buy: {
    title: "part of a signed order bought: market fee and royalty paid, the same checks and settlement",
    limit: 104_000,
  },
  buyFirst: { title: "the same, first fill of the order", limit: 122_000 },
  post: { title: "post an order on chain", limit: 56_000 },
  cancel: { title: "cancel one order", limit: 32_000 },
  append: { title: "append a journal batch of any size", limit: 40_000 },
  distribute: { title: "distribute revenue to any number of holders", limit: 60_000 },
  claim: { title: "claim revenue", limit: 56_000 },
  license: { title: "buy a licence, the buyer's first: price in escrow", limit: 135_000 },
  deliver: { title: "deliver the key of a licence, wrapped for its licensee", limit: 45_000 },
  settle: { title: "settle a licence: market fee, the rest distributed to any number of holders", limit: 85_000 },
  disputeKey: { title: "show that the key delivered is a wrong one: money and bond back", limit: 120_000 },
  disputeContent: {
    title: "show that a full block of 4 KiB of a file of 1 GiB is not what was promised: money back",
    limit: 950_000,
  },
} as const;

export type RowKey = keyof typeof ROWS;

export const KEYS = Object.keys(ROWS) as RowKey[];

export interface PeerResult {
  readonly peer: string;
  readonly name: string;
  readonly gas: number;
  /** What the peer does here, and what it does not. */
  readonly does: string;
  /** Shows each call, storage access and event of the very transaction that was measured. */
  readonly trace: string;
}

export interface FloorLine {
  readonly what: string;
  readonly gas: number;
}

/**
 * Where the gas of one of our transactions went. `transaction` is its own price with its call data, `contracts` are calls and
 * looks at code, `currencyComputing` is what OpenZeppelin's ERC-20 computes, `computing` what is left for our own contracts.
 */
export interface Breakdown {
  readonly transaction: number;
  readonly storage: number;
  readonly contracts: number;
  readonly events: number;
  readonly signature: number;
  readonly currencyComputing: number;
  readonly computing: number;
  readonly refund: number;
}

export interface Row {
  readonly key: RowKey;
  readonly title: string;
  readonly unit: "gas";
  readonly better: "lower";
  readonly ours: number;
  readonly trace: string;
  readonly breakdown: Breakdown;
  readonly peers: readonly PeerResult[];
  readonly floor: { readonly gas: number; readonly lines: readonly FloorLine[] };
  readonly limit: number;
  readonly bar: "met" | "missed";
}

/** A peer that could not be measured, and why. */
export interface Absent {
  readonly key: RowKey;
  readonly name: string;
  readonly why: string;
}

export interface Results {
  readonly rows: readonly Row[];
  readonly absent: readonly Absent[];
}

export const traceCommand = (key: RowKey, peer: string): string => `npm run bench:gas -- --trace ${key}/${peer}`;
