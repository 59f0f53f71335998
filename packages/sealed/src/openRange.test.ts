import { describe, expect, test } from "vitest";
import { blocksOf, DESCRIPTION, forged } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { collected, collectedUntilError, manyBytes, refusalOf, watched } from "../test/streams.ts";
import { toHex } from "./bytes.ts";
import type { Manifest } from "./manifest.ts";
import { NODE_PRIMITIVES } from "./node/primitives.ts";
import { type OpenRangeParameters, openRange } from "./openRange.ts";
import { outlineBytes } from "./outlineBytes.ts";
import { outlineOf } from "./outlineOf.ts";
import { parseOutline } from "./parseOutline.ts";
import { PURE } from "./primitives.ts";
import { explainReason } from "./reasons.ts";
import { runCipher } from "./runs.ts";
import { seal } from "./seal.ts";
import { sealStream } from "./sealStream.ts";
import { type StoredSource, sourceOf } from "./storedSource.ts";
import { foldHashes } from "./treeStack.ts";

const random = randomFrom(24);
const MIB = 2 ** 20;
const primitives = NODE_PRIMITIVES;

async function sealedOf(plaintext: Uint8Array, key = random.bytes(32)) {
  const sealing = sealStream(plaintext, { ...DESCRIPTION, key, primitives });
  const stored = await collected(sealing.stored);
  return { stored, key, ...sealing.facts() };
}

describe.each([1, 4096, 4097, 9 * 4096 + 100, 2 * MIB, 2 * MIB + 5000])("of %i bytes", async (length) => {
  const plaintext = manyBytes(random, length);
  const { stored, manifest, key, outline } = await sealedOf(plaintext);
  const range = (changed: Partial<OpenRangeParameters>) =>
    openRange({ manifest, key, source: sourceOf(stored), primitives, start: 0, end: length, ...changed });

  test("any range is opened, with an outline and without", async () => {
    const ranges = [
      [0, length],
      [0, 1],
      [length - 1, length],
      [length, length],
      [0, 0],
    ];
    for (let i = 0; i < 20; i++) {
      const start = random.below(length);
      ranges.push([start, start + random.below(length - start + 1)]);
    }
    for (const [i, [start = 0, end = 0]] of ranges.entries()) {
      const given = i % 2 === 0 ? { outline } : {};
      const opened = await collected(range({ start, end, ...given, primitives: i === 0 ? PURE : primitives }));
      expect(Buffer.compare(opened, plaintext.subarray(start, end))).toBe(0);
    }
  });

  test("with an outline, only the blocks of the range are read, once", async () => {
    for (let i = 0; i < 10; i++) {
      const start = random.below(length);
      const end = start + 1 + random.below(length - start);
      const source = watched(stored);
      await collected(range({ source, outline, start, end }));
      expect(source.reads[0]?.[0]).toBe(Math.floor(start / 4096) * 4128);
      expect(source.reads.at(-1)?.[1]).toBe(Math.min(stored.length, Math.ceil(end / 4096) * 4128));
      for (const [j, [from, to]] of source.reads.entries()) {
        expect(to - from).toBeLessThanOrEqual(256 * 4128);
        if (j > 0) expect(from).toBe(source.reads[j - 1]?.[1]);
      }
    }
  });

  test("without one, everything is read first", async () => {
    const source = watched(stored);
    await collected(range({ source, start: length - 1, end: length }));
    const bytes = source.reads.reduce((sum, [start, end]) => sum + end - start, 0);
    const last = length % 4096 === 0 ? 4128 : 32 + (length % 4096);
    expect(bytes).toBe(stored.length + last);
  });

  test("a flipped bit is refused, and with an outline its block is named", async () => {
    for (let i = 0; i < 8; i++) {
      const bit = random.below(stored.length * 8);
      const source = sourceOf(flipped(stored, bit));
      const first = await refusalOf(collected(range({ source })), "root_mismatch");
      expect(first.message).toBe("the stored bytes: not under the root");
      const second = await refusalOf(collected(range({ source, outline })), "root_mismatch");
      expect(second.message).toBe(`block ${Math.floor(bit / 8 / 4128)}: not under the root`);
    }
  });

  test("other sizes are refused before anything is read", async () => {
    for (const other of [stored.subarray(1), stored.subarray(0, -33), Uint8Array.of(...stored.subarray(0, 9), 0)]) {
      const source = watched(other);
      await refusalOf(collected(range({ source, outline })), "stored_length");
      expect(source.reads).toEqual([]);
    }
    const longer = new Uint8Array(stored.length + 1);
    longer.set(stored);
    await refusalOf(collected(range({ source: sourceOf(longer) })), "stored_length");
  });

  test("a source that keeps its size but gives less or more is refused", async () => {
    const less = watched(stored, (bytes) => bytes.subarray(1));
    const more = watched(stored, (bytes) => Buffer.concat([bytes.subarray(0, 9), bytes]));
    for (const source of [less, more]) {
      await refusalOf(collected(range({ source })), "stored_length");
      await refusalOf(collected(range({ source, outline })), "stored_length");
    }
  });

  test("a wrong key is refused before anything is read", async () => {
    const source = watched(stored);
    await refusalOf(collected(range({ source, key: flipped(key, random.below(256)) })), "key_mismatch");
    await refusalOf(collected(range({ source, key: key.subarray(1) })), "key_invalid");
    expect(source.reads).toEqual([]);
  });

  test("ranges that are not within the plaintext are refused", async () => {
    for (const [start, end] of [
      [-1, 1],
      [0, length + 1],
      [length + 1, length + 1],
      [1, 0],
      [0.5, 1],
      [0, Number.NaN],
    ] as const) {
      await refusalOf(collected(range({ start, end })), "range_invalid");
    }
  });

  test("the outline of another dataset is refused", async () => {
    const other = await sealedOf(manyBytes(random, length));
    await refusalOf(collected(range({ outline: other.outline })), "outline_invalid");
    await refusalOf(collected(range({ outline: { ...outline, first: 1 } })), "outline_invalid");
    await refusalOf(collected(range({ outline: { ...outline, blocks: outline.blocks + 1 } })), "outline_invalid");
  });

  test("the key may be erased by its owner while it is used", async () => {
    const mine = Uint8Array.from(key);
    const pieces = range({ key: mine, outline });
    const first = await pieces.next();
    mine.fill(0);
    const rest = await collected(pieces);
    expect(Buffer.compare(Buffer.concat([first.value as Uint8Array, rest]), plaintext)).toBe(0);
  });
});

