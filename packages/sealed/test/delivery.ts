import { secp256k1 } from "@noble/curves/secp256k1.js";
import { numberToBytes, type Point, pointToBytes } from "../src/points.ts";
import type { Delivery } from "../src/wrapKey.ts";
import type { Random } from "./random.ts";

/** The order of the group. */
export const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** The prime of the coordinates. */
export const P = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2fn;

/** The first point from `x` on, with an even `y`. */
export function pointFrom(x: bigint): Point {
  for (; ; x++) {
    try {
      return secp256k1.Point.fromBytes(Uint8Array.of(2, ...numberToBytes(x)));
    } catch {}
  }
}

/** A point with `N ≤ x < P`. */
export const UNRECOVERABLE = pointFrom(N);

export function deliveryFrom(random: Random): Delivery {
  return { licence: random.bytes(32), release: random.below(2 ** 32), custodian: random.bytes(20) };
}

/** Draws these numbers, then no more. */
export function drawing(...numbers: bigint[]): () => bigint {
  return () => {
    const number = numbers.shift();
    if (number === undefined) throw new Error("one number too many was drawn");
    return number;
  };
}

/** Ways in which bytes are no point that a contract can compute with. */
export const BAD_POINTS: readonly (readonly [string, Uint8Array])[] = [
  ["nothing", new Uint8Array()],
  ["zero", new Uint8Array(64)],
  ["a compressed point", secp256k1.Point.BASE.toBytes()],
  ["a point with a prefix", secp256k1.Point.BASE.toBytes(false)],
  ["a point off the curve", Uint8Array.of(...pointToBytes(secp256k1.Point.BASE).with(63, 0))],
  ["x of N or more", pointToBytes(UNRECOVERABLE)],
  ["x of P or more", Uint8Array.of(...numberToBytes(P + 1n), ...numberToBytes(pointFrom(1n).y))],
];
