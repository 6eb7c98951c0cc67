// Text of the repository reaches reports as it was read: it may hold escape sequences, line ends, characters that reorder
// or hide others, or half a character. Formats for people get it through here, before they escape it for themselves.

// Controls (C0, DEL, C1), bidirectional marks and overrides, zero-width and other invisible format characters, line and
// paragraph separators, the deprecated tag characters. ZWJ and variation selectors stay: emoji are made of them.
const HIDDEN =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

const NAMED: Readonly<Record<string, string>> = { "\t": "\\t", "\n": "\\n", "\r": "\\r", "\u001b": "\\x1b" };

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return NAMED[character] ?? (code < 256 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`);
}

/** Cuts to at most `limit` code points, the last of them an ellipsis if any were left out. */
function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join("")}…`;
}

/** A name or path as one line of visible characters; what cannot be seen is written as an escape, nothing is left out. */
export function plainName(name: string): string {
  return name.replace(LONE_SURROGATE, "\ufffd").replace(HIDDEN, visible);
}

/** Prose as one line: white space collapses, what cannot be seen is written as an escape, and the end may be cut off. */
export function plainText(text: string, limit = 400): string {
  return clip(plainName(text.replace(/[\s\u0085]+/gu, " ").trim()), limit);
}
