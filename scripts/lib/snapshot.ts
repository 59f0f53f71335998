import { formatted, readIfThere, write } from "./files.ts";

/** Paths and values of a tree: `{ a: { b: 1 } }` gives `a.b` → `1`. */
function flatten(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, part]) => [...flatten(part, path === "" ? key : `${path}.${key}`)]),
  );
}

/** The option of checks against snapshots. */
export const UPDATE = { update: { type: "boolean", default: false } } as const;

/** Compares measured values with the committed ones in `snapshots/` and says what differs; on `update`, writes the measured ones. */
export async function compare(
  name: string,
  measured: unknown,
  { update }: { readonly update: boolean },
): Promise<string[]> {
  const path = `snapshots/${name}.json`;
  const text = await formatted(path, JSON.stringify(measured, undefined, 2));
  const committed = readIfThere(path);
  if (update) {
    if (committed !== text) write(path, text);
    return [];
  }
  if (committed === undefined) return [`${path} is missing; run this check with --update`];
  const before = flatten(JSON.parse(committed));
  const after = flatten(JSON.parse(text));
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => `${path}: ${key} was ${before.get(key) ?? "absent"}, is ${after.get(key) ?? "absent"}`);
}

/** The committed values, `undefined` before the first `--update`. */
export function committedSnapshot<T>(name: string): T | undefined {
  const text = readIfThere(`snapshots/${name}.json`);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
