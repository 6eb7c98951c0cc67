// Reads TOML that may be broken: merge conflicts, templates, a forgotten bracket. What stands around the broken lines is
// still read, and every broken place is told.
import { parse, TomlError } from "smol-toml";
import type { ManifestDraft } from "./manifest-draft.ts";
import { noteProblem } from "./manifest-draft.ts";
import { type TomlDetail, type TomlPath, tomlLines } from "./toml-lines.ts";

export interface TomlDocument {
  readonly root: unknown;
  /** 1-based line of the value at a path. */
  lineOf(path: TomlPath): number;
}

/** Each repair parses the whole text again, so both their number and the text parsed in all are bounded. */
const MAX_REPAIRS = 25;
const MAX_REPAIRED_LENGTH = 20_000_000;

/** A line that holds nothing but a control structure or comment of Jinja. */
const CONTROL_LINE = /^[ \t]*\{[%#].*[%#]\}[ \t]*\r?$/m;

export function readToml(draft: ManifestDraft, text: string, detail: TomlDetail = "values"): TomlDocument {
  let current = attempt(text);
  const control = current.error === null ? null : CONTROL_LINE.exec(text);
  if (control !== null) {
    const line = text.slice(0, control.index).split("\n").length;
    noteProblem(draft, line, "This file is a template: all of its branches were read as if they applied.");
    current = attempt(text.replace(new RegExp(CONTROL_LINE, "gm"), ""));
  }
  let parsedLength = 2 * text.length;
  for (let repairs = 0; current.error !== null; repairs += 1) {
    const { line, reason } = current.error;
    noteProblem(draft, line, `Malformed TOML: ${reason}; what could be read around it was used.`);
    const candidates = repairs < MAX_REPAIRS ? repairsOf(current.text, line) : [];
    parsedLength += candidates.length * text.length;
    if (parsedLength > MAX_REPAIRED_LENGTH) candidates.length = 0;
    const next = furthest(candidates.map(attempt));
    if (next === null || (next.error !== null && next.error.line < line))
      return beforeError(current.text, line);
    current = next;
  }
  return { root: current.root, lineOf: tomlLines(current.text, detail) };
}

interface Attempt {
  readonly text: string;
  readonly root: unknown;
  readonly error: { readonly line: number; readonly reason: string } | null;
}

function attempt(text: string): Attempt {
  try {
    return { text, root: parse(text), error: null };
  } catch (error) {
    // Anything else (a stack that overflows, a fault of the library) is about this file too: the scan goes on.
    if (!(error instanceof TomlError))
      return { text, root: {}, error: { line: 1, reason: "the reader gave up" } };
    // The first line of the message is the reason; a quotation of the file follows.
    const reason = (error.message.split("\n")[0] ?? "").replace(/^Invalid TOML document: /, "");
    return { text, root: {}, error: { line: error.line, reason } };
  }
}

/** Texts with the same lines in which the error on `line` might be gone: the line blanked, or a list closed before it. */
function repairsOf(text: string, line: number): string[] {
  const lines = text.split("\n");
  const broken = lines[line - 1];
  if (broken === undefined) return [];
  const blanked = [...lines];
  blanked[line - 1] = "";
  const repaired = broken.trim() === "" ? [] : [blanked.join("\n")];
  if (/^\s*\[|^\s*[\w."'-]+\s*=/.test(broken) && line > 1) {
    const closed = [...lines];
    closed[line - 2] = `${withoutComment(lines[line - 2] ?? "")} ]`;
    repaired.push(closed.join("\n"));
  }
  return repaired;
}

function withoutComment(line: string): string {
  return /["']/.test(line) ? line.replace(/\s+#[^"']*$/, "") : line.replace(/#.*$/, "");
}

function furthest(attempts: readonly Attempt[]): Attempt | null {
  let best: Attempt | null = null;
  for (const candidate of attempts) {
    const line = candidate.error?.line ?? Number.POSITIVE_INFINITY;
    if (best === null || line > (best.error?.line ?? Number.POSITIVE_INFINITY)) best = candidate;
  }
  return best;
}

/** The last resort: what stands before the error, back to the nearest place that parses. */
function beforeError(text: string, line: number): TomlDocument {
  const lines = text.split("\n").slice(0, line - 1);
  for (let tries = 0; tries < MAX_REPAIRS && lines.length > 0; tries += 1) {
    const result = attempt(lines.join("\n"));
    if (result.error === null) return { root: result.root, lineOf: tomlLines(result.text) };
    // Back to the start of the statement that was cut open.
    do lines.pop();
    while (lines.length > 0 && !/^[\w["']/.test(lines[lines.length] ?? lines.at(-1) ?? ""));
  }
  return { root: {}, lineOf: () => 1 };
}
