import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { must, ROOT } from "./process.ts";

/** Paths relative to the repository, with forward slashes, sorted. */
export function list(pattern: string): string[] {
  return globSync(pattern, { cwd: ROOT })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => !path.includes("node_modules/"))
    .sort();
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function readIfThere(path: string): string | undefined {
  return existsSync(join(ROOT, path)) ? read(path) : undefined;
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}

export function remove(path: string): void {
  rmSync(join(ROOT, path), { recursive: true, force: true });
}

/** A text as `npm run format` would have it at this path. */
export function formatted(path: string, text: string): Promise<string> {
  return must("biome", ["format", `--stdin-file-path=${path}`], { input: text });
}
