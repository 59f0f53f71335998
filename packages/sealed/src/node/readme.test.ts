import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

test("the example of files in the README runs in Node as it stands", { timeout: 30_000 }, () => {
  const examples = [...readFileSync(`${packageRoot}/README.md`, "utf8").matchAll(/```js\n(.*?)```/gs)];
  const code = examples.map(([, code = ""]) => code).find((code) => code.includes("@cadastre/sealed/node"));
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", code ?? ""], {
    cwd: packageRoot,
    encoding: "utf8",
  });
  expect(printed).toBe("city,pm25\nSuzhou,31\nWuxi,28\n\n");
});
