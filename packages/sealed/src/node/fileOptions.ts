import { availableParallelism } from "node:os";

/** How large files are worked on. */
export interface FileOptions {
  /**
   * Threads beside the calling one, each for about 20 MB of memory. By default none below 8 MiB, then as many as there
   * are processors, up to 2.
   */
  readonly threads?: number;
  /** Called after each run. */
  readonly onProgress?: (progress: Progress) => void;
  /** Interrupts the work. */
  readonly signal?: AbortSignal;
  /** Waits until the disk has everything, so that even a power failure takes nothing away. Not by default. */
  readonly durable?: boolean;
}

/** How far the work is, in bytes of plaintext. */
export interface Progress {
  readonly step: "seal" | "check" | "open";
  readonly done: number;
  readonly total: number;
}

const WORTH_THREADS = 8 * 2 ** 20;
/** With more, the process would not stay below 200 MB. */
const MOST_THREADS = 2;

/** How many threads a file of so many bytes is worth. */
export function threadsFor(length: number, { threads }: FileOptions): number {
  return threads ?? (length < WORTH_THREADS ? 0 : Math.min(availableParallelism(), MOST_THREADS));
}

/** Reports progress, and stops where the caller wants to. */
export function report({ onProgress, signal }: FileOptions, progress: Progress): void {
  onProgress?.(progress);
  signal?.throwIfAborted();
}

/** A copy of a key in memory that threads share, so that it is in one place, to be erased from there. */
export function sharedKey(key: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(key.length));
  shared.set(key);
  return shared;
}
