import { concatHex, fromRlp, type Hex, hexToBigInt, numberToHex, toRlp } from "viem";
import type { Receipt } from "./model.ts";

/** Where the header of a block has what is asked of it. */
const FIELD = { transactionsRoot: 4, receiptsRoot: 5, number: 8, timestamp: 11 } as const;

/** What a block's header says, once its hash is known to be right. */
export function readHeader(header: Hex) {
  const fields: unknown = fromRlp(header);
  const field = (at: number): Hex => {
    const value = Array.isArray(fields) ? fields[at] : undefined;
    if (typeof value !== "string") throw new Error("the header has another form");
    return value as Hex;
  };
  const numberAt = (at: number) => (field(at) === "0x" ? 0n : hexToBigInt(field(at)));
  return {
    transactionsRoot: field(FIELD.transactionsRoot),
    receiptsRoot: field(FIELD.receiptsRoot),
    number: numberAt(FIELD.number),
    timestamp: numberAt(FIELD.timestamp),
  };
}

/** A receipt as it stands in the tree of its block (EIP-2718). */
export function receiptBytes({ type, status, cumulativeGasUsed, logsBloom, logs }: Receipt): Hex {
  const list = toRlp([
    quantity(status),
    quantity(cumulativeGasUsed),
    logsBloom,
    logs.map(({ address, topics, data }) => [address.toLowerCase() as Hex, topics, data]),
  ] as Hex[]);
  return type === 0 ? list : concatHex([numberToHex(type, { size: 1 }), list]);
}

/** RLP has no leading zeros, and nothing for zero. */
export function quantity(value: number | bigint): Hex {
  return BigInt(value) === 0n ? "0x" : bytesOf(numberToHex(value));
}

function bytesOf(hex: Hex): Hex {
  return hex.length % 2 === 0 ? hex : `0x0${hex.slice(2)}`;
}
