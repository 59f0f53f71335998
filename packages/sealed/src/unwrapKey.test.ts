import { expect, test } from "vitest";
import { BAD_POINTS, deliveryFrom } from "../test/delivery.ts";
import { refusal } from "../test/fixtures.ts";
import { flipped, randomFrom } from "../test/random.ts";
import { toHex } from "./bytes.ts";
import { keyCommitment } from "./commitments.ts";
import { encryptionPublicKey, numberToBytes } from "./points.ts";
import type { ReasonCode } from "./reasons.ts";
import { unwrapKey } from "./unwrapKey.ts";
import { wrapKey } from "./wrapKey.ts";

const random = randomFrom(22);
const key = random.bytes(32);
const secret = random.bytes(32);
const delivery = { ...deliveryFrom(random), release: 7 };
const wrapping = wrapKey({ key, to: encryptionPublicKey(secret), ...delivery });
const delivered = { secret, ...wrapping, ...delivery, keyCommitment: toHex(keyCommitment(key)) };

test("the licensee gets the key, and knows that it is the right one", () => {
  expect(unwrapKey(delivered)).toEqual(key);
});

test("a flipped byte of anything gives no key", () => {
  const refuse = (change: object, code: ReasonCode) => {
    const error = refusal(() => unwrapKey({ ...delivered, ...change }), code);
    expect(error.message).not.toContain(Buffer.from(key).toString("hex"));
  };
  const each = (bytes: Uint8Array) => Array.from(bytes, (_, i) => flipped(bytes, 8 * i + random.below(8)));
  for (const changed of each(secret)) refuse({ secret: changed }, "key_mismatch");
  for (const R of each(wrapping.R)) refuse({ R }, "point_invalid");
  for (const wrapped of each(wrapping.wrapped)) refuse({ wrapped }, "key_mismatch");
  for (const licence of each(delivery.licence)) refuse({ licence }, "key_mismatch");
  for (const custodian of each(delivery.custodian)) refuse({ custodian }, "key_mismatch");
  for (const changed of each(keyCommitment(key))) refuse({ keyCommitment: toHex(changed) }, "key_mismatch");
  refuse({ release: delivery.release + 1 }, "key_mismatch");
});

test("without the commitment whatever was wrapped comes out", () => {
  const { keyCommitment: _, ...rest } = delivered;
  expect(unwrapKey(rest)).toEqual(key);
  expect(unwrapKey({ ...rest, wrapped: flipped(wrapping.wrapped, 0) })).toEqual(flipped(key, 0));
});

test.each(BAD_POINTS)("R that is %s is refused", (_, R) => {
  refusal(() => unwrapKey({ ...delivered, R }), "point_invalid");
});

test("malformed input is refused by its own code", () => {
  refusal(() => unwrapKey({ ...delivered, secret: numberToBytes(0n) }), "secret_invalid");
  refusal(() => unwrapKey({ ...delivered, wrapped: new Uint8Array(31) }), "wrapped_invalid");
  refusal(() => unwrapKey({ ...delivered, wrapped: new Uint8Array(33) }), "wrapped_invalid");
  refusal(() => unwrapKey({ ...delivered, licence: new Uint8Array(31) }), "delivery_invalid");
});
