import { appendFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { DESCRIPTION } from "../../test/fixtures.ts";
import { temporaryFolder } from "../../test/folders.ts";
import { randomFrom } from "../../test/random.ts";
import { manyBytes, refusalOf } from "../../test/streams.ts";
import { parseManifest } from "../parseManifest.ts";
import { parseOutline } from "../parseOutline.ts";
import { seal } from "../seal.ts";
import type { Progress } from "./fileOptions.ts";
import { type SealFileOptions, sealFile } from "./sealFile.ts";

const random = randomFrom(31);
const MIB = 2 ** 20;

function fileOf(bytes: Uint8Array) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "data"), bytes);
  return { path: join(folder, "data"), sealed: join(folder, "sealed") };
}

describe.each([
  [0, [0, 1, 5 * 4096, MIB, 3 * MIB + 77]],
  [1, [3 * MIB]],
  [3, [0, 5 * MIB + 77]],
])("with %i threads", (threads, lengths) => {
  test.each(lengths)("%i bytes are sealed as in memory", async (length) => {
    const plaintext = manyBytes(random, length);
    const { path, sealed } = fileOf(plaintext);
    const options = { ...DESCRIPTION, key: random.bytes(32), samples: [0, Math.max(0, Math.ceil(length / 4096) - 1)] };
    const expected = seal(plaintext, options);
    const { manifest, outline, root, keyCommitment, key } = await sealFile(path, sealed, { ...options, threads });
    expect(manifest).toEqual(expected.manifest);
    expect([root, keyCommitment, key]).toEqual([expected.root, expected.keyCommitment, options.key]);
    expect(Buffer.compare(readFileSync(join(sealed, "stored.bin")), expected.stored)).toBe(0);
    expect(parseManifest(readFileSync(join(sealed, "manifest.json")))).toEqual(manifest);
    expect(parseOutline(readFileSync(join(sealed, "outline.bin")), manifest)).toEqual(outline);
    expect(readdirSync(sealed).sort()).toEqual(["manifest.json", "outline.bin", "stored.bin"]);
  });
});

test("the key is drawn where none is given, and is in no file and in nothing that is shown", async () => {
  const { path, sealed } = fileOf(random.bytes(3000));
  const result = await sealFile(path, sealed, DESCRIPTION);
  const key = Buffer.from(result.key);
  expect(key).toHaveLength(32);
  const files = readdirSync(sealed).map((name) => readFileSync(join(sealed, name)));
  for (const file of files) expect(file.includes(key)).toBe(false);
  const texts = [...files.map(String), inspect(result, { depth: null, maxArrayLength: null }), JSON.stringify(result)];
  for (const text of texts) {
    for (const form of [key.toString("hex"), key.toString("base64"), key.join(",")]) {
      expect(text.replaceAll(/\s/g, "").includes(form)).toBe(false);
    }
  }
});

test("progress is reported run by run, and ends with everything", async () => {
  const { path, sealed } = fileOf(manyBytes(random, 3 * MIB + 5));
  const steps: Progress[] = [];
  await sealFile(path, sealed, { ...DESCRIPTION, threads: 2, durable: true, onProgress: (step) => steps.push(step) });
  const total = 3 * MIB + 5;
  expect(steps).toEqual([MIB, 2 * MIB, 3 * MIB, total].map((done) => ({ step: "seal", done, total })));
});

test("nothing is replaced", async () => {
  const { path, sealed } = fileOf(random.bytes(10));
  await sealFile(path, sealed, DESCRIPTION);
  const before = statSync(join(sealed, "stored.bin")).mtimeMs;
  const error = await refusalOf(sealFile(path, sealed, DESCRIPTION), "file_exists");
  expect(error.details).toBe(join(sealed, "manifest.json"));
  expect(statSync(join(sealed, "stored.bin")).mtimeMs).toBe(before);
});

test("an interrupted seal leaves nothing", async () => {
  const { path, sealed } = fileOf(manyBytes(random, 4 * MIB));
  for (const threads of [0, 2]) {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("stop"));
    const work = sealFile(path, sealed, { ...DESCRIPTION, threads, onProgress, signal: controller.signal });
    await expect(work).rejects.toThrow("stop");
    expect(readdirSync(sealed)).toEqual([]);
  }
});

test("a file that changes while it is sealed is refused", async () => {
  for (const change of [(path: string) => appendFileSync(path, "x"), (path: string) => writeFileSync(path, "short")]) {
    const { path, sealed } = fileOf(manyBytes(random, 4 * MIB));
    let changed = false;
    const onProgress = () => {
      if (!changed) change(path);
      changed = true;
    };
    await refusalOf(sealFile(path, sealed, { ...DESCRIPTION, threads: 0, onProgress }), "file_changed");
    expect(readdirSync(sealed)).toEqual([]);
  }
});

test("a sample is what was sealed, or refused", async () => {
  const bytes = manyBytes(random, 2 * MIB);
  const { path, sealed } = fileOf(bytes);
  const changeFirstBlock = ({ done }: Progress) => {
    if (done === 2 * MIB) writeFileSync(path, bytes.with(3, bytes[3] === 0 ? 1 : 0));
  };
  const options = { ...DESCRIPTION, samples: [0], threads: 0, onProgress: changeFirstBlock };
  await refusalOf(sealFile(path, sealed, options), "file_changed");
});

test("what cannot be sealed is refused before anything is written", async () => {
  const { path, sealed } = fileOf(random.bytes(10));
  const refuse = async (changed: object, code: Parameters<typeof refusalOf>[1]) => {
    await refusalOf(sealFile(path, sealed, { ...DESCRIPTION, ...changed } as SealFileOptions), code);
    expect(existsSync(join(sealed, "stored.bin"))).toBe(false);
  };
  await refuse({ key: new Uint8Array(31) }, "key_invalid");
  await refuse({ samples: [1] }, "index_out_of_range");
  await refuse({ mediaType: "csv" }, "manifest_invalid");
  await refuse({ Key: random.bytes(32) }, "manifest_invalid");
  await expect(sealFile(join(sealed, "none"), sealed, DESCRIPTION)).rejects.toThrow("ENOENT");
});
