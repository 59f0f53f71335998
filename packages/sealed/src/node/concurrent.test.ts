import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { DESCRIPTION } from "../../test/fixtures.ts";
import { temporaryFolder } from "../../test/folders.ts";
import { randomFrom } from "../../test/random.ts";
import { manyBytes, refusalOf } from "../../test/streams.ts";
import { toHex } from "../bytes.ts";
import { SealedError } from "../errors.ts";
import { manifestHash } from "../manifestHash.ts";
import { parseManifest } from "../parseManifest.ts";
import type { Progress } from "./fileOptions.ts";
import { openFile } from "./openFile.ts";
import { readKeyFile } from "./readKeyFile.ts";
import { type SealedFile, sealFile } from "./sealFile.ts";
import { writeKeyFile } from "./writeKeyFile.ts";
import { writeLock } from "./writeLock.ts";

const random = randomFrom(34);
const MIB = 2 ** 20;
const child = join(import.meta.dirname, "../../test/openInChild.ts");

const sameBytes = (path: string, bytes: Uint8Array) => expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);

/** Starts something else at the first report of progress. */
function atFirstReport<T>(start: () => Promise<T>) {
  let started: Promise<T> | undefined;
  const onProgress = () => {
    started ??= start();
    // It is looked at later.
    started.catch(() => {});
  };
  return { onProgress, other: () => started as Promise<T> };
}

/** What came of two calls of which one had to be refused. */
async function winnerOf<T>(calls: readonly Promise<T>[]): Promise<{ index: number; value: T }> {
  const results = await Promise.allSettled(calls);
  const index = results.findIndex(({ status }) => status === "fulfilled");
  const refused = results[1 - index] as PromiseRejectedResult;
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(refused.reason).toBeInstanceOf(SealedError);
  expect(refused.reason.code).toBe("file_exists");
  return { index, value: (results[index] as PromiseFulfilledResult<T>).value };
}

describe("SEA-01 a key file", () => {
  test("that two write at once is that of the first, and the second is refused", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "air.key");
    const keys = [random.bytes(32), random.bytes(32)];
    const { index } = await winnerOf(keys.map((key) => writeKeyFile(path, key, { passphrase: "p" })));
    expect(await readKeyFile(path, { passphrase: "p" })).toEqual(keys[index]);
    expect(readdirSync(folder)).toEqual(["air.key"]);
  });

  test("that came to be while a key was being derived is not replaced", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "air.key");
    const protection = {
      get passphrase() {
        writeFileSync(path, "of another program");
        return "p";
      },
    };
    await refusalOf(writeKeyFile(path, random.bytes(32), protection), "file_exists");
    expect(readFileSync(path, "utf8")).toBe("of another program");
    expect(readdirSync(folder)).toEqual(["air.key"]);
  });
});

describe.each([0, 1])("with %i threads", (threads) => {
  test("SEA-02 of two seals into one folder one is whole, and the other is refused", async () => {
    const folder = temporaryFolder();
    const [one, two, sealed] = ["one", "two", "sealed"].map((name) => join(folder, name)) as [string, string, string];
    const data = [manyBytes(random, 3 * MIB + 9), manyBytes(random, 2 * MIB)] as const;
    writeFileSync(one, data[0]);
    writeFileSync(two, data[1]);
    const { onProgress, other } = atFirstReport(() => sealFile(two, sealed, { ...DESCRIPTION, threads }));
    const first = sealFile(one, sealed, { ...DESCRIPTION, threads, onProgress });
    // The second is started before the first can end.
    const second = first.then(other, other);
    const { index, value } = await winnerOf<SealedFile>([first, second]);

    expect(readdirSync(sealed).sort()).toEqual(["manifest.json", "outline.bin", "stored.bin"]);
    expect(parseManifest(readFileSync(join(sealed, "manifest.json")))).toEqual(value.manifest);
    const hash = manifestHash(value.manifest);
    await openFile(sealed, value.key, join(folder, "opened"), { threads, manifestHash: hash });
    sameBytes(join(folder, "opened"), data[index] as Uint8Array);
  });
});

test("SEA-02 a seal that finds one of its names taken at the end leaves nothing of its own", async () => {
  const folder = temporaryFolder();
  const [data, sealed] = [join(folder, "data"), join(folder, "sealed")];
  writeFileSync(data, random.bytes(5000));
  const onProgress = () => writeFileSync(join(sealed, "manifest.json"), "of another program");
  await refusalOf(sealFile(data, sealed, { ...DESCRIPTION, onProgress }), "file_exists");
  expect(readdirSync(sealed)).toEqual(["manifest.json"]);
  expect(readFileSync(join(sealed, "manifest.json"), "utf8")).toBe("of another program");
});

