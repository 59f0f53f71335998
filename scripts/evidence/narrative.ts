import { causeOf, faultOfRelease, type Step, stepsOf } from "./course.ts";
import { dateOf } from "./files.ts";
import type { Sentence } from "./report.ts";
import { rulingsOf } from "./rulings.ts";
import { deadline, type Story } from "./story.ts";
import { causeSentence } from "./verdict.ts";

const DAY = 86_400;

/** What happened, step by step, as the receipts tell it. */
export function narrative(story: Story): Sentence[] {
  const { offer, licensee } = story.agreement;
  const [sold, ...ancestors] = story.lineage();
  const { release } = sold!.published.args;
  const time = (seconds: bigint) => dateOf(seconds);
  const told: Sentence[] = [
    {
      en: `On ${time(sold!.published.block.timestamp)} release ${sold!.number} of the data asset was published: ${release.length} bytes, sealed; its root, the commitment to its key and the hash of its manifest are on the chain.`,
      zh: `${time(sold!.published.block.timestamp)}，该数据资产第 ${sold!.number} 版发布：${release.length} 字节，已密封；其根值、密钥承诺与清单哈希已上链。`,
    },
  ];
  if (ancestors.length > 0) {
    told.push({
      en: `It was made from ${ancestors.length} other release(s), listed in lineage.json.`,
      zh: `它由 ${ancestors.length} 个其他版本加工而成，见 lineage.json。`,
    });
  }
  const [runs, delivers, disputes] = [span(offer.duration), span(offer.deliverySeconds), span(offer.disputeSeconds)];
  told.push({
    en: `The operator offered a licence of ${runs.en} to it for ${offer.price}; the custodian had ${delivers.en} to deliver the key, and the licensee ${disputes.en} to object.`,
    zh: `运营方提出要约：许可期 ${runs.zh}，价款 ${offer.price}；保管方须在 ${delivers.zh}内交付密钥，被许可方可在 ${disputes.zh}内提出异议。`,
  });
  const steps = stepsOf(story);
  const happened = steps.map((step) => ({ order: step.order, sentence: stepSentence(story, step, licensee) }));
  for (const { order, args, block } of story.about("UsesConsumed")) {
    const sentence = {
      en: `By ${time(block.timestamp)} the custodian had counted ${args.used} use(s).`,
      zh: `截至 ${time(block.timestamp)}，保管方计用量 ${args.used} 次。`,
    };
    happened.push({ order, sentence });
  }
  const fault = faultOfRelease(story);
  const concerned = steps.some((step) => {
    const cause = step.kind.to === "refunded" ? causeOf(story, step) : undefined;
    return cause === "content" || cause === "missing" || cause === "release";
  });
  if (fault !== undefined && !concerned) {
    const when = time(fault.block.timestamp);
    const sentence = {
      en: `On ${when} the release was shown to be faulty in a dispute over another licence.`,
      zh: `${when}，该版本在另一许可的争议中被证明有误。`,
    };
    happened.push({ order: fault.order, sentence });
  }
  return [...told, ...happened.sort((a, b) => a.order - b.order).map(({ sentence }) => sentence)];
}

/** Days where they are whole, else seconds. */
function span(seconds: number): Sentence {
  const days = seconds / DAY;
  return Number.isInteger(days)
    ? { en: `${days} days`, zh: `${days} 天` }
    : { en: `${seconds} seconds`, zh: `${seconds} 秒` };
}

function stepSentence(story: Story, step: Step, licensee: string): Sentence {
  const when = dateOf(step.block.timestamp);
  const until = step.until === undefined ? "" : dateOf(deadline(step.until).time);
  const { price, custodian, answerFee } = story.agreement.offer;
  switch (step.kind.event) {
    case "LicenceBought":
      return story.subscription === undefined
        ? {
            en: `On ${when} ${licensee} took the offer and paid ${price} into escrow${until && `; the key was due by ${until}`}.`,
            zh: `${when}，${licensee} 接受要约，将 ${price} 存入托管${until && `；密钥应在 ${until} 前交付`}。`,
          }
        : {
            en: `On ${when} the licence was opened under a subscription of ${licensee}, with ${price} in escrow; the key was due by ${until}.`,
            zh: `${when}，依 ${licensee} 的订阅开立本许可，托管 ${price}；密钥应在 ${until} 前交付。`,
          };
    case "KeyDelivered":
      return {
        en: `On ${when} the custodian ${custodian} delivered a key, wrapped for the licensee alone; it could be disputed until ${until}.`,
        zh: `${when}，保管方 ${custodian} 交付了只有被许可方能解封的密钥；可争议至 ${until}。`,
      };
    case "AccessGranted":
      return {
        en: `On ${when} the custodian ${custodian} let the licensee compute where the data lies; it could be disputed until ${until}.`,
        zh: `${when}，保管方 ${custodian} 允许被许可方在数据所在处计算；可争议至 ${until}。`,
      };
    case "BlockDemanded":
      return {
        en: `On ${when} the licensee demanded a block that it could not find, and deposited ${answerFee}.`,
        zh: `${when}，被许可方索取未能取得的数据块，并缴存 ${answerFee}。`,
      };
    case "BlockAnswered":
      return { en: `On ${when} the custodian showed that block.`, zh: `${when}，保管方出示了该数据块。` };
    case "LicenceSettled": {
      const { amount, fee } = story.about("LicenceSettled")[0]!.args;
      return {
        en: `On ${when} the price was settled: ${fee} to the market, ${amount - fee} to those who hold fractions of the asset and of what it was made from.`,
        zh: `${when}，价款结算：市场费 ${fee}，其余 ${amount - fee} 归该数据资产及其上游资产的份额持有人。`,
      };
    }
    case "LicenceRefunded": {
      const cause = causeSentence(story, step);
      const ruling = rulingsOf(story).find(({ transaction }) => transaction.hash === step.transaction.hash);
      const bond = ruling?.args.penalty ?? 0n;
      return {
        en: `On ${when} ${price} went back to the licensee, because ${cause.en}${bond > 0n ? `; the custodian's bond of ${bond} went to the licensee too` : ""}.`,
        zh: `${when}，${price} 退回被许可方，因为${cause.zh}${bond > 0n ? `；保管方的保证金 ${bond} 也归被许可方` : ""}。`,
      };
    }
    default: {
      const { refund, reason } = story.about("LicenceRevoked")[0]!.args;
      return {
        en: `On ${when} the operator revoked the licence, for a cause with the hash ${reason}, and ${refund} went back.`,
        zh: `${when}，运营方撤销许可（事由哈希 ${reason}），退回 ${refund}。`,
      };
    }
  }
}
