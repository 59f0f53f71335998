import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Where the script of threads lies. */
export const THREAD_SCRIPT = fileURLToPath(new URL("../src/node/worker.js", import.meta.url));

/** The script of threads: `worker.ts` with all that it needs, in JavaScript. */
export async function threadScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../src/node/worker.ts", import.meta.url))],
    absWorkingDir: fileURLToPath(new URL("..", import.meta.url)),
    banner: { js: "// Made of worker.ts by `npm run threads`; not to be edited." },
    bundle: true,
    charset: "utf8",
    format: "esm",
    packages: "external",
    platform: "node",
    target: "node24",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
