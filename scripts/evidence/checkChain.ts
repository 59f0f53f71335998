import { licenceRegistryAbi } from "@cadastre/abi";
import { isAddressEqual, keccak256, type PublicClient, parseTransaction, type TransactionSerialized } from "viem";
import { ChainReader } from "./chainReader.ts";
import { readHeader, receiptBytes } from "./encoding.ts";
import type { Block, Transaction } from "./model.ts";
import type { Report, Sentence } from "./report.ts";
import { Story } from "./story.ts";
import { titlesOf } from "./titles.ts";
import { provenEntry } from "./trie.ts";

const TRANSACTION: Sentence = { en: "not the transaction", zh: "交易不符" };
const RECEIPT: Sentence = { en: "not the receipt", zh: "回执不符" };

/** Blocks, transactions and receipts: each by its hash, and where an endpoint is given, by what the chain has. */
export async function checkChain(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { subject, blocks, transactions } = story.record;
  await report.check(
    { en: `the endpoint is on chain ${subject.chainId}`, zh: `节点所在的链是 ${subject.chainId}` },
    async () => client && (BigInt(await client.getChainId()) === subject.chainId || String(await client.getChainId())),
  );
  await checkContracts(report, story, client);

  for (const block of blocks) await checkBlock(report, block, client);
  const reader = client && new ChainReader(client);
  const titles = titlesOf(story);
  for (const transaction of transactions) {
    await checkTransaction(report, story, transaction, titles.get(transaction.hash)!, reader);
  }
}

async function checkBlock(
  report: Report,
  { number, hash, timestamp, header }: Block,
  client: PublicClient | undefined,
): Promise<void> {
  // Where a chain hashes its headers in a way of its own, only the endpoint knows the block.
  if (header !== undefined || client === undefined) {
    await report.check(
      {
        en: `block ${number}: its header has its hash, number and time`,
        zh: `区块 ${number}：区块头与哈希、高度和时间一致`,
      },
      () => {
        if (header === undefined) return undefined;
        if (keccak256(header) !== hash) return keccak256(header);
        const said = readHeader(header);
        return said.number === number && said.timestamp === timestamp;
      },
    );
  }
  await report.check(
    {
      en: `block ${number}: it is on the chain, with this hash and time`,
      zh: `区块 ${number}：在链上，哈希与时间一致`,
    },
    async () => {
      if (client === undefined) return undefined;
      const there = await client.getBlock({ blockNumber: number });
      return (there.hash === hash && there.timestamp === timestamp) || there.hash;
    },
  );
}

async function checkTransaction(
  report: Report,
  { record }: Story,
  transaction: Transaction,
  title: Sentence,
  reader: ChainReader | undefined,
): Promise<void> {
  const { raw, hash, index, block, receipt, inclusion } = transaction;
  const { chainId } = record.subject;
  const header = record.blocks.find(({ number }) => number === block)?.header;
  const onChain = async () => {
    if (reader === undefined) return undefined;
    const there = await reader.transaction(hash, block);
    if (there.raw !== raw || there.index !== index) return TRANSACTION;
    return receiptBytes(there.receipt) === receiptBytes(receipt) || RECEIPT;
  };
  await report.check(
    {
      en: `${title.en}: the signed bytes have its hash, and an account signed them for this chain`,
      zh: `${title.zh}：签名字节与其哈希一致，由一个账户为本链签署`,
    },
    async () => {
      if (keccak256(raw) !== hash) return keccak256(raw);
      const signed = parseTransaction(raw as TransactionSerialized).chainId;
      if (signed === undefined || BigInt(signed) !== chainId)
        return { en: `for chain ${signed}`, zh: `为链 ${signed} 签署` };
      return (await Story.sender(transaction)) !== undefined;
    },
  );
  await report.check(
    {
      en: `${title.en}: it succeeded, and it and its receipt lie in block ${block}`,
      zh: `${title.zh}：执行成功，交易与回执都在区块 ${block} 中`,
    },
    () => {
      if (receipt.status !== 1) return { en: "it was reverted", zh: "执行被撤销" };
      if (header === undefined || inclusion === undefined) return onChain();
      const { transactionsRoot, receiptsRoot } = readHeader(header);
      if (provenEntry(transactionsRoot, index, inclusion.transaction) !== raw) return TRANSACTION;
      return provenEntry(receiptsRoot, index, inclusion.receipt) === receiptBytes(receipt) || RECEIPT;
    },
  );
  await report.check(
    { en: `${title.en}: the chain has the same transaction and receipt`, zh: `${title.zh}：链上有同样的交易与回执` },
    onChain,
  );
}

async function checkContracts(report: Report, { record }: Story, client: PublicClient | undefined): Promise<void> {
  const { contracts } = record.subject;
  await report.check(
    {
      en: "the contracts have code, and the register of licences names those of disputes and subscriptions",
      zh: "各合约有代码，且许可登记合约指明了争议合约与订阅合约",
    },
    async () => {
      if (client === undefined) return undefined;
      for (const [name, address] of Object.entries(contracts)) {
        if ((await client.getCode({ address })) === undefined) return `${name}: ${address}`;
      }
      const licences = { address: contracts.licences, abi: licenceRegistryAbi };
      const disputes = await client.readContract({ ...licences, functionName: "disputes" });
      const subscriptions = await client.readContract({ ...licences, functionName: "subscriptions" });
      return isAddressEqual(disputes, contracts.disputes) && isAddressEqual(subscriptions, contracts.subscriptions);
    },
  );
}

/** That the folder leaves nothing out, which only a chain can say. */
export async function checkComplete(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { subject, transactions } = story.record;
  const { licences, disputes } = subject.contracts;
  await report.check(
    { en: "nothing that happened to this licence is left out", zh: "与本许可有关的事件没有遗漏" },
    async () => {
      if (client === undefined) return undefined;
      const topics = [null, subject.licence];
      const found = await new ChainReader(client).transactionsAt([
        { address: licences, topics },
        { address: disputes, topics },
      ]);
      const missing = [...found.keys()].filter((hash) => !transactions.some((known) => known.hash === hash));
      return missing.length === 0 || missing.join(", ");
    },
  );
}
