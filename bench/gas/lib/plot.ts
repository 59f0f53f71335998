import { grouped } from "../../../scripts/support/table.ts";
import type { Row, RowKey } from "./rows.ts";
import { COLOURS, rect, stroke, svg, text } from "./svg.ts";

const WIDTH = 860;
const LEFT = 250;
/** Room for the figures, in a column of their own so that no mark crosses them. */
const RIGHT = 90;
const BAR = 16;
const GAP = 4;
const TOP = 64;
/** Beside it, all others would be stubs. */
const APART: ReadonlySet<RowKey> = new Set(["disputeContent"]);

const mostOf = (rows: readonly Row[]) =>
  Math.max(...rows.flatMap(({ ours, limit, peers }) => [ours, limit, ...peers.map(({ gas }) => gas)]));

/** Ours, the peers, the floor and the limit of each row, drawn to one scale but for those apart. */
export function plot(rows: readonly Row[]): string {
  const common = mostOf(rows.filter(({ key }) => !APART.has(key)));
  const parts = [
    text(16, 26, "Gas of one transaction in steady state", 'font-size="16" font-weight="600"'),
    ...legend(),
  ];
  let y = TOP;
  for (const row of rows) {
    const most = APART.has(row.key) ? mostOf([row]) : common;
    const x = (gas: number) => LEFT + (gas / most) * (WIDTH - LEFT - RIGHT);
    const bars = [
      { name: "Cadastre", gas: row.ours, colour: COLOURS.ours },
      ...row.peers.map(({ name, gas }) => ({ name, gas, colour: COLOURS.peer })),
    ];
    parts.push(text(16, y + 12, row.key, 'font-weight="600"'));
    if (APART.has(row.key)) parts.push(text(16, y + 28, "to a scale of its own"));
    const height = Math.max(bars.length, APART.has(row.key) ? 2 : 1) * (BAR + GAP) - GAP;
    for (const [i, { name, gas, colour }] of bars.entries()) {
      const top = y + i * (BAR + GAP);
      parts.push(text(LEFT - 8, top + 12, name, 'text-anchor="end"'));
      parts.push(rect(LEFT, top, x(gas) - LEFT, BAR, colour));
      parts.push(text(WIDTH - 16, top + 12, grouped(gas), 'text-anchor="end"'));
    }
    parts.push(stroke(x(row.floor.gas), y - 5, x(row.floor.gas), y + BAR + 5, COLOURS.ink, 'stroke-width="2"'));
    parts.push(
      stroke(x(row.limit), y - 5, x(row.limit), y + BAR + 5, COLOURS.limit, 'stroke-width="2" stroke-dasharray="4 2"'),
    );
    y += height + 18;
  }
  return svg(WIDTH, y + 4, "Gas of each operation: ours, peers, floor and limit", parts);
}

function legend(): string[] {
  const y = 44;
  return [
    rect(16, y - 9, 12, 10, COLOURS.ours),
    text(34, y, "ours"),
    rect(80, y - 9, 12, 10, COLOURS.peer),
    text(98, y, "peers, who do less"),
    stroke(226, y - 10, 226, y + 2, COLOURS.ink, 'stroke-width="2"'),
    text(234, y, "floor of ours, by the EVM's prices"),
    stroke(446, y - 10, 446, y + 2, COLOURS.limit, 'stroke-width="2" stroke-dasharray="4 2"'),
    text(454, y, "limit of ours"),
  ];
}
