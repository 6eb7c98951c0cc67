import { compareText } from "../text/compare-text.ts";

/** A part of a Markdown report that stays whole or goes whole. */
export interface Section {
  /** What a reader is told was cut. */
  readonly title: string;
  /** 0 is never cut; the highest goes first. */
  readonly rank: number;
  readonly body: string;
}

// Room for the sentence that says what was cut.
const NOTE_ROOM = 600;

function note(cut: readonly Section[], limit: number): string {
  const counts = new Map<string, number>();
  for (const { title } of cut) counts.set(title, (counts.get(title) ?? 0) + 1);
  const titles = [...counts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([title, count]) => (count === 1 ? title : `${title} (${count} times)`));
  return `_Cut to stay within ${limit} characters: ${titles.join(", ")}. The text and JSON reports hold everything._`;
}

/**
 * Joins sections, leaving out whole ones from the least important, and of equal ones from the last, until the text fits;
 * then says what was left out. Lengths are in UTF-16 units, never less than the characters that GitHub counts.
 */
export function withinLimit(sections: readonly Section[], limit: number): string {
  const join = (parts: readonly string[]) => `${parts.filter((part) => part !== "").join("\n\n")}\n`;
  const whole = join(sections.map(({ body }) => body));
  if (whole.length <= limit) return whole;
  const order = sections
    .map((section, index) => ({ section, index }))
    .filter(({ section }) => section.rank > 0 && section.body !== "")
    .sort((a, b) => b.section.rank - a.section.rank || b.index - a.index);
  const cut = new Set<number>();
  let length = whole.length;
  for (const { section, index } of order) {
    if (length <= limit - NOTE_ROOM) break;
    cut.add(index);
    length -= section.body.length + 2;
  }
  const kept = sections.filter((_, index) => !cut.has(index)).map(({ body }) => body);
  const gone = sections.filter((_, index) => cut.has(index));
  return join([...kept, note(gone, limit)]);
}
