import { stepsOf } from "./course.ts";
import { dateOf } from "./files.ts";
import type { Language, Sentence } from "./report.ts";
import { rulingsOf } from "./rulings.ts";
import { deadline, idText, type Story } from "./story.ts";
import { causeOf, outcomeSentence } from "./verdict.ts";

const FILES: readonly (readonly [name: string, holds: Sentence, shows: Sentence])[] = [
  [
    "agreement.json",
    { en: "chain, contracts, and every term that was agreed", zh: "链、合约与约定的全部条款" },
    { en: "its hash is the licence's id: not one term can be changed", zh: "其哈希就是许可编号：任何条款都无法改动" },
  ],
  [
    "signatures.json",
    { en: "how the operator and the licensee signed", zh: "运营方与被许可方的签名" },
    { en: "both agreed, with the keys of their accounts", zh: "双方均以账户私钥表示同意" },
  ],
  [
    "delivery.json",
    { en: "the wrapped key, and who handed it over when", zh: "封装的密钥，及交付者与交付时间" },
    { en: "what was delivered; only the licensee can unwrap it", zh: "交付了什么；只有被许可方能解封" },
  ],
  [
    "proofs.json",
    { en: "what was shown in disputes", zh: "争议中出示的证明" },
    { en: "who was at fault, which anybody can compute again", zh: "过错在谁，任何人都可重新计算" },
  ],
  [
    "lineage.json",
    { en: "the release that was sold, and all that it was made from", zh: "所售版本及其全部上游来源" },
    { en: "what data it was, and where it came from", zh: "是什么数据，来自哪里" },
  ],
  ["outcome.json", { en: "each step and its time", zh: "各步骤与时间" }, { en: "how it ended", zh: "结果如何" }],
  [
    "events.json",
    { en: "the logs of these transactions, in words", zh: "这些交易的日志，已解读" },
    { en: "nothing by itself: it is for reading", zh: "本身不证明什么，供阅读之用" },
  ],
  [
    "transactions.json",
    {
      en: "signed bytes, receipts and logs, with their proofs in the block",
      zh: "签名字节、回执与日志，及其在区块中的证明",
    },
    { en: "who did what; all other files follow from it", zh: "谁做了什么；其他文件都由此得出" },
  ],
  [
    "blocks.json",
    { en: "headers of the blocks", zh: "区块头" },
    { en: "when; an endpoint confirms that they are on the chain", zh: "何时；由节点确认其确在链上" },
  ],
];
const MANIFEST = [
  "manifest.json",
  { en: "what the publisher said of the release", zh: "发布者对该版本的说明" },
  { en: "its SHA-256 is in the registered release", zh: "其 SHA-256 已载入所登记的版本" },
] as const;
const VERIFIER = [
  "verify.mjs",
  { en: "the program that checks all this", zh: "核验以上全部内容的程序" },
  { en: "needs Node 20 or newer, and nothing else", zh: "只需 Node 20 或更新版本" },
] as const;

export interface ReadmeOptions {
  readonly manifest: boolean;
  readonly sha256: string;
}

/** What happened, what each file shows, and how to find out whether it is true. */
export async function readme(story: Story, language: Language, { manifest, sha256 }: ReadmeOptions): Promise<string> {
  const say = (en: string, zh: string) => (language === "en" ? en : zh);
  const { subject } = story.record;
  const { offer, licensee } = story.agreement;
  const [sold] = story.lineage();
  const { contracts } = subject;
  const files = [...FILES, ...(manifest ? [MANIFEST] : []), VERIFIER];
  const parties: readonly (readonly [string, string])[] = [
    [say("operator, who offered", "运营方（要约人）"), offer.operator],
    [say("licensee, who took the offer and paid", "被许可方（接受要约并付款）"), licensee],
    [say("custodian, who had to deliver the key", "保管方（负责交付密钥）"), offer.custodian],
    [say("holder of the data asset", "数据资产持有人"), sold!.registered.args.holder],
    [say("data asset", "数据资产"), idText(offer.asset)],
    [say("currency", "结算货币"), story.currency],
    [say("register of assets", "资产登记合约"), contracts.assets],
    [say("register of licences", "许可登记合约"), contracts.licences],
    [say("contract of disputes", "争议合约"), contracts.disputes],
    [say("contract of subscriptions", "订阅合约"), contracts.subscriptions],
  ];
  const list = (sentences: readonly Sentence[]) => sentences.map((sentence) => `- ${sentence[language]}`).join("\n");
  return `${say("# Evidence of a licence", "# 许可证据")}

${say("Licence", "许可")} \`${story.licence}\`
${say(`on chain ${subject.chainId}. 中文：README.zh.md`, `链 ${subject.chainId}。English: README.md`)}

${say("## What happened", "## 经过")}

${list(narrative(story))}

**${say("How it stands", "现状")}: ${outcomeSentence(story)[language]}**

${say(
  "Amounts are in the smallest unit of the currency. Times are those of blocks.",
  "金额以货币最小单位计，时间为区块时间。",
)}

${say("## Who and what", "## 各方与标的")}

| ${say("role", "角色")} | ${say("account or id", "账户或编号")} |
| --- | --- |
${parties.map(([role, account]) => `| ${role} | \`${account}\` |`).join("\n")}