/** Refused while the other is at work, or because it has just finished. */
async function refusedBeside(work: Promise<unknown>): Promise<void> {
  const error = await work.catch((error: unknown) => error);
  expect(["file_in_use", "file_exists"]).toContain((error as SealedError).code);
}

async function sealedFile(length: number) {
  const folder = temporaryFolder();
  const plaintext = manyBytes(random, length);
  writeFileSync(join(folder, "data"), plaintext);
  const sealed = join(folder, "sealed");
  const { key, manifest } = await sealFile(join(folder, "data"), sealed, DESCRIPTION);
  return { folder, plaintext, sealed, key, manifest, target: join(folder, "opened") };
}

test("SEA-03 a target that came to be while it was being opened is not replaced", async () => {
  const { sealed, key, target } = await sealedFile(5000);
  const onProgress = () => writeFileSync(target, "of another program");
  await refusalOf(openFile(sealed, key, target, { onProgress }), "file_exists");
  expect(readFileSync(target, "utf8")).toBe("of another program");
});

test("SEA-04 a lock is one caller's until it is given back, and its file alone locks nothing", async () => {
  const path = join(temporaryFolder(), "lock");
  writeFileSync(path, "");
  const first = writeLock(path);
  await refusalOf((async () => writeLock(path))(), "file_in_use");
  first[Symbol.dispose]();
  const second = writeLock(path);
  await refusalOf((async () => writeLock(path))(), "file_in_use");
  second.remove();
  expect(existsSync(path)).toBe(false);
});

describe("SEA-04 a target that is being opened", () => {
  const length = 3 * MIB + 77;

  test.each([0, 2])("in this process is refused, and opened whole (%i threads)", async (threads) => {
    const { folder, sealed, plaintext, key, target } = await sealedFile(length);
    const { onProgress, other } = atFirstReport(() => openFile(sealed, key, target, { threads }));
    await openFile(sealed, key, target, { threads, onProgress });
    sameBytes(target, plaintext);
    await refusedBeside(other());
    expect(readdirSync(folder).sort()).toEqual(["data", "opened", "sealed"]);
  });

  test("for another dataset is refused too", async () => {
    const [one, two] = [await sealedFile(length), await sealedFile(2 * MIB)];
    const { onProgress, other } = atFirstReport(() => openFile(two.sealed, two.key, one.target, { threads: 0 }));
    await openFile(one.sealed, one.key, one.target, { threads: 0, onProgress });
    sameBytes(one.target, one.plaintext);
    await refusedBeside(other());
  });

  test("in another process is refused until that dies, and then gone on with", { timeout: 30_000 }, async () => {
    const { folder, sealed, plaintext, key, target } = await sealedFile(length);
    const process = await openingChild(sealed, key, target);
    await refusalOf(openFile(sealed, key, target), "file_in_use");
    expect(existsSync(`${target}.part`)).toBe(true);
    process.kill("SIGKILL");
    await once(process, "exit");
    expect(existsSync(target)).toBe(false);

    await openFile(sealed, key, target);
    sameBytes(target, plaintext);
    expect(readdirSync(folder).sort()).toEqual(["data", "opened", "sealed"]);
  });

  test("after one that was interrupted is gone on with by one call alone", async () => {
    const { folder, sealed, plaintext, key, target } = await sealedFile(length);
    const stop = ({ done }: Progress) => {
      if (done >= 2 * MIB) throw new Error("stop");
    };
    await expect(openFile(sealed, key, target, { threads: 0, onProgress: stop })).rejects.toThrow("stop");
    const reports: number[] = [];
    const { onProgress, other } = atFirstReport(() => openFile(sealed, key, target, { threads: 0 }));
    const report = (progress: Progress) => {
      reports.push(progress.done);
      onProgress();
    };
    await openFile(sealed, key, target, { threads: 0, onProgress: report });
    await refusedBeside(other());
    expect(reports).toEqual([3 * MIB, length]);
    sameBytes(target, plaintext);
    expect(readdirSync(folder).sort()).toEqual(["data", "opened", "sealed"]);
  });
});

/** A process that has opened the first run of a target, and stays there. */
async function openingChild(sealed: string, key: Uint8Array, target: string): Promise<ChildProcess> {
  const opening = spawn(process.execPath, [child, sealed, toHex(key), target], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void opening.kill("SIGKILL"));
  const [reached] = await once(opening.stdout, "data");
  expect(String(reached)).toBe("reached\n");
  return opening;
}
