import { execFileSync } from "node:child_process";
import { ROOT } from "./process.ts";

/** The commit that is checked out, and whether anything (or any of these paths) differs from it. */
export function commitOf(...paths: readonly string[]): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", ...paths) !== "";
  return `${git("rev-parse", "--short", "HEAD")}${changed ? " with uncommitted changes" : ""}`;
}
