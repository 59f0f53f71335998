import { readFileSync } from "node:fs";
import { type Hex, toHex } from "../src/bytes.ts";
import { plaintextRange, storedRange } from "../src/layout.ts";
import { answer, type Call } from "./calls.ts";
import type { RefusedCall } from "./refusedCall.ts";
import { plaintextOf, type sealedVectors } from "./sealedVectors.ts";
import type { wrapVectors } from "./wrapVectors.ts";

type SealedVectors = ReturnType<typeof sealedVectors>;
type WrapVectors = ReturnType<typeof wrapVectors>;

/** A call and what it must answer; of an object, at least these members. */
export interface AnsweredCall extends Call {
  readonly result: unknown;
}

/** The committed vectors. */
export function readVectors(): { readonly sealed: SealedVectors; readonly wrap: WrapVectors } {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
  return { sealed: read("sealed"), wrap: read("wrap") };
}

/** All that the vectors say must be answered, as calls. */
export function answeredCalls({ sealed, wrap }: ReturnType<typeof readVectors>): AnsweredCall[] {
  return [
    ...sealed.datasets.flatMap((dataset) => datasetCalls(dataset, sealed.description)),
    ...sealed.positions.map(({ key, index, ...result }) => ({
      call: "position" as const,
      input: { key, index },
      result,
    })),
    ...sealed.paths.map((input) => ({ call: "verifyInclusion" as const, input, result: null })),
    ...wrap.wraps.flatMap(wrapCalls),
  ];
}

/** All that the vectors say must be refused. */
export function refusedCalls({ sealed, wrap }: ReturnType<typeof readVectors>): (Call & RefusedCall)[] {
  return [...sealed.refused, ...wrap.refused] as (Call & RefusedCall)[];
}

function datasetCalls(
  dataset: SealedVectors["datasets"][0],
  description: SealedVectors["description"],
): AnsweredCall[] {
  const { length, key, plaintextHash: _, blocks, samples, ...result } = dataset;
  const { root, keyCommitment, manifest: file, manifestHash } = result;
  const plaintext = toHex(plaintextOf(length));
  const sealing: Call = { call: "seal", input: { key, plaintext, description, samples } };
  const { stored } = answer(sealing) as { stored: Hex };
  const manifest = { ...JSON.parse(file), root, keyCommitment };
  return [
    { ...sealing, result },
    { call: "parseManifest", input: { file, expected: manifestHash }, result: manifestHash },
    { call: "open", input: { manifest, stored, key }, result: plaintext },
    ...blocks.flatMap(({ blind, commitment, path }, index): AnsweredCall[] => {
      const { start, end } = storedRange(index, length);
      const block = `${commitment}${cut(stored, start + 32, end).slice(2)}` as Hex;
      const range = plaintextRange(index, length);
      const piece = cut(plaintext, range.start, range.end);
      const sample = { index, blind, plaintext: piece };
      return [
        { call: "proveBlock", input: { manifest, stored, index }, result: { block, path } },
        { call: "verifyBlock", input: { manifest, index, block, path }, result: null },
        { call: "openBlock", input: { manifest, index, block, path, key }, result: piece },
        { call: "verifySample", input: { manifest, index, block, path, sample }, result: piece },
      ];
    }),
  ];
}

function wrapCalls(vector: WrapVectors["wraps"][0]): AnsweredCall[] {
  const { licence, release, custodian, key, keyCommitment, secret, X, r, R, wrapped, k, proof } = vector;
  const delivery = { licence, release, custodian };
  return [
    { call: "encryptionPublicKey", input: { secret }, result: X },
    { call: "wrapKey", input: { key, to: X, ...delivery, r }, result: { R, wrapped } },
    { call: "unwrapKey", input: { secret, R, wrapped, ...delivery, keyCommitment }, result: key },
    { call: "proveWrap", input: { secret, R, ...delivery, k }, result: proof },
    { call: "verifyWrapProof", input: { X, R, ...delivery, proof }, result: null },
  ];
}

function cut(hex: Hex, start: number, end: number): Hex {
  return `0x${hex.slice(2 + 2 * start, 2 + 2 * end)}`;
}
