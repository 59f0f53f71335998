import { utf8ToBytes } from "@noble/hashes/utils.js";
import { hashOf } from "./bytes.ts";
import { KEY_BYTES } from "./commitments.ts";
import { SealedError } from "./errors.ts";
import { G, isRecoverable, numberToBytes, type Point, pointFromBytes, pointToBytes, randomScalar } from "./points.ts";

/** Which key is delivered to whom by whom. A wrapped key and its proof count for one delivery only. */
export interface Delivery {
  /** 32 bytes. */
  readonly licence: Uint8Array;
  /** A number below 2^32. */
  readonly release: number;
  /** An address, 20 bytes. */
  readonly custodian: Uint8Array;
}

/** A key, and the licensee's public key. */
export interface WrapKeyParameters extends Delivery {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** `X`, 64 bytes: see `encryptionPublicKey`. */
  readonly to: Uint8Array;
}

/** A key that only the licensee can unwrap. Public. */
export interface WrappedKey {
  /** 64 bytes. */
  readonly R: Uint8Array;
  /** 32 bytes. */
  readonly wrapped: Uint8Array;
}

const WRAP_TAG = utf8ToBytes("cadastre/wrap/v1");

/**
 * Wraps a key for one delivery, by a random number that nobody keeps. Each call gives another result.
 *
 * @throws SealedError `key_invalid`, `point_invalid`, `delivery_invalid`
 *
 * @example
 * ```ts
 * const { R, wrapped } = wrapKey({ key, to: X, licence, release: 1, custodian });
 * ```
 */
export function wrapKey(parameters: WrapKeyParameters): WrappedKey {
  return wrapKeyBy(randomScalar, parameters);
}

/** `wrapKey` with a source of numbers from 1 to N − 1. Exported for tests and vectors, not from the package. */
export function wrapKeyBy(draw: () => bigint, { key, to, ...delivery }: WrapKeyParameters): WrappedKey {
  if (key.length !== KEY_BYTES) throw new SealedError("key_invalid", { details: `${key.length} bytes` });
  const X = pointFromBytes(to, "to");
  const context = contextOf(delivery);
  for (;;) {
    const r = draw();
    const R = G.multiply(r);
    const S = X.multiply(r);
    if (isRecoverable(R) && isRecoverable(S)) return { R: pointToBytes(R), wrapped: maskKey(key, S, context) };
  }
}

/** A key, plain or wrapped, XOR `H("cadastre/wrap/v1" ‖ S.x ‖ context)`. */
export function maskKey(key: Uint8Array, S: Point, context: Uint8Array): Uint8Array {
  const shared = numberToBytes(S.x);
  const masked = hashOf(WRAP_TAG, shared, context);
  shared.fill(0);
  // In place: who kept the mask beside the wrapped key would keep the key.
  for (const [i, byte] of key.entries()) masked[i] = (masked[i] as number) ^ byte;
  return masked;
}

/**
 * `licence ‖ u32(release) ‖ custodian`, 56 bytes.
 *
 * @throws SealedError `delivery_invalid`
 */
export function contextOf({ licence, release, custodian }: Delivery): Uint8Array {
  const wrong = (details: string) => new SealedError("delivery_invalid", { details });
  if (licence.length !== 32) throw wrong(`a licence of ${licence.length} bytes`);
  if (!Number.isInteger(release) || release < 0 || release >= 2 ** 32) throw wrong(`release ${release}`);
  if (custodian.length !== 20) throw wrong(`a custodian of ${custodian.length} bytes`);
  const context = new Uint8Array(56);
  context.set(licence);
  new DataView(context.buffer).setUint32(32, release);
  context.set(custodian, 36);
  return context;
}
