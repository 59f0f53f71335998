import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What age makes of the same file, in bytes a second by the clock, or that it is not there. */
export type AgeRates = { readonly version: string; readonly seal: number; readonly open: number } | undefined;

/** Encrypts and decrypts the file of the benchmark to a fresh key. */
export function measureAge(folder: string, bytes: number): AgeRates {
  const version = spawnSync("age", ["--version"], { encoding: "utf8" });
  if (version.error !== undefined) return undefined;
  const [data, key, sealed, opened] = ["data", "age.key", "data.age", "data.opened"].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  timed("age-keygen", ["-o", key]);
  const recipient = /^# public key: (\S+)$/m.exec(readFileSync(key, "utf8"))?.[1] ?? "";
  const seal = bytes / timed("age", ["-r", recipient, "-o", sealed, data]);
  const open = bytes / timed("age", ["-d", "-i", key, "-o", opened, sealed]);
  for (const file of [key, sealed, opened]) rmSync(file);
  return { version: version.stdout.trim(), seal, open };
}

function timed(program: string, args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return (performance.now() - started) / 1e3;
}
