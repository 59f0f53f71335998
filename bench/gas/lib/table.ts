import { grouped } from "../../../scripts/support/table.ts";
import type { Results, Row } from "./rows.ts";

const ratio = (a: number, b: number) => `${(a / b).toFixed(2)} ×`;

/** A row of ours, the peers below it, each with the command that shows its transaction. */
export function table({ rows, absent }: Results): string {
  const lines = rows.flatMap((row) => [
    "",
    `${row.key}: ${row.title}`,
    entry("ours", row.ours, `limit ${grouped(row.limit)}, ${row.bar}${overrun(row)}`, row.trace),
    entry("floor", row.floor.gas, `ours is ${ratio(row.ours, row.floor.gas)}; it is the sum of`),
    ...row.floor.lines.map(({ what, gas }) => `${" ".repeat(46)}${grouped(gas).padStart(7)}  ${what}`),
    ...row.peers.map(({ name, gas, trace, does }) =>
      entry(name, gas, `ours is ${ratio(row.ours, gas)}; ${does}`, trace),
    ),
    ...absent.filter(({ key }) => key === row.key).map(({ name, why }) => `  ${name.padEnd(34)} not measured: ${why}`),
  ]);
  const met = rows.filter(({ bar }) => bar === "met").length;
  return [...lines, "", `${met} of ${rows.length} limits met`].join("\n");
}

function entry(name: string, gas: number, text: string, trace?: string): string {
  const line = `  ${name.padEnd(34)} ${grouped(gas).padStart(8)}  ${text}`;
  return trace === undefined ? line : `${line}\n${" ".repeat(46)}${trace}`;
}

function overrun({ ours, limit, floor }: Row): string {
  if (ours <= limit) return "";
  const over = `${grouped(ours - limit)} above it`;
  return floor.gas > limit
    ? ` by ${over}; the floor is ${grouped(floor.gas - limit)} above it as well`
    : `: ${over}, where it leaves ${grouped(limit - floor.gas)} above the floor`;
}
