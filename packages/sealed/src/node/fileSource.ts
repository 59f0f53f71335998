import { open } from "node:fs/promises";
import type { StoredSource } from "../storedSource.ts";
import { readWhole } from "./readWhole.ts";

/** A file that stored bytes are read from. Close it after use, or declare it with `await using`. */
export interface FileSource extends StoredSource, AsyncDisposable {
  close(): Promise<void>;
}

/**
 * Opens a file as a source.
 *
 * @example
 * ```ts
 * await using source = await fileSource("sealed/stored.bin");
 * for await (const piece of openStream({ manifest, key, source, primitives: NODE_PRIMITIVES })) send(piece);
 * ```
 */
export async function fileSource(path: string): Promise<FileSource> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  const close = () => file.close();
  return {
    size,
    async read(start, _, memory) {
      return memory.subarray(0, await readWhole(file, memory, start));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
