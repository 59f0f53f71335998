import type { PublicClient } from "viem";
import type { Report, Sentence } from "./report.ts";
import { FAULTS, type Fault } from "./rulings.ts";
import { checkMadeBy } from "./signer.ts";
import { type Event, isOver, type Logged, type Story } from "./story.ts";

/** As the register of licences numbers them. */
export const STATUSES = ["none", "paid", "delivered", "demanded", "settled", "refunded", "revoked"] as const;
export type Status = (typeof STATUSES)[number];

export const STATUS_NAMES: { readonly [status in Status]: Sentence } = {
  none: { en: "not there yet", zh: "尚不存在" },
  paid: { en: "paid, and no key delivered", zh: "已付款、未交付密钥" },
  delivered: { en: "delivered", zh: "已交付" },
  demanded: { en: "waiting for a block that was demanded", zh: "等待出示被索取的数据块" },
  settled: { en: "settled", zh: "已结算" },
  refunded: { en: "refunded", zh: "已退款" },
  revoked: { en: "revoked", zh: "已撤销" },
};

interface Kind {
  readonly event: string;
  readonly what: Sentence;
  readonly from: readonly Status[];
  readonly to: Status;
  /** Which value of the event ends the next window. */
  readonly until?: "deliverBy" | "disputeBy" | "answerBy";
  /** Whether it had to happen before the end of the window. */
  readonly inTime?: boolean;
}

const KINDS: readonly Kind[] = [
  { event: "LicenceBought", what: { en: "purchase", zh: "购买" }, from: ["none"], to: "paid", until: "deliverBy" },
  {
    ...{ event: "KeyDelivered", what: { en: "delivery of the key", zh: "交付密钥" }, inTime: true },
    ...{ from: ["paid"], to: "delivered", until: "disputeBy" },
  },
  {
    ...{ event: "AccessGranted", what: { en: "grant of access", zh: "准入" }, inTime: true },
    ...{ from: ["paid"], to: "delivered", until: "disputeBy" },
  },
  {
    ...{ event: "BlockDemanded", what: { en: "demand of a block", zh: "索取数据块" }, inTime: true },
    ...{ from: ["delivered"], to: "demanded", until: "answerBy" },
  },
  {
    ...{ event: "BlockAnswered", what: { en: "answer with the block", zh: "出示数据块" }, inTime: true },
    ...{ from: ["demanded"], to: "delivered", until: "disputeBy" },
  },
  { event: "LicenceSettled", what: { en: "settlement", zh: "结算" }, from: ["paid", "delivered"], to: "settled" },
  {
    ...{ event: "LicenceRefunded", what: { en: "refund", zh: "退款" } },
    ...{ from: ["paid", "delivered", "demanded"], to: "refunded" },
  },
  {
    ...{ event: "LicenceRevoked", what: { en: "revocation", zh: "撤销" } },
    ...{ from: ["paid", "delivered", "demanded", "settled"], to: "revoked" },
  },
];

/** A step that changed the licence's state. */
export interface Step extends Logged {
  readonly kind: Kind;
  readonly before: Status;
  /** End of the window in which it was taken. */
  readonly windowEnd: bigint | undefined;
  /** End of the window that it began. */
  readonly until: bigint | undefined;
}

export function stepsOf(story: Story): Step[] {
  const steps: Step[] = [];
  for (const { contract, name, args, ...moment } of story.all()) {
    const kind = KINDS.find(({ event }) => event === name);
    const values = args as { id?: string } & { readonly [name: string]: unknown };
    if (contract !== "licences" || kind === undefined || values.id !== story.licence) continue;
    const last = steps.at(-1);
    const until = kind.until && (values[kind.until] as bigint);
    steps.push({
      ...{ ...moment, kind, until: until === 0n ? undefined : until },
      ...{ before: last?.kind.to ?? "none", windowEnd: last?.until },
    });
  }
  return steps;
}

const OVER: Sentence = { en: "the time for it was over", zh: "期限已过" };

/** Whether each step was allowed after the one before it, and at that time. */
export async function checkCourse(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  for (const step of stepsOf(story)) {
    const { kind, before } = step;
    await report.check(
      {
        en: `${kind.what.en}: allowed at that time, in the state before it (${STATUS_NAMES[before].en})`,
        zh: `${kind.what.zh}：当时允许，此前状态为“${STATUS_NAMES[before].zh}”`,
      },
      () => obstacle(story, step) ?? true,
    );
    if (kind.to === "settled" && before === "delivered") await checkAccepted(report, story, step, client);
    if (kind.to === "refunded") await checkRefund(report, story, step, client);
  }
}

