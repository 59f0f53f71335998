import { type Address, isAddressEqual, type PublicClient, parseTransaction, type TransactionSerialized } from "viem";
import type { Transaction } from "./model.ts";
import type { Report, Sentence } from "./report.ts";
import { Story } from "./story.ts";

/** A transaction with a call to a contract. */
export interface Made {
  readonly transaction: Transaction;
  readonly to: Address;
}

/**
 * Checks that an account made a transaction: it signed it, or it is a contract, which makes calls in transactions that others sign.
 * Whether an account is a contract, an endpoint says.
 *
 * @param party whose word it is, where the agreement rests on it
 */
export async function checkMadeBy(
  report: Report,
  account: Address,
  { transaction, to }: Made,
  client: PublicClient | undefined,
  done: Sentence,
  party?: Sentence,
): Promise<void> {
  const sender = await Story.sender(transaction);
  if (isAddressEqual(sender, account)) {
    await report.check(
      { en: `${account} signed: ${done.en}`, zh: `${account} 已签署：${done.zh}` },
      () => {
        const { to: called } = parseTransaction(transaction.raw as TransactionSerialized);
        // An account with code of its own sends its calls through itself.
        if (called && (isAddressEqual(called, to) || isAddressEqual(called, account))) return true;
        return { en: `it was sent to ${called}`, zh: `发往 ${called}` };
      },
      party,
    );
    return;
  }
  await report.check(
    {
      en: `${account} is a contract, whose call stands in a transaction of ${sender}: ${done.en}`,
      zh: `${account} 是合约，其调用在 ${sender} 的交易之中：${done.zh}`,
    },
    async () => {
      if (client === undefined) return undefined;
      if ((await client.getCode({ address: account })) !== undefined) return true;
      return { en: "it is no contract", zh: "它不是合约" };
    },
    party,
  );
}
