import {
  type Address,
  formatTransaction,
  type Hex,
  hexToBigInt,
  hexToNumber,
  keccak256,
  type PublicClient,
  type RpcTransaction,
  serializeTransaction,
  type TransactionSerializable,
} from "viem";
import { Problem } from "../support/problem.ts";
import { headerBytes, type Raw, receiptBytes } from "./encoding.ts";
import type { Block, Receipt, Transaction } from "./model.ts";
import { listTrie } from "./trie.ts";

const PIECE = 5_000n;

/** Where an event is to be found. */
export interface Place {
  readonly address: Address;
  readonly topics: readonly (Hex | null)[];
}

/** Reads blocks whole, once each, so that what lies in them can be proved. */
export class ChainReader {
  readonly #client: PublicClient;
  readonly #blocks = new Map<bigint, Promise<{ block: Block; transactions: Transaction[] }>>();

  constructor(client: PublicClient) {
    this.#client = client;
  }

  /** Hashes of the transactions that logged something at one of these places, with their blocks. */
  async transactionsAt(places: readonly Place[], until?: bigint): Promise<Map<Hex, bigint>> {
    const latest = until ?? (await this.#client.getBlockNumber({ cacheTime: 0 }));
    const found = new Map<Hex, bigint>();
    for (let from = 0n; from <= latest; from += PIECE) {
      const to = from + PIECE - 1n < latest ? from + PIECE - 1n : latest;
      for (const { address, topics } of places) {
        const logs = (await this.#ask("eth_getLogs", [
          { address, topics, fromBlock: `0x${from.toString(16)}`, toBlock: `0x${to.toString(16)}` },
        ])) as readonly { transactionHash: Hex; blockNumber: Hex }[];
        for (const log of logs) found.set(log.transactionHash, hexToBigInt(log.blockNumber));
      }
    }
    return found;
  }

  async transaction(hash: Hex, block: bigint): Promise<Transaction> {
    const found = (await this.#whole(block)).transactions.find((transaction) => transaction.hash === hash);
    if (found === undefined) throw new Problem(`Block ${block} no longer has the transaction ${hash}. Try again.`);
    return found;
  }

  async block(number: bigint): Promise<Block> {
    return (await this.#whole(number)).block;
  }

  #whole(number: bigint) {
    const known = this.#blocks.get(number);
    if (known !== undefined) return known;
    const read = this.#read(number);
    this.#blocks.set(number, read);
    return read;
  }

  async #read(number: bigint) {
    const raw = (await this.#ask("eth_getBlockByNumber", [`0x${number.toString(16)}`, true])) as Raw;
    const hash = raw.hash as Hex;
    const header = headerBytes(raw);
    const list = raw.transactions as readonly RpcTransaction[];
    const signed = await Promise.all(list.map((transaction) => this.#signed(transaction)));
    const receipts = await Promise.all(list.map((transaction) => this.#receipt(transaction.hash)));
    const tries = { transactions: listTrie(signed), receipts: listTrie(receipts.map(receiptBytes)) };
    const proven =
      header !== undefined &&
      tries.transactions.root === raw.transactionsRoot &&
      tries.receipts.root === raw.receiptsRoot;
    return {
      block: {
        number,
        hash,
        timestamp: hexToBigInt(raw.timestamp as Hex),
        ...(header === undefined ? {} : { header }),
      },
      transactions: list.map((transaction, index) => ({
        hash: transaction.hash,
        block: number,
        index,
        raw: signed[index] as Hex,
        receipt: receipts[index] as Receipt,
        ...(proven
          ? { inclusion: { transaction: tries.transactions.proof(index), receipt: tries.receipts.proof(index) } }
          : {}),
      })),
    };
  }

  async #signed(transaction: RpcTransaction): Promise<Hex> {
    const { input, r, s, v, yParity, ...fields } = formatTransaction(transaction);
    const unsigned = { ...fields, data: input } as unknown as TransactionSerializable;
    const signature = { r, s, ...(yParity === undefined ? { v } : { yParity }) } as Parameters<
      typeof serializeTransaction
    >[1];
    const raw = serializeTransaction(unsigned, signature);
    if (keccak256(raw) === transaction.hash) return raw;
    // Kinds of transactions that the library does not know.
    return (await this.#ask("eth_getRawTransactionByHash", [transaction.hash])) as Hex;
  }

  async #receipt(hash: Hex): Promise<Receipt> {
    const raw = (await this.#ask("eth_getTransactionReceipt", [hash])) as Raw;
    const logs = raw.logs as readonly { address: Address; topics: Hex[]; data: Hex }[];
    return {
      type: hexToNumber((raw.type as Hex | undefined) ?? "0x0"),
      status: hexToNumber(raw.status as Hex) === 1 ? 1 : 0,
      cumulativeGasUsed: hexToBigInt(raw.cumulativeGasUsed as Hex),
      logsBloom: raw.logsBloom as Hex,
      logs: logs.map(({ address, topics, data }) => ({ address, topics, data })),
    };
  }

  #ask(method: string, params: readonly unknown[]): Promise<unknown> {
    const request = this.#client.request as (call: { method: string; params: readonly unknown[] }) => Promise<unknown>;
    return request({ method, params });
  }
}
