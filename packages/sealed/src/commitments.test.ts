import { expect, test } from "vitest";
import { refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { H } from "../test/reference.ts";
import { toHex } from "./bytes.ts";
import { blockBlind, blockCommitment, keyCommitment, verifyKey } from "./commitments.ts";

const key = randomFrom(4).bytes(32);

test("each hash has its own tag and its parts in order", () => {
  const blind = H("cadastre/blind/v1", key, Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 2));
  expect(keyCommitment(key)).toEqual(H("cadastre/key/v1", key));
  expect(blockBlind(key, 258)).toEqual(blind);
  expect(blockCommitment(blind, Uint8Array.of(1))).toEqual(H("cadastre/block/v1", blind, Uint8Array.of(1)));
});

test("the index of a blind may exceed 32 bits", () => {
  expect(blockBlind(key, 2 ** 32 + 1)).toEqual(H("cadastre/blind/v1", key, Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1)));
});

test("a key is refused for its length, and for any wrong bit", () => {
  const commitment = toHex(keyCommitment(key));
  verifyKey(key, commitment);
  refusal(() => keyCommitment(key.subarray(1)), "key_invalid");
  refusal(() => verifyKey(Uint8Array.of(...key, 0), commitment), "key_invalid");
  for (let bit = 0; bit < 256; bit++) refusal(() => verifyKey(flipped(key, bit), commitment), "key_mismatch");
});
