// What a statement does, read from its tokens: operation, table, features and Spider's counts. It is a heuristic where a parser
// is exact, but it reads every dialect and text with unknown parts, of which parsers make nothing at all.
import type { QueryOperation } from "../model/report.ts";
import { AGGREGATES } from "./aggregates.ts";
import type { SqlFacts, SqlFeature } from "./sql-facts.ts";
import type { SqlToken } from "./sql-tokens.ts";
import { isWindowed, tokenComponents } from "./token-components.ts";

const OPERATIONS = new Map<string, QueryOperation>([
  ...["select", "values", "show", "explain", "pragma", "describe", "table"].map(
    (word) => [word, "select"] as const,
  ),
  ["insert", "insert"],
  ["replace", "upsert"],
  ["merge", "upsert"],
  ["update", "update"],
  ["delete", "delete"],
  ["truncate", "delete"],
  ...[
    "create",
    "alter",
    "drop",
    "comment",
    "vacuum",
    "analyze",
    "reindex",
    "grant",
    "revoke",
    "refresh",
    "cluster",
  ].map((word) => [word, "ddl"] as const),
  ["commit", "commit"],
]);
const FULL_TEXT = new Set(
  "to_tsvector to_tsquery plainto_tsquery websearch_to_tsquery phraseto_tsquery ts_rank match against".split(
    " ",
  ),
);
const JSON_OPERATORS = new Set(["->", "->>", "#>", "#>>", "@>", "<@"]);
/** Functions that every database has and that change nothing about how hard a statement is. */
const CLAUSE_WORDS = new Set(
  "in values and or not on using as by from where select set into exists any all over filter having between like ilike is case when then else end join limit offset union except intersect partition order group distinct returning lateral primary key references unique check default".split(
    " ",
  ),
);

/** Null when the tokens do not begin as a statement does. */
export function readTokens(tokens: readonly SqlToken[]): SqlFacts | null {
  const first = tokens.find(({ kind }) => kind !== "open");
  if (first === undefined || first.kind !== "word") return null;
  const main = first.text === "with" ? mainVerb(tokens) : first;
  const operation = main === null ? undefined : OPERATIONS.get(main.text);
  if (main === null || operation === undefined) return null;
  const features = featuresOf(tokens, operation);
  const isUpsert = operation === "insert" && features.some(({ name }) => name === "upsert");
  return {
    operation: isUpsert ? "upsert" : operation,
    table: tableOf(tokens, main),
    features,
    components: tokenComponents(tokens, main),
  };
}

/** The verb after the list of common table expressions. */
function mainVerb(tokens: readonly SqlToken[]): SqlToken | null {
  return (
    tokens.find(
      ({ kind, text, depth }) =>
        kind === "word" && depth === 0 && /^(?:select|insert|update|delete|values|merge)$/.test(text),
    ) ?? null
  );
}

function tableOf(tokens: readonly SqlToken[], main: SqlToken): string | null {
  const start = tokens.indexOf(main);
  const marker = {
    select: "from",
    delete: "from",
    insert: "into",
    replace: "into",
    merge: "into",
    update: "update",
    truncate: "truncate",
  }[main.text];
  const from = tokens.findIndex(
    (token, index) => index >= start && token.depth === main.depth && token.text === marker,
  );
  if (marker === undefined || from < 0) return null;
  let name: string | null = null;
  for (const token of tokens.slice(from + 1, from + 8)) {
    if (token.kind === "word" && /^(?:only|table|ignore|into)$/.test(token.text)) continue;
    if (token.text === ".") continue;
    if (token.kind === "word" || token.kind === "identifier") name = token.text;
    else break;
    if (name !== null && tokens[tokens.indexOf(token) + 1]?.text !== ".") break;
  }
  return name;
}

function featuresOf(tokens: readonly SqlToken[], operation: QueryOperation): SqlFeature[] {
  const features: SqlFeature[] = [];
  const commas = commasOfFrom(tokens);
  const add = (name: string, { at }: SqlToken): void => {
    features.push({ name, at });
  };
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const after = tokens[index + 1];
    if (token.kind === "operator" && JSON_OPERATORS.has(token.text)) add("json", token);
    if (token.kind === "operator" && token.text === "@@") add("full-text", token);
    if (commas.has(token)) add("join", token);
    if (token.kind !== "word") continue;
    for (const name of wordFeatures(token.text, before, after, tokens, index, operation, commas))
      add(name, token);
    const isCall = after?.kind === "open" && !CLAUSE_WORDS.has(token.text);
    if (!isCall || operation === "ddl") continue;
    if (AGGREGATES.has(token.text)) {
      if (!isWindowed(tokens, index)) add("aggregate", token);
    } else if (FULL_TEXT.has(token.text)) add("full-text", token);
    else if (/^jsonb?_/.test(token.text)) add("json", token);
    else if (isFunctionPlace(before)) add("db-function", token);
  }
  return features;
}

