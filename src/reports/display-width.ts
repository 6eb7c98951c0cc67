import { eastAsianWidth } from "get-east-asian-width";

// The string-width package would do, but it costs every start of the program tens of milliseconds: it builds a set of all
// emoji sequences when it is loaded. Tests hold this file against it.

const NARROW = /^[\u0020-\u007e·…→]*$/u;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Cs}]+/u;
const DRAWN_AS_EMOJI =
  /^(?:\p{RI}\p{RI}|(?!\p{RI})\p{Emoji_Presentation})|^[\d#*]\ufe0f?\u20e3|^\p{Emoji}.*\ufe0f|\u200d\p{Extended_Pictographic}/su;
/** What takes columns of its own though it belongs to the character before it. */
const SPACING = /[\p{Mc}\uff00-\uffef]/gu;

let segmenter: Intl.Segmenter | null = null;

/** What a reader takes for single characters, so that a cut never separates an accent from its letter. */
export function graphemes(text: string): readonly string[] {
  if (NARROW.test(text)) return [...text];
  // Made when first needed, for it takes longer to make than most reports to write. The locale changes nothing about graphemes;
  // naming one keeps the machine's own out of it.
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

function widthOf(code: number): number {
  return eastAsianWidth(code, { ambiguousAsWide: false });
}

function graphemeWidth(grapheme: string): number {
  const seen = grapheme.replace(INVISIBLE, "");
  const base = seen.codePointAt(0);
  if (base === undefined) return 0;
  if (DRAWN_AS_EMOJI.test(seen)) return 2;
  const after = seen.slice(base > 0xffff ? 2 : 1).match(SPACING) ?? [];
  return after.reduce((width, part) => width + widthOf(part.codePointAt(0) ?? 0), widthOf(base));
}

/** Columns that a terminal gives a text: two for wide characters, none for combining ones. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  return graphemes(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

/** Fills a text with blanks on its right up to a number of columns. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - displayWidth(text)));
}

/** Fills a text with blanks on its left up to a number of columns. */
export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - displayWidth(text))) + text;
}
