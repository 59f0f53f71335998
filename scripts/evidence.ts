// The evidence of a licence: one folder that anybody can check, and the check.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Hex, isHash } from "viem";
import { bundledVerifier } from "./evidence/bundle.ts";
import { collect, type Source } from "./evidence/collect.ts";
import { verify } from "./evidence/verify.ts";
import { checkFree, readManifest, readTerms, writeFolder } from "./evidence/writeFolder.ts";
import { openChain } from "./support/chain.ts";
import { deployedContracts, localEndpointOf } from "./support/deployment.ts";
import { main, Problem } from "./support/problem.ts";

const HELP = `npm run evidence -- LICENCE [OPTIONS]
npm run evidence -- verify DIR [--rpc URL] [--lang zh]
npm run evidence -- verifier [--out FILE]

  LICENCE          writes the evidence of a licence, 0x and 64 hexadecimal digits, to a folder
  verify DIR       checks such a folder, with this program in place of the one that lies in it
  verifier         writes the program alone that every folder carries, and prints its SHA-256

  --network NAME   a network of hardhat.config.ts (default: localhost)
  --out DIR        the folder (default: evidence/ and the licence's first 16 digits); it must be new or empty
  --manifest FILE  the manifest of the release, which is public and which this program does not fetch
  --terms FILE     the terms document of the offer, likewise
  --help
`;

const SHOWN_DIGITS = 16;

/** What the command needs of the outside. */
export interface EvidenceTools {
  open(network: string): Promise<Source>;
  print(text: string): void;
}

/** @returns the exit code */
export async function runEvidence(args: readonly string[], tools: EvidenceTools): Promise<number> {
  if (args[0] === "verify") {
    const [folder] = args.slice(1);
    if (folder === undefined || folder.startsWith("-")) throw new Problem("Give the folder: verify DIR.");
    return verify(args.slice(1), folder, tools.print);
  }
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      network: { type: "string", default: "localhost" },
      out: { type: "string" },
      manifest: { type: "string" },
      terms: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    tools.print(HELP);
    return 0;
  }
  const [subject, ...rest] = positionals;
  if (rest.length > 0) throw new Problem(`There is something too much: ${rest.join(" ")}.`);
  if (subject === undefined) throw new Problem(`Give the id of a licence.\n\n${HELP}`);
  if (subject === "verifier") {
    const { text, sha256 } = await bundledVerifier();
    const path = values.out ?? "verify.mjs";
    writeFileSync(path, text);
    tools.print(`Wrote ${path}\nSHA-256 ${sha256}`);
    return 0;
  }
  const licence = subject.toLowerCase() as Hex;
  if (!isHash(licence)) throw new Problem(`${subject} is not a licence's id: 0x and 64 hexadecimal digits.`);
  const folder = values.out ?? join("evidence", licence.slice(2, 2 + SHOWN_DIGITS));
  checkFree(folder);
  const source = await tools.open(values.network);
  const record = await collect(source, licence);
  const papers = {
    manifest: values.manifest === undefined ? undefined : readManifest(values.manifest, record),
    terms: values.terms === undefined ? undefined : readTerms(values.terms, record),
  };
  const files = await writeFolder(folder, record, papers);
  tools.print(`Wrote ${files.length} files to ${folder}. Begin with README.md or README.zh.md.`);
  for (const [name, paper] of Object.entries(papers)) {
    if (paper !== undefined) continue;
    tools.print(`The ${name} document is missing: give it with --${name} FILE. The folder says so.`);
  }
  tools.print(`To check it: node ${join(folder, "verify.mjs")} --rpc ${source.endpoint ?? "URL"}`);
  return 0;
}

if (import.meta.main) {
  await main(async () => {
    process.exitCode = await runEvidence(process.argv.slice(2), {
      async open(network) {
        const chain = await openChain(network);
        const { assets, licences, disputes, subscriptions } = await deployedContracts(chain);
        return {
          client: chain.client,
          chainId: chain.id,
          endpoint: (await localEndpointOf(chain))?.href,
          contracts: {
            assets: assets.address,
            licences: licences.address,
            disputes: disputes.address,
            subscriptions: subscriptions.address,
          },
        };
      },
      print: console.log,
    });
  });
}
