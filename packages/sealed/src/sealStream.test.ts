import { inspect } from "node:util";
import { expect, test } from "vitest";
import { DESCRIPTION, refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { collected, inPieces, manyBytes, refusalOf } from "../test/streams.ts";
import { NODE_PRIMITIVES } from "./node/primitives.ts";
import { outlineOf } from "./outlineOf.ts";
import { PURE } from "./primitives.ts";
import { type SealOptions, seal } from "./seal.ts";
import { sealStream } from "./sealStream.ts";
import { sourceOf } from "./storedSource.ts";

const random = randomFrom(23);
const MIB = 2 ** 20;

test.each([0, 1, 4095, 4096, 4097, 7 * 4096, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 9000])(
  "%i bytes in pieces of any length are sealed as they are in memory",
  async (length) => {
    const plaintext = manyBytes(random, length);
    const expected = seal(plaintext, { ...DESCRIPTION, key: random.bytes(32) });
    for (const primitives of [PURE, NODE_PRIMITIVES]) {
      const options = { ...DESCRIPTION, key: expected.key, primitives };
      const sealing = sealStream(inPieces(plaintext, random, 1 + random.below(2 * MIB)), options);
      const stored = await collected(sealing.stored);
      expect(Buffer.compare(stored, expected.stored)).toBe(0);
      const { manifest, outline, root, keyCommitment } = sealing.facts();
      expect(manifest).toEqual(expected.manifest);
      expect([root, keyCommitment]).toEqual([expected.root, expected.keyCommitment]);
      expect(sealing.facts().length).toBe(length);
      expect(outline).toEqual(await outlineOf({ manifest, source: sourceOf(stored) }));
    }
  },
);

test("bytes, a Blob's stream and a generator are sources", async () => {
  const plaintext = random.bytes(10_000);
  const options = { ...DESCRIPTION, key: random.bytes(32) };
  const expected = seal(plaintext, options).stored;
  for (const source of [plaintext, new Blob([Uint8Array.from(plaintext)]).stream(), inPieces(plaintext, random)]) {
    expect(await collected(sealStream(source, options).stored)).toEqual(expected);
  }
});

test("each stream draws its own key, which is there before the data", async () => {
  const [one, two] = [sealStream(random.bytes(10), DESCRIPTION), sealStream(random.bytes(10), DESCRIPTION)];
  expect(one.key).toHaveLength(32);
  expect(one.key).not.toEqual(two.key);
});

test("samples are opened once each and in order, wherever they lie", async () => {
  const plaintext = manyBytes(random, 2 * MIB + 100);
  const options = { ...DESCRIPTION, key: random.bytes(32), samples: [512, 0, 256, 255, 0] };
  const sealing = sealStream(inPieces(plaintext, random, MIB), options);
  await collected(sealing.stored);
  expect(sealing.facts().manifest).toEqual(seal(plaintext, options).manifest);
});

test("there are no facts before the end", async () => {
  const sealing = sealStream(manyBytes(random, 2 * MIB), DESCRIPTION);
  refusal(() => sealing.facts(), "stream_unfinished");
  await sealing.stored.next();
  refusal(() => sealing.facts(), "stream_unfinished");
  await sealing.stored.return(undefined);
  refusal(() => sealing.facts(), "stream_unfinished");
});

test("a source that breaks off leaves no facts", async () => {
  async function* broken() {
    yield random.bytes(5000);
    throw new Error("no more");
  }
  const sealing = sealStream(broken(), DESCRIPTION);
  await expect(collected(sealing.stored)).rejects.toThrow("no more");
  refusal(() => sealing.facts(), "stream_unfinished");
});

test("a stream that is given up releases its source", async () => {
  let cancelled = false;
  const source = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(MIB)),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of sealStream(source, { ...DESCRIPTION, primitives: NODE_PRIMITIVES }).stored) break;
  expect(cancelled).toBe(true);
});

test("what cannot be sealed is refused at once, but for a sample beyond the end", async () => {
  const bytes = random.bytes(10);
  refusal(() => sealStream(bytes, { ...DESCRIPTION, key: new Uint8Array(31) }), "key_invalid");
  refusal(() => sealStream(bytes, { ...DESCRIPTION, samples: [-1] }), "index_out_of_range");
  refusal(() => sealStream(bytes, { ...DESCRIPTION, samples: [0.5] }), "index_out_of_range");
  refusal(() => sealStream(bytes, { ...DESCRIPTION, mediaType: "csv" }), "manifest_invalid");
  refusal(() => sealStream(bytes, { ...DESCRIPTION, Key: random.bytes(32) } as SealOptions), "manifest_invalid");
  const sealing = sealStream(bytes, { ...DESCRIPTION, samples: [0, 1] });
  const error = await refusalOf(collected(sealing.stored), "index_out_of_range");
  expect(error.at).toEqual({ block: 1 });
});

test("the key is in nothing that is shown", async () => {
  const sealing = sealStream(random.bytes(5000), DESCRIPTION);
  await collected(sealing.stored);
  const shown = [inspect(sealing), inspect(sealing.facts(), { depth: null, maxArrayLength: null })];
  shown.push(JSON.stringify({ ...sealing, ...sealing.facts() }));
  const key = Buffer.from(sealing.key);
  for (const text of shown) {
    for (const form of [key.toString("hex"), key.toString("base64"), key.join(",")]) {
      expect(text.replaceAll(/\s/g, "").includes(form)).toBe(false);
    }
  }
});
