import { expect } from "vitest";
import { HASH_BYTES, toHex } from "../src/bytes.ts";
import { SealedError } from "../src/errors.ts";
import { blockCount, storedRange } from "../src/layout.ts";
import type { Description, Manifest } from "../src/manifest.ts";
import type { ReasonCode } from "../src/reasons.ts";
import { treeOfStored } from "../src/verifyStored.ts";

export const DESCRIPTION: Description = {
  mediaType: "text/csv; charset=utf-8",
  schema: { conformsTo: "http://www.w3.org/ns/csvw", document: { columns: [{ name: "city" }, { name: "pm25" }] } },
  dataset: {
    title: "Air quality 空气质量",
    description: "Daily means by city",
    publisher: "Example Institute",
    issued: "2026-01-01",
    license: "https://creativecommons.org/licenses/by/4.0/",
    keyword: ["air"],
    theme: ["http://publications.europa.eu/resource/authority/data-theme/ENVI"],
  },
};

/** Runs what must be refused, expects the code, and hands the error back. */
export function refusal(run: () => unknown, code: ReasonCode): SealedError {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    if (!(error instanceof SealedError)) throw error;
    expect(error.code).toBe(code);
    return error;
  }
  return expect.fail(`not refused: ${String(result)}`);
}

/** Cuts stored bytes into their blocks. */
export function blocksOf(stored: Uint8Array, length: number): Uint8Array[] {
  return Array.from({ length: blockCount(length) }, (_, i) => {
    const { start, end } = storedRange(i, length);
    return stored.slice(start, end);
  });
}

export function joined(blocks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(blocks.flatMap((block) => [...block]));
}

/** A dishonest seal: block `index` is changed after its commitment was made, and the root is taken afterwards. */
export function forged(sealed: { stored: Uint8Array; manifest: Manifest }, index: number, inCommitment = false) {
  const stored = Uint8Array.from(sealed.stored);
  const at = storedRange(index, sealed.manifest.length).start + (inCommitment ? 0 : HASH_BYTES);
  stored[at] = (stored[at] as number) ^ 1;
  const { root } = treeOfStored(stored, sealed.manifest.length);
  return { stored, manifest: { ...sealed.manifest, root: toHex(root) } };
}
