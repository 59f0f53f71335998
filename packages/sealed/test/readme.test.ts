import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { toHex } from "../src/bytes.ts";
import { MTH } from "./reference.ts";

const packageRoot = fileURLToPath(new URL("..", import.meta.url));
const examples = [...readFileSync(`${packageRoot}/README.md`, "utf8").matchAll(/```js\n(.*?)```/gs)];

test.each([
  [0, "city,pm25\nSuzhou,31\nWuxi,28\n\n"],
  [1, `${toHex(MTH(["sown", "watered", "harvested"].map((text) => Buffer.from(text))))}\n`],
])("example %i of the README runs in Node as it stands", (i, output) => {
  const code = examples[i]?.[1] ?? expect.fail("no such example");
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: packageRoot,
    encoding: "utf8",
  });
  expect(printed).toBe(output);
});
