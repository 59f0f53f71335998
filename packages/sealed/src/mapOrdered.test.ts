import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { randomFrom } from "../test/random.ts";
import { mapOrdered } from "./mapOrdered.ts";

test("results come in order, whatever finishes first, and no more than the limit is under way", async () => {
  const random = randomFrom(27);
  const delays = Array.from({ length: 40 }, () => random.below(4));
  for (const limit of [1, 2, 5, 100]) {
    let [underWay, most] = [0, 0];
    const results: number[] = [];
    const work = async (i: number) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await setTimeout(delays[i]);
      underWay -= 1;
      return i;
    };
    for await (const result of mapOrdered(delays.keys(), limit, work)) results.push(result);
    expect(results).toEqual([...delays.keys()]);
    expect(most).toBe(Math.min(limit, 40));
  }
});

test.each(["failure", "departure"])("after a %s, nothing is under way any more", async (ending) => {
  let underWay = 0;
  const work = async (i: number) => {
    underWay += 1;
    await setTimeout(10 - i);
    underWay -= 1;
    if (i >= 3 && ending === "failure") throw new Error(`at ${i}`);
    return i;
  };
  const results: number[] = [];
  const run = async () => {
    for await (const result of mapOrdered(Array(10).keys(), 4, work)) {
      results.push(result);
      if (result === 2 && ending === "departure") return;
    }
  };
  if (ending === "failure") await expect(run()).rejects.toThrow("at 3");
  else await run();
  expect(results).toEqual([0, 1, 2]);
  expect(underWay).toBe(0);
});
