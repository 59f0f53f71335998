import { expect, test } from "vitest";
import { randomFrom } from "../test/random.ts";
import * as reference from "../test/reference.ts";
import { toHex } from "./bytes.ts";
import { chachaBlock } from "./chachaBlock.ts";

test("the vector of RFC 8439, 2.3.2", () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i);
  const nonce = Uint8Array.of(0, 0, 0, 9, 0, 0, 0, 0x4a, 0, 0, 0, 0);
  expect(toHex(chachaBlock(key, nonce, 1))).toBe(
    "0x10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e" +
      "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e",
  );
});

test("any key, nonce and counter, as OpenSSL has it", () => {
  const random = randomFrom(2);
  for (let i = 0; i < 200; i++) {
    const key = random.bytes(32);
    const nonce = random.bytes(12);
    const counter = i === 0 ? 2 ** 32 - 1 : random.below(2 ** 32);
    expect(chachaBlock(key, nonce, counter)).toEqual(reference.chacha20(key, nonce, counter, new Uint8Array(64)));
  }
});
