import { type Hex, isAddressEqual } from "viem";
import { faultIn, type Step, stepsOf } from "./course.ts";
import type { Report, Sentence } from "./report.ts";
import type { Payment, Story } from "./story.ts";

const BPS = 10_000n;
const FOR_EVER = 2n ** 48n - 1n;

/** What was paid, kept, distributed and given back, computed from the terms and compared with what moved. */
export async function checkMoney(report: Report, story: Story): Promise<void> {
  const { licences, subscriptions } = story.record.subject.contracts;
  const { price } = story.agreement.offer;
  const payer = story.subscription === undefined ? story.agreement.licensee : subscriptions;
  await report.check(
    { en: `purchase: the price of ${price} went into escrow`, zh: `购买：价款 ${price} 已进入托管` },
    () => moved(story, story.bought.transaction.hash, ({ from, to }) => same(from, payer) && same(to, licences), price),
  );
  for (const step of stepsOf(story)) {
    if (step.kind.to === "settled") await checkSettlement(report, story, step);
    if (step.kind.to === "refunded") await checkRefund(report, story, step);
    if (step.kind.to === "revoked") await checkRevocation(report, story, step);
  }
}

async function checkSettlement(report: Report, story: Story, { transaction, block }: Step): Promise<void> {
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
      en: `settlement: the licence runs until ${until}, its duration from then`,
      zh: `结算：许可自此起算，至 ${until} 止`,
    },
    () => {
      const end = block.timestamp + BigInt(offer.duration);
      return BigInt(until) === (end < FOR_EVER ? end : FOR_EVER);
    },
  );
  await report.check(
    {
      en: `settlement: ${rest} went to the register of assets, and ${fee} waits for the market`,
      zh: `结算：${rest} 转入资产登记合约，${fee} 留待市场提取`,
    },
    () =>
      moved(story, hash, ({ from, to }) => same(from, licences) && same(to, assets), rest) &&
      (fee === 0n || credited(story, hash, fee)),
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

async function checkRefund(report: Report, story: Story, { transaction, before }: Step): Promise<void> {
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
    () => amount === offer.price && penalty === (fault === undefined || fault.args.fault === 1 ? 0n : offer.bond),
  );
  await checkPaidBack(report, story, hash, { en: "refund", zh: "退款" }, amount + penalty + deposit);
}

async function checkRevocation(report: Report, story: Story, { transaction, block, before }: Step): Promise<void> {
  const { offer } = story.agreement;
  const { refund, by } = story.about("LicenceRevoked")[0]!.args;
  await report.check(
    {
      en: `revocation: the operator ${by} gave back ${refund}, as much as it had to`,
      zh: `撤销：运营方 ${by} 退回 ${refund}，数额正确`,
    },
    () => {
      if (before !== "settled") return refund === offer.price + (before === "demanded" ? offer.answerFee : 0n);
      const left = BigInt(story.about("LicenceSettled")[0]!.args.until) - block.timestamp;
      const due = (offer.price * left + BigInt(offer.duration) - 1n) / BigInt(offer.duration);
      return refund === (due < offer.price ? due : offer.price);
    },
  );
  await checkPaidBack(report, story, transaction.hash, { en: "revocation", zh: "撤销" }, refund);
}

async function checkPaidBack(report: Report, story: Story, hash: Hex, what: Sentence, amount: bigint): Promise<void> {
  const { licences } = story.record.subject.contracts;
  const { licensee } = story.agreement;
  await report.check(
    { en: `${what.en}: ${amount} went back to the licensee`, zh: `${what.zh}：${amount} 已退回被许可方` },
    () =>
      moved(story, hash, ({ from, to }) => same(from, licences) && same(to, licensee), amount) === true ||
      credited(story, hash, amount),
  );
}

function moved(story: Story, hash: Hex, which: (payment: Payment) => boolean, amount: bigint): boolean {
  return amount === 0n || story.payments(hash).some((payment) => which(payment) && payment.amount === amount);
}

/** What could not be paid out, or is not paid out at once, waits to be withdrawn. */
function credited(story: Story, hash: Hex, amount: bigint): boolean {
  return story
    .events("licences", "Credited")
    .some(({ transaction, args }) => transaction.hash === hash && args.amount === amount);
}

const same = isAddressEqual;
