import type { Address, Hex } from "viem";
import { z } from "zod/v4";

/** Written into the folder, so that an older `verify` refuses a newer folder. */
export const VERSION = 1;

const hex = z.custom<Hex>(
  (value) => typeof value === "string" && /^0x(?:[0-9a-f]{2})*$/.test(value),
  "no bytes in hex",
);
const hash = z.custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value), "no hash in hex");
const address = z.custom<Address>(
  (value) => typeof value === "string" && /^0x[0-9a-fA-F]{40}$/.test(value),
  "no address",
);
const number = z
  .string()
  .regex(/^\d{1,78}$/, "no number")
  .transform(BigInt);

const log = z.strictObject({ address, topics: z.array(hash).max(4), data: hex });

/** What a transaction did, as the tree of its block has it. */
const receipt = z.strictObject({
  type: z.number().int().min(0).max(127),
  status: z.literal([0, 1]),
  cumulativeGasUsed: number,
  logsBloom: hex,
  logs: z.array(log),
});

const transaction = z.strictObject({
  hash,
  block: number,
  index: z.number().int().min(0),
  /** The signed bytes. */
  raw: hex,
  receipt,
  /** Nodes from the roots in the block's header to this transaction and its receipt; none where the header is not in the folder. */
  inclusion: z.strictObject({ transaction: z.array(hex), receipt: z.array(hex) }).optional(),
});

const block = z.strictObject({
  number,
  hash,
  timestamp: number,
  /** The bytes of which the hash is the keccak-256. */
  header: hex.optional(),
});

/** Which licence of which contracts the folder is about. */
export const subject = z.object({
  version: z.literal(VERSION),
  chainId: number,
  contracts: z.strictObject({ assets: address, licences: address, disputes: address, subscriptions: address }),
  licence: hash,
});

export const transactionsFile = z.array(transaction);
export const blocksFile = z.array(block);

export type Subject = z.infer<typeof subject>;
export type Receipt = z.infer<typeof receipt>;
export type Transaction = z.infer<typeof transaction>;
export type Block = z.infer<typeof block>;

/** What was read from the chain and nothing else: all that the folder says follows from it. */
export interface Record {
  readonly subject: Subject;
  readonly transactions: readonly Transaction[];
  readonly blocks: readonly Block[];
}

/** JSON as the folder has it: numbers of the chain are texts. */
export function json(value: unknown): string {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item), 2);
  return `${text}\n`;
}
