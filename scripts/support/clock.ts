import type { Chain } from "./chain.ts";
import { Problem } from "./problem.ts";

const POLLING_MS = 500;

/** Time of the latest block, in seconds: what the contracts go by. */
export async function blockTime({ client }: Chain): Promise<number> {
  return Number((await client.getBlock()).timestamp);
}

/**
 * Lets block time pass: moves the clock of a Hardhat node, or waits for the blocks of a real network.
 *
 * @returns the block time reached
 */
export async function advanceClock(chain: Chain, seconds: number): Promise<number> {
  if (!Number.isSafeInteger(seconds) || seconds <= 0) throw new Problem("Give a whole number of seconds above zero.");
  const target = (await blockTime(chain)) + seconds;
  if (await canMoveTime(chain)) {
    await chain.connection.provider.request({ method: "evm_increaseTime", params: [seconds] });
    await chain.connection.provider.request({ method: "evm_mine", params: [] });
  }
  let time = await blockTime(chain);
  while (time < target) {
    await new Promise((done) => setTimeout(done, POLLING_MS));
    time = await blockTime(chain);
  }
  return time;
}

async function canMoveTime({ connection }: Chain): Promise<boolean> {
  try {
    await connection.provider.request({ method: "hardhat_metadata", params: [] });
    return true;
  } catch {
    return false;
  }
}
