import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { z } from "zod/v4";
import { command } from "../../scripts/lib/command.ts";
import { Failure, Skipped } from "../../scripts/lib/failure.ts";
import { list } from "../../scripts/lib/files.ts";
import { must } from "../../scripts/lib/process.ts";
import { Problem } from "../../scripts/support/problem.ts";
import { readJson } from "../../scripts/support/readJson.ts";
import { captured } from "./localChain.ts";
import { startScript } from "./processes.ts";

/** Commands that work on the repository itself. */
const SCRIPTS = [
  ...["scripts/generate/index.ts", "scripts/prove.ts", "scripts/mutation.ts", "scripts/deep.ts", "scripts/test.ts"],
  ...["bench/gas/index.ts", ...list("scripts/checks/*.ts")],
];

async function ran(script: string, ...args: readonly string[]) {
  const { ended, output } = startScript(script, args);
  return { code: await ended, output: output() };
}

describe("Commands", () => {
  it("DEP-37 refuse an option that they do not know in one line, and show those that they have", async () => {
    for (const script of SCRIPTS) {
      const [unknown, help] = await Promise.all([ran(script, "--chek"), ran(script, "--help")]);
      expect(unknown, script).to.deep.equal({ code: 1, output: "Unknown option '--chek'\n" });
      expect(help.code, script).to.equal(0);
      expect(help.output, script).to.match(/^npm (?:run [\w:]+|test)\b/);
    }
    expect(await ran("scripts/mutation.ts", "--limit", "many")).to.deep.equal({
      ...{ code: 1, output: "--limit: many is not a whole number above zero\n" },
    });
  });

  it("DEP-38 print what failed and set their exit code, after what they began is cleared away", async () => {
    const before = process.exitCode;
    let cleared = 0;
    const ending = async (run: () => Promise<unknown>) => {
      const { output } = await captured(() =>
        command(async () => {
          try {
            await run();
          } finally {
            cleared += 1;
          }
        }),
      );
      const code = process.exitCode;
      process.exitCode = before;
      return { output, code };
    };
    const failed = await ending(() => must("biome", ["format", "no/such/file.ts"]));
    expect(failed.code).to.equal(1);
    expect(failed.output).to.match(/[\s\S]+biome format no\/such\/file\.ts: exit 1$/);
    expect(await ending(() => Promise.reject(new Failure("so")))).to.deep.equal({ output: "so", code: 1 });
    expect(await ending(() => Promise.reject(new Skipped("SKIPPED x: needs y")))).to.deep.equal({
      ...{ output: "SKIPPED x: needs y", code: 2 },
    });
    expect(cleared).to.equal(3);
  });

  it("DEP-39 name a file that is damaged", () => {
    const folder = mkdtempSync(join(tmpdir(), "cadastre-"));
    const path = join(folder, "file.json");
    const schema = z.strictObject({ count: z.int() });
    try {
      writeFileSync(path, '{ "count": 3 }');
      expect(readJson(path, schema)).to.deep.equal({ count: 3 });
      for (const text of ["{", '{ "count": "3" }', "{}"]) {
        writeFileSync(path, text);
        expect(() => readJson(path, schema), text).to.throw(Problem, `${path} is damaged: `);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