test("nothing comes of an empty dataset, and only if its one block is right", async () => {
  const { stored, manifest, key, outline } = await sealedOf(new Uint8Array());
  const range = { manifest, key, primitives, start: 0, end: 0 };
  expect(await collected(openRange({ ...range, source: sourceOf(stored) }))).toHaveLength(0);
  const source = sourceOf(flipped(stored, 9));
  await refusalOf(collected(openRange({ ...range, source })), "root_mismatch");
  await refusalOf(collected(openRange({ ...range, source, outline })), "root_mismatch");
  const other = { ...range, manifest: { ...manifest, root: toHex(random.bytes(32)) } };
  await refusalOf(collected(openRange({ ...other, source })), "root_mismatch");
});

describe("of 600 blocks in three runs", async () => {
  const length = 600 * 4096;
  const plaintext = manyBytes(random, length);
  const { stored, manifest, key, outline } = await sealedOf(plaintext);
  const open = (source: StoredSource, changed: Partial<OpenRangeParameters> = {}) =>
    openRange({ manifest, key, source, outline, primitives, start: 0, end: length, ...changed });
  const blocks = blocksOf(stored, length);
  const withBlock = (index: number, block: Uint8Array) => {
    const changed = Uint8Array.from(stored);
    changed.set(block, index * 4128);
    return changed;
  };

  test("blocks in another order, or of another dataset with the same key, are refused", async () => {
    const other = await sealedOf(manyBytes(random, length), key);
    for (let i = 0; i < 8; i++) {
      const [a, b] = [random.below(600), random.below(600)];
      if (a === b) continue;
      const swapped = withBlock(a, blocks[b] as Uint8Array);
      swapped.set(blocks[a] as Uint8Array, b * 4128);
      const spliced = withBlock(a, other.stored.subarray(a * 4128, (a + 1) * 4128));
      for (const [changed, at] of [
        [swapped, Math.min(a, b)],
        [spliced, a],
      ] as const) {
        const source = sourceOf(changed);
        const error = await refusalOf(collected(open(source)), "root_mismatch");
        expect(error.at).toEqual({ block: at });
        const pieces = openRange({ manifest, key, source, primitives, start: 0, end: length });
        await refusalOf(collected(pieces), "root_mismatch");
      }
    }
  });

  test("nothing of a run with a wrong block is released, and all before it", async () => {
    for (const index of [0, 17, 256, 511, 599]) {
      const bad = forged({ stored, manifest: manifest as Manifest }, index);
      const badOutline = await outlineOf({ manifest: bad.manifest, source: sourceOf(bad.stored), primitives });
      const before = Math.floor(index / 256) * MIB;
      for (const [pieces, message] of [
        [open(sourceOf(flipped(stored, (index * 4128 + 100) * 8))), `block ${index}: not under the root`],
        [
          open(sourceOf(bad.stored), { manifest: bad.manifest, outline: badOutline }),
          `block ${index}: not what its commitment says`,
        ],
      ] as const) {
        const result = await collectedUntilError(pieces);
        expect((result.error as Error).message).toBe(message);
        expect(Buffer.compare(result.before, plaintext.subarray(0, before))).toBe(0);
      }
    }
  });

  test("a source that changes between the passes is refused before the change is released", async () => {
    for (let i = 0; i < 10; i++) {
      const byte = random.below(stored.length);
      const reads = new Set<number>();
      const source = watched(stored, (bytes, start) => {
        const again = reads.has(start);
        reads.add(start);
        const here = again && byte >= start && byte < start + bytes.length;
        return here ? flipped(bytes, (byte - start) * 8 + random.below(8)) : bytes;
      });
      const pieces = openRange({ manifest, key, source, primitives, start: 0, end: length });
      const { before, error } = await collectedUntilError(pieces);
      const block = Math.floor(byte / 4128);
      expect((error as Error).message).toBe(`block ${block}: not under the root`);
      expect(Buffer.compare(before, plaintext.subarray(0, Math.floor(block / 256) * MIB))).toBe(0);
    }
  });

  test("whoever was interrupted goes on at the byte that he has reached", async () => {
    let failures = 0;
    const flaky = watched(stored, (bytes) => {
      if (random.below(3) === 0) {
        failures += 1;
        throw new Error("connection lost");
      }
      return bytes;
    });
    const reached: Uint8Array[] = [];
    let bytes = 0;
    while (bytes < length) {
      try {
        for await (const piece of open(flaky, { start: bytes })) {
          const part = piece.slice(0, 1 + random.below(piece.length));
          reached.push(part);
          bytes += part.length;
          if (part.length < piece.length) break;
        }
      } catch (error) {
        expect((error as Error).message).toBe("connection lost");
      }
    }
    expect(failures).toBeGreaterThan(0);
    expect(Buffer.compare(Buffer.concat(reached), plaintext)).toBe(0);
  });

  test("opens what the functions in memory seal", async () => {
    const sealed = seal(plaintext, DESCRIPTION);
    const { manifest, key } = sealed;
    const pieces = openRange({ manifest, key, source: sourceOf(sealed.stored), start: 0, end: length });
    expect(Buffer.compare(await collected(pieces), plaintext)).toBe(0);
  });
});

