import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

/** `verify` as one file without dependencies, with the licences of the libraries in it. */
export async function bundledVerifier(): Promise<{ text: string; sha256: string }> {
  const { outputFiles, metafile } = await build({
    ...{ absWorkingDir: ROOT, entryPoints: ["scripts/evidence/verifyMain.ts"], bundle: true, write: false },
    ...{ platform: "node", format: "esm", target: "node20", metafile: true, charset: "utf8", legalComments: "none" },
    // viem asks for it where it opens a WebSocket; endpoints here are HTTP.
    external: ["ws"],
  });
  const packages = new Map<string, string>();
  for (const path of Object.keys(metafile.inputs)) {
    const [, folder, name] = PACKAGE.exec(path) ?? [];
    if (folder !== undefined && name !== undefined) packages.set(name, folder);
  }
  const notices = [...packages].sort().map(([name, folder]) => `${name}\n\n${licenceIn(folder)}`);
  const text = `${outputFiles[0]!.text}\n/*\nLibraries in this file, and their licences:\n\n${notices.join("\n\n")}\n*/\n`;
  return { text, sha256: hash("sha256", text, "hex") };
}

function licenceIn(folder: string): string {
  const path = ["LICENSE", "LICENSE.md", "LICENCE", "license"].map((name) => join(ROOT, folder, name)).find(existsSync);
  if (path !== undefined) return readFileSync(path, "utf8").replaceAll("*/", "* /").trim();
  const { license } = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8")) as { license?: string };
  return `Licence: ${license ?? "not stated"}`;
}
