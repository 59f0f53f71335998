import { base58 } from "@scure/base";

/** Ed25519's number in the table of multicodecs, as a varint. */
const ED25519 = [0xed, 0x01] as const;
const KEY_BYTES = 32;
const DID_KEY = "did:key:";

export type DidKey = `did:key:z${string}`;

/** W3C Multikey of an Ed25519 public key: base58btc of the codec and the key. */
export function encodeMultikey(publicKey: Uint8Array): `z${string}` {
  return toMultibase(Uint8Array.from([...ED25519, ...publicKey]));
}

/** The Ed25519 public key, `undefined` for anything else. */
export function decodeMultikey(text: string): Uint8Array | undefined {
  const bytes = fromMultibase(text);
  if (bytes?.length !== ED25519.length + KEY_BYTES || ED25519.some((byte, i) => bytes[i] !== byte)) return undefined;
  return bytes.slice(ED25519.length);
}

export function didOf(publicKey: Uint8Array): DidKey {
  return `${DID_KEY}${encodeMultikey(publicKey)}`;
}

export function keyOfDid(did: string): Uint8Array | undefined {
  return did.startsWith(DID_KEY) ? decodeMultikey(did.slice(DID_KEY.length)) : undefined;
}

/** A did:key has one verification method, named by the key itself. */
export function verificationMethodOf(did: string): string {
  return `${did}#${did.slice(DID_KEY.length)}`;
}

/** Multibase in base58btc. */
export function toMultibase(bytes: Uint8Array): `z${string}` {
  return `z${base58.encode(bytes)}`;
}

export function fromMultibase(text: string): Uint8Array | undefined {
  // Base 58 takes quadratic time, and nothing here is longer than a signature.
  if (!/^z[1-9A-HJ-NP-Za-km-z]{1,128}$/.test(text)) return undefined;
  return base58.decode(text.slice(1));
}
