import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DESCRIPTION, forged } from "../../test/fixtures.ts";
import { temporaryFolder } from "../../test/folders.ts";
import { flipped, randomFrom } from "../../test/random.ts";
import { manyBytes, refusalOf } from "../../test/streams.ts";
import { manifestHash } from "../manifestHash.ts";
import { seal } from "../seal.ts";
import type { Progress } from "./fileOptions.ts";
import { type OpenFileOptions, openFile } from "./openFile.ts";
import { sealFile } from "./sealFile.ts";

const random = randomFrom(32);
const MIB = 2 ** 20;

async function sealedFile(length: number) {
  const folder = temporaryFolder();
  const plaintext = manyBytes(random, length);
  writeFileSync(join(folder, "data"), plaintext);
  const sealed = join(folder, "sealed");
  const { manifest, key } = await sealFile(join(folder, "data"), sealed, DESCRIPTION);
  const stored = join(sealed, "stored.bin");
  const outline = join(sealed, "outline.bin");
  return { folder, plaintext, sealed, stored, outline, manifest, key, target: join(folder, "opened") };
}

const sameBytes = (path: string, bytes: Uint8Array) => expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);

/** Removes what an interrupted call left. */
function forget(target: string): void {
  rmSync(`${target}.part`, { force: true });
  rmSync(`${target}.part.json`, { force: true });
}

/** Options that stop the work when so much has been opened. */
function stopAt(bytes: number): OpenFileOptions {
  const controller = new AbortController();
  const onProgress = ({ step, done }: Progress) => {
    if (step === "open" && done >= bytes) controller.abort(new Error("stop"));
  };
  return { onProgress, signal: controller.signal };
}

describe.each([
  [0, [0, 1, 5 * 4096, 3 * MIB, 3 * MIB + 77]],
  [2, [0, 3 * MIB + 77]],
])("with %i threads", (threads, lengths) => {
  test.each(lengths)("%i bytes are opened", async (length) => {
    const { sealed, stored, outline, plaintext, manifest, key, target, folder } = await sealedFile(length);
    const steps: Progress[] = [];
    const onProgress = (step: Progress) => steps.push(step);
    await openFile(sealed, key, target, { threads, onProgress, manifestHash: manifestHash(manifest) });
    sameBytes(target, plaintext);
    expect(steps.at(-1)).toEqual({ step: "open", done: length, total: length });
    expect(steps.some(({ step }) => step === "check")).toBe(false);

    rmSync(target);
    rmSync(outline);
    await openFile({ manifest, stored }, key, target, { threads, onProgress, durable: true });
    sameBytes(target, plaintext);
    expect(steps.some(({ step }) => step === "check")).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["data", "opened", "sealed"]);
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });
});

test("what memory seals, files open, without an outline", async () => {
  const folder = temporaryFolder();
  const plaintext = manyBytes(random, MIB + 9);
  const { stored, manifest, key } = seal(plaintext, DESCRIPTION);
  writeFileSync(join(folder, "stored"), stored);
  await openFile({ manifest, stored: join(folder, "stored") }, key, join(folder, "opened"), { threads: 0 });
  sameBytes(join(folder, "opened"), plaintext);
});

test("an outline that is damaged or of another dataset is as good as none", async () => {
  const { sealed, outline, plaintext, key, target } = await sealedFile(40 * 4096);
  const right = readFileSync(outline);
  const other = await sealedFile(40 * 4096);
  for (const wrong of [
    flipped(right, 999),
    right.subarray(0, 50),
    readFileSync(other.outline),
    new Uint8Array(2 ** 23),
  ]) {
    writeFileSync(outline, wrong);
    await openFile(sealed, key, target);
    sameBytes(target, plaintext);
    rmSync(target);
  }
});

describe.each([0, 2])("with %i threads, refused and without a file under the final name:", (threads) => {
  const length = 3 * MIB + 4096 * 5 + 7;

  test("flipped, reordered, spliced, truncated, longer", { timeout: 30_000 }, async () => {
    const { sealed, stored, manifest, key, target } = await sealedFile(length);
    const right = readFileSync(stored);
    const other = readFileSync((await sealedFile(length)).stored);
    const placed = (i: number, from: Uint8Array, j: number) => {
      const copy = Uint8Array.from(right);
      copy.set(from.subarray(j * 4128, (j + 1) * 4128), i * 4128);
      return copy;
    };
    const changes = [
      [flipped(right, (700 * 4128 + 4) * 8), "block 700: not under the root"],
      [flipped(right, (17 * 4128 + 40) * 8), "block 17: not under the root"],
      [placed(300, right, 301), "block 300: not under the root"],
      [placed(600, other, 600), "block 600: not under the root"],
    ] as const;
    for (const [changed, message] of threads === 0 ? changes : changes.slice(0, 1)) {
      writeFileSync(stored, changed);
      await expect(openFile(sealed, key, target, { threads })).rejects.toThrow(message);
      expect(existsSync(target)).toBe(false);
      forget(target);
      const error = await refusalOf(openFile({ manifest, stored }, key, target, { threads }), "root_mismatch");
      expect(error.message).toBe("the stored bytes: not under the root");
      expect(existsSync(target)).toBe(false);
    }
    for (const changed of [right.subarray(4128), right.subarray(0, -1), Buffer.concat([right, Buffer.of(0)])]) {
      writeFileSync(stored, changed);
      await refusalOf(openFile(sealed, key, target, { threads }), "stored_length");
      expect(existsSync(target)).toBe(false);
    }
  });

  test("a block that is not what its own seal says", async () => {
    const { folder, stored, manifest, key, target } = await sealedFile(length);
    const bad = forged({ stored: readFileSync(stored), manifest }, 517);
    writeFileSync(join(folder, "bad"), bad.stored);
    const work = openFile({ manifest: bad.manifest, stored: join(folder, "bad") }, key, target, { threads });
    const error = await refusalOf(work, "commitment_mismatch");
    expect(error.message).toBe("block 517: not what its commitment says");
    expect(existsSync(target)).toBe(false);
  });
});

