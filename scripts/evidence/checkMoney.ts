import { type Address, type Hex, isAddressEqual, type PublicClient } from "viem";
import { causeOf, faultIn, type Step, stepsOf } from "./course.ts";
import { dateOf } from "./files.ts";
import type { Report, Sentence } from "./report.ts";
import { checkMadeBy } from "./signer.ts";
import type { Story } from "./story.ts";

const BPS = 10_000n;
const FOR_EVER = 2n ** 48n - 1n;

/** What was paid, kept, distributed and given back, computed from the terms and compared with what moved. */
export async function checkMoney(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  const { licences, subscriptions } = story.record.subject.contracts;
  const { price } = story.agreement.offer;
  const payer = story.subscription === undefined ? story.agreement.licensee : subscriptions;
  await report.check(
    { en: `purchase: the price of ${price} went into escrow`, zh: `购买：价款 ${price} 已进入托管` },
    () => moved(story, story.bought.transaction.hash, payer, licences, price),
  );
  for (const step of stepsOf(story)) {
    if (step.kind.to === "settled") await checkSettlement(report, story, step);
    if (step.kind.to === "refunded") await checkRefund(report, story, step);
    if (step.kind.to === "revoked") await checkRevocation(report, story, step, client);
  }
}

async function checkSettlement(report: Report, story: Story, step: Step): Promise<void> {
  const { transaction, block } = step;
  const { hash } = transaction;
  const { offer } = story.agreement;
  const { licences, assets } = story.record.subject.contracts;
  const { amount, fee, until } = story.about("LicenceSettled")[0]!.args;
  const { feeBps } = story.bought.args;
  const rest = amount - fee;
  await report.check(
    {
      en: `settlement: ${amount} is the price, and the market's fee of ${fee} is ${feeBps} bps of it, rounded down`,
      zh: `结算：${amount} 即为价款，市场费 ${fee} 为其万分之 ${feeBps}，向下取整`,
    },
    () => amount === offer.price && fee === (amount * BigInt(feeBps)) / BPS,
  );
  await report.check(
    {
      en: `settlement: the licence runs until ${dateOf(until)}, its duration from then`,
      zh: `结算：许可自此起算，至 ${dateOf(until)} 止`,
    },
    () => {
      const end = block.timestamp + BigInt(offer.duration);
      return BigInt(until) === (end < FOR_EVER ? end : FOR_EVER);
    },
  );
  await report.check(
    {
      en: `settlement: ${rest} went to the register of assets`,
      zh: `结算：${rest} 转入资产登记合约`,
    },
    () => moved(story, hash, licences, assets, rest),
  );
  await report.check(
    {
      en: `settlement: ${fee} waits for whoever received the market's fees then`,
      zh: `结算：${fee} 留待当时的市场费收取方提取`,
    },
    () => {
      const receiver = story.feeReceiverAt(step);
      return fee === 0n || (receiver === undefined ? null : credited(story, hash, receiver, fee));
    },
  );
  await report.check(
    {
      en: `settlement: parents got their shares of ${rest}, and the asset's fractions the rest`,
      zh: `结算：${rest} 中上游资产取得其份额，其余归该数据资产的份额持有人`,
    },
    () => {
      if (rest === 0n) return true;
      const shares = story.events("assets", "ParentShareCredited").filter((event) => event.transaction.hash === hash);
      let left = rest;
      for (const parent of story.lineage()[0]!.registered.args.parents) {
        const share = (rest * BigInt(parent.shareBps)) / BPS;
        const paid = shares.some(
          ({ args }) => args.parent === parent.id && args.child === offer.asset && args.amount === share,
        );
        if (!paid) return { en: `not the share of ${share}`, zh: `缺份额 ${share}` };
        left -= share;
      }
      const excess = story
        .events("assets", "ExcessCredited")
        .filter((event) => event.transaction.hash === hash && event.args.id === offer.asset)
        .reduce((sum, { args }) => sum + args.amount, 0n);
      return story.events("assets", "RevenueDistributed").some(({ transaction, args }) => {
        return transaction.hash === hash && args.id === offer.asset && args.amount === left - excess;
      });
    },
  );
}

