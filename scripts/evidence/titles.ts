import type { Sentence } from "./report.ts";
import type { Story } from "./story.ts";

/** What a transaction is called, by the first of these events that it carries. */
const TITLES: readonly (readonly [event: string, title: Sentence])[] = [
  ["FaultShown", { en: "dispute", zh: "争议" }],
  ["Subscribed", { en: "subscription", zh: "订阅" }],
  ["LicenceRenewed", { en: "renewal", zh: "续期" }],
  ["LicenceBought", { en: "purchase", zh: "购买" }],
  ["KeyDelivered", { en: "delivery", zh: "交付" }],
  ["AccessGranted", { en: "access", zh: "准入" }],
  ["LicenceSettled", { en: "settlement", zh: "结算" }],
  ["LicenceRefunded", { en: "refund", zh: "退款" }],
  ["LicenceRevoked", { en: "revocation", zh: "撤销" }],
  ["DemandMade", { en: "demand of a block", zh: "索取数据块" }],
  ["DemandAnswered", { en: "answer with a block", zh: "出示数据块" }],
  ["UsesConsumed", { en: "count of uses", zh: "用量计数" }],
  ["OfferPosted", { en: "posting of the offer", zh: "公布要约" }],
  ["PlanPosted", { en: "posting of the plan", zh: "公布订阅方案" }],
  ["AssetRegistered", { en: "registration", zh: "登记" }],
  ["ReleasePublished", { en: "publication", zh: "发布" }],
  ["OperatorReplaced", { en: "change of operator", zh: "更换运营方" }],
  ["HandedOver", { en: "succession", zh: "承继" }],
  ["LicenceFeeChanged", { en: "setting of the market's fee", zh: "设定市场费" }],
  ["ReleaseOpened", { en: "opening of a release", zh: "开放版本" }],
];

const OTHER: Sentence = { en: "other", zh: "其他" };

/** Titles of all transactions, with the beginning of their hash. */
export function titlesOf(story: Story): Map<string, Sentence> {
  const names = new Map<string, Set<string>>();
  for (const { name, transaction } of story.all()) {
    names.set(transaction.hash, (names.get(transaction.hash) ?? new Set()).add(name));
  }
  return new Map(
    story.record.transactions.map(({ hash }) => {
      const carried = names.get(hash) ?? new Set();
      const [, title] = TITLES.find(([event]) => carried.has(event)) ?? ["", OTHER];
      const short = `${hash.slice(0, 10)}…`;
      return [hash, { en: `${title.en} (${short})`, zh: `${title.zh}（${short}）` }];
    }),
  );
}
