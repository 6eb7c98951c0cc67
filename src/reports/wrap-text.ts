import { displayWidth, graphemes } from "./display-width.ts";

// Columns that no table fits into, and those that no eye follows.
const NARROWEST = 50;
const WIDEST = 130;

/** The width to lay text out in, for a terminal of any width. */
export function readableWidth(columns: number): number {
  return Number.isFinite(columns) ? Math.min(WIDEST, Math.max(NARROWEST, Math.floor(columns))) : WIDEST;
}

/** Breaks a word that no line could hold into pieces of at most `columns`. */
function pieces(word: string, columns: number): readonly string[] {
  const result: string[] = [];
  let piece = "";
  let used = 0;
  for (const part of graphemes(word)) {
    const width = displayWidth(part);
    if (piece !== "" && used + width > columns) {
      result.push(piece);
      piece = "";
      used = 0;
    }
    piece += part;
    used += width;
  }
  return piece === "" ? result : [...result, piece];
}

/**
 * Breaks a text into lines of at most `columns`, at blanks where it can. The first line may be given a width of its own.
 * Always returns at least one line.
 */
export function wrapText(text: string, columns: number, firstColumns = columns): readonly string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const next = (word: string, width: number) => {
    lines.push(line);
    line = word;
    used = width;
  };
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const width = displayWidth(word);
    const room = lines.length === 0 ? firstColumns : columns;
    if (line === "" && width <= room) {
      line = word;
      used = width;
    } else if (line !== "" && used + 1 + width <= room) {
      line += ` ${word}`;
      used += 1 + width;
    } else if (width <= columns) next(word, width);
    else {
      for (const piece of pieces(word, Math.min(columns, firstColumns))) {
        if (line !== "") lines.push(line);
        line = piece;
      }
      used = displayWidth(line);
    }
  }
  return [...lines, line];
}
