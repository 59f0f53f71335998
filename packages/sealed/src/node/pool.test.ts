import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { THREAD_SCRIPT, threadScript } from "../../test/threadScript.ts";

test("SEA-11 threads run what worker.ts says: otherwise, `npm run threads -w packages/sealed`", async () => {
  expect(readFileSync(THREAD_SCRIPT, "utf8")).toBe(await threadScript());
});
