// Spider's counts of a statement, from its tokens: the same as tree-components.ts tells, as far as tokens show it.
import { AGGREGATES } from "./aggregates.ts";
import type { SqlComponents } from "./sql-facts.ts";
import type { SqlToken } from "./sql-tokens.ts";

const CLAUSES =
  /^(?:select|from|where|group|having|order|limit|offset|fetch|returning|for|window|set|values|using|join)$/;
const SET_OPERATIONS = /^(?:union|intersect|except)$/;

/** What is counted while walking through the clauses of the statement itself, its subqueries left out. */
interface Counts {
  readonly clauses: Set<string>;
  tables: number;
  columns: number;
  groupKeys: number;
  connectives: number;
  ors: number;
  likes: number;
  aggregates: number;
  nested: number;
  sets: number;
}

/** @param main the verb of the statement, behind its common table expressions. */
export function tokenComponents(tokens: readonly SqlToken[], main: SqlToken): SqlComponents {
  const start = rowsOf(tokens, main);
  if (start === null) return { one: 0, two: 0, others: 0 };
  const counts = countClauses(tokens, start);
  const has = (clause: string): number => Number(counts.clauses.has(clause));
  const isUpdate = main.text === "update";
  const tables = counts.tables + (isUpdate ? 1 : 0);
  const one =
    has("where") +
    has("group") +
    has("order") +
    Math.max(has("limit"), has("fetch")) +
    Math.max(0, tables - 1) +
    counts.ors +
    counts.likes;
  const others =
    Number(counts.aggregates > 1) +
    Number(counts.columns > 1) +
    Number(counts.connectives > 0) +
    Number(counts.groupKeys > 1);
  return { one, two: counts.sets + counts.nested, others };
}

/** Where the rows of the statement come from: for INSERT its SELECT, null where it has none. */
function rowsOf(tokens: readonly SqlToken[], main: SqlToken): number | null {
  const index = tokens.indexOf(main);
  if (main.text !== "insert" && main.text !== "replace") return index;
  const select = tokens.findIndex(
    ({ kind, text }, at) => at > index && kind === "word" && /^(?:select|values|set)$/.test(text),
  );
  return tokens[select]?.text === "select" ? select : null;
}

function countClauses(tokens: readonly SqlToken[], start: number): Counts {
  const counts: Counts = {
    clauses: new Set(),
    tables: 0,
    columns: 0,
    groupKeys: 0,
    connectives: 0,
    ors: 0,
    likes: 0,
    aggregates: 0,
    nested: 0,
    sets: 0,
  };
  let level = tokens[start]?.depth ?? 0;
  let clause = "";
  for (let index = start; index < tokens.length; index += 1) {
    const token = tokens[index] as SqlToken;
    level = Math.min(level, token.depth);
    const isOwn = token.depth === level;
    if (token.kind === "open" && /^(?:select|with)$/.test(tokens[index + 1]?.text ?? "")) {
      if (counts.sets === 0 && /^(?:where|having|on)$/.test(clause)) counts.nested += 1;
      index = closeOf(tokens, index);
      continue;
    }
    if (token.kind === "word" && isOwn && SET_OPERATIONS.test(token.text)) {
      counts.sets += 1;
      clause = "branch";
    } else if (
      token.kind === "word" &&
      isOwn &&
      isClause(token, clause, tokens[index - 1], tokens[index + 1])
    ) {
      clause = enter(counts, token.text, clause);
    } else if (counts.sets === 0) countToken(counts, clause, tokens, index, isOwn);
  }
  return counts;
}

function isClause(
  { text }: SqlToken,
  clause: string,
  before: SqlToken | undefined,
  after: SqlToken | undefined,
): boolean {
  // IS DISTINCT FROM compares.
  if (text === "from" && before?.text === "distinct") return false;
  if (text === "on") return /^(?:from|join|on)$/.test(clause) && after?.text !== "conflict";
  if (text === "group" || text === "order") return after?.text === "by";
  if (text === "using") return clause === "from" && after?.kind !== "open";
  return CLAUSES.test(text);
}

/** Counts what a clause is by being there; gives the clause that the tokens behind it belong to. */
function enter(counts: Counts, text: string, clause: string): string {
  const isOrder = text === "order" || text === "limit" || text === "fetch";
  if (counts.sets > 0) {
    if (isOrder) counts.clauses.add(text);
    return "branch";
  }
  counts.clauses.add(text);
  if (text === "from" || text === "join" || text === "using") counts.tables += 1;
  if (text === "select") counts.columns += 1;
  if (text === "group") counts.groupKeys += 1;
  return text === "for" || text === "window" ? `${clause}-end` : text;
}

function countToken(
  counts: Counts,
  clause: string,
  tokens: readonly SqlToken[],
  index: number,
  isOwn: boolean,
): void {
  const { kind, text } = tokens[index] as SqlToken;
  if (kind === "comma" && isOwn) {
    if (clause === "from" || clause === "using" || clause === "on") counts.tables += 1;
    if (clause === "select") counts.columns += 1;
    if (clause === "group") counts.groupKeys += 1;
  }
  if (kind !== "word") return;
  if (/^(?:where|having|on)$/.test(clause)) {
    if (text === "or") counts.ors += 1;
    if (/^(?:i?like|glob)$/.test(text)) counts.likes += 1;
  }
  if (clause === "where") {
    if (text === "and" || text === "or") counts.connectives += 1;
    if (text === "between") counts.connectives -= 1;
  }
  const isCall = AGGREGATES.has(text) && tokens[index + 1]?.kind === "open";
  if (isCall && /^(?:select|where|group|order|having)$/.test(clause) && !isWindowed(tokens, index))
    counts.aggregates += 1;
}

/** True for an aggregate call that OVER follows. */
export function isWindowed(tokens: readonly SqlToken[], index: number): boolean {
  let close = closeOf(tokens, index + 1);
  if (tokens[close + 1]?.text === "filter") close = closeOf(tokens, close + 2);
  return tokens[close + 1]?.text === "over";
}

/** The index of the parenthesis that closes the one at `open`, or the last token. */
function closeOf(tokens: readonly SqlToken[], open: number): number {
  const depth = tokens[open]?.depth ?? 0;
  for (let at = open + 1; at < tokens.length; at += 1) {
    const token = tokens[at] as SqlToken;
    if (token.kind === "close" && token.depth <= depth) return at;
  }
  return tokens.length - 1;
}
