import { readFileSync } from "node:fs";
import { z } from "zod/v4";
import { Problem } from "./problem.ts";

/** What a JSON file of ours says; a damaged one is named. */
export function readJson<T>(path: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parse(path));
  if (!parsed.success) throw new Problem(`${path} is damaged: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new Problem(`${path} is damaged: ${(error as Error).message}`);
  }
}