test("around block 2^26, where the nonce changes, of a dataset that is computed only there", async () => {
  const boundary = 2 ** 26;
  const [groupBlocks, lastBlocks] = [1024, 3];
  const key = random.bytes(32);
  const { manifest: model } = seal(new Uint8Array(), { ...DESCRIPTION, key });
  const plaintext = manyBytes(random, (groupBlocks + lastBlocks) * 4096 - 50);
  const stored = new Uint8Array(plaintext.length + (groupBlocks + lastBlocks) * 32);
  const begin = boundary - groupBlocks;
  const runs = [0, 256, 512, 768, 1024].map((from) => ({
    first: begin + from,
    plaintext: plaintext.subarray(from * 4096, (from + 256) * 4096),
    stored: stored.subarray(from * 4128, (from + 256) * 4128),
  }));
  const cipher = runCipher(primitives, key);
  const leaves = runs.map((run) => cipher.seal(run));

  const groups = boundary / groupBlocks + 1;
  const hashes = manyBytes(random, groups * 32);
  hashes.set(foldHashes(primitives, Buffer.concat(leaves.slice(0, 4)), groupBlocks), (groups - 2) * 32);
  hashes.set(foldHashes(primitives, leaves[4] as Uint8Array, groupBlocks), (groups - 1) * 32);
  const length = begin * 4096 + plaintext.length;
  const root = toHex(foldHashes(primitives, hashes, 2 ** 17));
  const manifest = { ...model, length, root };
  const file = outlineBytes({ first: 0, blocks: boundary + lastBlocks, groupBlocks, hashes, root: new Uint8Array() });
  const outline = parseOutline(file, manifest, primitives);

  const read = (start: number, end: number) => stored.subarray(start - begin * 4128, end - begin * 4128);
  const source: StoredSource = { size: begin * 4128 + stored.length, read };
  for (const [start, end] of [
    [boundary * 4096 - 5000, boundary * 4096 + 4099],
    [boundary * 4096, boundary * 4096 + 1],
    [begin * 4096, length],
  ] as const) {
    const opened = await collected(openRange({ manifest, key, source, outline, primitives, start, end }));
    expect(Buffer.compare(opened, plaintext.subarray(start - begin * 4096, end - begin * 4096))).toBe(0);
  }
  const damaged: StoredSource = { ...source, read: (start, end) => flipped(read(start, end), 7) };
  const range = { start: boundary * 4096 - 1, end: boundary * 4096 };
  const pieces = openRange({ manifest, key, source: damaged, outline, primitives, ...range });
  const error = await refusalOf(collected(pieces), "root_mismatch");
  expect(error.message).toBe(`blocks ${begin} to ${boundary - 1}: not under the root`);
  expect(explainReason(error.code, "zh", error.at)).toBe(`数据块 ${begin} 至 ${boundary - 1}：不在该根之下`);
});
