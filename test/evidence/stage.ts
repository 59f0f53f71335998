import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifestBytes } from "@cadastre/sealed";
import { expect } from "chai";
import type { Source } from "../../scripts/evidence/collect.ts";
import { endpointAt } from "../../scripts/evidence/endpoint.ts";
import { filesOf } from "../../scripts/evidence/files.ts";
import { blocksFile, type Record, subject, transactionsFile } from "../../scripts/evidence/model.ts";
import { type Line, lineText } from "../../scripts/evidence/report.ts";
import { Story } from "../../scripts/evidence/story.ts";
import { type Verification, verifyFolder } from "../../scripts/evidence/verifyFolder.ts";
import { runEvidence } from "../../scripts/evidence.ts";
import { deploy, type System } from "../support/deploy.ts";
import {
  type Bought,
  buy,
  type Dataset,
  deliver,
  depositBond,
  derivedAsset,
  serveProvider,
  settle,
  sourceOf,
} from "../support/evidence.ts";

export const BOND = 250_000n;

export interface Json {
  [name: string]: unknown;
}

/** What is shown of a folder on line and off line. */
export interface Confirmed {
  /** On line. */
  readonly verdict: Verification["verdict"];
  readonly lines: string;
  /** Off line. */
  readonly alone: string;
  readonly aloneVerdict: Verification["verdict"];
  readonly aloneOk: boolean;
}

/** A chain with a derived asset, and a folder about a licence to it that was settled. */
export interface Stage {
  readonly system: System;
  readonly source: Source;
  readonly url: string;
  readonly root: string;
  readonly data: Dataset;
  readonly bought: Bought;
  readonly settled: string;
  folderOf(id: string, ...options: string[]): Promise<string>;
  online(folder: string): Promise<Verification>;
  /** All holds: on line without a question left open, off line as far as it goes. */
  confirmed(folder: string): Promise<Confirmed>;
  close(): Promise<void>;
}

export async function stage(): Promise<Stage> {
  const root = mkdtempSync(join(tmpdir(), "cadastre-evidence-"));
  const system = await deploy();
  const source = await sourceOf(system);
  const endpoint = await serveProvider();
  const data = await derivedAsset(system);
  await depositBond(system, data.asset, 10n * BOND);
  const bought = await buy(system, data.asset, { bond: BOND });
  await deliver(system, bought, data.sealed.key);
  await settle(system, bought);
  let folders = 0;
  const folderOf = async (id: string, ...options: string[]) => {
    folders += 1;
    const folder = join(root, `${folders}-${id.slice(2, 18)}`);
    await runEvidence([id, "--out", folder, ...options], { open: async () => source, print: () => {} });
    return folder;
  };
  const online = (folder: string) => verifyFolder(folder, endpointAt(endpoint.url));
  const manifest = join(root, "manifest.json");
  const terms = join(root, "terms.json");
  writeFileSync(manifest, manifestBytes(data.sealed.manifest));
  writeFileSync(terms, bought.terms!);
  return {
    ...{ system, source, url: endpoint.url, root, data, bought, folderOf, online },
    settled: await folderOf(bought.id, "--manifest", manifest, "--terms", terms),
    async confirmed(folder) {
      const { report, verdict, ok } = await online(folder);
      expect(failures(report.lines)).to.equal("");
      expect(text(report.lines.filter((line) => line.verdict === "open"))).to.equal("");
      expect(ok).to.equal(true);
      const alone = await offline(folder);
      expect(failures(alone.report.lines)).to.equal("");
      return {
        ...{ verdict, lines: text(report.lines), alone: text(alone.report.lines) },
        ...{ aloneVerdict: alone.verdict, aloneOk: alone.ok },
      };
    },
    async close() {
      await endpoint.close();
      rmSync(root, { recursive: true });
    },
  };
}

export const offline = (folder: string) => verifyFolder(folder, undefined);

export const text = (lines: readonly Line[]) => lines.map((line) => lineText(line, "en")).join("\n");

export const failures = (lines: readonly Line[]) => text(lines.filter(({ verdict }) => verdict === "failed"));

export const read = (folder: string, name: string) =>
  JSON.parse(readFileSync(join(folder, name), "utf8")) as Json & Json[];

export function copyOf(folder: string): string {
  const copy = mkdtempSync(`${folder}-copy-`);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

/** A copy with one file changed. */
export function changed(folder: string, name: string, change: (value: Json & Json[]) => unknown): string {
  const copy = copyOf(folder);
  const value = read(copy, name);
  change(value);
  writeFileSync(join(copy, name), `${JSON.stringify(value, null, 2)}\n`);
  return copy;
}

export function recordIn(folder: string): Record {
  return {
    subject: subject.parse(read(folder, "agreement.json")),
    transactions: transactionsFile.parse(read(folder, "transactions.json")),
    blocks: blocksFile.parse(read(folder, "blocks.json")),
  };
}

/** Writes all that follows from the transactions, as a careful forger would. */
export async function rewritten(folder: string): Promise<string> {
  for (const [name, file] of await filesOf(new Story(recordIn(folder)))) writeFileSync(join(folder, name), file);
  return folder;
}
