import { plainText } from "../text/plain-text.ts";
import { displayWidth, padEnd } from "./display-width.ts";
import type { Paint } from "./paint.ts";
import { wrapText } from "./wrap-text.ts";

const GAP = 2;
const NARROWEST = 6;

/** Columns as wide as their widest cell; the widest give way until the table fits. */
function fit(natural: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((total, width) => total + width, 0) - room;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    const width = widths[widest] ?? 0;
    if (width <= NARROWEST) break;
    widths[widest] = width - 1;
    excess -= 1;
  }
  return widths;
}

/** A table indented by two, its first row a heading; cells that do not fit go on in the next line. */
export function tableLines(
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => plainText(cell)));
  const columnCount = Math.max(0, ...cells.map((row) => row.length));
  const natural = Array.from({ length: columnCount }, (_, column) =>
    Math.max(1, ...cells.map((row) => displayWidth(row[column] ?? ""))),
  );
  const widths = fit(natural, width - GAP * columnCount);
  return cells.flatMap((row, rowIndex) => {
    const wrapped = widths.map((columns, column) => wrapText(row[column] ?? "", columns));
    const height = Math.max(1, ...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) => {
      const text = wrapped.map((lines, column) => padEnd(lines[line] ?? "", widths[column] ?? 0));
      const joined = `  ${text.join("  ")}`.trimEnd();
      return rowIndex === 0 ? paint.dim(joined) : joined;
    });
  });
}
