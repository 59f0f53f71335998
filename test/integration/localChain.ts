import { rmSync } from "node:fs";
import { network } from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import config from "../../hardhat.config.ts";
import { type Chain, chainOf } from "../../scripts/support/chain.ts";
import { deploymentIdOf, forget, privateFolderOf } from "../../scripts/support/deployment.ts";

/** A chain that this process serves on a port of its own, as a network over HTTP would be. */
export interface LocalChain {
  readonly url: string;
  readonly chain: Chain;
  /** Hardhat with `localhost` at this chain, as the command line has it. */
  hardhat(): Promise<HardhatRuntimeEnvironment>;
  /** Ends the chain and removes what was noted of it. */
  close(): Promise<void>;
}

export async function serveChain({ chainId = 31_337, accounts = 20 } = {}): Promise<LocalChain> {
  const node = { network: "node", override: { chainId, accounts: { count: accounts } } };
  const server = await network.createServer(node, "127.0.0.1", 0);
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  const chain = await connect(url);
  return {
    url,
    chain,
    hardhat: () =>
      createHardhatRuntimeEnvironment(
        { ...config, networks: { ...config.networks, localhost: { type: "http", chainType: "l1", url } } },
        {},
        process.cwd(),
      ),
    async close() {
      const id = await deploymentIdOf(chain);
      await server.close();
      forget(id);
      rmSync(privateFolderOf(id), { recursive: true, force: true });
    },
  };
}

export async function connect(url: string): Promise<Chain> {
  return chainOf(await network.create({ network: "localhost", override: { url } }));
}

/** What `run` writes to the console, and what it returns. */
export async function captured<T>(run: () => Promise<T>): Promise<{ result: T; output: string }> {
  const lines: unknown[] = [];
  const { log, error } = console;
  console.log = (line: unknown) => lines.push(line);
  console.error = (line: unknown) => lines.push(line);
  try {
    return { result: await run(), output: lines.join("\n") };
  } finally {
    Object.assign(console, { log, error });
  }
}
