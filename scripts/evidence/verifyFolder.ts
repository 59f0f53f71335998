import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PublicClient } from "viem";
import { checkAgreement } from "./checkAgreement.ts";
import { checkChain, checkComplete } from "./checkChain.ts";
import { checkData, PAPERS, type Papers } from "./checkData.ts";
import { checkDelivery, checkDisputes, checkNow } from "./checkDelivery.ts";
import { checkMoney } from "./checkMoney.ts";
import { checkCourse } from "./course.ts";
import { filesOf } from "./files.ts";
import { blocksFile, type Record, subject, transactionsFile } from "./model.ts";
import { Report, type Sentence } from "./report.ts";
import { Story } from "./story.ts";
import { conclude, outcomeSentence } from "./verdict.ts";

const SHOWN_CHARACTERS = 120;

export interface Verification {
  readonly report: Report;
  readonly verdict: Sentence;
  readonly ok: boolean;
}

/** Checks a folder. Nothing in it is believed: what it says is computed again from signed bytes and hashes. */
export async function verifyFolder(folder: string, client: PublicClient | undefined): Promise<Verification> {
  const report = new Report();
  let record: Record | undefined;
  await report.check({ en: "the folder can be read", zh: "文件夹可以读取" }, () => {
    record = readRecord(folder);
    return true;
  });
  let outcome: Sentence | undefined;
  if (record !== undefined) outcome = await checkRecord(report, folder, record, client);
  const { sentence, ok } = conclude(report, outcome, record?.subject, client !== undefined);
  return { report, verdict: sentence, ok };
}

async function checkRecord(
  report: Report,
  folder: string,
  record: Record,
  client: PublicClient | undefined,
): Promise<Sentence | undefined> {
  const story = new Story(record);
  await checkChain(report, story, client);
  const parts: readonly (readonly [Sentence, () => Promise<void>])[] = [
    [{ en: "the agreement can be read", zh: "协议可以读取" }, () => checkAgreement(report, story, client)],
    [
      { en: "asset and release can be read", zh: "数据资产与版本可以读取" },
      () => checkData(report, story, papersIn(folder), client),
    ],
    [{ en: "the delivery can be read", zh: "交付可以读取" }, () => checkDelivery(report, story, client)],
    [{ en: "disputes can be read", zh: "争议可以读取" }, () => checkDisputes(report, story)],
    [{ en: "the course of events can be read", zh: "事件经过可以读取" }, () => checkCourse(report, story, client)],
    [{ en: "payments can be read", zh: "款项可以读取" }, () => checkMoney(report, story, client)],
    [{ en: "the state can be read", zh: "状态可以读取" }, () => checkNow(report, story, client)],
    [{ en: "the files can be read", zh: "各文件可以读取" }, () => checkFiles(report, folder, story)],
  ];
  for (const [sentence, run] of parts) {
    try {
      await run();
    } catch (error) {
      await report.check(sentence, () => Promise.reject(error));
    }
  }
  await checkComplete(report, story, client);
  try {
    return outcomeSentence(story);
  } catch {
    return undefined;
  }
}

/** Each file again, from the transactions alone. */
async function checkFiles(report: Report, folder: string, story: Story): Promise<void> {
  for (const [name, text] of await filesOf(story)) {
    await report.check(
      { en: `${name} says what follows from the transactions`, zh: `${name} 的内容与交易一致` },
      () => {
        const found = readFileSync(join(folder, name), "utf8");
        return found === text || firstDifference(text, found);
      },
    );
  }
}

/** The chain that a folder is about; `undefined` where it does not say. */
export function chainIdIn(folder: string): bigint | undefined {
  try {
    return subject.parse(JSON.parse(readFileSync(join(folder, "agreement.json"), "utf8"))).chainId;
  } catch {
    return undefined;
  }
}

function readRecord(folder: string): Record {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  return {
    subject: subject.parse(read("agreement.json")),
    transactions: transactionsFile.parse(read("transactions.json")),
    blocks: blocksFile.parse(read("blocks.json")),
  };
}

function papersIn(folder: string): Papers {
  const found = PAPERS.map((name) => {
    const path = join(folder, `${name}.json`);
    return [name, existsSync(path) ? readFileSync(path) : undefined];
  });
  return Object.fromEntries(found);
}

function firstDifference(expected: string, found: string): Sentence {
  const there = found.split("\n");
  const lines = expected.split("\n");
  const line = Math.max(
    lines.findIndex((text, i) => text !== there[i]),
    0,
  );
  const shown = (there[line] ?? "").trim().slice(0, SHOWN_CHARACTERS);
  return { en: `line ${line + 1}: ${shown}`, zh: `第 ${line + 1} 行：${shown}` };
}
