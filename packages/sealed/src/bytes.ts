import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { SealedError } from "./errors.ts";

/** Bytes written as lower-case hexadecimal digits after `0x`: the form used in JSON and by Ethereum libraries. */
export type Hex = `0x${string}`;

/** Bytes of a SHA-256 hash. */
export const HASH_BYTES = 32;

/** Writes bytes as `0x` and lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`;
}

/**
 * Reads `0x` and hexadecimal digits.
 *
 * @throws SealedError `hex_invalid`; the text is not repeated in the error
 */
export function fromHex(hex: Hex): Uint8Array {
  if (!/^0x(?:[0-9a-fA-F]{2})*$/.test(hex)) throw new SealedError("hex_invalid");
  return hexToBytes(hex.slice(2));
}

/** Whether two byte strings are the same. Not constant in time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** SHA-256 of the concatenation of `parts`, without building it. */
export function hashOf(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = sha256.create();
  for (const part of parts) hash.update(part);
  return hash.digest();
}