/** What stood in the way of a step. */
function obstacle(story: Story, step: Step): Sentence | undefined {
  const { kind, before, windowEnd, block, transaction } = step;
  const over = windowEnd !== undefined && isOver(windowEnd, block);
  if (!kind.from.includes(before)) return { en: "not in that state", zh: "该状态下不允许" };
  if (kind.inTime && over) return OVER;
  if (kind.to === "settled") {
    const renewed = story.about("LicenceRenewed").some((event) => event.transaction.hash === transaction.hash);
    if (before === "paid" && !renewed)
      return { en: "no key was delivered, and it is no renewal", zh: "未交付密钥，也不是续期" };
    if (faultBefore(story, step) !== undefined)
      return { en: "the release had been shown to be faulty", zh: "该版本此前已被证明有误" };
  }
  if (kind.to === "revoked") {
    if ((before === "delivered" || before === "demanded") && over) return OVER;
    if (before === "settled" && story.subscription !== undefined)
      return { en: "it is paid for by the subscription", zh: "价款由订阅支付" };
  }
  return undefined;
}

async function checkAccepted(
  report: Report,
  story: Story,
  { windowEnd, block, transaction }: Step,
  client: PublicClient | undefined,
): Promise<void> {
  if (windowEnd !== undefined && isOver(windowEnd, block)) {
    return void (await report.check(
      { en: "settlement: the time for disputes was over", zh: "结算：争议期已过" },
      () => true,
    ));
  }
  const accepted = {
    en: "the settlement, accepted before the time for disputes was over",
    zh: "结算，在争议期内提前接受",
  };
  const to = story.record.subject.contracts.licences;
  await checkMadeBy(report, story.agreement.licensee, { transaction, to }, client, accepted);
}

/** Why a price goes back: a fault that was shown of this licence, one of its release, or a deadline that was missed. */
export type Cause = Fault | "release" | "deadline";

/** As the register of licences decides it; `undefined` where it would have refused. */
export function causeOf(story: Story, step: Step): Cause | undefined {
  const fault = faultIn(story, step.transaction.hash);
  if (fault !== undefined) return FAULTS[fault.args.fault];
  if (faultBefore(story, step) !== undefined) return "release";
  const { before, windowEnd, block } = step;
  return before === "paid" && windowEnd !== undefined && isOver(windowEnd, block) ? "deadline" : undefined;
}

async function checkRefund(report: Report, story: Story, step: Step, client: PublicClient | undefined): Promise<void> {
  const { transaction, block, before, windowEnd } = step;
  const over = windowEnd !== undefined && isOver(windowEnd, block);
  const cause = causeOf(story, step);
  if (cause === "release") {
    await report.check(
      {
        en: "refund: the release was shown to be faulty while the window was open",
        zh: "退款：该版本在期限内已被证明有误",
      },
      () => !(before === "demanded" && over) || { en: "a block was still due", zh: "尚欠一个数据块" },
    );
    // While a wrong key can be disputed, the licensee alone decides what it asks for.
    if (before === "paid" || over) return;
    const asked = { en: "the refund, asked for while its window was open", zh: "退款，在期限内提出" };
    const to = story.record.subject.contracts.licences;
    return checkMadeBy(report, story.agreement.licensee, { transaction, to }, client, asked);
  }
  if (cause === undefined || cause === "deadline") {
    return void (await report.check(
      { en: "refund: the time to deliver was over, and no key had come", zh: "退款：交付期限已过而未交付密钥" },
      () => cause === "deadline",
    ));
  }
  await report.check(
    { en: "refund: a fault was shown at its time", zh: "退款：在规定时间内证明了过错" },
    // A missing block is found out when the time to show it is over; other faults are shown before.
    () => (cause === "missing" ? before === "demanded" && over : before !== "paid" && windowEnd !== undefined && !over),
  );
}

export function faultIn(story: Story, transaction: string): Event<"licences", "FaultShown"> | undefined {
  return story.about("FaultShown").find((event) => event.transaction.hash === transaction);
}

export function faultOfRelease(story: Story): Event<"licences", "ReleaseFaulted"> | undefined {
  const { asset, release } = story.agreement.offer;
  return story
    .events("licences", "ReleaseFaulted")
    .find(({ args }) => args.asset === asset && args.release === release);
}

/** The fault of the release, if it was shown before this and while the window was open: only then does it concern the licence. */
export function faultBefore(
  story: Story,
  { order, windowEnd }: Pick<Step, "order" | "windowEnd">,
): Event<"licences", "ReleaseFaulted"> | undefined {
  const fault = faultOfRelease(story);
  if (fault === undefined || windowEnd === undefined) return undefined;
  return fault.order < order && !isOver(windowEnd, fault.block) ? fault : undefined;
}
