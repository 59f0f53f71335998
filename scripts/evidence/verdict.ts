import { faultIn, faultOfRelease, stepsOf } from "./course.ts";
import { dateOf } from "./files.ts";
import type { Subject } from "./model.ts";
import type { Report, Sentence } from "./report.ts";
import { FAULTS } from "./rulings.ts";
import { deadline, type Story } from "./story.ts";

/** How the matter stands, and why. */
export function outcomeSentence(story: Story): Sentence {
  const last = stepsOf(story).at(-1)!;
  const { price } = story.agreement.offer;
  const by = last.until === undefined ? "" : dateOf(deadline(last.until).time);
  switch (last.kind.to) {
    case "settled": {
      const { amount, fee, until } = story.about("LicenceSettled").at(-1)!.args;
      return {
        en: `settled. The price of ${amount} was paid out, ${fee} of it to the market; the licence runs until ${dateOf(until)}.`,
        zh: `已结算。价款 ${amount} 已支付，其中市场费 ${fee}；许可有效期至 ${dateOf(until)}。`,
      };
    }
    case "refunded": {
      const because = causeOf(story, last.transaction.hash);
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

export function causeOf(story: Story, transaction: string): Sentence {
  const fault = faultIn(story, transaction);
  switch (fault && FAULTS[fault.args.fault]) {
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
    default:
      return faultOfRelease(story) === undefined
        ? { en: "no key was delivered in time", zh: "期限内没有交付密钥" }
        : {
            en: "the release was shown to be faulty by another licensee",
            zh: "该版本已被另一被许可方证明有误",
          };
  }
}

/** The last words of a verification. */
export function verdictSentence(report: Report, outcome: Sentence | undefined, subject: Subject | undefined): Sentence {
  const failed = report.count("failed");
  const open = report.count("open");
  if (failed > 0 || outcome === undefined || subject === undefined) {
    return {
      en: `VERDICT: this folder is not to be relied on. ${failed} of ${report.lines.length} checks failed.`,
      zh: `结论：此文件夹不可采信。${report.lines.length} 项检查中有 ${failed} 项失败。`,
    };
  }
  const left =
    open === 0
      ? { en: `All ${report.count("ok")} checks hold.`, zh: `${report.count("ok")} 项检查全部通过。` }
      : {
          en: `${report.count("ok")} checks hold; ${open} need an endpoint of the chain: run this again with --rpc URL.`,
          zh: `${report.count("ok")} 项检查通过；另有 ${open} 项需要链的节点：请加上 --rpc URL 再次运行。`,
        };
  const { licence, chainId, contracts } = subject;
  const limit =
    open === 0 ? { en: "", zh: "" } : { en: ", as far as signatures and hashes go", zh: "（仅就签名与哈希而言）" };
  return {
    en: `VERDICT${limit.en}: ${outcome.en}\n${left.en} They are about licence ${licence}, chain ${chainId}, register of licences ${contracts.licences}; ask whoever runs that chain whether these are its contracts.`,
    zh: `结论${limit.zh}：${outcome.zh}\n${left.zh}以上结论针对许可 ${licence}、链 ${chainId}、许可登记合约 ${contracts.licences}；请向该链的运营者核实合约地址。`,
  };
}
