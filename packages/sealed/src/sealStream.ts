import { checkSealOptions } from "./checkSealOptions.ts";
import { composeManifest } from "./composeManifest.ts";
import { SealedError } from "./errors.ts";
import { BLOCK_BYTES, blockCount, plaintextRange, storedLength } from "./layout.ts";
import type { Manifest, Sample } from "./manifest.ts";
import { openSample } from "./openSample.ts";
import { type Outline, outlineBuilder } from "./outline.ts";
import { type Primitives, PURE } from "./primitives.ts";
import { runCipher } from "./runs.ts";
import { RUN_BLOCKS } from "./scale.ts";
import type { SealOptions } from "./seal.ts";
import { type Bytes, piecesOf } from "./storedSource.ts";

/** How to seal a stream. */
export interface SealStreamOptions extends SealOptions {
  /** `PURE` by default; in Node, `NODE_PRIMITIVES` of `@cadastre/sealed/node` is several times faster. */
  readonly primitives?: Primitives;
}

/** What is known of a dataset when its stream has been sealed. */
export interface SealedFacts {
  /** Public. */
  readonly manifest: Manifest;
  /** Public; may be stored beside the data, as `outlineBytes` writes it. */
  readonly outline: Outline;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** 32 bytes. */
  readonly keyCommitment: Uint8Array;
  /** Bytes of plaintext. */
  readonly length: number;
}

/** A stream that is being sealed. */
export interface SealStream {
  /** Commitment and ciphertext, block after block. Read it once, to its end. */
  readonly stored: AsyncGenerator<Uint8Array>;
  /** Secret, 32 bytes, there from the beginning. Not enumerable. */
  readonly key: Uint8Array;
  /**
   * The facts, when `stored` has been read to its end.
   *
   * @throws SealedError `stream_unfinished` before
   */
  facts(): SealedFacts;
}

/**
 * Seals a stream of any length in bounded memory.
 *
 * @throws SealedError at once `key_invalid`, `manifest_invalid`; when the stream ends `index_out_of_range` (of a
 * sample), `manifest_invalid`
 *
 * @example
 * ```ts
 * const sealing = sealStream(file.stream(), { mediaType: "text/csv", dataset });
 * for await (const piece of sealing.stored) await upload.write(piece);
 * const { manifest, outline } = sealing.facts();
 * ```
 */
export function sealStream(source: Bytes, options: SealStreamOptions): SealStream {
  const { primitives = PURE, ...rest } = options;
  const { key, sampled, ...known } = checkSealOptions(rest);
  let facts: SealedFacts | undefined;

  async function* stored(): AsyncGenerator<Uint8Array> {
    const cipher = runCipher(primitives, key);
    const builder = outlineBuilder(primitives);
    const opened: Sample[] = [];
    let [first, length] = [0, 0];
    try {
      for await (const plaintext of piecesOfLength(source, RUN_BLOCKS * BLOCK_BYTES)) {
        const run = new Uint8Array(storedLength(plaintext.length));
        builder.add(cipher.seal({ first, plaintext, stored: run }), 1);
        for (const index of sampled) {
          if (index < first || index >= first + blockCount(plaintext.length)) continue;
          const { start, end } = plaintextRange(index - first, plaintext.length);
          opened.push(openSample({ key, index, plaintext: plaintext.subarray(start, end) }));
        }
        first += RUN_BLOCKS;
        length += plaintext.length;
        yield run;
      }
    } finally {
      cipher.erase();
    }
    const missing = sampled[opened.length];
    if (missing !== undefined) throw new SealedError("index_out_of_range", { at: { block: missing } });
    const outline = builder.finish(blockCount(length));
    const { root } = outline;
    const manifest = composeManifest({ ...known, length, root, samples: opened });
    facts = { manifest, outline, root, keyCommitment: known.keyCommitment, length };
  }

  const stream = {
    stored: stored(),
    facts() {
      if (facts === undefined) throw new SealedError("stream_unfinished");
      return facts;
    },
  };
  return Object.defineProperty(stream, "key", { value: key, enumerable: false }) as SealStream;
}

/** Bytes in pieces of one length, but for the last; at least one piece. Each is overwritten by the next. */
async function* piecesOfLength(source: Bytes, length: number): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(length);
  let filled = 0;
  let isFirst = true;
  for await (const given of piecesOf(source)) {
    for (let taken = 0; taken < given.length; ) {
      if (filled === length) {
        yield piece;
        [filled, isFirst] = [0, false];
      }
      const part = given.subarray(taken, taken + length - filled);
      piece.set(part, filled);
      filled += part.length;
      taken += part.length;
    }
  }
  if (isFirst || filled > 0) yield piece.subarray(0, filled);
}
