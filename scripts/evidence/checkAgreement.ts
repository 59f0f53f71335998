import { licenceRegistryAbi, subscriptionsAbi } from "@cadastre/abi";
import { encodeAbiParameters, hexToBigInt, isAddressEqual, keccak256, type PublicClient, recoverAddress } from "viem";
import { callsIn } from "./calls.ts";
import type { Transaction } from "./model.ts";
import type { Report } from "./report.ts";
import { checkMadeBy } from "./signer.ts";
import { type Story, same } from "./story.ts";

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
    () => story.idOf(agreement) === licence || story.idOf(agreement),
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
  await checkLicensee(report, story, client);
  if (story.subscription !== undefined) await checkSubscription(report, story);
  await report.check(
    {
      en: "the operator that is named in the offer operated the asset when it was taken",
      zh: "要约被接受时，要约所列运营方正是该数据资产的运营方",
    },
    () => isAddressEqual(story.operatorAt(story.consent), offer.operator) || story.operatorAt(story.consent),
  );
  await report.check(
    { en: "the offer had not expired, and the market fee was within it", zh: "要约尚未过期，市场费未超过要约上限" },
    () => {
      const { timestamp } = story.consent.block;
      if (timestamp > BigInt(offer.expiry)) return `${timestamp} > ${offer.expiry}`;
      // A later release of a subscription is at the fee of its own day, and has no price.
      return (
        bought.args.feeBps <= offer.maxFeeBps ||
        offer.price === 0n ||
        `${bought.args.feeBps} bps > ${offer.maxFeeBps} bps`
      );
    },
  );
  await report.check(
    { en: `the licensee in the register's record is ${licensee}`, zh: `登记记录中的被许可方是 ${licensee}` },
    () => isAddressEqual(bought.args.licensee, licensee) && bought.args.asset === offer.asset,
  );
}

/** The licensee signs no message: it signs the transaction that carries the whole agreement. */
async function checkLicensee(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { licensee } = story.agreement;
  const { licences, subscriptions } = story.record.subject.contracts;
  const { transaction } = story.consent;
  const party = { en: `the licensee ${licensee}`, zh: `被许可方 ${licensee}` };
  const done = { en: "the licensee's transaction", zh: "被许可方的交易" };
  const to = story.subscription === undefined ? licences : subscriptions;
  await checkMadeBy(report, licensee, { transaction, to }, client, done, party);
  await report.check(
    story.subscription === undefined
      ? { en: "the licensee's transaction carries this agreement", zh: "被许可方的交易载有本协议" }
      : { en: "the licensee's transaction carries this subscription", zh: "被许可方的交易载有这份订阅" },
    () => story.given !== undefined || null,
    party,
  );
}

async function checkOperator(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { operator } = story.agreement.offer;
  const { word } = story;
  const party = { en: `the operator ${operator}`, zh: `运营方 ${operator}` };
  const about = word?.kind === "plan" ? { en: "plan", zh: "订阅方案" } : { en: "offer", zh: "要约" };
  if (word !== undefined && word.signature === undefined) {
    const { kind, transaction } = word;
    const { licences, subscriptions } = story.record.subject.contracts;
    const done = { en: `the posting of the ${about.en}`, zh: `公布${about.zh}的交易` };
    const to = kind === "plan" ? subscriptions : licences;
    await checkMadeBy(report, operator, { transaction, to }, client, done, party);
    return void (await report.check(
      { en: `the posting carries this ${about.en}`, zh: `公布${about.zh}的交易载有该${about.zh}` },
      () => postedIn(story, transaction) || null,
      party,
    ));
  }
  await report.check(
    { en: `the operator ${operator} signed the ${about.en}`, zh: `运营方 ${operator} 签署了${about.zh}` },
    async () => {
      // Another contract gave the signature to the register.
      if (word?.signature === undefined) return null;
      const { hash, signature } = word;
      const signer = await recoverAddress({ hash, signature }).catch(() => undefined);
      if (signer !== undefined && isAddressEqual(signer, operator)) return true;
      // A contract signs as its code says (ERC-1271).
      if (client === undefined) return undefined;
      const not = { en: "it did not", zh: "并非其签名" };
      if ((await client.getCode({ address: operator })) === undefined) return not;
      const answer = await client.readContract({
        ...{ address: operator, abi: ERC1271, functionName: "isValidSignature", args: [hash, signature] },
      });
      return answer === MAGIC || not;
    },
    party,
  );
}

function postedIn(story: Story, { raw }: Transaction): boolean {
  const subscribed = story.subscription?.args.subscription;
  if (subscribed === undefined) {
    return callsIn(raw, licenceRegistryAbi, ["post"]).some(({ args }) => same(args[0], story.agreement.offer));
  }
  return callsIn(raw, subscriptionsAbi, ["post"]).some(({ args }) => same(args[0], subscribed.plan));
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
      return same(story.agreement, {
        offer: { ...entry, price, release },
        licensee: subscription.licensee,
        ...{ keyX: subscription.keyX, keyY: subscription.keyY, nonce: hexToBigInt(keccak256(nonce)) },
      });
    },
  );
}
