// One entry of a Poetry or Pipenv table: a version text, or a table of version, extras, marker and place.
import { normalisePackageName } from "../../text/normalise-package-name.ts";
import { isPossible, parseMarker } from "./parse-marker.ts";
import { pinnedVersion, type Requirement } from "./parse-requirement.ts";
import { isTable, member, textOf, textsOf } from "./plain-data.ts";
import { redactUrl } from "./redact-url.ts";

export interface TabledDependency {
  readonly requirement: Requirement;
  readonly optional: boolean;
  /** A folder of the repository that the package is taken from, or null. */
  readonly folder: string | null;
}

/**
 * @param value text or table; null is returned for anything else
 * @param bareIsExact whether a version without operator admits only itself (Poetry; Pipenv wants an operator)
 */
export function tabledDependency(
  spelled: string,
  value: unknown,
  bareIsExact: boolean,
): TabledDependency | null {
  if (typeof value !== "string" && !isTable(value)) return null;
  const written = (typeof value === "string" ? value : (textOf(member(value, "version")) ?? "")).trim();
  const specifier = written === "*" ? "" : written;
  const exact = /^=?\s*(\d[0-9A-Za-z.+!-]*)$/.exec(specifier)?.[1] ?? null;
  const folder = textOf(member(value, "path"));
  const url = ["git", "hg", "svn", "url", "file", "path"]
    .map((key) => textOf(member(value, key)))
    .find((at) => at !== null);
  const marker = markerOf(value);
  const tree = marker === null ? null : parseMarker(marker);
  return {
    requirement: {
      name: normalisePackageName(spelled),
      spelled,
      extras: textsOf(member(value, "extras")).map(normalisePackageName),
      specifier,
      pinned: pinnedVersion(specifier) ?? (bareIsExact ? exact : null),
      url: url === undefined ? null : redactUrl(url ?? ""),
      marker,
      applies: tree === null || isPossible(tree),
    },
    optional: member(value, "optional") === true,
    folder: folder !== null && /\.(whl|zip|gz|bz2)$/.test(folder) ? null : folder,
  };
}

/** Keys of Pipenv's tables that are markers by themselves: `sys_platform = "== 'win32'"`. */
const MARKER_KEYS = [
  "sys_platform",
  "python_version",
  "os_name",
  "platform_machine",
  "platform_system",
  "implementation_name",
];

function markerOf(value: unknown): string | null {
  const parts = MARKER_KEYS.flatMap((key) => {
    const condition = textOf(member(value, key));
    return condition === null ? [] : [`${key} ${condition}`];
  });
  const markers = textOf(member(value, "markers")) ?? textOf(member(value, "marker"));
  if (markers !== null) parts.unshift(markers);
  const python = textOf(member(value, "python"));
  if (python !== null) parts.push(...pythonConditions(python));
  return parts.length === 0 ? null : parts.join(" and ");
}

/** Poetry's `python = ">=3.8,<4"` as PEP 508 conditions; carets and unions stay as written. */
function pythonConditions(python: string): string[] {
  const clauses = python
    .split(",")
    .map((clause) => /^\s*(<=|>=|<|>|==|!=)\s*(\d+(?:\.\d+)*)\s*$/.exec(clause));
  if (clauses.some((clause) => clause === null)) return [`python ${python}`];
  return clauses.map((clause) => `python_version ${clause?.[1]} "${clause?.[2]}"`);
}
