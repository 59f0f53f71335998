import { afterEach, expect, test, vi } from "vitest";
import { BAD_POINTS, N, P, UNRECOVERABLE } from "../test/delivery.ts";
import { refusal } from "../test/fixtures.ts";
import { randomFrom } from "../test/random.ts";
import { toHex } from "./bytes.ts";
import { encryptionPublicKey, G, numberToBytes, pointFromBytes, pointToBytes, randomScalar } from "./points.ts";

const GENERATOR =
  "0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" +
  "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";

afterEach(() => void vi.restoreAllMocks());

test("the public key of 1 is the generator of SEC 2, of N - 1 its negative", () => {
  expect(toHex(encryptionPublicKey(numberToBytes(1n)))).toBe(GENERATOR);
  expect(encryptionPublicKey(numberToBytes(N - 1n))).toEqual(pointToBytes(G.negate()));
});

test("bytes of a point are read and written", () => {
  const X = encryptionPublicKey(randomFrom(20).bytes(32));
  expect(pointToBytes(pointFromBytes(X, "X"))).toEqual(X);
  expect(pointToBytes(pointFromBytes(Buffer.from(X), "X"))).toEqual(X);
});

test.each([
  ["zero", numberToBytes(0n)],
  ["N", numberToBytes(N)],
  ["more than N", numberToBytes(N + 0x5ec4e7n)],
  ["2^256 - 1", new Uint8Array(32).fill(255)],
  ["too short", new Uint8Array(31).fill(0x5e)],
  ["too long", new Uint8Array(33).fill(0x5e)],
])("a secret that is %s is refused and not repeated", (_, secret) => {
  const error = refusal(() => encryptionPublicKey(secret), "secret_invalid");
  expect(error.message).toBe("a secret is 32 bytes, a number from 1 to N - 1");
  expect(error.cause).toBeUndefined();
});

test.each(BAD_POINTS)("as a point, %s is refused", (_, bytes) => {
  expect(refusal(() => pointFromBytes(bytes, "X"), "point_invalid").details).toBe("X");
});

test("the point with x of N or more is one of the curve", () => {
  const { x, y } = UNRECOVERABLE;
  expect(x >= N && x < P).toBe(true);
  expect((y * y - x ** 3n - 7n) % P).toBe(0n);
});

test("zero, N and more are drawn again", () => {
  const draws = [0n, N, 2n ** 256n - 1n, N - 1n].map(numberToBytes);
  vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    (array as Uint8Array).set(draws.shift() as Uint8Array);
    return array;
  });
  expect(randomScalar()).toBe(N - 1n);
  expect(draws).toHaveLength(0);
});
