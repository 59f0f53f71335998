import { describe, expect, test } from "vitest";
import { refusal } from "../test/fixtures.ts";
import { blockCount, MAX_BLOCKS, MAX_LENGTH, plaintextRange, storedLength, storedRange } from "./layout.ts";

describe.each([
  [0, 1, 32],
  [1, 1, 33],
  [4095, 1, 4127],
  [4096, 1, 4128],
  [4097, 2, 4161],
  [8192, 2, 8256],
  [28672, 7, 28896],
  [MAX_LENGTH, MAX_BLOCKS, MAX_LENGTH + 2 ** 45],
])("a dataset of %i bytes", (length, count, stored) => {
  test(`has ${count} blocks and takes ${stored} bytes`, () => {
    expect(blockCount(length)).toBe(count);
    expect(storedLength(length)).toBe(stored);
    expect(Number.isSafeInteger(stored)).toBe(true);
  });

  test("ends with its last block", () => {
    expect(plaintextRange(count - 1, length).end).toBe(length);
    expect(storedRange(count - 1, length).end).toBe(stored);
    refusal(() => plaintextRange(count, length), "index_out_of_range");
    refusal(() => storedRange(count, length), "index_out_of_range");
  });
});

test("blocks follow one another without a gap", () => {
  const length = 3 * 4096 + 7;
  for (let i = 1; i < 4; i++) {
    expect(plaintextRange(i, length).start).toBe(plaintextRange(i - 1, length).end);
    expect(storedRange(i, length).start).toBe(storedRange(i - 1, length).end);
  }
  expect(storedRange(3, length)).toEqual({ start: 3 * 4128, end: 3 * 4128 + 32 + 7 });
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX_LENGTH + 1])("%d is not a length", (length) => {
  refusal(() => blockCount(length), "length_invalid");
});

test.each([-1, 0.5, Number.NaN])("%d is not an index", (index) => {
  refusal(() => plaintextRange(index, 4096), "index_out_of_range");
});
