import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explainReason, fromHex, parseManifest, SealedError } from "@cadastre/sealed";
import { sha256 } from "viem";
import { Problem } from "../support/problem.ts";
import { bundledVerifier } from "./bundle.ts";
import { PAPERS, type Papers } from "./checkData.ts";
import { filesOf } from "./files.ts";
import type { Record } from "./model.ts";
import { readme } from "./readme.ts";
import type { Sentence } from "./report.ts";
import { Story } from "./story.ts";
import { verifyFolder } from "./verifyFolder.ts";

/** Refuses a folder in which something lies: evidence is never mixed with other evidence. */
export function checkFree(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Problem(`There is something in ${folder} already. Give another folder with --out.`);
  }
}

/** Writes the evidence of a licence; gives the names of the files. */
export async function writeFolder(folder: string, record: Record, papers: Papers): Promise<string[]> {
  checkFree(folder);
  const story = new Story(record);
  const verifier = await bundledVerifier();
  const files = new Map<string, string | Uint8Array>([
    ...(await filesOf(story)),
    ...PAPERS.flatMap((name) => (papers[name] === undefined ? [] : [[`${name}.json`, papers[name]] as const])),
    ["verify.mjs", verifier.text],
  ]);
  mkdirSync(folder, { recursive: true });
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content, { flag: "wx" });
  };
  for (const [name, content] of files) write(name, content);
  // The page says what the check will find to be absent.
  const { report } = await verifyFolder(folder, undefined);
  const { absent } = report;
  const options = {
    ...{ given: PAPERS.filter((name) => papers[name] !== undefined), absent, sha256: verifier.sha256 },
    dataset: papers.manifest && parseManifest(papers.manifest, manifestHashIn(story)).dataset.title,
  };
  write("README.md", await readme(story, "en", options));
  write("README.zh.md", await readme(story, "zh", options));
  return ["README.md", "README.zh.md", ...files.keys()];
}

/** The terms document that was agreed, from a file. */
export function readTerms(path: string, record: Record): Uint8Array {
  const file = readPaper(path, { en: "terms document", zh: "条款文件" });
  const { termsHash } = new Story(record).agreement.offer;
  if (sha256(file) === termsHash) return file;
  throw new Problem(
    `${path} is not the terms document that was agreed: its SHA-256 is ${sha256(file)}, the agreement has ${termsHash}.\n` +
      `${path} 不是约定的条款文件：其 SHA-256 为 ${sha256(file)}，协议所载为 ${termsHash}。`,
  );
}

/** The manifest of the release that was licensed, from a file. */
export function readManifest(path: string, record: Record): Uint8Array {
  const file = readPaper(path, { en: "manifest", zh: "清单" });
  try {
    parseManifest(file, manifestHashIn(new Story(record)));
  } catch (error) {
    if (!(error instanceof SealedError)) throw error;
    const { code, at } = error;
    throw new Problem(
      `${path} is not the manifest of this release: ${explainReason(code, "en", at)}.\n` +
        `${path} 不是该版本的清单：${explainReason(code, "zh", at)}。`,
    );
  }
  return file;
}

function manifestHashIn(story: Story): Uint8Array {
  return fromHex(story.lineage()[0]!.published.args.release.manifestHash);
}

function readPaper(path: string, what: Sentence): Uint8Array {
  try {
    return readFileSync(path);
  } catch {
    throw new Problem(`The ${what.en} ${path} cannot be read.\n无法读取${what.zh} ${path}。`);
  }
}
