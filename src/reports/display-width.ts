import stringWidth from "string-width";

const NARROW = /^[\u0020-\u007e·…→]*$/u;

// Where a locale changes nothing about graphemes, naming one keeps the machine's own out of it.
const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Columns that a terminal gives a text: two for wide characters, none for combining ones. */
export function displayWidth(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text);
}

/** What a reader takes for single characters, so that a cut never separates an accent from its letter. */
export function graphemes(text: string): readonly string[] {
  if (NARROW.test(text)) return [...text];
  return Array.from(SEGMENTER.segment(text), (part) => part.segment);
}

/** Fills a text with blanks on its right up to a number of columns. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/** Fills a text with blanks on its left up to a number of columns. */
export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - displayWidth(text))) + text;
}
