import { concatHex, fromRlp, type Hex, hexToBigInt, keccak256, numberToHex, toRlp } from "viem";
import type { Receipt } from "./model.ts";

/** Where the header of a block has what is asked of it. */
const FIELD = { transactionsRoot: 4, receiptsRoot: 5, number: 8, timestamp: 11 } as const;

/** An object as JSON-RPC has it. */
export type Raw = Readonly<Record<string, unknown>>;

/** In the order of the header; the later ones came with later forks. Numbers, marked here, are encoded differently from bytes. */
const HEADER = [
  ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom"],
  ...["#difficulty", "#number", "#gasLimit", "#gasUsed", "#timestamp", "extraData", "mixHash", "nonce"],
  ...["#baseFeePerGas", "withdrawalsRoot", "#blobGasUsed", "#excessBlobGas", "parentBeaconBlockRoot", "requestsHash"],
];
/** Members of a QBFT block's extra data: vanity, validators, vote, round, seals. */
const QBFT_MEMBERS = 5;

/** The bytes that a block's hash is the keccak-256 of; `undefined` where its chain hashes something else. */
export function headerBytes(block: Raw): Hex | undefined {
  const forms = [block.extraData as Hex, unsealed(block.extraData as Hex)];
  return forms
    .filter((extraData) => extraData !== undefined)
    .map((extraData) => encodedHeader({ ...block, extraData }))
    .find((bytes) => keccak256(bytes) === block.hash);
}

function encodedHeader(block: Raw): Hex {
  const fields: Hex[] = [];
  for (const name of HEADER) {
    const isNumber = name.startsWith("#");
    const value = block[isNumber ? name.slice(1) : name] as Hex | null | undefined;
    if (value === undefined || value === null) break;
    fields.push(isNumber ? quantity(BigInt(value)) : value);
  }
  return toRlp(fields);
}

/** A block of QBFT is hashed as it was before validators sealed it: with round 0 and without their seals. */
function unsealed(extraData: Hex): Hex | undefined {
  try {
    const members = fromRlp(extraData) as Hex[];
    if (!Array.isArray(members) || members.length !== QBFT_MEMBERS) return undefined;
    return toRlp([...members.slice(0, 3), "0x", []] as unknown as Hex[]);
  } catch {
    return undefined;
  }
}

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
function quantity(value: number | bigint): Hex {
  return BigInt(value) === 0n ? "0x" : bytesOf(numberToHex(value));
}

function bytesOf(hex: Hex): Hex {
  return hex.length % 2 === 0 ? hex : `0x0${hex.slice(2)}`;
}
