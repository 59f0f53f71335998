import { expect, test } from "vitest";
import { refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { H } from "../test/reference.ts";
import { equalBytes, fromHex, type Hex, hashOf, toHex } from "./bytes.ts";

test("hexadecimal digits are read as they were written", () => {
  expect(toHex(Uint8Array.of(0, 15, 255))).toBe("0x000fff");
  expect(fromHex("0x000Fff")).toEqual(Uint8Array.of(0, 15, 255));
  expect(fromHex("0x")).toEqual(new Uint8Array());
});

test.each(["", "00", "0x0", "0x0g", "0x00 ", "0x00\n"])("%j is not hexadecimal", (text) => {
  refusal(() => fromHex(text as Hex), "hex_invalid");
});

test("the hash of parts is OpenSSL's hash of the whole", () => {
  const random = randomFrom(1);
  for (let i = 0; i < 50; i++) {
    const parts = Array.from({ length: random.below(5) }, () => random.bytes(random.below(200)));
    expect(hashOf(...parts)).toEqual(H(...parts));
  }
});

test("byte strings are equal only in length and every byte", () => {
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 0))).toBe(false);
  expect(equalBytes(Uint8Array.of(1, 2, 0), Uint8Array.of(1, 2))).toBe(false);
});
