// Opens the last group of a dataset whose groups are longer than a run, and prints the most memory that this process ever
// had: `node largeInChild.ts threads|stream BLOCKS FOLDER`, with so many blocks in the group. Everything before it is a hole.
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { type Blocks, plaintextOf, runsOf, storedOf } from "../src/blocks.ts";
import { BLOCK_BYTES, openRange, parseOutline, STORED_BLOCK_BYTES, seal, storedLength, toHex } from "../src/index.ts";
import { fileOpener } from "../src/node/fileReader.ts";
import { fileSource, NODE_PRIMITIVES } from "../src/node/index.ts";
import { poolOf } from "../src/node/pool.ts";
import { openRuns } from "../src/openRuns.ts";
import { outlineBytes } from "../src/outlineBytes.ts";
import { runCipher } from "../src/runs.ts";
import { MAX_HASHES, RUN_BLOCKS } from "../src/scale.ts";
import { foldHashes, rootOf, treeStack } from "../src/treeStack.ts";

const [how, blocks = "", folder = ""] = process.argv.slice(2);
const groupBlocks = Number(blocks);
/** As many as an outline has, but of a file that threads read no more than file systems allow. */
const groups = how === "stream" ? MAX_HASHES : Math.min(MAX_HASHES, 2 ** 27 / groupBlocks);
const group: Blocks = { first: (groups - 1) * groupBlocks, blocks: groupBlocks };
const length = groups * groupBlocks * BLOCK_BYTES;
const key = new Uint8Array(32).fill(7);
const stored = join(folder, "stored");
const before = createHash("sha256");
/** What is at byte 0 of the file. */
const hole = how === "stream" ? group.first * STORED_BLOCK_BYTES : 0;

const lastHash = await sealedGroup();
const hashes = new Uint8Array(groups * 32).fill(9);
hashes.set(lastHash, hashes.length - 32);
const dataset = { title: "t", description: "d", publisher: "p", issued: "2026-01-01", license: "https://example.org/" };
const { manifest: model } = seal(new Uint8Array(), { mediaType: "text/csv", dataset, key });
const manifest = { ...model, length, root: toHex(rootOf(NODE_PRIMITIVES, hashes)) };
const file = outlineBytes({ first: 0, blocks: groups * groupBlocks, groupBlocks, hashes, root: new Uint8Array() });
const outline = parseOutline(file, manifest, NODE_PRIMITIVES);
const after = how === "stream" ? await streamed() : await inThreads();
if (before.digest("hex") !== after) throw new Error("what was opened is not what was sealed");
console.log(process.resourceUsage().maxRSS * 1024);

/** Seals the group, of which each run is another, and gives its hash. */
async function sealedGroup(): Promise<Uint8Array> {
  await using output = await open(stored, "w");
  const cipher = runCipher(NODE_PRIMITIVES, key);
  const tree = treeStack(NODE_PRIMITIVES);
  const plaintext = new Uint8Array(RUN_BLOCKS * BLOCK_BYTES);
  const sealed = new Uint8Array(RUN_BLOCKS * STORED_BLOCK_BYTES);
  for (const run of runsOf(group)) {
    new DataView(plaintext.buffer).setFloat64(0, run.first);
    before.update(plaintext);
    const leaves = cipher.seal({ first: run.first, plaintext, stored: sealed });
    await output.write(sealed, 0, sealed.length, storedOf(run, length).start - hole);
    tree.push(foldHashes(NODE_PRIMITIVES, leaves, RUN_BLOCKS), RUN_BLOCKS);
  }
  return tree.root();
}

async function streamed(): Promise<string> {
  const after = createHash("sha256");
  await using last = await fileSource(stored);
  const source = {
    size: storedLength(length),
    read: (start: number, end: number, memory: Uint8Array) => last.read(start - hole, end - hole, memory),
  };
  const range = plaintextOf(group, length);
  const pieces = openRange({ manifest, key, source, outline, primitives: NODE_PRIMITIVES, ...range });
  for await (const piece of pieces) after.update(piece);
  return after.digest("hex");
}

async function inThreads(): Promise<string> {
  const after = createHash("sha256");
  await using from = await open(stored, "r");
  await using to = await open(join(folder, "opened"), "w+");
  await using pool = poolOf(2);
  const opener = fileOpener({ pool, from: from.fd, length, options: {} }, key, to.fd);
  const memory = new Uint8Array(RUN_BLOCKS * BLOCK_BYTES);
  for await (const run of openRuns(opener, outline, group.first, group.first + group.blocks)) {
    await to.read(memory, 0, memory.length, plaintextOf(run, length).start);
    after.update(memory);
  }
  return after.digest("hex");
}
