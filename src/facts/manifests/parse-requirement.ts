// Requirement specifiers as PEP 508 defines them: `name [extras] (versions | @ url) ; marker`. No library of npm reads them
// without rejecting what pip accepts, hence by hand. Parsing never throws, and a broken tail does not lose the name.
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { isPossible, parseMarker } from "./parse-marker.ts";
import { redactUrl } from "./redact-url.ts";

/** What one requirement says, before it is known where it stands. */
export interface Requirement {
  readonly name: string;
  readonly spelled: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly pinned: string | null;
  readonly url: string | null;
  readonly marker: string | null;
  readonly applies: boolean;
}
/** `problem` is null when all of the text was understood; `requirement` is null when not even a name was. */
export interface ParsedRequirement {
  readonly requirement: Requirement | null;
  readonly problem: string | null;
}

/** Longer texts are data, not requirements. */
const MAX_LENGTH = 10_000;
const NAME = /\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*/y;
const EXTRAS = /\[\s*((?:[A-Za-z0-9][A-Za-z0-9._-]*(?:\s*,\s*[A-Za-z0-9][A-Za-z0-9._-]*)*)?)\s*,?\s*\]\s*/y;
const CLAUSE = /\s*(===|==|~=|!=|<=|>=|<|>)\s*([A-Za-z0-9_.*+!-]+)\s*(,\s*)?/y;
const URL_PART = /@\s*(\S+)\s*/y;

/** Reads one requirement. The versions of a Poetry or conda file have other rules and are not read here. */
export function parseRequirement(source: string): ParsedRequirement {
  if (source.length > MAX_LENGTH) return { requirement: null, problem: "it is far too long" };
  const reader = readerOf(source.replace(/\s+/g, " "));
  const spelled = reader.take(NAME)?.[1];
  if (spelled === undefined) return { requirement: null, problem: "it does not start with a name" };
  const extras = extrasOf(reader.take(EXTRAS)?.[1] ?? "");
  const named = { name: normalisePackageName(spelled), spelled, extras };

  const link = reader.take(URL_PART)?.[1];
  const versions = link === undefined ? takeVersions(reader) : { specifier: "", pinned: null };
  const rest = reader.rest();
  const marker = rest.startsWith(";") ? rest.slice(1).trim() : null;
  const tree = marker === null ? null : parseMarker(marker);
  const requirement: Requirement = {
    ...named,
    ...versions,
    url: link === undefined ? null : redactUrl(link),
    marker: marker === "" ? null : marker,
    applies: tree === null || isPossible(tree),
  };
  if (rest === "") return { requirement, problem: null };
  if (marker !== null) {
    return { requirement, problem: tree === null ? "its environment marker cannot be read" : null };
  }
  // A word after a word is prose, not a requirement with a broken tail.
  const looksMeant = /^[<>=!~@[({$,^*]/.test(rest) || versions.specifier !== "" || link !== undefined;
  return { requirement: looksMeant ? requirement : null, problem: `"${excerpt(rest)}" cannot be read` };
}

/** The version that a comma-separated specifier admits alone, or null. */
export function pinnedVersion(specifier: string): string | null {
  for (const clause of specifier.split(",")) {
    const version = /^\s*={2,3}\s*([^\s*]+)\s*$/.exec(clause)?.[1];
    if (version !== undefined) return version;
  }
  return null;
}

/** Splits "a, b" and normalises each: the text between the brackets of `name[a, b]`. */
export function extrasOf(list: string): string[] {
  const extras = list.split(",").map((extra) => normalisePackageName(extra.trim()));
  return [...new Set(extras)].filter((extra) => extra !== "");
}

/** The start of a text, fit to be quoted in a problem. */
export function excerpt(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

interface Reader {
  take(pattern: RegExp): RegExpExecArray | null;
  rest(): string;
}

function readerOf(source: string): Reader {
  let at = 0;
  return {
    take(pattern) {
      pattern.lastIndex = at;
      const match = pattern.exec(source);
      if (match !== null) at = pattern.lastIndex;
      return match;
    },
    rest: () => source.slice(at).trim(),
  };
}

function takeVersions(reader: Reader): { specifier: string; pinned: string | null } {
  const opened = reader.take(/\(\s*/y) !== null;
  const clauses: string[] = [];
  let goesOn = true;
  while (goesOn) {
    const clause = reader.take(CLAUSE);
    if (clause === null) break;
    clauses.push(`${clause[1]}${clause[2]}`);
    goesOn = clause[3] !== undefined;
  }
  if (opened) reader.take(/\s*\)\s*/y);
  const specifier = clauses.join(",");
  return { specifier, pinned: pinnedVersion(specifier) };
}