async function checkRefund(report: Report, story: Story, step: Step): Promise<void> {
  const { transaction, before } = step;
  const { hash } = transaction;
  const { offer } = story.agreement;
  const { amount } = story.about("LicenceRefunded")[0]!.args;
  const fault = faultIn(story, hash);
  const penalty = fault?.args.penalty ?? 0n;
  const deposit = before === "demanded" ? offer.answerFee : 0n;
  await report.check(
    {
      en: `refund: ${amount} is the price, and the custodian's bond paid ${penalty} on top, as agreed`,
      zh: `退款：${amount} 即为价款，另由保管方保证金支付 ${penalty}，与约定一致`,
    },
    () => {
      const cause = causeOf(story, step);
      // Whoever published faulty content may be another than the custodian.
      return amount === offer.price && penalty === (cause === "key" || cause === "missing" ? offer.bond : 0n);
    },
  );
  await checkPaidBack(report, story, hash, { en: "refund", zh: "退款" }, amount + penalty + deposit);
}

async function checkRevocation(
  report: Report,
  story: Story,
  step: Step,
  client: PublicClient | undefined,
): Promise<void> {
  const { transaction, block, before } = step;
  const { licences } = story.record.subject.contracts;
  const { offer } = story.agreement;
  const { refund, by } = story.about("LicenceRevoked")[0]!.args;
  await report.check(
    { en: `revocation: ${by} operated the asset then`, zh: `撤销：${by} 当时为该数据资产的运营方` },
    () => isAddressEqual(story.operatorAt(step), by) || story.operatorAt(step),
  );
  await checkMadeBy(report, by, { transaction, to: licences }, client, { en: "the revocation", zh: "撤销许可" });
  await report.check(
    {
      en: `revocation: ${refund} was given back, as much as had to be`,
      zh: `撤销：退回 ${refund}，数额正确`,
    },
    () => {
      if (before !== "settled") return refund === offer.price + (before === "demanded" ? offer.answerFee : 0n);
      const left = BigInt(story.about("LicenceSettled")[0]!.args.until) - block.timestamp;
      const due = (offer.price * left + BigInt(offer.duration) - 1n) / BigInt(offer.duration);
      // What was settled is not in escrow any more: the operator pays.
      return refund === (due < offer.price ? due : offer.price) && moved(story, transaction.hash, by, licences, refund);
    },
  );
  await checkPaidBack(report, story, transaction.hash, { en: "revocation", zh: "撤销" }, refund);
}

async function checkPaidBack(report: Report, story: Story, hash: Hex, what: Sentence, amount: bigint): Promise<void> {
  const { licences } = story.record.subject.contracts;
  const { licensee } = story.agreement;
  await report.check(
    {
      en: `${what.en}: ${amount} went back to the licensee, or waits for it`,
      zh: `${what.zh}：${amount} 已退回被许可方，或留待其提取`,
    },
    () => moved(story, hash, licences, licensee, amount) || credited(story, hash, licensee, amount),
  );
}

function moved(story: Story, hash: Hex, from: Address, to: Address, amount: bigint): boolean {
  return (
    amount === 0n ||
    story.payments(hash).some((payment) => {
      return payment.amount === amount && isAddressEqual(payment.from, from) && isAddressEqual(payment.to, to);
    })
  );
}

/** What could not be paid out, or is not paid out at once, waits to be withdrawn. */
function credited(story: Story, hash: Hex, account: Address, amount: bigint): boolean {
  return story.events("licences", "Credited").some(({ transaction, args }) => {
    if (transaction.hash !== hash || args.amount !== amount) return false;
    return isAddressEqual(args.account, account) && isAddressEqual(args.currency, story.currency);
  });
}
