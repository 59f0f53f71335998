import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { explainReason, fromHex, parseManifest, SealedError } from "@cadastre/sealed";
import { Problem } from "../support/problem.ts";
import { bundledVerifier } from "./bundle.ts";
import { filesOf } from "./files.ts";
import type { Record } from "./model.ts";
import { readme } from "./readme.ts";
import { Story } from "./story.ts";

/** Refuses a folder in which something lies: evidence is never mixed with other evidence. */
export function checkFree(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Problem(`There is something in ${folder} already. Give another folder with --out.`);
  }
}

/** Writes the evidence of a licence; gives the names of the files. */
export async function writeFolder(folder: string, record: Record, manifest: Uint8Array | undefined): Promise<string[]> {
  checkFree(folder);
  const story = new Story(record);
  const verifier = await bundledVerifier();
  const options = { manifest: manifest !== undefined, sha256: verifier.sha256 };
  const files = new Map<string, string | Uint8Array>([
    ["README.md", await readme(story, "en", options)],
    ["README.zh.md", await readme(story, "zh", options)],
    ...(await filesOf(story)),
    ...(manifest === undefined ? [] : [["manifest.json", manifest] as const]),
    ["verify.mjs", verifier.text],
  ]);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) writeFileSync(join(folder, name), content, { flag: "wx" });
  return [...files.keys()];
}

/** The manifest of the release that was licensed, from a file. */
export function readManifest(path: string, record: Record): Uint8Array {
  let file: Uint8Array;
  try {
    file = readFileSync(path);
  } catch {
    throw new Problem(`The manifest ${path} cannot be read.`);
  }
  const { release } = new Story(record).lineage()[0]!.published.args;
  try {
    parseManifest(file, fromHex(release.manifestHash));
  } catch (error) {
    if (!(error instanceof SealedError)) throw error;
    throw new Problem(`${path} is not the manifest of this release: ${explainReason(error.code, "en", error.at)}.`);
  }
  return file;
}