test("stored bytes that become shorter on the way are refused", async () => {
  const { sealed, stored, key, target } = await sealedFile(2 * MIB);
  const onProgress = () => writeFileSync(stored, "short");
  const error = await refusalOf(openFile(sealed, key, target, { threads: 0, onProgress }), "stored_length");
  expect(error.at).toBe("stored");
  expect(existsSync(target)).toBe(false);
});

test("a wrong key, a wrong manifest and an existing file are refused before anything is written", async () => {
  const { folder, sealed, key, target, manifest } = await sealedFile(5000);
  await refusalOf(openFile(sealed, flipped(key, 3), target), "key_mismatch");
  await refusalOf(openFile(sealed, key.subarray(1), target), "key_invalid");
  await refusalOf(openFile(sealed, key, target, { manifestHash: random.bytes(32) }), "manifest_hash");
  await refusalOf(openFile(sealed, key, join(folder, "data")), "file_exists");
  expect(readdirSync(folder).sort()).toEqual(["data", "sealed"]);
  await expect(openFile({ manifest, stored: join(folder, "none") }, key, target)).rejects.toThrow("ENOENT");
});

describe("after an interruption", () => {
  const length = 5 * MIB + 77;

  test("what was opened is kept under another name, for its owner alone, and is not opened again", async () => {
    const { folder, sealed, plaintext, key, target } = await sealedFile(length);
    for (const threads of [0, 2]) {
      await expect(openFile(sealed, key, target, { threads, ...stopAt(2 * MIB) })).rejects.toThrow("stop");
      expect(existsSync(target)).toBe(false);
      expect(statSync(`${target}.part`).mode & 0o777).toBe(0o600);
      sameBytes(`${target}.part`, plaintext.subarray(0, statSync(`${target}.part`).size));
      expect(JSON.parse(readFileSync(`${target}.part.json`, "utf8"))).toMatchObject({ done: 2 * MIB });

      const steps: Progress[] = [];
      await openFile(sealed, key, target, { threads, onProgress: (step) => steps.push(step) });
      expect(steps.map(({ done }) => done)).toEqual([3 * MIB, 4 * MIB, 5 * MIB, length]);
      sameBytes(target, plaintext);
      expect(readdirSync(folder).sort()).toEqual(["data", "opened", "sealed"]);
      rmSync(target);
    }
  });

  test("at the very end, only the name is missing", async () => {
    const { sealed, plaintext, key, target } = await sealedFile(length);
    await expect(openFile(sealed, key, target, stopAt(length))).rejects.toThrow("stop");
    await openFile(sealed, key, target);
    sameBytes(target, plaintext);
  });

  test.each([
    ["of another dataset", { root: `0x${"00".repeat(32)}` }],
    ["beyond the part", { done: 4 * MIB }],
    ["that is negative", { done: -1 }],
    ["with another member", { more: 1 }],
  ])("a state %s is not relied on", async (_, changed) => {
    const { sealed, plaintext, key, target } = await sealedFile(length);
    await expect(openFile(sealed, key, target, { threads: 0, ...stopAt(2 * MIB) })).rejects.toThrow("stop");
    const state = JSON.parse(readFileSync(`${target}.part.json`, "utf8")) as object;
    writeFileSync(`${target}.part.json`, JSON.stringify({ ...state, ...changed }));
    const steps: Progress[] = [];
    await openFile(sealed, key, target, { threads: 0, onProgress: (step) => steps.push(step) });
    expect(steps[0]?.done).toBe(MIB);
    sameBytes(target, plaintext);
  });

  test.each([".part", ".part.json"])("a %s that others could have changed is not relied on", async (name) => {
    const { sealed, plaintext, key, target } = await sealedFile(length);
    const path = `${target}${name}`;
    for (const change of [
      () => chmodSync(path, 0o620),
      () => {
        renameSync(path, `${path}.real`);
        symlinkSync(`${path}.real`, path);
      },
    ]) {
      await expect(openFile(sealed, key, target, { threads: 0, ...stopAt(2 * MIB) })).rejects.toThrow("stop");
      change();
      const steps: Progress[] = [];
      await openFile(sealed, key, target, { threads: 0, onProgress: (step) => steps.push(step) });
      expect(steps[0]?.done).toBe(MIB);
      sameBytes(target, plaintext);
      rmSync(target);
    }
  });

  test("stored bytes that were repaired in the meantime are gone on with", async () => {
    const { sealed, stored, plaintext, key, target } = await sealedFile(length);
    const right = readFileSync(stored);
    writeFileSync(stored, flipped(right, 700 * 4128 * 8));
    await refusalOf(openFile(sealed, key, target), "root_mismatch");
    writeFileSync(stored, right);
    const steps: Progress[] = [];
    await openFile(sealed, key, target, { onProgress: (step) => steps.push(step) });
    expect(steps[0]?.done).toBe(3 * MIB);
    sameBytes(target, plaintext);
  });
});
