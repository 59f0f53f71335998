// Checks an evidence folder. Bundled into one file that needs nothing but Node 20.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { PublicClient } from "viem";
import { endpointAt } from "./endpoint.ts";
import { type Language, lineText, type Sentence } from "./report.ts";
import { chainIdIn, verifyFolder } from "./verifyFolder.ts";

const HELP = `node verify.mjs [DIR] [OPTIONS]

  DIR         the evidence folder (default: the one that this file lies in)
  --rpc URL   an endpoint of the chain, to check what signatures and hashes alone cannot show
  --lang zh   in Chinese
  --help
`;

/** Prints each check and the verdict; the exit code is 1 if anything failed. */
export async function verify(args: readonly string[], here: string, print: (text: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rpc: { type: "string" },
      lang: { type: "string", default: "en" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    print(HELP);
    return 0;
  }
  const language: Language = values.lang.startsWith("zh") ? "zh" : "en";
  const folder = positionals[0] ?? here;
  const client = values.rpc === undefined ? undefined : endpointAt(values.rpc);
  const unfit = client && (await unfitness(client, folder));
  if (unfit !== undefined) {
    print(unfit[language]);
    return 1;
  }
  const { report, verdict, ok } = await verifyFolder(folder, client);
  for (const line of report.lines) print(lineText(line, language));
  print(`\n${verdict[language]}`);
  return ok ? 0 : 1;
}

/** Why an endpoint can say nothing of a folder, which is no fault of the folder. */
async function unfitness(client: PublicClient, folder: string): Promise<Sentence | undefined> {
  const there = await client.getChainId().catch(() => undefined);
  if (there === undefined) return { en: "The endpoint does not answer.", zh: "节点没有应答。" };
  const chainId = chainIdIn(folder);
  if (chainId === undefined || chainId === BigInt(there)) return undefined;
  return {
    en: `The endpoint is on chain ${there}; the folder is about chain ${chainId}. Give an endpoint of that chain.`,
    zh: `该节点所在的链是 ${there}，而文件夹涉及链 ${chainId}。请给出后者的节点。`,
  };
}

export async function runVerify(): Promise<void> {
  try {
    process.exitCode = await verify(process.argv.slice(2), dirname(fileURLToPath(import.meta.url)), console.log);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
