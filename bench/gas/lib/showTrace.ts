import { send } from "./chain.ts";
import { carryOut, operations } from "./operations.ts";
import { describe, selectorsOf, stepsOf } from "./trace.ts";

/** Prints every call, storage access and event of the transaction that was measured. */
export async function showTrace(which: string): Promise<void> {
  const all = await operations();
  const operation = all.find(({ key, peer }) => `${key}/${peer}` === which);
  if (operation === undefined) {
    console.error(`There is no ${which}. There are:\n${all.map(({ key, peer }) => `  ${key}/${peer}`).join("\n")}`);
    process.exitCode = 1;
    return;
  }
  console.log(`${operation.name}${operation.does === "" ? "" : `: ${operation.does}`}\n`);
  const text = await carryOut(operation, async (transaction) => {
    const { gas, hash } = await send(transaction);
    return describe(await stepsOf(hash), await selectorsOf(hash), transaction, gas);
  });
  console.log(text);
}
