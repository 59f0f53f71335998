/** Just enough of SVG for plots: fonts of the reader's system, colours that carry on light and on dark ground. */
export const COLOURS = {
  ours: "#0f766e",
  peer: "#94a3b8",
  ink: "#334155",
  faint: "#e2e8f0",
  limit: "#b91c1c",
  ground: "#ffffff",
};

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const text = (x: number, y: number, content: string, more = "") =>
  `<text x="${x}" y="${y}" fill="${COLOURS.ink}" ${more}>${escaped(content)}</text>`;

export const rect = (x: number, y: number, width: number, height: number, fill: string) =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="2" fill="${fill}"/>`;

export const stroke = (x1: number, y1: number, x2: number, y2: number, colour: string, more = "") =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}" ${more}/>`;

export const round = (value: number) => Math.round(value * 10) / 10;

export function svg(width: number, height: number, title: string, parts: readonly string[]): string {
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escaped(title)}">`;
  return `${[head, rect(0, 0, width, height, COLOURS.ground), ...parts, "</svg>"].join("\n")}\n`;
}
