import { eas } from "../peers/eas.ts";
import { ocean } from "../peers/ocean.ts";
import { seaport } from "../peers/seaport.ts";
import { splitter } from "../peers/splitter.ts";
import { thirdweb } from "../peers/thirdweb.ts";
import { tokens } from "../peers/tokens.ts";
import { trex } from "../peers/trex.ts";
import { type send, undone } from "./chain.ts";
import type { Operation } from "./operation.ts";
import { ours, steady } from "./ours.ts";

/** Sets ours and every peer up on one network. */
export async function operations(): Promise<Operation[]> {
  await steady();
  const all = [...ours()];
  for (const peer of [tokens, trex, seaport, thirdweb, ocean, eas, splitter]) all.push(...(await peer()));
  return all;
}

/** Carries an operation out and leaves the chain as it was. */
export function carryOut<T>(
  operation: Operation,
  action: (transaction: Parameters<typeof send>[0]) => Promise<T>,
): Promise<T> {
  return undone(async () => {
    await operation.before?.();
    return action(await operation.transaction());
  });
}
