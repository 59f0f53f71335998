import { existsSync, readFileSync } from "node:fs";
import { Problem } from "./problem.ts";

/** The lines of a file as a journal's records. */
export function readRecords(file: string): { readonly bytes: Uint8Array; readonly records: readonly Uint8Array[] } {
  if (!existsSync(file)) throw new Problem(`There is no file ${file}.`);
  const bytes = readFileSync(file);
  const lines = bytes.toString("utf8").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) throw new Problem(`${file} has no records.`);
  return { bytes, records: lines.map((line) => new TextEncoder().encode(line)) };
}
