import { displayWidth, graphemes } from "./display-width.ts";

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
  const room = () => (lines.length === 0 ? firstColumns : columns);
  const add = (word: string) => {
    const joined = line === "" ? word : `${line} ${word}`;
    if (displayWidth(joined) <= room()) line = joined;
    else if (line === "" && lines.length > 0) line = word;
    else {
      lines.push(line);
      line = word;
    }
  };
  for (const word of text.split(" ").filter((part) => part !== "")) {
    if (displayWidth(word) <= columns) add(word);
    else for (const piece of pieces(word, Math.min(columns, firstColumns))) add(piece);
  }
  return [...lines, line];
}