${say(
  "Accounts are addresses. Which organisation has which one, the market's register of participants and its registrars know.",
  "账户为链上地址。各地址属于哪家机构，可向市场的参与方登记簿及登记机构查询。",
)}

${say("## Find out whether it is true", "## 自行核验")}

${say(
  `Whoever made this folder may have an interest in it, so believe neither this text nor the files. Have them checked, with Node 20 or
newer (nodejs.org) and nothing else:`,
  "制作此文件夹的人可能与此事有利害关系，因此本文与各文件都不必相信，请自行核验。只需 Node 20 或更新版本（nodejs.org）：",
)}

\`\`\`sh
node verify.mjs
node verify.mjs --rpc URL
node verify.mjs --lang zh
\`\`\`

${say(
  `The first needs no network. It checks signatures, hashes and proofs, decides disputes again, and recomputes amounts. The second also
asks a node of the chain that you trust whether these blocks are on it and nothing was left out; \`URL\` is its JSON-RPC endpoint. Each
line says \`ok\`, \`FAILED\` or \`needs an endpoint\`; the last one is the verdict. The exit code is 0, or 1 if anything failed.`,
  `第一条无需联网：核对签名、哈希与证明，重新裁定争议，重算金额。第二条另向您信任的节点查询这些区块是否在链上、有无遗漏；\`URL\` 为其 JSON-RPC
地址。每行显示“通过”“失败”或“需要节点”，末行为结论。退出码为 0；有失败则为 1。（加 \`--lang zh\` 显示中文）`,
)}

${say(
  `The program came with the folder. If you do not trust it either, take it from Cadastre's sources: there \`npm run evidence -- verify DIR\`
does the same, and \`npm run evidence -- verifier\` writes this file again. Its SHA-256 should be`,
  `核验程序随文件夹提供。若连它也不信任，可取用 Cadastre 源码：\`npm run evidence -- verify DIR\` 作同样的核验，\`npm run evidence -- verifier\`
可重新生成此程序，其 SHA-256 应为`,
)}

\`${sha256}\`

${say("## The files", "## 文件")}

| ${say("file", "文件")} | ${say("what is in it", "内容")} | ${say("what it shows", "证明什么")} |
| --- | --- | --- |
${files.map(([name, holds, shows]) => `| ${name} | ${holds[language]} | ${shows[language]} |`).join("\n")}
${manifest ? "" : `\n${missing(story, say)}\n`}
${say("## What it does not show", "## 不能证明的事")}

${list(LIMITS)}
`;
}

function missing(story: Story, say: (en: string, zh: string) => string): string {
  const { manifestUri, manifestHash } = story.lineage()[0]!.published.args.release;
  return say(
    `The manifest is **not in this folder**. It is public and should be found at <${manifestUri}>; put it here as manifest.json. Its SHA-256
must be \`${manifestHash}\`.`,
    `清单**不在此文件夹中**。清单是公开的，应可从 <${manifestUri}> 取得；请存为 manifest.json。其 SHA-256 应为 \`${manifestHash}\`。`,
  );
}

const LIMITS: readonly Sentence[] = [
  {
    en: "Without an endpoint: that the blocks are those of the chain, and that nothing happened that is not here.",
    zh: "没有节点时：区块确属该链、且没有遗漏的事件。",
  },
  {
    en: "Nothing after the last block that is named here, unless an endpoint is asked.",
    zh: "不向节点查询时，所列最后区块之后的事。",
  },
  {
    en: "That the contracts at these addresses are the market's: ask whoever runs the chain.",
    zh: "这些地址上的合约就是市场的合约：请向该链的运营者核实。",
  },
  {
    en: "That data is good: only whether it is what was registered.",
    zh: "数据质量：只能证明它是否就是所登记的数据。",
  },
];

function narrative(story: Story): Sentence[] {
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
  told.push({
    en: `The operator offered a licence of ${offer.duration} seconds to it for ${offer.price}; the custodian had ${offer.deliverySeconds} seconds to deliver the key, and the licensee ${offer.disputeSeconds} seconds to object.`,
    zh: `运营方提出要约：许可期 ${offer.duration} 秒，价款 ${offer.price}；保管方须在 ${offer.deliverySeconds} 秒内交付密钥，被许可方可在 ${offer.disputeSeconds} 秒内提出异议。`,
  });
  for (const step of stepsOf(story)) told.push(stepSentence(story, step, licensee));
  for (const { args, block } of story.about("UsesConsumed")) {
    told.push({
      en: `By ${time(block.timestamp)} the custodian had counted ${args.used} use(s).`,
      zh: `截至 ${time(block.timestamp)}，保管方计用量 ${args.used} 次。`,
    });
  }
  return told;
}

function stepSentence(story: Story, step: ReturnType<typeof stepsOf>[number], licensee: string): Sentence {
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
      const cause = causeOf(story, step.transaction.hash);
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
