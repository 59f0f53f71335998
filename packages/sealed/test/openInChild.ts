// Opens a sealed folder, says so when the first run is there, and waits for its input: `node openInChild.ts FOLDER KEY
// TARGET`.
import { readSync, writeSync } from "node:fs";
import { fromHex, type Hex } from "../src/bytes.ts";
import { openFile } from "../src/node/openFile.ts";

const [folder = "", key = "", target = ""] = process.argv.slice(2);
const onProgress = () => {
  writeSync(1, "reached\n");
  readSync(0, new Uint8Array(1));
};
await openFile(folder, fromHex(key as Hex), target, { threads: 0, onProgress });
