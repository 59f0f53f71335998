import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";

const root = join(import.meta.dirname, "../..");
const folders = readdirSync(join(root, "contracts"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "mocks")
  .map(({ name }) => name);

function importsOf(folder: string): string[] {
  const sources = readdirSync(join(root, "contracts", folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".sol"))
    .map((file) => readFileSync(join(root, "contracts", folder, file), "utf8"));
  const targets = sources.flatMap((source) =>
    [...source.matchAll(/from "\.\.\/(\w+)\//g)].map(([, target]) => target!),
  );
  return [...new Set(targets)].map((target) => `${folder} --> ${target}`);
}

describe("the picture in the README", () => {
  const picture = /```mermaid\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1] ?? "";

  it("DOC-01 has an arrow for each import between contract folders, and no other", () => {
    const drawn = [...picture.matchAll(/^ *(\w+ --> \w+)$/gm)].map(([, arrow]) => arrow!);
    expect(drawn.sort()).to.deep.equal(folders.flatMap(importsOf).sort());
  });

  it("DOC-02 has a room for each contract folder", () => {
    for (const folder of folders) expect(picture).to.match(new RegExp(`^ *${folder}\\["`, "m"));
  });
});
