import { licenceRegistryAbi, subscriptionsAbi } from "@cadastre/abi";
import {
  encodeAbiParameters,
  getAddress,
  hexToBigInt,
  isAddressEqual,
  keccak256,
  type PublicClient,
  recoverAddress,
} from "viem";
import { callsIn } from "./calls.ts";
import type { Report } from "./report.ts";
import { Story, same } from "./story.ts";

const MAGIC = "0x1626ba7e";
const ERC1271 = [
  {
    type: "function",
    name: "isValidSignature",
    stateMutability: "view",
    inputs: [{ type: "bytes32" }, { type: "bytes" }],
    outputs: [{ type: "bytes4" }],
  },
] as const;

/** Who agreed what with whom, by their own signatures. */
export async function checkAgreement(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { agreement, licence, bought } = story;
  const { offer, licensee } = agreement;
  await report.check(
    {
      en: "the agreement hashes to the licence's id, for this chain and this register (EIP-712)",
      zh: "协议在本链、本登记合约下的哈希就是许可编号（EIP-712）",
    },
    () => story.idOf(agreement) === licence || `it hashes to ${story.idOf(agreement)}`,
  );
  await report.check(
    { en: "the register computes the same id from the agreement", zh: "登记合约由协议算出同样的编号" },
    async () =>
      client &&
      (await client.readContract({
        address: story.record.subject.contracts.licences,
        ...{ abi: licenceRegistryAbi, functionName: "hashAgreement", args: [agreement] },
      })) === licence,
  );
  await checkOperator(report, story, client);
  await checkConsent(report, story);
  if (story.subscription !== undefined) await checkSubscription(report, story);
  await report.check(
    {
      en: "the operator that is named in the offer operated the asset when it was taken",
      zh: "要约被接受时，要约所列运营方正是该数据资产的运营方",
    },
    () => isAddressEqual(story.operator(), offer.operator) || `${story.operator()} did`,
  );
  await report.check(
    { en: "the offer had not expired, and the market fee was within it", zh: "要约尚未过期，市场费未超过要约上限" },
    () => {
      const { timestamp } = story.consent.block;
      if (timestamp > BigInt(offer.expiry)) return `it was taken at ${timestamp} and expired at ${offer.expiry}`;
      // A later release of a subscription is at the fee of its own day, and has no price.
      return bought.args.feeBps <= offer.maxFeeBps || offer.price === 0n || `the fee was ${bought.args.feeBps} bps`;
    },
  );
  await report.check(
    { en: `the licensee in the register's record is ${licensee}`, zh: `登记记录中的被许可方是 ${licensee}` },
    () => isAddressEqual(bought.args.licensee, licensee) && bought.args.asset === offer.asset,
  );
}

async function checkOperator(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { operator } = story.agreement.offer;
  const { word } = story;
  const about = { en: word?.kind === "plan" ? "plan" : "offer", zh: word?.kind === "plan" ? "订阅方案" : "要约" };
  if (word?.kind === "posted") {
    await report.check(
      { en: `the operator ${operator} posted the offer itself`, zh: `运营方 ${operator} 亲自公布了要约` },
      async () => {
        const sender = await Story.sender(word.transaction);
        // A contract has posted it by another account's transaction.
        return isAddressEqual(sender, operator) || undefined;
      },
    );
    return;
  }
  await report.check(
    { en: `the operator ${operator} signed the ${about.en}`, zh: `运营方 ${operator} 签署了${about.zh}` },
    async () => {
      // A contract made the purchase, or keeps the operator's key: the chain alone knows what it said.
      if (word?.signature === undefined) return undefined;
      const { hash, signature } = word;
      const signer = await recoverAddress({ hash, signature }).catch(() => undefined);
      if (signer !== undefined && isAddressEqual(signer, operator)) return true;
      if (client === undefined) return undefined;
      if ((await client.getCode({ address: operator })) === undefined) return `${signer ?? "nobody"} did`;
      const answer = await client.readContract({
        ...{ address: operator, abi: ERC1271, functionName: "isValidSignature", args: [hash, signature] },
      });
      return answer === MAGIC || "its contract says that it did not";
    },
  );
}

/** The licensee signs no message: it signs the transaction that carries the whole agreement. */
async function checkConsent(report: Report, story: Story): Promise<void> {
  const { licensee } = story.agreement;
  await report.check(
    {
      en: `the licensee ${licensee} signed the transaction that carries these terms`,
      zh: `被许可方 ${licensee} 签署了载有这些条款的交易`,
    },
    async () => {
      const sender = await Story.sender(story.consent.transaction);
      if (!isAddressEqual(sender, licensee)) return undefined;
      return story.word !== undefined || undefined;
    },
  );
}

async function checkSubscription(report: Report, story: Story): Promise<void> {
  const { id, subscription } = story.subscription!.args;
  await report.check(
    {
      en: `the agreement is what subscription ${id} says of release ${story.agreement.offer.release}`,
      zh: `协议与订阅 ${id} 对第 ${story.agreement.offer.release} 版的约定一致`,
    },
    () => {
      const { entry } = subscription.plan;
      const { release } = story.agreement.offer;
      const { attempt } = story;
      const price = release === entry.release && attempt === 0 ? entry.price : 0n;
      const nonce = encodeAbiParameters(
        [{ type: "bytes32" }, { type: "uint32" }, { type: "uint32" }],
        [id, release, attempt],
      );
      return (
        same(story.agreement) ===
        same({
          offer: { ...entry, price, release },
          licensee: getAddress(subscription.licensee),
          ...{ keyX: subscription.keyX, keyY: subscription.keyY, nonce: hexToBigInt(keccak256(nonce)) },
        })
      );
    },
  );
  await report.check(
    { en: "the subscriber's transaction carries this subscription", zh: "订阅方的交易载有这份订阅" },
    () => {
      const calls = callsIn(story.consent.transaction.raw, subscriptionsAbi, ["subscribe", "subscribeWithPermit"]);
      return calls.some(({ args }) => same(args[0]) === same(subscription)) || undefined;
    },
  );
}
