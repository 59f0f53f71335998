import { expect, test } from "vitest";
import { refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { inPieces, refusalOf } from "../test/streams.ts";
import { type Bytes, checkSize, readRange, sourceOf } from "./storedSource.ts";

const random = randomFrom(29);
const stored = random.bytes(10_000);

test.each([
  ["bytes", sourceOf(stored)],
  ["a Blob", sourceOf(new Blob([Uint8Array.from(stored)]))],
  ["streams", { size: 10_000, read: (a: number, b: number) => new Blob([stored.slice(a, b)]).stream() }],
  ["generators", { size: 10_000, read: async (a: number, b: number) => inPieces(stored.slice(a, b), random, 99) }],
])("ranges of %s are read", async (_, source) => {
  expect(source.size).toBe(10_000);
  for (const [start, end] of [
    [0, 10_000],
    [0, 0],
    [17, 5000],
    [9999, 10_000],
  ] as const) {
    const memory = new Uint8Array(end - start + random.below(3));
    expect(await readRange(source, { start, end }, memory)).toEqual(stored.slice(start, end));
  }
});

test("a source that gives less or more than it was asked for is refused", async () => {
  const memory = new Uint8Array(100);
  for (const length of [0, 99, 101]) {
    for (const given of [stored.slice(0, length), inPieces(stored.slice(0, length), random, 30)] as Bytes[]) {
      const error = await refusalOf(
        readRange({ size: 10_000, read: () => given }, { start: 100, end: 200 }, memory),
        "stored_length",
      );
      expect(error.message).toBe("the stored bytes: not as long as the manifest says (read from byte 100 to 200)");
    }
  }
});

test("the size is that of the stored bytes, exactly", () => {
  checkSize(4097 + 64, 4097);
  refusal(() => checkSize(4097 + 63, 4097), "stored_length");
  refusal(() => checkSize(4097 + 65, 4097), "stored_length");
  refusal(() => checkSize(0, -1), "length_invalid");
});
