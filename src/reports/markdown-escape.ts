// Everything a Markdown report quotes from the repository goes through here. GitHub renders Markdown, then HTML, then links
// mentions, issues and addresses in the text that results, so each of these needs its own kind of care.

import { plainName, plainText } from "../text/plain-text.ts";

// A zero-width space, as an entity: breaks up what GitHub would link after rendering, where a backslash is gone already.
const BREAK = "&#8203;";

/** Escapes visible text for the middle of a line, in a table cell or not. */
function escapeVisible(text: string): string {
  return (
    text
      .replace(/[\\`*_{}[\]|~$]/gu, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      // Before any other break: a break holds a number sign itself.
      .replace(/#(?=\d)/gu, `#${BREAK}`)
      .replace(/@(?=[\w-])/gu, `@${BREAK}`)
      .replace(/GH-(?=\d)/giu, `$&${BREAK}`)
      .replace(/:(?=\/\/)/gu, `:${BREAK}`)
      .replace(/(?:www|mailto|xmpp)(?=[.:])/giu, `$&${BREAK}`)
  );
}

/** Escapes what would start a block at the start of a line: headings, lists, quotes, rules. */
function escapeStart(text: string): string {
  return text.replace(/^(?:[#+=-]|\d+(?=[.)]))/u, (start) =>
    /\d/u.test(start) ? `${start}${BREAK}` : `\\${start}`,
  );
}

/** Prose of the repository as Markdown that reads as itself: one line, no markup, no links, no mentions. */
export function markdownText(text: string, limit = 400): string {
  return escapeStart(escapeVisible(plainText(text, limit)));
}

/** A name, a path or a piece of code, whole, as code. Safe in a table cell too. */
export function markdownCode(name: string): string {
  const visible = plainName(name);
  if (/^[\w./:@+\-()=,]+(?: [\w./:@+\-()=,]+)*$/u.test(visible)) return `\`${visible}\``;
  // Backticks and pipes cannot be escaped inside backticks in every place; an element with escaped text is safe anywhere.
  return `<code>${escapeVisible(visible)}</code>`;
}
