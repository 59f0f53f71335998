// Does one operation in the folder of the benchmark and prints what it took: `node child.ts OPERATION FOLDER BYTES`.
import { createHash } from "node:crypto";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { openStream, parseManifest, sealStream } from "@cadastre/sealed";
import { fileSource, NODE_PRIMITIVES, openFile, sealFile } from "@cadastre/sealed/node";
import { generated } from "./generated.ts";
import { type Cost, OPERATIONS, type Operation } from "./operations.ts";

const [name = "", folder = "", bytes = ""] = process.argv.slice(2);
const { threads, does } = OPERATIONS[name as Operation];
const [data, sealed, target] = ["data", "sealed", "opened"].map((file) => join(folder, file)) as [
  string,
  string,
  string,
];
const stored = join(sealed, "stored.bin");
const key = new Uint8Array(32).fill(1);
const description = {
  mediaType: "application/octet-stream",
  dataset: {
    title: "Generated",
    description: "Bytes of a generator",
    publisher: "bench:sealed",
    issued: "2026-01-01",
    license: "https://creativecommons.org/publicdomain/zero/1.0/",
  },
};

const actions = {
  seal: () => sealFile(data, sealed, { ...description, key, threads }),
  open: () => openFile(sealed, key, target, { threads }),
  openTwice: async () => {
    const manifest = parseManifest(await readFile(join(sealed, "manifest.json")));
    await openFile({ manifest, stored }, key, target, { threads });
  },
  stream: async () => {
    const [before, after] = [createHash("sha256"), createHash("sha256")];
    const pieces = (async function* () {
      for (const piece of generated(Number(bytes))) {
        before.update(piece);
        yield piece;
      }
    })();
    const path = join(folder, "streamed");
    await using file = await open(path, "w");
    const sealing = sealStream(pieces, { ...description, primitives: NODE_PRIMITIVES });
    for await (const piece of sealing.stored) await file.write(piece);
    const { manifest } = sealing.facts();
    await using source = await fileSource(path);
    const opened = openStream({ manifest, key: sealing.key, source, primitives: NODE_PRIMITIVES });
    for await (const piece of opened) after.update(piece);
    if (before.digest("hex") !== after.digest("hex")) throw new Error("what was opened is not what was sealed");
  },
} satisfies Record<string, () => Promise<unknown>>;

const [started, cpu] = [performance.now(), process.cpuUsage()];
await actions[does]();
const { user, system } = process.cpuUsage(cpu);
const cost: Cost = {
  seconds: (performance.now() - started) / 1e3,
  cpuSeconds: (user + system) / 1e6,
  peakMemory: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(cost));
