import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../test/folders.ts";

const child = join(import.meta.dirname, "../../test/streamInChild.ts");
const large = join(import.meta.dirname, "../../test/largeInChild.ts");

test("more data than memory passes through a stream, in less than 200 MB", { timeout: 60_000 }, () => {
  const peak = execFileSync(process.execPath, [child, String(2 ** 28), join(temporaryFolder(), "stored")]);
  expect(Number(peak)).toBeGreaterThan(20e6);
  expect(Number(peak)).toBeLessThan(200e6);
});

describe("SEA-12 a group that needs an outline of its own is opened in less than 200 MB", () => {
  test.each(["stream", "threads"])("%s", { timeout: 60_000 }, (how) => {
    const peak = execFileSync(process.execPath, [large, how, String(2 ** 15), temporaryFolder()]);
    expect(Number(peak)).toBeGreaterThan(20e6);
    expect(Number(peak)).toBeLessThan(200e6);
  });
});
