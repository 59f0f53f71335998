import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as files from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "../../test/folders.ts";
import { randomFrom } from "../../test/random.ts";
import { refusalOf } from "../../test/streams.ts";
import { giveName, newPart, replaceFile, writePart } from "./wholeFile.ts";

vi.mock("node:fs/promises", { spy: true });

const random = randomFrom(35);
const link = vi.mocked(files.link);

async function written(path: string, bytes: Uint8Array): Promise<void> {
  await using part = await newPart(path, 0o600);
  await writePart(part, bytes, { durable: true });
  expect(readdirSync(join(path, ".."))).not.toContain("file");
  await giveName(part.path, path, { durable: true });
}

describe.each([
  ["hard links", undefined],
  ["no hard links", "EPERM"],
])("SEA-05 where there are %s", (_, code) => {
  beforeEach(() => {
    link.mockReset();
    if (code !== undefined) link.mockRejectedValue(Object.assign(new Error(code), { code }));
  });

  test("a file has its name when it is whole, with its mode", async () => {
    const path = join(temporaryFolder(), "file");
    const bytes = random.bytes(100);
    await written(path, bytes);
    expect(readFileSync(path)).toEqual(Buffer.from(bytes));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(path, ".."))).toEqual(["file"]);
  });

  test("the name of another file is not taken", async () => {
    const path = join(temporaryFolder(), "file");
    const part = await newPart(path);
    writeFileSync(path, "another");
    await refusalOf(giveName(part.path, path), "file_exists");
    await part[Symbol.asyncDispose]();
    expect(readFileSync(path, "utf8")).toBe("another");
    expect(readdirSync(join(path, ".."))).toEqual(["file"]);
  });
});

test("SEA-05 another failure is handed on", async () => {
  const path = join(temporaryFolder(), "file");
  link.mockReset();
  link.mockRejectedValue(Object.assign(new Error("disk"), { code: "EIO" }));
  await using part = await newPart(path);
  await expect(giveName(part.path, path)).rejects.toThrow("disk");
  expect(readdirSync(join(path, ".."))).toHaveLength(1);
});

test("SEA-05 a file that is replaced is the old one or the new one, and nothing stays beside it", async () => {
  const path = join(temporaryFolder(), "file");
  for (const text of ["one", "two"]) {
    await replaceFile(path, Buffer.from(text), 0o600);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(readdirSync(join(path, ".."))).toEqual(["file"]);
  }
});
