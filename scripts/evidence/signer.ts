import { type Address, isAddressEqual, type PublicClient } from "viem";
import type { Transaction } from "./model.ts";
import type { Report, Sentence } from "./report.ts";
import { Story } from "./story.ts";

/**
 * Checks that an account made a transaction: it signed it, or it is a contract, which makes calls in transactions that others sign.
 * Whether an account is a contract, an endpoint says.
 */
export async function checkMadeBy(
  report: Report,
  account: Address,
  transaction: Transaction,
  client: PublicClient | undefined,
  done: Sentence,
): Promise<void> {
  const sender = await Story.sender(transaction);
  if (isAddressEqual(sender, account)) {
    await report.check({ en: `${account} signed: ${done.en}`, zh: `${account} 已签署：${done.zh}` }, () => true);
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
  );
}
