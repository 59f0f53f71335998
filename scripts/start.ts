// A chain on this machine with everything deployed, and a journey through it. Stays up until Ctrl-C.
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod/v4";
import { DEVELOPMENT_CHAINS } from "../ignition/parameters/index.ts";
import { addressTable } from "./deploy.ts";
import { runJourney } from "./journey.ts";
import { ACCOUNT_NAMES, ACCOUNTS } from "./support/accounts.ts";
import { buildForDeployment, useProductionBuild } from "./support/build.ts";
import { type Chain, openChain } from "./support/chain.ts";
import { deploymentIdOf, forget, privateFolderOf } from "./support/deployment.ts";
import { checkPortFree, type RunningNode, startNode, waitUntilReady } from "./support/node.ts";
import { messageOf, Problem } from "./support/problem.ts";
import { table } from "./support/table.ts";

const ROOT = join(import.meta.dirname, "..");
const DEFAULT_PORT = 8545;

const HELP = `npm start [-- OPTIONS]

A fresh chain on 127.0.0.1, everything deployed on it, and a journey through it on real datasets. Stays up until Ctrl-C.

  --port NUMBER  where the chain listens (default: ${DEFAULT_PORT})
  --reset        first remove what earlier runs left behind: the build, and files of development chains
  --no-journey   deploy only
  --help
`;

/** A chain in memory is new each time, so what was noted of an earlier one on the same port is forgotten. */
async function freshChain(node: RunningNode): Promise<Chain> {
  process.env.CADASTRE_RPC_URL = node.url;
  useProductionBuild();
  const chain = await openChain("localhost");
  const id = await deploymentIdOf(chain);
  forget(id);
  rmSync(privateFolderOf(id), { recursive: true, force: true });
  return chain;
}

async function run(node: RunningNode, journey: boolean): Promise<void> {
  await Promise.all([buildForDeployment(), waitUntilReady(node)]);
  const chain = await freshChain(node);
  const { deploy } = await import("./support/deploy.ts");
  const { contracts, transactions } = await deploy(chain);
  console.log(`Deployed with ${transactions} transactions; the deployer is left with no power.`);
  const evidence = journey ? await runJourney(chain, contracts) : undefined;
  console.log(`\n${addressTable(contracts)}\n\n${accountTable(chain)}\n${whatNext(node, evidence)}`);
  console.log(journey ? "\njourney passed" : "\nready");
}

/** The build, and what was noted of development chains; nothing of other networks, whose datasets' keys may lie there. */
function removeLeftovers(): void {
  const patterns = [
    ".cadastre/build",
    ...Object.keys(DEVELOPMENT_CHAINS).flatMap((id) => [`.cadastre/chain-${id}*`, `ignition/deployments/chain-${id}*`]),
  ];
  for (const path of globSync(patterns, { cwd: ROOT })) rmSync(join(ROOT, path), { recursive: true, force: true });
}

function accountTable({ accounts }: Chain): string {
  return table(
    ["account", "address", "who"],
    ACCOUNT_NAMES.map((name, i) => [name, accounts[i] ?? "", ACCOUNTS[name]]),
  );
}

function whatNext({ url, pid }: RunningNode, evidence: string | undefined): string {
  const elsewhere = url.endsWith(`:${DEFAULT_PORT}`) ? "" : `export CADASTRE_RPC_URL=${url}\n  `;
  return `
The chain answers at ${url} until Ctrl-C (process ${pid}). In another terminal:

  ${elsewhere}npx hardhat --help                        the single steps: register a file, sell, buy, distribute, claim, …
  npm run roles                             who may do what, from the chain's own events
  npm run journey                           the journey once more, with new assets
  npx hardhat --network localhost register-file README.md --title "My first asset" --as grid${
    evidence === undefined
      ? ""
      : `\n\nThe evidence of alice's licence, for somebody who trusts nobody:\n\n  ${evidence}`
  }`;
}

function readOptions() {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      port: { type: "string", default: String(DEFAULT_PORT) },
      reset: { type: "boolean", default: false },
      journey: { type: "boolean", default: true },
      help: { type: "boolean", default: false },
    },
  });
  const port = z.coerce.number().int().min(1).max(65_535).safeParse(values.port);
  if (!port.success) throw new Problem(`--port: ${values.port} is not a port.`);
  return { ...values, port: port.data };
}

async function main(): Promise<number> {
  const { port, reset, journey, help } = readOptions();
  if (help) {
    console.log(HELP);
    return 0;
  }
  await checkPortFree(port);
  if (reset) removeLeftovers();

  console.log("Compiling and starting a chain …");
  const node = startNode(port);
  const interrupted = new Promise<"interrupted">((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => done("interrupted"));
  });
  const died = node.gone.then((said) => {
    throw new Problem(`The node is gone.\n${said}`);
  });
  try {
    const end = await Promise.race([run(node, journey), interrupted, died]);
    if (end !== "interrupted") await Promise.race([interrupted, died]);
    return 0;
  } finally {
    await node.stop();
  }
}

try {
  process.exit(await main());
} catch (error) {
  console.error(messageOf(error));
  process.exit(1);
}
