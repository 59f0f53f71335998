import { HASH_BYTES } from "./bytes.ts";
import { BLIND_TAG, BLOCK_TAG, KEY_BYTES } from "./commitments.ts";
import { SealedError } from "./errors.ts";
import { BLOCK_BYTES, STORED_BLOCK_BYTES } from "./layout.ts";
import type { Primitives } from "./primitives.ts";
import { LEAF_PREFIX } from "./tree.ts";

/** Blocks that are encrypted by one call: few enough to stay in the processor's cache. */
const PIECE_BLOCKS = 16;

/** Consecutive blocks of a dataset. */
export interface Run {
  /** Index of the first block. */
  readonly first: number;
  readonly plaintext: Uint8Array;
  readonly stored: Uint8Array;
}

/** Seals and opens runs under one key: in order, as fast as can be. */
export interface RunCipher {
  /** Seals `plaintext` into `stored`, and gives the leaf hash of each block, one after another. */
  seal(run: Run): Uint8Array;
  /**
   * Decrypts `stored`, which is known to lie under the root, into `plaintext`. Until this returns, nothing there is
   * confirmed.
   *
   * @throws SealedError `commitment_mismatch`
   */
  open(run: Run): void;
  /** Clears what was computed from the key; nothing can be sealed or opened afterwards. */
  erase(): void;
}

/** A cipher of runs. It does not copy the key. */
export function runCipher(primitives: Primitives, key: Uint8Array): RunCipher {
  const commitments = commitmentsUnder(primitives, key);
  const hashLeaf = leafHasher(primitives);
  const ciphertext = new Uint8Array(PIECE_BLOCKS * BLOCK_BYTES);
  const commitment = new Uint8Array(HASH_BYTES);
  let reached: { readonly block: number; readonly xor: ReturnType<Primitives["cipher"]> } | undefined;

  /** To begin a keystream is dear, so the last one is gone on with where it has got to. */
  function keystreamFrom(first: number) {
    const xor = reached?.block === first ? reached.xor : primitives.cipher(key, first);
    reached = undefined;
    return xor;
  }

  return {
    seal({ first, plaintext, stored }) {
      const blocks = blocksIn(stored);
      const hashes = new Uint8Array(blocks * HASH_BYTES);
      const xor = keystreamFrom(first);
      for (let i = 0; i < blocks; i += PIECE_BLOCKS) {
        const piece = plaintext.subarray(i * BLOCK_BYTES, (i + PIECE_BLOCKS) * BLOCK_BYTES);
        xor(piece, upTo(piece.length, ciphertext));
        for (let j = 0; j < PIECE_BLOCKS && i + j < blocks; j++) {
          const part = blockAt(piece, j);
          const block = storedAt(stored, i + j);
          commitments.write(first + i + j, part, block);
          block.set(upTo(part.length, blockAt(ciphertext, j)), HASH_BYTES);
          hashLeaf(block, hashes, (i + j) * HASH_BYTES);
        }
      }
      reached = { block: first + blocks, xor };
      return hashes;
    },
    open({ first, plaintext, stored }) {
      const blocks = blocksIn(stored);
      const xor = keystreamFrom(first);
      for (let i = 0; i < blocks; i += PIECE_BLOCKS) {
        const piece = plaintext.subarray(i * BLOCK_BYTES, (i + PIECE_BLOCKS) * BLOCK_BYTES);
        for (let j = 0; j < PIECE_BLOCKS && i + j < blocks; j++) {
          ciphertext.set(storedAt(stored, i + j).subarray(HASH_BYTES), j * BLOCK_BYTES);
        }
        xor(upTo(piece.length, ciphertext), piece);
        for (let j = 0; j < PIECE_BLOCKS && i + j < blocks; j++) {
          const index = first + i + j;
          commitments.write(index, blockAt(piece, j), commitment);
          if (!beginsWith(storedAt(stored, i + j), commitment)) {
            throw new SealedError("commitment_mismatch", { at: { block: index } });
          }
        }
      }
      reached = { block: first + blocks, xor };
    },
    erase: commitments.erase,
  };
}

/** The leaf hash of each block of `stored`, one after another. */
export function leafHashes(primitives: Primitives, stored: Uint8Array): Uint8Array {
  const blocks = blocksIn(stored);
  const hashes = new Uint8Array(blocks * HASH_BYTES);
  const hashLeaf = leafHasher(primitives);
  for (let i = 0; i < blocks; i++) hashLeaf(storedAt(stored, i), hashes, i * HASH_BYTES);
  return hashes;
}

/** `H(0x00 ‖ block)`, as `leafHash` defines it, in one buffer. */
function leafHasher({ hash }: Primitives) {
  const message = new Uint8Array(LEAF_PREFIX.length + STORED_BLOCK_BYTES);
  message.set(LEAF_PREFIX);
  return (block: Uint8Array, output: Uint8Array, at: number): void => {
    message.set(block, LEAF_PREFIX.length);
    hash(upTo(LEAF_PREFIX.length + block.length, message), output, at);
  };
}

/** Computes `c_i`, as `blockBlind` and `blockCommitment` define it, in buffers that `erase` clears. */
function commitmentsUnder({ hash }: Primitives, key: Uint8Array) {
  const blindMessage = new Uint8Array(BLIND_TAG.length + KEY_BYTES + 8);
  blindMessage.set(BLIND_TAG);
  blindMessage.set(key, BLIND_TAG.length);
  const position = new DataView(blindMessage.buffer, BLIND_TAG.length + KEY_BYTES);
  const message = new Uint8Array(BLOCK_TAG.length + HASH_BYTES + BLOCK_BYTES);
  message.set(BLOCK_TAG);
  return {
    /** Writes the commitment to a block to the beginning of `output`. */
    write(index: number, plaintext: Uint8Array, output: Uint8Array): void {
      position.setUint32(0, Math.floor(index / 2 ** 32));
      position.setUint32(4, index % 2 ** 32);
      hash(blindMessage, message, BLOCK_TAG.length);
      message.set(plaintext, BLOCK_TAG.length + HASH_BYTES);
      hash(upTo(BLOCK_TAG.length + HASH_BYTES + plaintext.length, message), output, 0);
    },
    erase(): void {
      blindMessage.fill(0);
      message.fill(0);
    },
  };
}

function beginsWith(bytes: Uint8Array, beginning: Uint8Array): boolean {
  for (let i = 0; i < beginning.length; i++) if (bytes[i] !== beginning[i]) return false;
  return true;
}

function blocksIn(stored: Uint8Array): number {
  return Math.ceil(stored.length / STORED_BLOCK_BYTES);
}

function blockAt(plaintext: Uint8Array, i: number): Uint8Array {
  return plaintext.subarray(i * BLOCK_BYTES, (i + 1) * BLOCK_BYTES);
}

function storedAt(stored: Uint8Array, i: number): Uint8Array {
  return stored.subarray(i * STORED_BLOCK_BYTES, (i + 1) * STORED_BLOCK_BYTES);
}

function upTo(length: number, bytes: Uint8Array): Uint8Array {
  return length === bytes.length ? bytes : bytes.subarray(0, length);
}
