import type { PublicClient } from "viem";
import type { Report, Sentence } from "./report.ts";
import { checkMadeBy } from "./signer.ts";
import { type Event, isOver, type Moment, type Story } from "./story.ts";

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
export interface Step extends Moment {
  readonly kind: Kind;
  readonly before: Status;
  /** End of the window in which it was taken. */
  readonly windowEnd: bigint | undefined;
  /** End of the window that it began. */
  readonly until: bigint | undefined;
}

export function stepsOf(story: Story): Step[] {
  const steps: Step[] = [];
  for (const { contract, name, args, transaction, block } of story.all()) {
    const kind = KINDS.find(({ event }) => event === name);
    const values = args as { id?: string } & { readonly [name: string]: unknown };
    if (contract !== "licences" || kind === undefined || values.id !== story.licence) continue;
    const last = steps.at(-1);
    const until = kind.until && (values[kind.until] as bigint);
    steps.push({
      ...{ transaction, block, kind, until: until === 0n ? undefined : until },
      ...{ before: last?.kind.to ?? "none", windowEnd: last?.until },
    });
  }
  return steps;
}

const OVER: Sentence = { en: "the time for it was over", zh: "期限已过" };

/** Whether each step was allowed after the one before it, and at that time. */
export async function checkCourse(report: Report, story: Story, client: PublicClient | undefined): Promise<void> {
  for (const step of stepsOf(story)) {
    const { kind, before, windowEnd, block } = step;
    await report.check(
      {
        en: `${kind.what.en}: allowed at that time, in the state before it (${STATUS_NAMES[before].en})`,
        zh: `${kind.what.zh}：当时允许，此前状态为“${STATUS_NAMES[before].zh}”`,
      },
      () => {
        if (!kind.from.includes(before)) return { en: "not in that state", zh: "该状态下不允许" };
        return !(kind.inTime && windowEnd !== undefined && isOver(windowEnd, block)) || OVER;
      },
    );
    if (kind.to === "settled" && before === "delivered") await checkAccepted(report, story, step, client);
    if (kind.to === "refunded") await checkRefund(report, story, step);
  }
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
  await checkMadeBy(report, story.agreement.licensee, transaction, client, accepted);
}

async function checkRefund(
  report: Report,
  story: Story,
  { transaction, block, before, windowEnd }: Step,
): Promise<void> {
  const fault = faultIn(story, transaction.hash);
  if (fault !== undefined) {
    // A missing block is found out when the time to show it is over; other faults are shown before.
    const missing = fault.args.fault === 2;
    return void (await report.check(
      { en: "refund: a fault was shown at its time", zh: "退款：在规定时间内证明了过错" },
      () => windowEnd !== undefined && isOver(windowEnd, block) === missing && (before === "demanded" || !missing),
    ));
  }
  const faulted = faultOfRelease(story);
  if (faulted !== undefined) {
    return void (await report.check(
      {
        en: "refund: the release was shown to be faulty while the window was open",
        zh: "退款：该版本在期限内已被证明有误",
      },
      () => windowEnd !== undefined && !isOver(windowEnd, faulted.block),
    ));
  }
  await report.check(
    { en: "refund: the time to deliver was over, and no key had come", zh: "退款：交付期限已过而未交付密钥" },
    () => before === "paid" && windowEnd !== undefined && isOver(windowEnd, block),
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
