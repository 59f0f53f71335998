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

/**
 * Lets a window of the contracts pass, in seconds and in blocks.
 *
 * @param deadline as contracts give it: block time in the lowest 48 bits, block number above
 */
export async function reach(chain: Chain, deadline: bigint): Promise<void> {
  const [time, height] = [Number(deadline & 0xffff_ffff_ffffn), deadline >> 48n];
  const seconds = time - (await blockTime(chain));
  if (seconds > 0) await advanceClock(chain, seconds);
  const movable = await canMoveTime(chain);
  while ((await chain.client.getBlockNumber({ cacheTime: 0 })) < height) {
    if (movable) await chain.connection.provider.request({ method: "evm_mine", params: [] });
    else await new Promise((done) => setTimeout(done, POLLING_MS));
  }
}

async function canMoveTime({ connection }: Chain): Promise<boolean> {
  try {
    await connection.provider.request({ method: "hardhat_metadata", params: [] });
    return true;
  } catch {
    return false;
  }
}
