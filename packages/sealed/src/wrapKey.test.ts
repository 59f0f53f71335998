import { expect, test } from "vitest";
import { BAD_POINTS, deliveryFrom, drawing, N, UNRECOVERABLE } from "../test/delivery.ts";
import { refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { H } from "../test/reference.ts";
import { encryptionPublicKey, Fn, G, numberFromBytes, numberToBytes, pointFromBytes, pointToBytes } from "./points.ts";
import { unwrapKey } from "./unwrapKey.ts";
import { contextOf, wrapKey, wrapKeyBy } from "./wrapKey.ts";

const random = randomFrom(21);
const key = random.bytes(32);
const secret = random.bytes(32);
const to = encryptionPublicKey(secret);
const delivery = deliveryFrom(random);

test("the context is licence, release and custodian", () => {
  const { licence, custodian } = delivery;
  expect(contextOf({ ...delivery, release: 0x01020304 })).toEqual(Uint8Array.of(...licence, 1, 2, 3, 4, ...custodian));
});

test("a key is wrapped as the definition says", () => {
  const r = numberFromBytes(random.bytes(32));
  const { R, wrapped } = wrapKeyBy(drawing(r), { key, to, ...delivery });
  const mask = H("cadastre/wrap/v1", numberToBytes(pointFromBytes(to, "").multiply(r).x), contextOf(delivery));
  expect(R).toEqual(pointToBytes(G.multiply(r)));
  expect(wrapped).toEqual(key.map((byte, i) => byte ^ (mask[i] as number)));
});

test("each wrapping is another, holds nothing else, and unwraps", () => {
  const [one, two] = [wrapKey({ key, to, ...delivery }), wrapKey({ key, to, ...delivery })];
  expect(Object.keys(one)).toEqual(["R", "wrapped"]);
  expect(one.R).not.toEqual(two.R);
  expect(one.wrapped).not.toEqual(two.wrapped);
  for (const wrapping of [one, two]) expect(unwrapKey({ secret, ...wrapping, ...delivery })).toEqual(key);
});

test("a shared point with x of N or more is not used", () => {
  const r = numberFromBytes(random.bytes(32));
  const fatal = pointToBytes(UNRECOVERABLE.multiply(Fn.inv(r)));
  const { R } = wrapKeyBy(drawing(r, 2n), { key, to: fatal, ...delivery });
  expect(R).toEqual(pointToBytes(G.multiply(2n)));
});

test.each(BAD_POINTS)("to %s nothing is wrapped", (_, bytes) => {
  refusal(() => wrapKey({ key, to: bytes, ...delivery }), "point_invalid");
});

test("a key of another length is refused", () => {
  refusal(() => wrapKey({ key: key.subarray(1), to, ...delivery }), "key_invalid");
});

test.each([
  { licence: random.bytes(31) },
  { licence: random.bytes(33) },
  { release: -1 },
  { release: 0.5 },
  { release: 2 ** 32 },
  { custodian: random.bytes(19) },
  { custodian: random.bytes(32) },
])("a delivery is refused with %j", (change) => {
  refusal(() => wrapKey({ key, to, ...delivery, ...change }), "delivery_invalid");
});

test("zero and N, should a source give them, wrap nothing", () => {
  for (const r of [0n, N]) expect(() => wrapKeyBy(drawing(r), { key, to, ...delivery })).toThrow();
});
