import type { Paper } from "./checkData.ts";
import { narrative } from "./narrative.ts";
import { LABELS, type Language, type Sentence } from "./report.ts";
import { idText, type Story } from "./story.ts";
import { outcomeSentence } from "./verdict.ts";

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
const PAPER_FILES: { readonly [paper in Paper]: readonly [name: string, holds: Sentence, shows: Sentence] } = {
  manifest: [
    "manifest.json",
    { en: "what the publisher said of the release", zh: "发布者对该版本的说明" },
    { en: "its SHA-256 is in the registered release", zh: "其 SHA-256 已载入所登记的版本" },
  ],
  terms: [
    "terms.json",
    { en: "what the licensee may do with the data, as an ODRL policy", zh: "被许可方可如何使用数据（ODRL 策略）" },
    { en: "its SHA-256 is in the agreement", zh: "其 SHA-256 已载入协议" },
  ],
};
const VERIFIER = [
  "verify.mjs",
  { en: "the program that checks all this", zh: "核验以上全部内容的程序" },
  { en: "needs Node 20 or newer, and nothing else", zh: "只需 Node 20 或更新版本" },
] as const;

export interface ReadmeOptions {
  readonly given: readonly Paper[];
  /** Checks that cannot be made, for want of what they need. */
  readonly absent: readonly Sentence[];
  /** Its title in the manifest. */
  readonly dataset?: string | undefined;
  /** Of the verifier. */
  readonly sha256: string;
}

/** What happened, what each file shows, and how to find out whether it is true. */
export async function readme(story: Story, language: Language, options: ReadmeOptions): Promise<string> {
  const say = (en: string, zh: string) => (language === "en" ? en : zh);
  const { given, absent, dataset, sha256 } = options;
  const { subject } = story.record;
  const { offer, licensee } = story.agreement;
  const [sold] = story.lineage();
  const { contracts } = subject;
  const files = [...FILES, ...given.map((paper) => PAPER_FILES[paper]), VERIFIER];
  const parties: readonly (readonly [string, string])[] = [
    [say("operator, who offered", "运营方（要约人）"), offer.operator],
    [say("licensee, who took the offer and paid", "被许可方（接受要约并付款）"), licensee],
    [say("custodian, who had to deliver the key", "保管方（负责交付密钥）"), offer.custodian],
    [say("holder of the data asset", "数据资产持有人"), sold!.registered.args.holder],
    ...(dataset === undefined
      ? []
      : [
          [
            say("dataset, as its manifest calls it", "数据集（清单所载名称）"),
            dataset.replace(/[`|\s]+/g, " "),
          ] as const,
        ]),
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

${say(
  `A licence lets somebody use a dataset that is kept encrypted. The price lies in escrow until the key has been handed over and could be
disputed. This folder says what became of one licence, and has what is needed to check it.`,
  `许可允许某人使用一份加密保存的数据。价款先由合约托管，密钥交付并经过争议期后才结算。本文件夹说明某一许可的来龙去脉，并附核验所需的材料。`,
)}

${say("## What happened", "## 经过")}

${list(narrative(story))}

**${say("How it stands, according to the receipts in this folder", "现状（据此文件夹中的回执）")}${say(":", "：")}${language === "en" ? " " : ""}${outcomeSentence(story)[language]}**

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
asks a node of the chain that you trust whether these blocks are on it and nothing was left out; \`URL\` is its JSON-RPC endpoint, which
whoever runs the chain will name. The third says all this in Chinese. Each line begins with one of these:`,
  `第一条无需联网：核对签名、哈希与证明，重新裁定争议，重算金额。第二条另向您信任的节点查询这些区块是否在链上、有无遗漏；\`URL\` 为其 JSON-RPC
地址，可向该链的运营者索取。第三条以中文显示。每行以下列之一开头：`,
)}

${VERDICTS.map(({ label, means }) => `- \`${label[language]}\`: ${means[language]}`).join("\n")}

${say(
  `The last lines are the verdict: what was shown, and how many checks hold; what could not be checked is counted and named. The exit code
is 0 if something was shown and nothing failed, else 1. Off line nothing is shown unless both parties' signatures could be checked: an
account that is a contract signs as its code says (ERC-1271), which only an endpoint knows.`,
  `末行为结论：证明了什么，多少项检查通过；无法检查的逐项列明。有所证明且无失败时退出码为 0，否则为 1。不联网时，除非双方签名均可核对，否则视为
未证明任何事：合约账户按其代码签名（ERC-1271），只有节点知道。`,
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

${say("## What is not in it", "## 此文件夹中没有的内容")}

${
  absent.length === 0
    ? say("Nothing that a check would need.", "检查所需的内容都在。")
    : `${say(
        `${absent.length} of the checks cannot be made, for want of what they need:`,
        `有 ${absent.length} 项检查因缺少所需内容而无法进行：`,
      )}\n\n${list(absent)}`
}

${say("## What it does not show", "## 不能证明的事")}

${list(LIMITS)}
`;
}

const VERDICTS: readonly { readonly label: Sentence; readonly means: Sentence }[] = [
  { label: LABELS.ok, means: { en: "it is so", zh: "属实" } },
  { label: LABELS.failed, means: { en: "it is not so, and what was found instead", zh: "不属实，并列出实际情况" } },
  { label: LABELS.open, means: { en: "only a node of the chain can say", zh: "只有链的节点能回答" } },
  {
    label: LABELS.absent,
    means: { en: "nobody can say from this folder; what is needed is named", zh: "仅凭此文件夹无法判断，并指明缺什么" },
  },
];

const LIMITS: readonly Sentence[] = [
  {
    en: "That anybody signed the outcome: nobody does. Operator, licensee and custodian sign what they do; what came of it is in receipts, which are proved to lie in blocks by the blocks' headers, and that these headers are the chain's only an endpoint can say.",
    zh: "有人签署了结果：没有人签署。运营方、被许可方与保管方只签署各自的行为；其结果载于回执，由区块头证明回执在区块之中，而区块头是否属于该链，只有节点能证实。",
  },
  {
    en: "Without an endpoint: that the blocks are those of the chain, and that nothing happened that is not here.",
    zh: "没有节点时：区块确属该链、且没有遗漏的事件。",
  },
  {
    en: "What happened after the last block that is named here, unless an endpoint is asked.",
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
