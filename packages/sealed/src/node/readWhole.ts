import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";

/**
 * Reads from `start` on until `bytes` are full or the file ends: a single read may give less at any time.
 *
 * @returns how many bytes were read
 */
export async function readWhole(file: FileHandle, bytes: Uint8Array, start: number): Promise<number> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

/** `readWhole` of a descriptor, on the calling thread. */
export function readWholeSync(file: number, bytes: Uint8Array, start: number): number {
  let done = 0;
  while (done < bytes.length) {
    const bytesRead = readSync(file, bytes, done, bytes.length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
