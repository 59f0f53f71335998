import { causeOf, faultBefore, type Step, stepsOf } from "./course.ts";
import { dateOf } from "./files.ts";
import type { Subject } from "./model.ts";
import type { Report, Sentence } from "./report.ts";
import { deadline, type Story } from "./story.ts";

/** How the matter stands, and why. */
export function outcomeSentence(story: Story): Sentence {
  const last = stepsOf(story).at(-1)!;
  const { price } = story.agreement.offer;
  const by = last.until === undefined ? "" : dateOf(deadline(last.until).time);
  // What may be done after the last step: the window that it began is the one that counts.
  if (faultBefore(story, { order: Number.POSITIVE_INFINITY, windowEnd: last.until }) !== undefined) {
    return {
      en: `undecided. The release was shown to be faulty in a dispute over another licence, while the window of this one was open, so the price of ${price} is due back to the licensee.`,
      zh: `尚未定局。该版本在本许可期限内已于另一许可的争议中被证明有误，价款 ${price} 应退回被许可方。`,
    };
  }
  switch (last.kind.to) {
    case "settled": {
      const { amount, fee, until } = story.about("LicenceSettled").at(-1)!.args;
      return {
        en: `settled. The price of ${amount} was paid out, ${fee} of it to the market; the licence runs until ${dateOf(until)}.`,
        zh: `已结算。价款 ${amount} 已支付，其中市场费 ${fee}；许可有效期至 ${dateOf(until)}。`,
      };
    }
    case "refunded": {
      const because = causeSentence(story, last);
      return {
        en: `refunded. The licensee had the price of ${price} back, because ${because.en}.`,
        zh: `已退款。价款 ${price} 已退回被许可方，原因：${because.zh}。`,
      };
    }
    case "revoked": {
      const { refund } = story.about("LicenceRevoked").at(-1)!.args;
      return {
        en: `revoked by the operator, who gave ${refund} back to the licensee.`,
        zh: `运营方已撤销许可，并向被许可方退回 ${refund}。`,
      };
    }
    case "delivered":
      return {
        en: `undecided. The licensee can dispute what was delivered until ${by}; after that anybody can settle.`,
        zh: `尚未定局。被许可方可在 ${by} 前提出争议；此后任何人可办理结算。`,
      };
    case "demanded":
      return {
        en: `undecided. The custodian has to show a block by ${by}, or the price goes back.`,
        zh: `尚未定局。保管方须在 ${by} 前出示数据块，否则价款退回。`,
      };
    default:
      return {
        en: `undecided. The price is in escrow, and the key is due by ${by}; after that the licensee can have it back.`,
        zh: `尚未定局。价款在托管中，密钥应在 ${by} 前交付；逾期被许可方可取回价款。`,
      };
  }
}

export function causeSentence(story: Story, step: Step): Sentence {
  switch (causeOf(story, step)) {
    case "key":
      return {
        en: "the custodian delivered a key that is not the release's key",
        zh: "保管方交付的密钥不是该版本的密钥",
      };
    case "content":
      return {
        en: "a block of the release is not what its publisher committed to",
        zh: "该版本有数据块与发布者的承诺不符",
      };
    case "missing":
      return {
        en: "the custodian did not show a block that was demanded in time",
        zh: "保管方未在期限内出示被索取的数据块",
      };
    case "release":
      return {
        en: "the release was shown to be faulty in a dispute over another licence",
        zh: "该版本已在另一许可的争议中被证明有误",
      };
    case "deadline":
      return { en: "no key was delivered in time", zh: "期限内没有交付密钥" };
    default:
      return { en: "of nothing that is in this folder", zh: "此文件夹中没有其事由" };
  }
}

/** A verification as a whole. */
export interface Conclusion {
  readonly sentence: Sentence;
  /** Whether anything was shown. */
  readonly ok: boolean;
}

/** @param online whether an endpoint was asked */
export function conclude(
  report: Report,
  outcome: Sentence | undefined,
  subject: Subject | undefined,
  online: boolean,
): Conclusion {
  const failed = report.count("failed");
  if (failed > 0 || outcome === undefined || subject === undefined) {
    return {
      sentence: {
        en: `VERDICT: this folder is not to be relied on. ${failed} of ${report.lines.length} checks failed.`,
        zh: `结论：此文件夹不可采信。${report.lines.length} 项检查中有 ${failed} 项失败。`,
      },
      ok: false,
    };
  }
  const { unseen } = report;
  const left = countSentence(report);
  const { licence, chainId, contracts } = subject;
  const about = {
    en: `They are about licence ${licence}, chain ${chainId}, register of licences ${contracts.licences}; ask whoever runs that chain whether these are its contracts.`,
    zh: `以上检查针对许可 ${licence}、链 ${chainId}、许可登记合约 ${contracts.licences}；请向该链的运营者核实合约地址。`,
  };
  // The register of licences takes no purchase without both parties: where an endpoint has it, it is shown.
  if (!online && unseen.length > 0) {
    const who = { en: unseen.map(({ en }) => en).join(" and of "), zh: unseen.map(({ zh }) => zh).join("、") };
    return {
      sentence: {
        en: `VERDICT: nothing shown: the signature of ${who.en} could not be checked here. Anybody can make such a folder. An account that is a contract signs as its code says (ERC-1271), which only an endpoint of the chain knows: run this again with --rpc URL.\n${left.en} ${about.en}`,
        zh: `结论：未证明任何事：${who.zh}的签名无法在此核对。这样的文件夹人人可以制作。合约账户按其代码签名（ERC-1271），只有链的节点知道：请加上 --rpc URL 再次运行。\n${left.zh}${about.zh}`,
      },
      ok: false,
    };
  }
  const told = online
    ? { en: outcome.en, zh: outcome.zh }
    : {
        en: `operator and licensee signed this agreement. What came of it, according to the receipts in the folder, which nobody signs: ${outcome.en}`,
        zh: `运营方与被许可方已签署本协议。其结果据文件夹中的回执（无人签署）：${outcome.zh}`,
      };
  return {
    sentence: {
      en: `VERDICT: ${told.en}\n${left.en} ${about.en}`,
      zh: `结论：${told.zh}\n${left.zh}${about.zh}`,
    },
    ok: true,
  };
}

/** How many checks hold, and of which nothing is known. */
function countSentence(report: Report): Sentence {
  const [ok, open] = [report.count("ok"), report.count("open")];
  const { absent } = report;
  if (open === 0 && absent.length === 0) return { en: `All ${ok} checks hold.`, zh: `${ok} 项检查全部通过。` };
  const en = [`${ok} checks hold`];
  const zh = [`${ok} 项检查通过`];
  if (open > 0) {
    en.push(`${open} need an endpoint of the chain: run this again with --rpc URL`);
    zh.push(`${open} 项需要链的节点：请加上 --rpc URL 再次运行`);
  }
  if (absent.length > 0) {
    en.push(`${absent.length} could not be made, for want of what is not in the folder: ${listed(absent, "en")}`);
    zh.push(`${absent.length} 项因文件夹中没有所需内容而无法检查：${listed(absent, "zh")}`);
  }
  return { en: `${en.join("; ")}.`, zh: `${zh.join("；")}。` };
}

function listed(sentences: readonly Sentence[], language: keyof Sentence): string {
  return sentences.map((sentence) => `“${sentence[language]}”`).join(language === "en" ? ", " : "、");
}
