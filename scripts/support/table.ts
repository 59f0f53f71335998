/** A table as lines of text; columns whose cells are all numbers are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column] ?? "")].map(widthOf)),
  );
  const right = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[-+]?[\d,.%]+( \S+)?$/.test(row[column] ?? "")),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, i) => pad(cell, widths[i] ?? 0, right[i] ?? false)).join("  ")}`.trimEnd();
  return [line(head), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)].join("\n");
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(width - widthOf(text));
  return right ? space + text : text + space;
}

/** Columns that a terminal gives to a text: two for each character of the East Asian scripts. */
function widthOf(text: string): number {
  return [...text].reduce(
    (sum, character) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(character) ? 2 : 1),
    0,
  );
}

/** `1234567` → `1,234,567`; at most three decimals. */
export function grouped(value: bigint | number): string {
  return value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Base units of a currency of six decimals → `1,234.567890`. */
export function money(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(7, "0");
  return `${value < 0n ? "-" : ""}${grouped(BigInt(digits.slice(0, -6)))}.${digits.slice(-6)}`;
}
