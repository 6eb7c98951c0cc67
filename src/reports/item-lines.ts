import { plainName, plainText } from "../text/plain-text.ts";
import { displayWidth, padEnd, padStart } from "./display-width.ts";
import type { Paint } from "./paint.ts";
import { wrapText } from "./wrap-text.ts";

/** One entry of a text report: a label, perhaps an amount, what it says, and where that was seen. */
export interface Item {
  /** Empty when the entry goes on under the label above. A long one pushes the text of its first line to the right. */
  readonly label: string;
  readonly amount?: string;
  readonly says: string;
  /** Set right: on the last line of the text where it fits, else on a line of its own. */
  readonly place?: string;
  /** Leaves the place out when it does not fit beside the text. */
  readonly placeIsOptional?: boolean;
}

export interface ItemStyle {
  readonly width: number;
  readonly paint: Paint;
  /** Columns of the label, blanks around it included. */
  readonly labelColumns?: number;
}

const INDENT = 2;
const AMOUNT_COLUMNS = 8;
const LABEL_COLUMNS = 13;

/** `path:line` of what was seen, as one visible word. */
export function placeOf(at: { readonly path: string; readonly line: number }): string {
  return `${plainName(at.path)}:${at.line}`;
}

function placeLine(place: string, start: number, { width, paint }: ItemStyle): string {
  const columns = displayWidth(place);
  // A path is never broken, since a broken one can be neither read nor clicked: a long one takes a line of its own.
  return columns + start <= width ? padStart("", width - columns) + paint.cyan(place) : paint.cyan(place);
}

/** The lines of one entry, none wider than asked unless its place alone is. */
export function itemLines(item: Item, style: ItemStyle): readonly string[] {
  const { width, paint } = style;
  const labelColumns = style.labelColumns ?? LABEL_COLUMNS;
  const start = labelColumns + (item.amount === undefined ? 0 : AMOUNT_COLUMNS);
  const named = `${" ".repeat(INDENT)}${plainText(item.label, 60)}`;
  const label = displayWidth(named) < labelColumns ? padEnd(named, labelColumns) : `${named}  `;
  const overflow = Math.max(0, displayWidth(label) - labelColumns);
  const columns = width - start;
  const wrapped = wrapText(plainText(item.says), columns, Math.max(1, columns - overflow));
  const lines = wrapped.map((text, index) => {
    if (index > 0) return " ".repeat(start) + text;
    const amount = item.amount === undefined ? "" : `${padStart(item.amount, AMOUNT_COLUMNS - 2)}  `;
    return paint.bold(label) + amount + text;
  });
  if (item.place === undefined) return lines;
  const used = (wrapped.length === 1 ? overflow : 0) + start + displayWidth(wrapped.at(-1) ?? "");
  const room = width - used - 2 - displayWidth(item.place);
  if (room >= 0) {
    const last = `${lines.at(-1) ?? ""}${" ".repeat(room + 2)}${paint.cyan(item.place)}`;
    return [...lines.slice(0, -1), last];
  }
  return item.placeIsOptional ? lines : [...lines, placeLine(item.place, INDENT, style)];
}
