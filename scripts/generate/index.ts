// Writes everything that is derived from the contracts: types for ethers, the package `abi`, the references. With `--check`,
// writes nothing and fails where a committed file differs.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { command, readOptions } from "../lib/command.ts";
import { DEPLOYED } from "../lib/deployed.ts";
import { formatted, list, readIfThere, remove, write } from "../lib/files.ts";
import { ROOT } from "../lib/process.ts";
import { close } from "../lib/report.ts";
import { compile } from "../lib/solc.ts";
import { abiPackage, errorsOf, HEADER } from "./abi.ts";
import { addresses } from "./addresses.ts";
import { docs } from "./docs.ts";
import { checkSentences } from "./sentences.ts";
import { typechain } from "./typechain.ts";

const { check } = readOptions(
  "npm run generate [-- --check]  writes what follows from the contracts; --check only compares",
  {
    check: { type: "boolean", default: false },
  },
);
await command(async () => {
  if (!existsSync(join(ROOT, "cache"))) mkdirSync(join(ROOT, "cache"));

  const output = compile(
    ["contracts/**/*.sol"],
    ["abi", "devdoc", "userdoc"],
    Object.values(DEPLOYED).filter((path) => path.startsWith("@")),
  );
  const faults = checkSentences(errorsOf(output).values());
  if (faults.length > 0) {
    return close("generate", "packages/abi/src/sentences.ts", faults);
  }

  // The build of `typechain` makes the artifacts that `addresses` deploys.
  const types = await typechain();
  const files = new Map([...types, ...docs(output)]);
  for (const [path, text] of [...abiPackage(output), ...(await addresses())])
    files.set(path, await formatted(path, text));
  const known = new Set(files.keys());
  const stale = [...list("typechain-types/**/*.ts"), ...list("packages/abi/src/**/*.ts").filter(isGenerated)].filter(
    (path) => !known.has(path),
  );
  const changed = [...files].filter(([path, text]) => readIfThere(path) !== text).map(([path]) => path);

  if (check) {
    for (const path of [...changed, ...stale]) console.error(`stale: ${path}`);
    const count = changed.length + stale.length;
    console.log(`check:generated: ${files.size} files, ${count} stale${count === 0 ? "" : "; run npm run generate"}`);
    process.exitCode = count === 0 ? 0 : 1;
  } else {
    for (const path of stale) remove(path);
    for (const path of changed) write(path, files.get(path)!);
    console.log(`generate: ${files.size} files, ${changed.length} changed, ${stale.length} removed`);
  }
});

function isGenerated(path: string): boolean {
  return readIfThere(path)?.startsWith(HEADER) === true;
}
