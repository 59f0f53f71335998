import { secp256k1 } from "@noble/curves/secp256k1.js";
import { bytesToNumberBE, numberToBytesBE } from "@noble/curves/utils.js";
import { SealedError } from "./errors.ts";

/** Bytes of a number: a coordinate or a scalar, big-endian. */
export const NUMBER_BYTES = 32;

/** Bytes of a point: `x ‖ y`. */
export const POINT_BYTES = 2 * NUMBER_BYTES;

/** The generator of secp256k1. */
export const G = secp256k1.Point.BASE;

/** Arithmetic modulo the order of the group, N. */
export const Fn = secp256k1.Point.Fn;

/** Arithmetic modulo the prime of the coordinates, P. */
export const Fp = secp256k1.Point.Fp;

const UNCOMPRESSED = 4;

/** A point of secp256k1. */
export type Point = typeof G;

/**
 * The public key `X = x·G` of a secret `x`: what keys are wrapped to.
 *
 * @param secret 32 bytes, a number from 1 to N − 1
 * @returns 64 bytes, `X.x ‖ X.y`
 * @throws SealedError `secret_invalid`
 *
 * @example
 * ```ts
 * const X = encryptionPublicKey(secret);
 * ```
 */
export function encryptionPublicKey(secret: Uint8Array): Uint8Array {
  return pointToBytes(G.multiply(secretToScalar(secret)));
}

/**
 * Reads a point that contracts can compute with.
 *
 * @param name what the error calls it
 * @throws SealedError `point_invalid`
 */
export function pointFromBytes(bytes: Uint8Array, name: string): Point {
  try {
    const point = secp256k1.Point.fromBytes(Uint8Array.of(UNCOMPRESSED, ...bytes));
    if (isRecoverable(point)) return point;
  } catch {}
  throw new SealedError("point_invalid", { details: name });
}

/** 64 bytes, `x ‖ y`. */
export function pointToBytes(point: Point): Uint8Array {
  return point.toBytes(false).subarray(1);
}

/** Whether `x < N`. Contracts multiply by `ecrecover`, which takes `x` for a scalar. */
export function isRecoverable({ x }: Point): boolean {
  return x < Fn.ORDER;
}

/**
 * Reads a secret.
 *
 * @throws SealedError `secret_invalid`; the error says nothing about the bytes
 */
export function secretToScalar(secret: Uint8Array): bigint {
  const scalar = secret.length === NUMBER_BYTES ? numberFromBytes(secret) : 0n;
  if (!isScalar(scalar)) throw new SealedError("secret_invalid");
  return scalar;
}

/** A random number from 1 to N − 1, each as likely as another. */
export function randomScalar(): bigint {
  for (;;) {
    const scalar = numberFromBytes(crypto.getRandomValues(new Uint8Array(NUMBER_BYTES)));
    if (isScalar(scalar)) return scalar;
  }
}

/** Whether a number is from 1 to N − 1. */
export function isScalar(number: bigint): boolean {
  return Fn.isValidNot0(number);
}

/** Reads a big-endian number. */
export function numberFromBytes(bytes: Uint8Array): bigint {
  return bytesToNumberBE(bytes);
}

/** A number as 32 bytes. */
export function numberToBytes(number: bigint): Uint8Array {
  return numberToBytesBE(number, NUMBER_BYTES);
}
