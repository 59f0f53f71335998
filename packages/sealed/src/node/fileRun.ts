import { writeSync } from "node:fs";
import { type Blocks, plaintextOf, runsOf, storedOf } from "../blocks.ts";
import { HASH_BYTES } from "../bytes.ts";
import { SealedError } from "../errors.ts";
import { BLOCK_BYTES, type ByteRange, STORED_BLOCK_BYTES } from "../layout.ts";
import { checkGroups } from "../openRuns.ts";
import { leafHashes, type RunCipher, runCipher } from "../runs.ts";
import { RUN_BLOCKS } from "../scale.ts";
import { foldHashes } from "../treeStack.ts";
import { NODE_PRIMITIVES } from "./primitives.ts";
import { readWholeSync } from "./readWhole.ts";

/** What to do to a run of the file `from`, into the file `to`. File descriptors hold in all threads. */
export type FileRun = RunOfFile &
  (
    | { readonly operation: "hash" }
    | { readonly operation: "seal"; readonly key: Uint8Array; readonly to: number }
    | { readonly operation: "open"; readonly key: Uint8Array; readonly to: number; readonly expected: Uint8Array }
  );

type FileRunTo<Operation extends FileRun["operation"]> = Extract<FileRun, { operation: Operation }>;

interface RunOfFile {
  readonly run: Blocks;
  /** Of the plaintext as a whole. */
  readonly length: number;
  readonly from: number;
  /** Blocks for which there is one hash. */
  readonly unit: number;
}

/** Blocks of a run that are read, worked on and written at a time: few enough to stay in the processor's cache. */
const PART_BLOCKS = 32;

/** A part of a run: where it lies in the files, and the memory for it. */
interface Part extends Blocks {
  readonly inPlaintext: ByteRange;
  readonly inStored: ByteRange;
  readonly plaintext: Uint8Array;
  readonly stored: Uint8Array;
}

/**
 * A worker on runs of files, with buffers of its own. It gives the hashes of a run that it hashed or sealed.
 *
 * @throws SealedError `file_changed`, `stored_length`, `root_mismatch`, `commitment_mismatch`
 */
export function fileRunner(): (work: FileRun) => Uint8Array {
  const plaintextBuffer = new Uint8Array(RUN_BLOCKS * BLOCK_BYTES);
  const storedBuffer = new Uint8Array(RUN_BLOCKS * STORED_BLOCK_BYTES);

  function* partsOf({ run, unit, length }: FileRun): Generator<Part> {
    for (const part of runsOf(run, Math.max(PART_BLOCKS, unit))) {
      const [inPlaintext, inStored] = [plaintextOf(part, length), storedOf(part, length)];
      const plaintext = plaintextBuffer.subarray(0, inPlaintext.end - inPlaintext.start);
      const stored = storedBuffer.subarray(0, inStored.end - inStored.start);
      yield { ...part, inPlaintext, inStored, plaintext, stored };
    }
  }

  return (work) => {
    const hashes = new Uint8Array(work.operation === "open" ? 0 : Math.ceil(work.run.blocks / work.unit) * HASH_BYTES);
    if (work.operation === "hash") {
      for (const part of partsOf(work)) hashes.set(readStored(work, part), hashesAt(work, part));
      return hashes;
    }
    const cipher = runCipher(NODE_PRIMITIVES, work.key);
    try {
      for (const part of partsOf(work)) {
        if (work.operation === "seal") hashes.set(sealPart(work, part, cipher), hashesAt(work, part));
        else openPart(work, part, cipher);
      }
    } finally {
      cipher.erase();
    }
    return hashes;
  };
}

/** Where the hashes of a part are among those of its run. */
function hashesAt({ run, unit }: FileRun, { first }: Part): number {
  return ((first - run.first) / unit) * HASH_BYTES;
}

/** Reads stored blocks and gives their hashes. */
function readStored({ from, unit }: FileRun, { stored, inStored }: Part): Uint8Array {
  if (readWholeSync(from, stored, inStored.start) < stored.length) {
    throw new SealedError("stored_length", { at: "stored", details: `ends before byte ${inStored.end}` });
  }
  return foldHashes(NODE_PRIMITIVES, leafHashes(NODE_PRIMITIVES, stored), unit);
}

function sealPart({ from, to, unit }: FileRunTo<"seal">, part: Part, cipher: RunCipher): Uint8Array {
  const read = readWholeSync(from, part.plaintext, part.inPlaintext.start);
  if (read < part.plaintext.length) throw new SealedError("file_changed");
  const hashes = cipher.seal(part);
  writeWhole(to, part.stored, part.inStored);
  return foldHashes(NODE_PRIMITIVES, hashes, unit);
}

function openPart(work: FileRunTo<"open">, part: Part, cipher: RunCipher): void {
  const hashes = readStored(work, part);
  const at = hashesAt(work, part);
  checkGroups(part, work.unit, hashes, work.expected.subarray(at, at + hashes.length));
  cipher.open(part);
  writeWhole(work.to, part.plaintext, part.inPlaintext);
}

function writeWhole(file: number, bytes: Uint8Array, { start }: ByteRange): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, start + done);
  }
}
