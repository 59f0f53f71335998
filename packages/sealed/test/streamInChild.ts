// Seals a stream of so many bytes into a file, opens it again, and prints the most memory that this process ever had:
// `node streamInChild.ts BYTES FILE`.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { openStream, sealStream } from "../src/index.ts";
import { fileSource, NODE_PRIMITIVES } from "../src/node/index.ts";

const [bytes = "", path = ""] = process.argv.slice(2);
const [before, after] = [createHash("sha256"), createHash("sha256")];

async function* numbered(): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(2 ** 16);
  const view = new DataView(piece.buffer);
  for (let done = 0; done < Number(bytes); done += piece.length) {
    view.setFloat64(0, done);
    before.update(piece);
    yield piece;
  }
}

const dataset = { title: "t", description: "d", publisher: "p", issued: "2026-01-01", license: "https://example.org/" };
await using file = await open(path, "w");
const sealing = sealStream(numbered(), { mediaType: "text/csv", dataset, primitives: NODE_PRIMITIVES });
for await (const piece of sealing.stored) await file.write(piece);
await using source = await fileSource(path);
const { manifest } = sealing.facts();
const pieces = openStream({ manifest, key: sealing.key, source, primitives: NODE_PRIMITIVES });
for await (const piece of pieces) after.update(piece);
if (before.digest("hex") !== after.digest("hex")) throw new Error("what was opened is not what was sealed");
console.log(process.resourceUsage().maxRSS * 1024);
