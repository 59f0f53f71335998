import { writeFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DESCRIPTION } from "../../test/fixtures.ts";
import { temporaryFolder } from "../../test/folders.ts";
import { randomFrom } from "../../test/random.ts";
import { collected, manyBytes } from "../../test/streams.ts";
import { openStream } from "../openStream.ts";
import { verifySample } from "../verifySample.ts";
import { fileSource } from "./fileSource.ts";
import { NODE_PRIMITIVES } from "./primitives.ts";
import { readWhole, readWholeSync } from "./readWhole.ts";
import { sealFile } from "./sealFile.ts";

const random = randomFrom(36);
const LONGEST = 1000;

/** Reads of handles, of which none gives more than so much. */
beforeAll(async () => {
  const handle = await open(import.meta.filename);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const read = prototype.read as (...args: unknown[]) => Promise<{ bytesRead: number; buffer: Uint8Array }>;
  vi.spyOn(prototype, "read").mockImplementation(function (this: FileHandle, ...args: unknown[]) {
    const [buffer, offset, length, position] = args as [Uint8Array, number, number, number];
    return read.call(this, buffer, offset, Math.min(length, LONGEST), position);
  } as typeof prototype.read);
});
afterAll(() => void vi.restoreAllMocks());

test("SEA-06 a file is sealed with samples and read as a source, whatever one read gives", async () => {
  const folder = temporaryFolder();
  const plaintext = manyBytes(random, 5 * 4096 + 77);
  writeFileSync(join(folder, "data"), plaintext);
  const options = { ...DESCRIPTION, samples: [0, 5], threads: 0 };
  const { manifest, key } = await sealFile(join(folder, "data"), join(folder, "sealed"), options);
  await using source = await fileSource(join(folder, "sealed", "stored.bin"));
  const opened = await collected(openStream({ manifest, key, source, primitives: NODE_PRIMITIVES }));
  expect(opened).toEqual(plaintext);
  const stored = (await source.read(0, source.size, new Uint8Array(source.size))) as Uint8Array;
  for (const sample of manifest.samples ?? []) verifySample({ manifest, sample, stored });
  expect(manifest.samples).toHaveLength(2);
});

test("SEA-06 a read ends with the file, and says how far it came", async () => {
  const path = join(temporaryFolder(), "data");
  const bytes = manyBytes(random, 2500);
  writeFileSync(path, bytes);
  await using file = await open(path);
  for (const [length, start, expected] of [
    [2500, 0, 2500],
    [3000, 0, 2500],
    [1500, 500, 1500],
    [10, 2500, 0],
  ] as const) {
    for (const read of [readWhole.bind(null, file), readWholeSync.bind(null, file.fd)]) {
      const memory = new Uint8Array(length);
      expect(await read(memory, start)).toBe(expected);
      expect(memory.subarray(0, expected)).toEqual(bytes.subarray(start, start + expected));
    }
  }
});
