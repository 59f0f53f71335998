import { fromHex, type Hex, hashOf, toHex } from "../src/bytes.ts";
import { blockBlind } from "../src/commitments.ts";
import { keystreamPosition, xorKeystream } from "../src/keystream.ts";
import { BLOCK_BYTES, STORED_BLOCK_BYTES } from "../src/layout.ts";
import type { Description, Manifest, Sample } from "../src/manifest.ts";
import { manifestBytes, manifestHash } from "../src/manifestHash.ts";
import { open } from "../src/open.ts";
import { openBlock } from "../src/openBlock.ts";
import { parseManifest } from "../src/parseManifest.ts";
import { encryptionPublicKey, randomScalar } from "../src/points.ts";
import { proveBlock } from "../src/proveBlock.ts";
import { proveWrapBy } from "../src/proveWrap.ts";
import { seal } from "../src/seal.ts";
import { unwrapKey } from "../src/unwrapKey.ts";
import { verifyBlock } from "../src/verifyBlock.ts";
import { verifyInclusion } from "../src/verifyInclusion.ts";
import { verifySample } from "../src/verifySample.ts";
import { verifyWrapProof, type WrapProof } from "../src/verifyWrapProof.ts";
import { wrapKeyBy } from "../src/wrapKey.ts";
import { drawing } from "./delivery.ts";

/** The inputs of calls as JSON has them; each call reads its own. */
interface Input {
  readonly key: Hex;
  readonly plaintext: Hex;
  readonly description: Description;
  readonly samples: readonly number[];
  readonly manifest: Manifest;
  readonly stored: Hex;
  readonly index: number;
  readonly size: number;
  readonly root: Hex;
  readonly leaf: Hex;
  readonly block: Hex;
  readonly path: readonly Hex[];
  readonly sample: Sample;
  readonly file: string;
  readonly expected?: Hex;
  readonly secret: Hex;
  readonly to: Hex;
  readonly X: Hex;
  readonly R: Hex;
  readonly wrapped: Hex;
  readonly r?: Hex;
  readonly k?: Hex;
  readonly licence: Hex;
  readonly release: number;
  readonly custodian: Hex;
  readonly keyCommitment?: Hex;
  readonly proof: Readonly<Record<keyof WrapProof, Hex>>;
}

/** A call of the format's functions by name, with JSON in and out: `python/sealed.py` answers the same ones. */
export interface Call {
  readonly call: keyof typeof CALLS;
  readonly input: Partial<Input>;
}

const CALLS = {
  seal: ({ key, plaintext, description, samples }: Input) => {
    const sealed = seal(fromHex(plaintext), { ...description, key: fromHex(key), samples });
    const { stored, root, keyCommitment, manifest } = sealed;
    return {
      stored: toHex(stored),
      storedHash: toHex(hashOf(stored)),
      root: toHex(root),
      keyCommitment: toHex(keyCommitment),
      manifest: new TextDecoder().decode(manifestBytes(manifest)),
      manifestHash: toHex(manifestHash(manifest)),
    };
  },
  position: ({ key, index }: Input) => {
    const { nonce, counter } = keystreamPosition(index);
    return {
      plaintextStart: index * BLOCK_BYTES,
      storedStart: index * STORED_BLOCK_BYTES,
      nonce: toHex(nonce),
      counter,
      blind: toHex(blockBlind(fromHex(key), index)),
      keystreamHash: toHex(hashOf(xorKeystream(fromHex(key), index, new Uint8Array(BLOCK_BYTES)))),
    };
  },
  parseManifest: ({ file, expected }: Input) =>
    toHex(manifestHash(parseManifest(new TextEncoder().encode(file), expected && fromHex(expected)))),
  proveBlock: ({ manifest, stored, index }: Input) => {
    const { block, path } = proveBlock({ manifest, stored: fromHex(stored), index });
    return { block: toHex(block), path: path.map(toHex) };
  },
  verifyBlock: (input: Input) => verifyBlock({ ...input, ...blockOf(input) }),
  verifyInclusion: ({ root, size, index, leaf, path }: Input) =>
    verifyInclusion({ root: fromHex(root), size, index, leaf: fromHex(leaf), path: path.map(fromHex) }),
  verifySample: (input: Input) => toHex(verifySample({ ...input, ...blockOf(input) })),
  open: ({ manifest, stored, key }: Input) => toHex(open({ manifest, stored: fromHex(stored), key: fromHex(key) })),
  openBlock: (input: Input) => toHex(openBlock({ ...input, ...blockOf(input), key: fromHex(input.key) })),
  encryptionPublicKey: ({ secret }: Input) => toHex(encryptionPublicKey(fromHex(secret))),
  wrapKey: ({ key, to, r, ...input }: Input) =>
    hexOf(wrapKeyBy(source(r), { key: fromHex(key), to: fromHex(to), ...deliveryOf(input) })),
  unwrapKey: ({ secret, R, wrapped, keyCommitment, ...input }: Input) => {
    const delivered = { secret: fromHex(secret), R: fromHex(R), wrapped: fromHex(wrapped), ...deliveryOf(input) };
    return toHex(unwrapKey(keyCommitment === undefined ? delivered : { ...delivered, keyCommitment }));
  },
  proveWrap: ({ secret, R, k, ...input }: Input) =>
    hexOf(proveWrapBy(source(k), { secret: fromHex(secret), R: fromHex(R), ...deliveryOf(input) })),
  verifyWrapProof: ({ X, R, proof, ...input }: Input) =>
    verifyWrapProof({ X: fromHex(X), R: fromHex(R), ...deliveryOf(input), proof: bytesOf(proof) }),
};

/** The result of a call, `null` where there is none. What is refused is thrown. */
export function answer({ call, input }: Call): unknown {
  const result: unknown = CALLS[call](input as Input);
  return result ?? null;
}

function blockOf({ block, path }: Input) {
  return { block: fromHex(block), path: path.map(fromHex) };
}

function deliveryOf({ licence, release, custodian }: Pick<Input, "licence" | "release" | "custodian">) {
  return { licence: fromHex(licence), release, custodian: fromHex(custodian) };
}

function source(given: Hex | undefined): () => bigint {
  return given === undefined ? randomScalar : drawing(BigInt(given));
}

function hexOf(parts: object): Record<string, Hex> {
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, toHex(bytes)]));
}

function bytesOf<Name extends string>(parts: Readonly<Record<Name, Hex>>): Record<Name, Uint8Array> {
  const entries = Object.entries<Hex>(parts).map(([name, hex]) => [name, fromHex(hex)]);
  return Object.fromEntries(entries) as Record<Name, Uint8Array>;
}
