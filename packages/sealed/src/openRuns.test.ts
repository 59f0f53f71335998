import { describe, expect, test, vi } from "vitest";
import { blocksOf, DESCRIPTION, joined } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { MTH } from "../test/reference.ts";
import { collected, collectedUntilError, inPieces, manyBytes, refusalOf, watched } from "../test/streams.ts";
import type { Place } from "./reasons.ts";

// Runs of 4 blocks and outlines of 4 hashes: then 70 blocks are what 2^43 bytes are otherwise, and more.
vi.mock("./scale.ts", () => ({ RUN_BLOCKS: 4, MAX_HASHES: 4 }));
const { openRange } = await import("./openRange.ts");
const { outlineOf } = await import("./outlineOf.ts");
const { sealStream } = await import("./sealStream.ts");
const { sourceOf } = await import("./storedSource.ts");

const random = randomFrom(25);

async function sealedOf(length: number) {
  const plaintext = manyBytes(random, length);
  const sealing = sealStream(inPieces(plaintext, random), DESCRIPTION);
  const stored = await collected(sealing.stored);
  return { plaintext, stored, key: sealing.key, ...sealing.facts() };
}

test.each([0, 1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 18, 31, 32, 33, 63, 64, 65, 70, 128, 129])(
  "%i blocks, and a few bytes: groups double until there are no more than 4 of them",
  async (blocks) => {
    const length = Math.max(0, blocks * 4096 - 10);
    const { stored, outline, manifest } = await sealedOf(length);
    const entries = blocksOf(stored, length);
    expect(outline.hashes.length / 32).toBeLessThanOrEqual(4);
    if (outline.groupBlocks > 1) expect(entries.length).toBeGreaterThan(2 * outline.groupBlocks);
    const groups = Array.from({ length: outline.hashes.length / 32 }, (_, i) =>
      MTH(entries.slice(i * outline.groupBlocks, (i + 1) * outline.groupBlocks)),
    );
    expect(outline.hashes).toEqual(joined(groups));
    expect(outline.root).toEqual(MTH(entries));
    expect(await outlineOf({ manifest, source: sourceOf(stored) })).toEqual(outline);
  },
);

describe("of 70 blocks, in groups of 32, of 8 within them, and of 2 within those", async () => {
  const length = 70 * 4096 - 10;
  const { plaintext, stored, key, manifest, outline } = await sealedOf(length);
  const whole = { manifest, key, start: 0, end: length };

  test("ranges are opened", async () => {
    for (let i = 0; i < 40; i++) {
      const start = random.below(length);
      const end = start + random.below(Math.min(length - start + 1, 4096 * (1 + random.below(70))));
      const given = i % 2 === 0 ? { outline } : {};
      const opened = await collected(openRange({ ...whole, source: sourceOf(stored), ...given, start, end }));
      expect(Buffer.compare(opened, plaintext.subarray(start, end))).toBe(0);
    }
  });

  test("a byte costs reading its groups, and no other", async () => {
    const source = watched(stored);
    await collected(openRange({ ...whole, source, outline, start: 45 * 4096, end: 45 * 4096 + 1 }));
    expect(source.reads.map((range) => range.map((byte) => byte / 4128))).toEqual([
      ...[32, 36, 40, 44, 48, 52, 56, 60].map((first) => [first, first + 4]),
      ...[40, 44].map((first) => [first, first + 4]),
      [44, 46],
    ]);
  });

  test("a flipped bit is refused at the outermost group, before anything of that is released", async () => {
    for (let i = 0; i < 20; i++) {
      const bit = random.below(stored.length * 8);
      const group = Math.floor(bit / 8 / 4128 / 32) * 32;
      const source = sourceOf(flipped(stored, bit));
      const { before, error } = await collectedUntilError(openRange({ ...whole, source, outline }));
      const at: Place = { blocks: [group, Math.min(group + 32, 70) - 1] };
      expect(error).toMatchObject({ code: "root_mismatch", at });
      expect(Buffer.compare(before, plaintext.subarray(0, group * 4096))).toBe(0);
      await refusalOf(collected(openRange({ ...whole, source })), "root_mismatch");
    }
  });

  test("a source that changes after any of its passes is refused before the change is released", async () => {
    const places = new Set<string>();
    for (let i = 0; i < 60; i++) {
      const byte = random.below(66 * 4128);
      const passes = 1 + random.below(3);
      const seen = new Map<number, number>();
      const source = watched(stored, (bytes, start) => {
        if (byte < start || byte >= start + bytes.length) return bytes;
        seen.set(byte, (seen.get(byte) ?? 0) + 1);
        return (seen.get(byte) ?? 0) > passes ? flipped(bytes, (byte - start) * 8) : bytes;
      });
      const { before, error } = await collectedUntilError(openRange({ ...whole, source }));
      const block = Math.floor(byte / 4128);
      expect(error).toMatchObject({ code: "root_mismatch" });
      const at = (error as { at: { block: number } | { blocks: [number, number] } }).at;
      const [first, last] = "block" in at ? [at.block, at.block] : at.blocks;
      expect(block >= first && block <= last).toBe(true);
      places.add(`after ${passes}: ${last - first + 1}`);
      expect(before.length).toBeLessThanOrEqual(block * 4096);
      expect(Buffer.compare(before, plaintext.subarray(0, before.length))).toBe(0);
    }
    expect([...places]).toEqual(expect.arrayContaining(["after 1: 32", "after 2: 8", "after 3: 2"]));
  });
});
