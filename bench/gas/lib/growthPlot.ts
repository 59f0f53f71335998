import { grouped } from "../../../scripts/support/table.ts";
import type { Series } from "./growth.ts";
import { COLOURS, round, stroke, svg, text } from "./svg.ts";

const WIDTH = 860;
const PANEL = { width: 400, height: 220, left: 70, right: 30, top: 34, bottom: 40 };

/** One panel for each series: how many across, cost of one up, both on scales by powers of ten. */
export function growthPlot(series: readonly Series[]): string {
  const parts = series.flatMap((one, i) => {
    const [column, row] = [i % 2, Math.floor(i / 2)];
    return panel(one, 20 + column * (PANEL.width + 20), 44 + row * (PANEL.height + 16));
  });
  const title = "What one costs while their number grows";
  const head = text(20, 26, title, 'font-size="16" font-weight="600"');
  return svg(WIDTH, 60 + Math.ceil(series.length / 2) * (PANEL.height + 16), title, [head, ...parts]);
}

function panel({ title, unit, points }: Series, left: number, top: number): string[] {
  const costs = points.map(({ perUnit }) => perUnit);
  const lowest = 10 ** Math.floor(Math.log10(Math.min(...costs)));
  const highest = 10 ** Math.ceil(Math.log10(Math.max(...costs)));
  const most = points.at(-1)!.n;
  const [x0, x1] = [left + PANEL.left, left + PANEL.width - PANEL.right];
  const [y0, y1] = [top + PANEL.height - PANEL.bottom, top + PANEL.top];
  const x = (n: number) => round(x0 + (Math.log10(n) / Math.log10(most)) * (x1 - x0));
  const y = (cost: number) => round(y0 - (Math.log10(cost / lowest) / Math.log10(highest / lowest)) * (y0 - y1));
  const parts = [text(left, top + 14, `${title} (${unit})`, 'font-weight="600"')];
  for (let cost = lowest; cost <= highest; cost *= 10) {
    parts.push(stroke(x0, y(cost), x1, y(cost), COLOURS.faint));
    parts.push(text(x0 - 8, y(cost) + 4, grouped(cost), 'text-anchor="end"'));
  }
  const path = points.map(({ n, perUnit }) => `${x(n)},${y(perUnit)}`).join(" ");
  parts.push(`<polyline points="${path}" fill="none" stroke="${COLOURS.ours}" stroke-width="2"/>`);
  for (const { n, perUnit } of points) {
    parts.push(`<circle cx="${x(n)}" cy="${y(perUnit)}" r="3" fill="${COLOURS.ours}"/>`);
  }
  for (const { n, perUnit } of [points[0]!, points.at(-1)!]) {
    const place = n === most ? 'text-anchor="end"' : 'text-anchor="start"';
    parts.push(text(x(n), y(perUnit) - 8, shown(perUnit), place));
    parts.push(text(x(n), y0 + 18, grouped(n), place));
  }
  return parts;
}

const shown = (cost: number) => grouped(cost >= 100 ? Math.round(cost) : cost);
