import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { must, ROOT } from "../lib/process.ts";

/** Types and factories for ethers 6, from the default profile. */
export async function typechain(): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(ROOT, "cache", "typechain-"));
  try {
    await must("hardhat", ["build", "--quiet", "--no-tests"], { env: { TYPECHAIN_OUT: relative(ROOT, folder) } });
    const files = globSync("**/*.ts", { cwd: folder }).sort();
    return new Map(
      files.map((path) => [
        `typechain-types/${path.replaceAll("\\", "/")}`,
        sorted(importSources(readFileSync(join(folder, path), "utf8"))),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** TypeChain imports the `.js` files that a build would make; there is no build, Node runs the sources. */
function importSources(text: string): string {
  return text.replace(/(from\s+["']\.[^"']*)\.js(["'])/g, "$1.ts$2");
}

/** TypeChain lists contracts in the order in which the file system names them, which is not the same everywhere. */
function sorted(text: string): string {
  const isListed = /^(export (type )?\{ \w+ \} from|\s*(getContractFactory|getContractAt|deployContract)\()/;
  const kindOf = (line: string) => isListed.exec(line)?.[3] ?? (isListed.test(line) ? "export" : undefined);
  const runs: { kind: string | undefined; lines: string[] }[] = [];
  for (const line of text.split("\n")) {
    const kind = kindOf(line);
    const last = runs.at(-1);
    if (last !== undefined && kind !== undefined && last.kind === kind) last.lines.push(line);
    else runs.push({ kind, lines: [line] });
  }
  return runs
    .flatMap(({ kind, lines }) => (kind === undefined ? lines : lines.map((line) => line.trimStart()).sort()))
    .join("\n");
}
