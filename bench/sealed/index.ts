// How fast sealing and opening are beside the limit of this machine: `npm run bench:sealed`, with `--bytes N` for a
// smaller run and `--repeat N` for more certainty.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureAge } from "./lib/age.ts";
import { limitOfMachine } from "./lib/limit.ts";
import { measure } from "./lib/measure.ts";
import { printTable, rowsOf } from "./lib/rows.ts";

const { values } = parseArgs({
  options: { bytes: { type: "string", default: String(2 ** 30) }, repeat: { type: "string", default: "3" } },
});
const [bytes, repeat] = [Number(values.bytes), Number(values.repeat)];

const before = limitOfMachine();
if (before === undefined) {
  console.log("SKIPPED bench:sealed: needs openssl");
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), "bench-sealed-"));
try {
  const measured = measure(folder, bytes, repeat);
  const age = measureAge(folder, bytes);
  // Other work on the machine slows either down: the faster counts.
  const after = limitOfMachine() ?? before;
  const limit = after.rate > before.rate ? after : before;
  const rows = rowsOf({ measured, age, limit, bytes });
  writeFileSync(join(import.meta.dirname, "results.json"), `${JSON.stringify({ bytes, limit, rows }, null, 2)}\n`);
  printTable({ measured, limit, rows });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