function wordFeatures(
  word: string,
  before: SqlToken | undefined,
  after: SqlToken | undefined,
  tokens: readonly SqlToken[],
  index: number,
  operation: QueryOperation,
  commas: ReadonlySet<SqlToken>,
): readonly string[] {
  switch (word) {
    case "join":
      return [isOuter(tokens, index) ? "outer-join" : "join"];
    case "group":
    case "order":
      return after?.text !== "by" || isInWindow(tokens, index)
        ? []
        : [word === "group" ? "group-by" : "order-by"];
    case "having":
      return ["having"];
    case "values":
      return isTableValues(before, tokens[index - 2]) ? ["values"] : [];
    case "distinct":
      if (before?.text !== "select") return [];
      return after?.text === "on" ? ["distinct", "distinct-on"] : ["distinct"];
    case "over":
      return ["window"];
    case "rows":
    case "range":
    case "groups":
      return isFrameBound(after) && openedBy(tokens, index) === "over" ? ["window-frame"] : [];
    case "with":
      return isCteStart(before, after)
        ? [after?.text === "recursive" ? "recursive-cte" : "", "cte"].filter((name) => name !== "")
        : [];
    case "union":
    case "intersect":
    case "except":
      return ["set-operation"];
    case "select":
      return before?.kind === "open"
        ? [subqueryKind(tokens, index, commas)].filter((name) => name !== "")
        : operation === "insert"
          ? ["insert-from-select"]
          : [];
    case "exists":
      return before?.text === "if" || (before?.text === "not" && tokens[index - 2]?.text === "if")
        ? []
        : ["exists"];
    case "case":
      return ["conditional"];
    case "limit":
    case "fetch":
    case "top":
      return word === "top" && before?.text !== "select" ? [] : ["limit"];
    case "lateral":
      return ["lateral"];
    case "returning":
      return ["returning"];
    case "conflict":
    case "duplicate":
      return before?.text === "on" ? ["upsert"] : [];
    case "for":
      return after?.text === "update" || after?.text === "share" ? ["locking"] : [];
    case "rollup":
    case "cube":
      return ["grouping-sets"];
    case "sets":
      return before?.text === "grouping" ? ["grouping-sets"] : [];
    case "using":
      return operation === "delete" && tokens[index]?.depth === 0 && after?.kind !== "open"
        ? ["delete-using"]
        : [];
    case "from":
      return operation === "update" && tokens[index]?.depth === 0 ? ["update-from"] : [];
    default:
      return [];
  }
}

/** The commas between the tables of FROM, which join them. */
function commasOfFrom(tokens: readonly SqlToken[]): ReadonlySet<SqlToken> {
  const commas = new Set<SqlToken>();
  const clauses: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const { kind, text, depth } = token;
    if (kind === "open") clauses[depth + 1] = "";
    const isDistinct = tokens[index - 1]?.text === "distinct";
    if (kind === "word" && FROM_OR_OTHER.test(text) && !isDistinct) clauses[depth] = text;
    if (kind === "comma" && /^(?:from|on)$/.test(clauses[depth] ?? "")) commas.add(token);
  }
  return commas;
}

/** The word that says what the commas behind it separate. */
const FROM_OR_OTHER =
  /^(?:select|from|where|group|order|having|limit|set|values|returning|with|on|by|window|using|distinct)$/;

function isCteStart(before: SqlToken | undefined, after: SqlToken | undefined): boolean {
  return (
    (before === undefined || before.kind === "open" || before.kind === "end") &&
    after?.kind !== "open" &&
    after?.text !== "time"
  );
}

/** `FROM (VALUES …)` is a table; `INSERT … VALUES` is not. */
function isTableValues(before: SqlToken | undefined, outer: SqlToken | undefined): boolean {
  return before?.kind === "open" && /^(?:from|join|,|lateral)$/.test(outer?.text ?? "");
}

function isOuter(tokens: readonly SqlToken[], index: number): boolean {
  return tokens
    .slice(Math.max(0, index - 2), index)
    .some(({ text }) => /^(?:left|right|full|outer)$/.test(text));
}

/** What stands in parentheses after FROM or JOIN is a derived table; after AS ( of WITH, the CTE itself. */
function subqueryKind(tokens: readonly SqlToken[], index: number, commas: ReadonlySet<SqlToken>): string {
  const outer = tokens[index - 2];
  if (outer === undefined) return "";
  if (outer.text === "from" || outer.text === "join" || outer.text === "lateral" || commas.has(outer))
    return "derived-table";
  if (outer.text === "as" || outer.text === "materialized") return "";
  if (/^(?:union|except|intersect|all)$/.test(outer.text) && outer.depth === tokens[index - 1]?.depth)
    return "";
  return "subquery";
}

/** True for ORDER BY and the like inside OVER (…). */
function isInWindow(tokens: readonly SqlToken[], index: number): boolean {
  const word = openedBy(tokens, index);
  return /^(?:over|group)$/.test(word) || AGGREGATES.has(word);
}

/** The word before the parenthesis that a token stands in; "" for none. */
function openedBy(tokens: readonly SqlToken[], index: number): string {
  const depth = tokens[index]?.depth ?? 0;
  for (let at = index - 1; at > 0; at -= 1) {
    const token = tokens[at];
    if (token?.kind === "open" && token.depth === depth - 1) return tokens[at - 1]?.text ?? "";
  }
  return "";
}

/** What a frame of a window begins with: `ROWS BETWEEN …`, `RANGE UNBOUNDED PRECEDING`, `ROWS 2 PRECEDING`. */
function isFrameBound(token: SqlToken | undefined): boolean {
  return token?.kind === "number" || /^(?:between|unbounded|current)$/.test(token?.text ?? "");
}

/** Table and column lists look like calls: `INSERT INTO t (a)`, `REFERENCES t (a)`, `WITH t (a) AS`. */
function isFunctionPlace(before: SqlToken | undefined): boolean {
  return (
    before !== undefined &&
    !/^(?:into|table|references|index|on|join|from|update|with|recursive|as|exists|\.)$/.test(before.text)
  );
}
