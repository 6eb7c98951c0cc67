// SQL text into which code formats values. Identifiers (tables, columns, schemas, orderings) cannot be bound as parameters, so only
// what stands where a value stands is of interest: after a comparison, in a list, between quotes.
import type { TextAtom, Value } from "../../evaluation/value.ts";
import type { InterpolatedSql } from "../../model/query-facts.ts";
import { byPlace } from "../async/by-place.ts";
import { placeOf } from "../async/places.ts";
import type { ProjectView } from "../project-view.ts";

const STATEMENT = /\b(?:select|insert|update|delete|where|from|values|set|and|or)\b/i;
/** What precedes a value. `{{` of templates and `:name` of parameters are no values. */
const BEFORE_VALUE =
  /(?:(?:<=|>=|<>|!=|[=<>])\s*[%_'"]*|\b(?:i?like|between|similar\s+to|regexp|limit|offset)\s+[%_'"]*|\bin\s*\(\s*'?|\bvalues\s*\((?:[^()]*,)?\s*'?|'[%_]?)$/i;
/** What follows an identifier: a dot, a quote that closes a name, a call. */
const AFTER_IDENTIFIER = /^(?:\.|"|`|\]|\(|\w)/;
/** Statements that databases take no parameters in: what they need is formatted into them. PostgreSQL: PREPARE, "statement". */
const TAKES_NO_PARAMETERS =
  /^\s*(?:set|reset|show|pragma|create|alter|drop|comment|grant|revoke|copy|notify|listen|vacuum|attach|detach)\b/i;
/** A name of a table in the quotes of a text, as SQLite and MySQL put up with. */
const BEFORE_NAME = /\b(?:from|join|into|update|table)\s+'$/i;
/** A whole list in parentheses: as a rule placeholders, made elsewhere. */
const OPENS_LIST = /(?:\bin|\bvalues)\s*\(\s*$/i;
const CLOSES_LIST = /^\s*\)/;
const TEXT_CALLS =
  /^(?:sqlalchemy(?:\.sql(?:\.expression)?)?\.text|django\.db\.models\.expressions\.RawSQL|sqlmodel\.text)$/;

/** Places where values are formatted into SQL text, in source order, one a place. */
export function findInterpolatedSql(view: ProjectView): InterpolatedSql[] {
  const paths = new Set(view.files.map(({ path }) => path));
  const { executions, built } = view.world.recorder;
  const found: InterpolatedSql[] = [];
  for (const { query, site, at } of executions.values()) {
    const before = query.layer === "raw" && paths.has(site.module.path) ? valueIn(query.text) : null;
    if (before !== null) found.push({ place: placeOf(site, at), before });
  }
  for (const { layer, site, text } of built.values()) {
    const before = layer === "raw" && paths.has(site.module.path) ? valueIn(text) : null;
    if (before !== null) found.push({ place: placeOf(site), before });
  }
  for (const { name, site, args } of view.externalCalls) {
    const before = TEXT_CALLS.test(name) ? valueIn(args[0] ?? []) : null;
    if (before !== null) found.push({ place: placeOf(site), before });
  }
  return uniqueLines(found.sort(byPlace));
}

/** The text before the first value formatted in, or null. */
function valueIn(text: Value): string | null {
  const texts = text.filter((atom): atom is TextAtom => atom.kind === "text" && atom.interpolated);
  for (const { parts } of texts) {
    if (TAKES_NO_PARAMETERS.test(parts[0] ?? "")) continue;
    for (const [index, part] of parts.entries()) {
      if (part !== null) continue;
      const before = parts
        .slice(0, index)
        .map((one) => one ?? "\u2026")
        .join("");
      const after = parts[index + 1] ?? "";
      const closesName = AFTER_IDENTIFIER.test(after) && !/^["\]]?\s*$/.test(after);
      if (OPENS_LIST.test(before) && CLOSES_LIST.test(after)) continue;
      if (BEFORE_NAME.test(before)) continue;
      if (STATEMENT.test(before) && BEFORE_VALUE.test(before) && !closesName) return before;
    }
  }
  return null;
}

/** A statement is built, wrapped and executed on one line: that is one finding, at its start. */
function uniqueLines(found: readonly InterpolatedSql[]): InterpolatedSql[] {
  const seen = new Set<string>();
  return found.filter(({ place }) => {
    const key = `${place.path}:${place.line}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
